public import Tensor
public import WeightLoader

extension ModelMetadata {
  /// What the network is fed for one image: byte × scale + offset of its channel, as the weight file says.
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
    precondition(pixelScale.count == 3 && pixelOffset.count == 3, "one for each channel")
    var table: [Float] = []
    for (scale, offset) in zip(pixelScale, pixelOffset) {
      for byte in 0...255 { table.append(Float(byte) * scale + offset) }
    }
    var elements: [Float] = []
    elements.reserveCapacity(height * width * 3)
    if isGray {
      for byte in bytes {
        for channel in 0..<3 { elements.append(table[channel << 8 | Int(byte)]) }
      }
    } else {
      for pixel in stride(from: 0, to: bytes.count, by: 3) {
        for channel in 0..<3 { elements.append(table[channel << 8 | Int(bytes[pixel + channel])]) }
      }
    }
    return Tensor(checked: [1, height, width, 3], elements)
  }
}
