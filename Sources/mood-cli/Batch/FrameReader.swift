import CommandSupport
import Foundation
import ImageDecoding

/// Photos' names and bytes on standard input, each behind its length: `classify --frames`.
///
/// A frame is the length of the photo's name, the name, the length of the photo's file, and the
/// file's bytes. Lengths are four bytes, the lowest first. The input ends where a frame would begin.
struct FrameReader: PhotoSource {
  /// The most bytes of a name.
  static let nameLimit = 1 << 16

  private let file: Int32
  private var buffer: ArraySlice<UInt8> = []
  /// How many whole frames were read.
  private var count = 0

  /// Reads frames from an open file.
  init(_ file: Int32 = FileHandle.standardInput.fileDescriptor) { self.file = file }

  /// The next photo; nil at the end. Of a file over the size that is read, one byte more than that
  /// is kept, so that it is refused as too large like any other.
  ///
  /// - Throws: `Failure` `torn_frame` if the input ends within a frame; `bad_frame` if it is none.
  mutating func next() throws -> PhotoInput? {
    guard let nameLength = try length(mayEnd: true) else { return nil }
    guard (1...Self.nameLimit).contains(nameLength) else {
      throw Failure(
        "bad_frame",
        "frame \(count + 1) has a name of \(nameLength) bytes; 1 to \(Self.nameLimit) are possible")
    }
    let name = FilePath.text(try take(nameLength))
    guard let size = try length(mayEnd: false) else { throw torn }
    let kept = min(size, ImageLimits.maximumBytes + 1)
    let bytes = try take(kept)
    try skip(size - kept)
    count += 1
    return PhotoInput(path: name, bytes: bytes)
  }

  private var torn: Failure {
    Failure("torn_frame", "the input ends within a frame, behind \(count) whole ones")
  }

  private mutating func length(mayEnd: Bool) throws -> Int? {
    if buffer.isEmpty, mayEnd, try !readMore() { return nil }
    return try take(4).reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// The next bytes; memory grows as they come, not by what a length says.
  private mutating func take(_ count: Int) throws -> [UInt8] {
    var taken = Array(buffer.prefix(count))
    buffer = buffer.dropFirst(count)
    while taken.count < count {
      guard try readMore() else { throw torn }
      let part = buffer.prefix(count - taken.count)
      taken += part
      buffer = buffer.dropFirst(part.count)
    }
    return taken
  }

  private mutating func skip(_ count: Int) throws {
    var left = count - buffer.prefix(count).count
    buffer = buffer.dropFirst(count)
    while left > 0 {
      guard try readMore() else { throw torn }
      let part = min(left, buffer.count)
      buffer = buffer.dropFirst(part)
      left -= part
    }
  }

  /// Fills the empty buffer with what is there next; false at the end.
  private mutating func readMore() throws -> Bool {
    do throws(SystemError) {
      buffer = try FileSystem.readSome(file, most: 1 << 16)[...]
    } catch {
      throw Failure(
        "unreadable_file", "standard input cannot be read: \(error)", Failure.noInput)
    }
    return !buffer.isEmpty
  }
}
