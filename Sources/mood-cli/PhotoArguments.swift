import ArgumentParser
import Foundation
import ImageDecoding

/// Which photos, and what of them.
struct PhotoArguments: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "JPEG or PNG files; - reads one path a line from standard input.", valueName: "photo"))
  var photos: [String] = []

  @Option(
    help: ArgumentHelp(
      "Look at this part of each photo only, in pixels of the upright photo.",
      valueName: "x,y,w,h"))
  var crop: CropArgument?

  @Flag(name: .customLong("no-exif"), help: "Leave photos as stored: ignore EXIF orientation.")
  var ignoresOrientation = false

  /// The paths one by one; standard input is read as it comes.
  var paths: some Sequence<String> {
    photos.lazy.flatMap { photo in
      photo == "-"
        ? AnySequence { AnyIterator { readLine() } } : AnySequence(CollectionOfOne(photo))
    }
  }

  /// Decodes one photo and cuts it.
  func image(_ path: String) throws -> RGBImage {
    let image = try RGBImage(
      contentsOf: path, options: DecodingOptions(appliesOrientation: !ignoresOrientation))
    guard let crop else { return image }
    guard crop.x < image.width, crop.y < image.height, crop.x + crop.width > 0,
      crop.y + crop.height > 0
    else {
      throw Failure(
        "bad_crop", "the crop \(crop) lies outside the photo of \(image.width)×\(image.height)")
    }
    return image.cropped(x: crop.x, y: crop.y, width: crop.width, height: crop.height)
  }
}

/// A rectangle as `x,y,w,h`.
struct CropArgument: ExpressibleByArgument, CustomStringConvertible {
  let x, y, width, height: Int

  init?(argument: String) {
    let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    let limit = ImageLimits.maximumSide
    guard numbers.count == 4, let x = numbers[0], let y = numbers[1], let width = numbers[2],
      let height = numbers[3], (1...limit).contains(width), (1...limit).contains(height),
      abs(x) <= limit, abs(y) <= limit
    else { return nil }
    (self.x, self.y, self.width, self.height) = (x, y, width, height)
  }

  var description: String { "\(x),\(y),\(width),\(height)" }
}
