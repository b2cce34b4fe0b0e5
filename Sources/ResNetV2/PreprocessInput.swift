public import Tensor
public import WeightLoader

extension ModelMetadata {
  /// What the network is fed for one image: byte × scale + offset, as the weight file says.
  ///
  /// - Parameters:
  ///   - bytes: `[H, W, 3]`, or `[H, W]` if the network wants grey, which then stands in all three
  ///     channels.
  ///   - height: Rows of the image.
  ///   - width: Columns of the image.
  /// - Returns: `[1, H, W, 3]`.
  /// - Throws: `TensorError` unless there are as many bytes as the image has.
  public func preprocess(
    _ bytes: [UInt8], height: Int, width: Int
  ) throws(TensorError) -> Tensor {
    let image = try Shape(isGray ? [height, width] : [height, width, 3])
    guard bytes.count == image.count else {
      throw .elementCount(shape: image, found: bytes.count)
    }
    return preprocess(checked: bytes, height: height, width: width)
  }

  /// The same for bytes that were counted.
  package func preprocess(checked bytes: [UInt8], height: Int, width: Int) -> Tensor {
    let table = (0...255).map { Float($0) * pixelScale + pixelOffset }
    var elements: [Float] = []
    elements.reserveCapacity(height * width * 3)
    for byte in bytes {
      for _ in 0..<(isGray ? 3 : 1) { elements.append(table[Int(byte)]) }
    }
    return Tensor(checked: [1, height, width, 3], elements)
  }
}
