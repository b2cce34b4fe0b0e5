/// A pixel's channels as numbers that can be weighed and summed: one for grey, four for colour.
///
/// Sums have ``ResamplingWeights/fractionBits`` fraction bits and wrap around, as in C.
protocol WeighablePixel {
  /// The pixel as bytes.
  associatedtype Bytes
  /// The bytes of a pixel in an image.
  static var channels: Int { get }
  /// A pixel to fill buffers with.
  static var blank: Bytes { get }
  /// The pixel at a byte of an image.
  static func bytes(of image: [UInt8], at index: Int) -> Bytes
  /// Appends a pixel to an image.
  static func append(_ bytes: Bytes, to image: inout [UInt8])
  /// The same value in all channels.
  init(repeating value: Int32)
  /// The pixel's values as numbers.
  init(_ bytes: Bytes)
  /// Adds a pixel, a weight times.
  mutating func add(_ pixel: Self, times weight: Int32)
  /// The sum without its fraction bits, clipped to bytes.
  var clipped: Bytes { get }
}

extension Int32: WeighablePixel {
  static var channels: Int { 1 }
  static var blank: UInt8 { 0 }
  static func bytes(of image: [UInt8], at index: Int) -> UInt8 { image[index] }
  static func append(_ bytes: UInt8, to image: inout [UInt8]) { image.append(bytes) }
  init(repeating value: Int32) { self = value }
  mutating func add(_ pixel: Int32, times weight: Int32) { self &+= pixel &* weight }
  var clipped: UInt8 { UInt8(Swift.min(Swift.max(self >> ResamplingWeights.fractionBits, 0), 255)) }
}

/// Red, green, blue, and a lane that stays unused.
extension SIMD4<Int32>: WeighablePixel {
  static var channels: Int { 3 }
  static var blank: SIMD4<UInt8> { .zero }
  static func bytes(of image: [UInt8], at index: Int) -> SIMD4<UInt8> {
    SIMD4<UInt8>(image[index], image[index + 1], image[index + 2], 0)
  }
  static func append(_ bytes: SIMD4<UInt8>, to image: inout [UInt8]) {
    image.append(bytes.x)
    image.append(bytes.y)
    image.append(bytes.z)
  }
  init(_ bytes: SIMD4<UInt8>) { self.init(truncatingIfNeeded: bytes) }
  mutating func add(_ pixel: Self, times weight: Int32) { self &+= pixel &* weight }
  var clipped: SIMD4<UInt8> {
    let whole = self &>> ResamplingWeights.fractionBits
    return SIMD4<UInt8>(
      truncatingIfNeeded: whole.clamped(lowerBound: .zero, upperBound: SIMD4(repeating: 255)))
  }
}
