import CommandSupport
import Foundation

/// Where answers are written: to an open file, or to parts in a folder.
enum AnswerOutput {
  case file(FileHandle)
  case parts(AnswerParts)

  /// Whether a person sees it.
  var isTerminal: Bool {
    if case .file(let file) = self { isatty(file.fileDescriptor) == 1 } else { false }
  }

  /// Adds whole lines.
  ///
  /// - Throws: `Failure` `unwritable_output` or `unwritable_file` with the system's reason.
  mutating func add(_ text: String, count: Int) throws {
    switch self {
    case .file(let file):
      do throws(SystemError) {
        try FileSystem.writeAll(Array(text.utf8), to: file.fileDescriptor)
      } catch {
        throw Failure(
          "unwritable_output", "the answers cannot be written: \(error)", Failure.cannotWrite)
      }
    case .parts(var parts):
      defer { self = .parts(parts) }
      try parts.add(text, count: count)
    }
  }

  /// Writes what is left.
  ///
  /// - Throws: `Failure` `unwritable_file` with the system's reason.
  mutating func finish() throws {
    guard case .parts(var parts) = self else { return }
    defer { self = .parts(parts) }
    try parts.write()
  }
}

/// Answers in files of a folder, each of which appears as a whole or not at all.
///
/// A part is written under another name, synchronised, and renamed. Its name is its own, so that any
/// number of programs may add to a folder.
struct AnswerParts {
  let folder: String
  /// How many answers make a part.
  let size: Int
  private var waiting = ""
  private var count = 0

  init(folder: String, size: Int) { (self.folder, self.size) = (folder, size) }

  /// Adds whole lines, and writes a part if there are enough.
  mutating func add(_ text: String, count added: Int) throws {
    waiting += text
    count += added
    if count >= size { try write() }
  }

  /// Writes what waits as a part.
  ///
  /// - Throws: `Failure` `unwritable_file` with the system's reason.
  mutating func write() throws {
    guard count > 0 else { return }
    let name = "part-\(UUID().uuidString.lowercased()).jsonl"
    let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
    try CommandSupport.write(Array(waiting.utf8), to: path)
    (waiting, count) = ("", 0)
  }
}
