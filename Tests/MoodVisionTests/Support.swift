import FaceFinder
import Foundation
import ImageDecoding
import MoodVision

/// The package's folder, from this file's place in it.
let packageFolder = URL(filePath: #filePath).deletingLastPathComponent()
  .appending(path: "../..").standardized

func example(_ name: String) -> URL { packageFolder.appending(path: "Examples/\(name).jpg") }

func portrait(_ name: String = "eileen_collins") throws -> RGBImage {
  try RGBImage(contentsOf: example(name).path)
}

/// A picture of one colour.
func plain(_ width: Int, _ height: Int, _ value: UInt8 = 99) throws -> RGBImage {
  try RGBImage(
    width: width, height: height, pixels: [UInt8](repeating: value, count: width * height * 3))
}

/// The portrait within grey, and once more beside it.
func pair(_ portrait: RGBImage) throws -> RGBImage {
  let (width, height) = (portrait.width * 2 + 90, portrait.height + 60)
  var pixels = [UInt8](repeating: 90, count: width * height * 3)
  for left in [20, portrait.width + 60] {
    for y in 0..<portrait.height {
      for i in 0..<portrait.width * 3 {
        pixels[((y + 30) * width + left) * 3 + i] = portrait.pixels[y * portrait.width * 3 + i]
      }
    }
  }
  return try RGBImage(width: width, height: height, pixels: pixels)
}
