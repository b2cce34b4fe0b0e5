/// The extents of a tensor's axes, slowest axis first: `[N, H, W, C]` for images.
public struct Shape: Sendable, Hashable, ExpressibleByArrayLiteral, CustomStringConvertible {
  /// The extents, slowest axis first; each is at least 0.
  public let dimensions: [Int]

  /// Creates a shape from its extents.
  ///
  /// - Precondition: No extent is negative, and their product fits an `Int`.
  public init(_ dimensions: [Int]) {
    var product = 1
    for extent in dimensions {
      precondition(extent >= 0, "negative extent in \(dimensions)")
      let (next, overflow) = product.multipliedReportingOverflow(by: extent)
      precondition(!overflow, "\(dimensions) has more elements than an Int counts")
      product = next
    }
    self.dimensions = dimensions
    self.count = product
  }

  /// Creates a shape from a literal: `let image: Shape = [1, 224, 224, 3]`.
  public init(arrayLiteral elements: Int...) { self.init(elements) }

  /// How many elements a tensor of this shape holds; 1 for a scalar.
  public let count: Int

  /// How many axes there are.
  public var rank: Int { dimensions.count }

  /// The extent of one axis.
  ///
  /// - Precondition: `0 <= axis < rank`.
  public subscript(axis: Int) -> Int { dimensions[axis] }

  /// The extents as Swift prints an array: `[1, 224, 224, 3]`.
  public var description: String { "\(dimensions)" }
}
