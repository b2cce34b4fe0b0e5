/// A dense fp32 tensor: a shape, and the elements in row-major order, the last axis fastest.
///
/// Images are `[N, H, W, C]` (NHWC), convolution kernels `[kH, kW, in, out]` (HWIO), as in Keras.
/// A value type: a copy shares storage until one of the two is changed.
public struct Tensor: Sendable, Hashable {
  /// The extents, slowest axis first.
  public let shape: Shape
  /// The elements in row-major order; as many as `shape` counts.
  public var elements: [Float] {
    didSet {
      precondition(elements.count == shape.count, "\(elements.count) elements, not \(shape)")
    }
  }

  /// Creates a tensor from elements in row-major order.
  ///
  /// - Precondition: There are as many elements as `shape` counts.
  public init(_ shape: Shape, _ elements: [Float]) {
    precondition(elements.count == shape.count, "\(elements.count) elements for shape \(shape)")
    self.shape = shape
    self.elements = elements
  }

  /// Creates a tensor that holds `value` everywhere.
  public init(_ shape: Shape, repeating value: Float = 0) {
    self.init(shape, [Float](repeating: value, count: shape.count))
  }

  /// The same elements under another shape.
  ///
  /// - Precondition: Both shapes count the same number of elements.
  public func reshaped(_ shape: Shape) -> Tensor { Tensor(shape, elements) }
}
