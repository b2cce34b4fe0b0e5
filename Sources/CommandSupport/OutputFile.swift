import ArgumentParser
import Foundation

/// Writes a command's result into whatever stands at a path.
///
/// A device, a FIFO or a socket is written to. A link is followed, and stays. A regular file is
/// replaced as a whole, with its mode, so that a full disk leaves the old one; where its folder
/// takes no new file it is written in place.
///
/// - Parameters:
///   - bytes: What is written.
///   - path: Where.
///   - inputs: Files that the command has read, which must not be written over.
/// - Throws: `Failure`: `own_input`, or `unwritable_file` with the system's reason.
package func write(_ bytes: [UInt8], to path: String, inputs: [String] = []) throws {
  try refuseOwnInput(path, inputs)
  do throws(SystemError) {
    switch FileSystem.kind(path) {
    case .folder: throw SystemError(number: EISDIR)
    case .special: try FileSystem.writeFile(bytes, to: path, flags: 0)
    case .regular(let mode, _): try replace(path, mode: mode, with: bytes)
    case nil: try replace(path, mode: nil, with: bytes)
    }
  } catch {
    throw Failure("unwritable_file", "\(path) cannot be written: \(error)", Failure.cannotWrite)
  }
}

/// Refuses a path that is one of the files that a command reads, under whatever name.
///
/// - Throws: `Failure` `own_input`.
package func refuseOwnInput(_ path: String, _ inputs: [String]) throws {
  guard case .regular(_, let output) = FileSystem.kind(path) else { return }
  for input in inputs {
    if case .regular(_, output) = FileSystem.kind(input) {
      throw Failure(
        "own_input", "\(path) is the file that is read; name another for the output",
        .validationFailure)
    }
  }
}

/// Where a link leads to, be something there or not.
private func followed(_ link: URL) -> URL {
  var place = link
  for _ in 0..<40 {
    let path = place.path(percentEncoded: false)
    guard let next = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else { break }
    place = URL(filePath: next, relativeTo: place.deletingLastPathComponent()).absoluteURL
  }
  return place
}

/// Puts a new file in a path's place; `mode` is the old one's, nil where there was none.
private func replace(_ path: String, mode: UInt16?, with bytes: [UInt8]) throws(SystemError) {
  let target = followed(URL(filePath: path))
  let folder = target.deletingLastPathComponent().path(percentEncoded: false)
  let temporary = folder + "/.\(UUID().uuidString).tmp"
  do throws(SystemError) {
    try FileSystem.writeFile(
      bytes, to: temporary, flags: FileSystem.createFlags, mode: mode ?? 0o666,
      exactly: mode != nil)
    try FileSystem.move(temporary, to: target.path(percentEncoded: false))
  } catch {
    FileSystem.remove(temporary)
    guard mode != nil, error.number == EACCES || error.number == EPERM || error.number == EROFS
    else { throw error }
    try FileSystem.writeFile(bytes, to: path, flags: FileSystem.truncateFlags)
  }
}
