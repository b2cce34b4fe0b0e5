import CommandSupport
import Foundation

/// Cuts a file into pieces at a separator, as it is read: memory is that of the longest piece.
struct DelimitedReader {
  /// What stands between two separators.
  struct Piece {
    let bytes: [UInt8]
    /// Whether a separator ended it, and not the end of the file.
    let isComplete: Bool
  }
  let path: String
  private let file: FileHandle
  private let separator: UInt8
  private let limit: Int
  private var buffer: [UInt8] = []
  private var position = 0

  /// Opens a file, or standard input for `-`.
  ///
  /// - `limit`: The most bytes of a piece.
  /// - Throws: `Failure` `unreadable_file`.
  init(path: String, separator: UInt8, limit: Int) throws {
    (self.path, self.separator, self.limit) = (path, separator, limit)
    guard path != "-" else {
      file = .standardInput
      return
    }
    do { file = try FileHandle(forReadingFrom: URL(filePath: path)) } catch {
      throw Failure.unreadable(path, error)
    }
  }

  /// The next piece; nil at the end. Nothing is given for an empty last piece.
  ///
  /// - Throws: `Failure` `unreadable_file`, or `piece_too_long` for one over the limit.
  mutating func next() throws -> Piece? {
    var searched = position
    while true {
      if let end = buffer[searched...].firstIndex(of: separator) {
        defer { position = end + 1 }
        return Piece(bytes: Array(buffer[position..<end]), isComplete: true)
      }
      if buffer.count - position > limit {
        throw Failure("piece_too_long", "\(path) holds a line of over \(limit) bytes")
      }
      buffer.removeFirst(position)
      (position, searched) = (0, buffer.count)
      let more = try readMore()
      if more.isEmpty {
        defer { buffer = [] }
        return buffer.isEmpty ? nil : Piece(bytes: buffer, isComplete: false)
      }
      buffer += more
    }
  }
}

extension DelimitedReader {
  /// Whether what comes next is a photo, and no text: it begins as a JPEG or a PNG does.
  ///
  /// - Throws: `Failure` `unreadable_file`.
  mutating func beginsWithPhoto() throws -> Bool {
    let beginnings: [[UInt8]] = [[0xFF, 0xD8, 0xFF], [0x89, 0x50, 0x4E, 0x47]]
    if buffer.isEmpty { buffer = try readMore() }
    return beginnings.contains { buffer.starts(with: $0) }
  }

  /// All that is left, of which no more than `limit` and one bytes are read.
  ///
  /// - Throws: `Failure` `unreadable_file`.
  mutating func rest(limit: Int) throws -> [UInt8] {
    defer { buffer = [] }
    do throws(SystemError) {
      let left = max(0, limit - buffer.count)
      return buffer + (try FileSystem.read(file.fileDescriptor, limit: left))
    } catch {
      throw Failure("unreadable_file", "\(path) cannot be read: \(error)", Failure.noInput)
    }
  }

  /// What is there next, once something is; none at the end.
  private func readMore() throws -> [UInt8] {
    do throws(SystemError) {
      return try FileSystem.readSome(file.fileDescriptor, most: 1 << 16)
    } catch {
      throw Failure("unreadable_file", "\(path) cannot be read: \(error)", Failure.noInput)
    }
  }
}
