import ArgumentParser
import CommandSupport
import Foundation
import Tensor

/// Lists and clears what is kept between runs to start faster.
struct CacheCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache", abstract: "List or clear the files that make the next start faster.",
    discussion: """
      Packed weights and the choices of `tune` are kept in $MOOD_CACHE, else $XDG_CACHE_HOME/mood, \
      else ~/.cache/mood: at most \(CacheFolder.byteLimit >> 20) MB, the oldest go first. \
      MOOD_CACHE=off keeps nothing. Whatever is removed is made again when it is needed.
      """,
    subcommands: [List.self, Clear.self], defaultSubcommand: List.self)

  /// Prints the files.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print folder, files, sizes and when they were written.")

    func run() throws {
      try reportingFailures {
        guard let folder = folder() else {
          return try StandardOutput.writeLine("nothing is kept: MOOD_CACHE is off")
        }
        let files = folder.files
        try StandardOutput.writeLine(FilePath.shown(folder.path))
        for file in files {
          let time = Date(timeIntervalSince1970: file.time).formatted(.iso8601)
          try StandardOutput.writeLine("  \(time)  \(megabytes(file.bytes))  \(file.name)")
        }
        let bytes = files.reduce(0) { $0 + $1.bytes }
        try StandardOutput.writeLine(
          "\(files.count) files, \(megabytes(bytes, width: 0)) of at most "
            + "\(CacheFolder.byteLimit >> 20) MB")
      }
    }
  }

  /// Removes the files.
  struct Clear: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Remove the files; those of other programs stay.")

    func run() throws {
      try reportingFailures {
        guard let folder = folder() else {
          return try StandardOutput.writeLine("nothing is kept: MOOD_CACHE is off")
        }
        let files = folder.files
        let kept = files.filter { !folder.remove($0) }
        let bytes = files.reduce(0) { $0 + $1.bytes } - kept.reduce(0) { $0 + $1.bytes }
        try StandardOutput.writeLine(
          "\(files.count - kept.count) files removed, \(megabytes(bytes, width: 0))")
        if let file = kept.first {
          throw Failure(
            "unwritable_file", "\(folder.path)/\(file.name) cannot be removed", Failure.cannotWrite)
        }
      }
    }
  }
}

private func folder() -> CacheFolder? { WeightCache.userDirectory.map(CacheFolder.init) }

private func megabytes(_ bytes: Int, width: Int = 6) -> String {
  let tenths = (Double(bytes) / 1_048_576 * 10).rounded() / 10
  let text = "\(tenths)"
  return String(repeating: " ", count: max(0, width - text.count)) + text + " MB"
}
