import ImageDecoding
import Tensor
import Testing
import WeightLoader

private import struct Foundation.Data
private import struct Foundation.URL

/// The folder of the pictures that `make_image_fixtures.py` makes.
let imageFolder =
  String(#filePath.dropLast("ImageDecodingTests/Fixtures.swift".count)) + "Fixtures/Images/"

/// The bytes of a picture.
func fixture(_ name: String) throws -> [UInt8] {
  try [UInt8](Data(contentsOf: URL(fileURLWithPath: imageFolder + name)))
}

/// The pixels that the pictures hold, by the name without extension.
struct ExpectedPixels {
  private let file: SafetensorsFile

  init() throws { file = try SafetensorsFile(path: imageFolder + "expected.safetensors") }

  func image(_ name: String) throws -> RGBImage {
    let shape = try #require(file.shape(of: name))  // [H, W, 3]
    return try RGBImage(width: shape[1], height: shape[0], pixels: file.bytes(of: name))
  }

  func bytes(_ name: String) throws -> [UInt8] { try file.bytes(of: name) }

  /// The names of all tensors that begin so.
  func names(_ prefix: String) -> [String] { file.names.filter { $0.hasPrefix(prefix) } }
}

/// The error that decoding `bytes` throws, or nil.
func failure(_ bytes: [UInt8]) -> ImageError? {
  do {
    _ = try RGBImage(decoding: bytes)
    return nil
  } catch { return error }
}

/// The largest difference of two pictures' bytes, or nil if their sizes differ.
func difference(_ a: RGBImage, _ b: RGBImage) -> Int? {
  a.width == b.width && a.height == b.height
    ? zip(a.pixels, b.pixels).map { abs(Int($0) - Int($1)) }.max() : nil
}
