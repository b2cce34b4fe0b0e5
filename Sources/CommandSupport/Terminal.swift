import Foundation

/// What standard error can show.
package enum Terminal {
  /// Whether a line of standard error may be drawn over: it is a terminal, and none that is `dumb`.
  package static var redrawsLines: Bool {
    isatty(2) == 1 && ProcessInfo.processInfo.environment["TERM"] ?? "dumb" != "dumb"
  }

  /// Draws over the line, without ending it.
  package static func redraw(_ line: String) {
    FileHandle.standardError.write(Data("\r\(line)".utf8))
  }

  /// Takes the line away.
  package static func clearLine() {
    FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
  }
}
