import CommandSupport
import ImageDecoding

extension WatchCommand {
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
