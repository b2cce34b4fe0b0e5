import ArgumentParser
import Foundation
import ImageDecoding

/// Which photos, and what of them.
struct PhotoArguments: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "JPEG or PNG files, or folders of them; - reads one path a line from standard input.",
      valueName: "photo"))
  var photos: [String] = []

  @Option(
    help: ArgumentHelp(
      "Read paths from this file too, one a line; - is standard input.", valueName: "file"))
  var pathsFrom: String?

  @Flag(
    name: [.customShort("0"), .customLong("null")],
    help: "In such lists a NUL byte stands behind each path, as find -print0 writes it.")
  var isNullSeparated = false

  @Option(
    help: ArgumentHelp(
      "Look at this part of each photo only, in pixels of the upright photo.",
      valueName: "x,y,w,h"))
  var crop: CropArgument?

  @Flag(name: .customLong("no-exif"), help: "Leave photos as stored: ignore EXIF orientation.")
  var ignoresOrientation = false

  func validate() throws {
    if (photos + [pathsFrom]).count(where: { $0 == "-" }) > 1 {
      throw ValidationError("Standard input can be read once only: give one -.")
    }
  }

  /// Whether neither photos nor lists are named.
  var isEmpty: Bool { photos.isEmpty && pathsFrom == nil }

  /// Refuses to go on with nothing.
  func requireSome() throws {
    if isEmpty { throw ValidationError("Give at least one photo, or - for a list.") }
  }

  /// Whether it is one photo and no more, named by itself.
  var isOne: Bool {
    photos.count == 1 && photos != ["-"] && pathsFrom == nil && FolderWalk(photos[0]) == nil
  }

  /// The paths one by one.
  ///
  /// - Throws: `Failure` if a list cannot be read.
  func paths() throws -> PhotoPaths {
    try PhotoPaths(
      named: photos, lists: pathsFrom.map { [$0] } ?? [], isNullSeparated: isNullSeparated)
  }

  /// Decodes one photo and cuts it.
  func image(_ path: String) throws -> RGBImage {
    if path.utf8.contains(0) {
      throw Failure("bad_path", "a path holds a NUL byte: if NUL bytes end paths, give --null")
    }
    let image: RGBImage
    do {
      image = try RGBImage(
        contentsOf: path, options: DecodingOptions(appliesOrientation: !ignoresOrientation))
    } catch { throw FolderWalk.failure(at: path) ?? Failure(error) }
    guard let crop else { return image }
    guard crop.x < image.width, crop.y < image.height, crop.x + crop.width > 0,
      crop.y + crop.height > 0
    else {
      throw Failure(
        "bad_crop", "the crop \(crop) lies outside the photo of \(image.width)×\(image.height)")
    }
    return try image.cropped(x: crop.x, y: crop.y, width: crop.width, height: crop.height)
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
