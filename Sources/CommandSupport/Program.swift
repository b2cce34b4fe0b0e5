public import ArgumentParser
import Foundation

/// Runs a program's root command to its end.
///
/// As `ParsableCommand.main()`, but help and versions that cannot be written fail as other output
/// does, and who forgot `--` before a file whose name begins with `-` is told so.
public func runProgram(_ root: (some ParsableCommand).Type) -> Never {
  do {
    var command = try root.parseAsRoot(FileSystem.arguments)
    try command.run()
    root.exit()
  } catch {
    guard root.exitCode(for: error) == .success else {
      if root.exitCode(for: error) == .validationFailure, let file = fileLikeAnOption() {
        printError("\"\(FilePath.shown(file))\" is a file: put -- before names that begin with -.")
      }
      root.exit(withError: error)
    }
    do {
      try StandardOutput.writeLine(root.fullMessage(for: error))
      try StandardOutput.flush()
      root.exit()
    } catch {
      printError("Error: \(Failure(error).message)")
      root.exit(withError: Failure.cannotWrite)
    }
  }
}

/// The first argument that looks like an option and names a file.
private func fileLikeAnOption() -> String? {
  FileSystem.arguments.prefix { $0 != "--" }.first {
    $0.hasPrefix("-") && $0 != "-" && FileSystem.kind($0) != nil
  }
}
