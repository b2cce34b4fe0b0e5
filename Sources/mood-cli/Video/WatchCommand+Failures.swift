import CommandSupport
import ImageDecoding

extension WatchCommand {
  /// What to do with an address, which is no file; nil for anything else.
  var adviceForAddress: String? {
    let scheme = source.prefix { $0 != ":" }.lowercased()
    guard source.dropFirst(scheme.count).hasPrefix("://") else { return nil }
    let program =
      ["http", "https"].contains(scheme)
      ? "curl -sN '\(source)'" : "ffmpeg -loglevel error -i '\(source)' -f mjpeg -"
    return "watch reads a file or standard input, no address. Say: \(program) | mood-cli watch -"
  }

  /// Refuses a source of which no picture was read.
  ///
  /// - Throws: `Failure` with the decoder's own reason where there is one.
  func checkThatSomeWereRead(
    _ frames: Int, _ pictures: PictureSource, _ firstFailure: (error: ImageError, count: Int)?
  ) throws {
    if frames == 0 {
      let count = pictures.brokenCount
      throw Failure(
        "no_pictures",
        count == 0
          ? "\(source) holds no JPEG picture"
          : "\(source) holds \(count) beginnings of JPEG pictures, and none of their data")
    }
    if let (error, count) = firstFailure, count == frames {
      throw Failure(error.code, "\(source): none of \(count) pictures can be read: \(error)")
    }
  }
}
