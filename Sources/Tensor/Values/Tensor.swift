/// A dense fp32 tensor: a shape, and the elements in row-major order, the last axis fastest.
///
/// Images are `[N, H, W, C]` (NHWC), convolution kernels `[kH, kW, in, out]` (HWIO), as in Keras.
/// A value that never changes: copies share their storage.
public struct Tensor: Sendable, Hashable, CustomStringConvertible {
  /// The extents, slowest axis first.
  public let shape: Shape
  /// The elements in row-major order; as many as `shape` counts.
  public let elements: [Float]

  /// Creates a tensor from elements in row-major order.
  ///
  /// - Throws: ``TensorError/elementCount(shape:found:)`` unless there are as many elements as
  ///   `shape` counts.
  public init(_ shape: Shape, _ elements: [Float]) throws(TensorError) {
    guard elements.count == shape.count else {
      throw .elementCount(shape: shape, found: elements.count)
    }
    (self.shape, self.elements) = (shape, elements)
  }

  /// Creates a tensor that holds `value` everywhere.
  public init(_ shape: Shape, repeating value: Float = 0) {
    self.init(checked: shape, [Float](repeating: value, count: shape.count))
  }

  /// Creates a tensor from elements that were counted.
  package init(checked shape: Shape, _ elements: [Float]) {
    precondition(elements.count == shape.count, "\(elements.count) elements for \(shape)")
    (self.shape, self.elements) = (shape, elements)
  }

  /// The same elements under another shape.
  ///
  /// - Throws: ``TensorError/elementCount(shape:found:)`` unless both shapes count the same number
  ///   of elements.
  public func reshaped(_ shape: Shape) throws(TensorError) -> Tensor { try Tensor(shape, elements) }

  /// The shape and the first elements: `[1, 3]: 0.5, 0.25, 0.25`.
  public var description: String {
    let first = elements.prefix(8).map { "\($0)" }.joined(separator: ", ")
    return "\(shape): \(first)\(elements.count > 8 ? ", …" : "")"
  }
}
