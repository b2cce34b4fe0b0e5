/// The extents of a tensor's axes, slowest axis first: `[N, H, W, C]` for images.
public struct Shape: Sendable, Hashable, ExpressibleByArrayLiteral, CustomStringConvertible {
  /// The extents, slowest axis first; each is at least 0.
  public let dimensions: [Int]

  /// Creates a shape from its extents.
  ///
  /// - Throws: ``TensorError/invalidShape(_:)`` if an extent is negative, or their product is more
  ///   than an `Int` counts.
  public init(_ dimensions: [Int]) throws(TensorError) {
    guard let count = Self.count(of: dimensions) else { throw .invalidShape(dimensions) }
    (self.dimensions, self.count) = (dimensions, count)
  }

  /// Creates a shape from a literal: `let image: Shape = [1, 224, 224, 3]`.
  ///
  /// - Precondition: No extent is negative, and an `Int` counts the elements. A literal cannot
  ///   throw; for extents that come from elsewhere there is ``init(_:)``.
  public init(arrayLiteral elements: Int...) { self.init(checked: elements) }

  /// Creates a shape from extents that were checked.
  package init(checked dimensions: [Int]) {
    guard let count = Self.count(of: dimensions) else {
      preconditionFailure("\(dimensions) is no shape")
    }
    (self.dimensions, self.count) = (dimensions, count)
  }

  /// The product of the extents, or nil if one is negative or an `Int` does not hold it.
  package static func count(of dimensions: [Int]) -> Int? {
    var product = 1
    for extent in dimensions {
      let (next, overflow) = product.multipliedReportingOverflow(by: extent)
      if overflow || extent < 0 { return nil }
      product = next
    }
    return product
  }

  /// How many elements a tensor of this shape holds; 1 for a scalar.
  public let count: Int

  /// How many axes there are.
  public var rank: Int { dimensions.count }

  /// The extent of one axis.
  ///
  /// - Precondition: `0 <= axis < rank`, as for an array.
  public subscript(axis: Int) -> Int { dimensions[axis] }

  /// The extents as Swift prints an array: `[1, 224, 224, 3]`.
  public var description: String { "\(dimensions)" }
}
