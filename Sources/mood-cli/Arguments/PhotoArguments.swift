import ArgumentParser
import CommandSupport
import Foundation
import ImageDecoding
import MoodVision
import Synchronization

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
  ///
  /// - `digest`: Takes the SHA-256 of its file then; nil where nobody wants it.
  func photo(_ photo: PhotoInput, _ digest: FileDigest? = nil) -> Photo {
    Photo { [self] () throws(MoodVisionError) in try image(photo, digest) }
  }

  /// Decodes one photo and cuts it.
  func image(
    _ photo: PhotoInput, _ digest: FileDigest? = nil
  ) throws(MoodVisionError) -> RGBImage {
    let options = DecodingOptions(appliesOrientation: !ignoresOrientation)
    let image: RGBImage
    do throws(ImageError) {
      // Not by ??, which forgets the error's type.
      let bytes = if let given = photo.bytes { given } else { try Self.bytes(photo.path) }
      digest?.take(bytes)
      image = try RGBImage(decoding: bytes, options: options)
    } catch { throw .image(error) }
    guard let rect = crop?.rect else { return image }
    guard rect.overlaps(width: image.width, height: image.height) else {
      throw .regionOutside(rect, width: image.width, height: image.height)
    }
    return image.cropped(x: rect.x, y: rect.y, checkedWidth: rect.width, height: rect.height)
  }

  /// The bytes of a photo's file.
  private static func bytes(_ path: String) throws(ImageError) -> [UInt8] {
    if path.utf8.contains(0) {
      throw .unreadable(path: FilePath.shown(path), reason: "the name holds a NUL byte")
    }
    do throws(SystemError) {
      return try FileSystem.read(path, limit: ImageLimits.maximumBytes)
    } catch {
      throw .unreadable(path: FilePath.shown(path), reason: "\(error)")
    }
  }

  /// What is wrong with a photo, in the words of a command line.
  static func failure(_ error: any Error, of photo: PhotoInput) -> Failure {
    if photo.bytes != nil { return Failure(error) }
    let path = photo.path
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

/// The SHA-256 of a photo's file, once it is read.
final class FileDigest: Sendable {
  private let text = Mutex<String?>(nil)

  /// Computes it; of a file over the size that is read there is none.
  func take(_ bytes: [UInt8]) {
    guard bytes.count <= ImageLimits.maximumBytes else { return }
    let digest = SHA256.hexadecimal(bytes)
    text.withLock { $0 = digest }
  }

  /// The digest in hexadecimal; nil where the file could not be read, or nobody wanted it.
  var hexadecimal: String? { text.withLock { $0 } }
}
