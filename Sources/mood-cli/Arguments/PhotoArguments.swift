import ArgumentParser
import CommandSupport
import Foundation
import ImageDecoding
import MoodVision

/// Which photos, and what of them.
struct PhotoArguments: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "JPEG or PNG files, or folders of them; - is standard input, a photo or one path per line.",
      valueName: "photo"))
  var photos: [String] = []

  @Option(
    help: ArgumentHelp(
      "Also read paths from this file, one per line; - is standard input.", valueName: "file"))
  var pathsFrom: String?

  @Flag(
    name: [.customShort("0"), .customLong("null")],
    help: "Each path in a list ends with a NUL byte, as find -print0 writes it.")
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

  /// A photo that is decoded, and cut, when its turn has come.
  func photo(_ path: String) -> Photo {
    Photo { [self] () throws(MoodVisionError) in try image(path) }
  }

  /// Decodes one photo and cuts it.
  func image(_ path: String) throws(MoodVisionError) -> RGBImage {
    let options = DecodingOptions(appliesOrientation: !ignoresOrientation)
    let image: RGBImage
    do throws(ImageError) {
      image = try RGBImage(decoding: Self.bytes(path), options: options)
    } catch { throw .image(error) }
    guard let rect = crop?.rect else { return image }
    guard rect.overlaps(width: image.width, height: image.height) else {
      throw .regionOutside(rect, width: image.width, height: image.height)
    }
    return image.cropped(x: rect.x, y: rect.y, checkedWidth: rect.width, height: rect.height)
  }

  /// The bytes of a photo's file, or of the one on standard input.
  private static func bytes(_ path: String) throws(ImageError) -> [UInt8] {
    if path == "-", let bytes = StandardInputPhoto.bytes { return bytes }
    if path.utf8.contains(0) {
      throw .unreadable(path: FilePath.shown(path), reason: "the name holds a NUL byte")
    }
    do throws(SystemError) {
      return try FileSystem.read(path, limit: ImageLimits.maximumBytes)
    } catch {
      throw .unreadable(path: FilePath.shown(path), reason: "\(error)")
    }
  }

  /// What is wrong with a path, in the words of a command line.
  static func failure(_ error: any Error, at path: String) -> Failure {
    if path.utf8.contains(0) {
      return Failure(
        "bad_path", "a path holds a NUL byte: if NUL bytes end paths, give --null")
    }
    if case .image(.unreadable) = error as? MoodVisionError {
      return FolderWalk.failure(at: path) ?? Failure(error)
    }
    return Failure(error)
  }
}

/// A rectangle as `x,y,w,h`.
struct CropArgument: ExpressibleByArgument {
  let rect: PixelRect<Int>

  init?(argument: String) {
    guard let rect = PixelRect<Int>(argument) else { return nil }
    self.rect = rect
  }
}
