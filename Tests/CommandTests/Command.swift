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

/// Runs `mood-cli` as it was built beside the tests.
func moodCLI(
  _ arguments: String..., input: String = "", environment: [String: String] = [:]
) throws -> Run {
  try moodCLI(words: arguments, input: input, environment: environment)
}

/// Runs `mood-cli` as it was built beside the tests.
func moodCLI(
  words arguments: [String], input: String = "", environment: [String: String] = [:]
) throws -> Run {
  // The program lies where the test bundle lies.
  let folder =
    CommandLine.arguments.first.map { URL(filePath: $0).deletingLastPathComponent() }
    ?? packageFolder
  let candidates = [
    folder.appending(path: "mood-cli"),
    packageFolder.appending(path: ".build/debug/mood-cli"),
  ]
  let program = try #require(
    candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) })
  let process = Process()
  process.executableURL = program
  process.arguments = arguments
  process.currentDirectoryURL = packageFolder
  let scratch = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
  // Nothing of the user's own feedback or catalogue.
  process.environment = ProcessInfo.processInfo.environment
    .merging(["MOOD_DATA": scratch.appending(path: "data").path]) { $1 }
    .merging(environment) { $1 }
  defer { try? FileManager.default.removeItem(at: scratch) }
  func handle(_ name: String, _ text: String = "") throws -> FileHandle {
    let file = scratch.appending(path: name)
    try Data(text.utf8).write(to: file)
    return try FileHandle(forUpdating: file)
  }
  process.standardInput = try handle("input", input)
  process.standardOutput = try handle("output")
  process.standardError = try handle("errors")
  try process.run()
  process.waitUntilExit()
  func text(_ name: String) throws -> String {
    try String(contentsOf: scratch.appending(path: name), encoding: .utf8)
  }
  return Run(
    output: try text("output"), errors: try text("errors"), exitCode: process.terminationStatus)
}
