public import Tensor
public import WeightLoader

extension ModelMetadata {
  /// What the network is fed for one image: byte × scale + offset, as the weight file says.
  ///
  /// - `bytes`: `[H, W, 3]`, or `[H, W]` if the network wants grey, which then stands in all three
  ///     channels.
  /// - Returns: `[1, H, W, 3]`.
  /// - Precondition: There are as many bytes as the image has.
  public func preprocess(_ bytes: [UInt8], height: Int, width: Int) -> Tensor {
    let channels = isGray ? 1 : 3
    precondition(
      bytes.count == height * width * channels, "\(bytes.count) bytes for \(height)×\(width)")
    let table = (0...255).map { Float($0) * pixelScale + pixelOffset }
    var elements: [Float] = []
    elements.reserveCapacity(height * width * 3)
    for byte in bytes {
      for _ in 0..<(isGray ? 3 : 1) { elements.append(table[Int(byte)]) }
    }
    return Tensor([1, height, width, 3], elements)
  }
}
