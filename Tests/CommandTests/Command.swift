import Foundation
import Testing

/// The package's folder, from this file's place in it.
let packageFolder = URL(filePath: #filePath).deletingLastPathComponent()
  .appending(path: "../..").standardized

/// What one run of the program gave.
struct Run {
  let output, errors: String
  let exitCode: Int32

  /// Standard output, line by line, as JSON objects.
  func objects() throws -> [[String: Any]] {
    try output.split(separator: "\n").map { line in
      try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }
}

/// `mood-cli` while it runs; its output goes to a file.
final class RunningCommand {
  let process = Process()
  private let scratch: URL
  /// What standard input is, if the test writes it bit by bit.
  let inputPipe: Pipe?

  /// Starts `mood-cli` as it was built beside the tests.
  ///
  /// - `input`: The whole standard input; nil if it is written to ``inputPipe``.
  /// - `outputPipe`, `other`: Takes standard output, which ``output()`` does not see then.
  /// - `workingFolder`: Where it is started.
  init(
    _ arguments: [String], input: String?, outputPipe: Pipe? = nil, output other: FileHandle? = nil,
    folder workingFolder: URL = packageFolder, environment: [String: String] = [:]
  ) throws {
    process.executableURL = try Self.program()
    process.arguments = arguments
    process.currentDirectoryURL = workingFolder
    let scratch = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    self.scratch = scratch
    // Nothing of the user's own feedback or catalogue.
    process.environment = ProcessInfo.processInfo.environment
      .merging(["MOOD_DATA": scratch.appending(path: "data").path]) { $1 }
      .merging(environment) { $1 }
    func handle(_ name: String, _ text: String = "") throws -> FileHandle {
      let file = scratch.appending(path: name)
      try Data(text.utf8).write(to: file)
      return try FileHandle(forUpdating: file)
    }
    inputPipe = input == nil ? Pipe() : nil
    if let inputPipe {
      process.standardInput = inputPipe
    } else {
      process.standardInput = try handle("input", input ?? "")
    }
    let output = try handle("output")
    process.standardOutput = other ?? outputPipe ?? output
    process.standardError = try handle("errors")
    try process.run()
  }

  /// The program lies where the test bundle lies.
  static func program() throws -> URL {
    let folder =
      CommandLine.arguments.first.map { URL(filePath: $0).deletingLastPathComponent() }
      ?? packageFolder
    let candidates = [
      folder.appending(path: "mood-cli"),
      packageFolder.appending(path: ".build/debug/mood-cli"),
    ]
    return try #require(
      candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) })
  }

  deinit { try? FileManager.default.removeItem(at: scratch) }

  /// What it has printed so far.
  func output() throws -> String { try text("output") }

  private func text(_ name: String) throws -> String {
    try String(contentsOf: scratch.appending(path: name), encoding: .utf8)
  }

  /// Waits until it has printed something; for a minute at most.
  func waitForOutput() throws {
    for _ in 0..<12_000 where process.isRunning {
      if try !output().isEmpty { return }
      Thread.sleep(forTimeInterval: 0.005)
    }
  }

  /// Waits for its end.
  func result() throws -> Run {
    process.waitUntilExit()
    return try withExtendedLifetime(self) {
      Run(
        output: try text("output"), errors: try text("errors"),
        exitCode: process.terminationStatus)
    }
  }
}

/// Runs `mood-cli` to its end.
func moodCLI(
  _ arguments: String..., input: String = "", environment: [String: String] = [:]
) throws -> Run {
  try moodCLI(words: arguments, input: input, environment: environment)
}

/// Runs `mood-cli` to its end.
func moodCLI(
  words arguments: [String], input: String = "", environment: [String: String] = [:]
) throws -> Run {
  try RunningCommand(arguments, input: input, environment: environment).result()
}
