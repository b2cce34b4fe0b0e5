import ArgumentParser
import Foundation
import ImageDecoding
import MoodRecommend
import Tensor
import WeightLoader

/// A failure as the command line reports it: a code for programs, a sentence for people, and an
/// exit code of sysexits.h.
struct Failure: Error, Encodable {
  let code: String
  let message: String
  let exitCode: ExitCode

  enum CodingKeys: CodingKey { case code, message }

  static let badData = ExitCode(65)
  static let noInput = ExitCode(66)

  init(_ code: String, _ message: String, _ exitCode: ExitCode = badData) {
    (self.code, self.message, self.exitCode) = (code, message, exitCode)
  }

  /// Translates a library's error.
  init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as WeightError:
      if case .unreadable = error {
        self.init(error.code, error.description, Self.noInput)
      } else {
        self.init(error.code, error.description)
      }
    case let error as ImageError:
      self.init(
        error.code, error.description,
        error.code == "unreadable_file" ? Self.noInput : Self.badData)
    case let error as CatalogueError:
      if case .unreadable = error {
        self.init("unreadable_file", error.description, Self.noInput)
      } else {
        self.init("bad_catalogue", error.description)
      }
    case let error as FeedbackError:
      self.init(error.code, error.description, Self.exitCode(of: error))
    case let error as MoodClassifier.Failure: self.init(error.code, error.description)
    case let error as TensorError: self.init("refused_by_engine", error.description)
    default: self.init("failure", "\(error)")
    }
  }
}

extension Failure {
  fileprivate static func exitCode(of error: FeedbackError) -> ExitCode {
    switch error {
    case .unreadable: noInput
    case .readOnly, .full: ExitCode(73)
    case .busy: ExitCode(75)
    case .corrupt, .tooNew, .failed: badData
    }
  }
}

/// Runs a command's work; a failure goes to standard error as one line, and sets the exit code.
func reportingFailures(_ work: () throws -> Void) throws {
  do { try work() } catch let code as ExitCode { throw code } catch let error as ValidationError {
    throw error
  } catch {
    let failure = Failure(error)
    printError("Error: \(failure.message)")
    throw failure.exitCode
  }
}

/// Writes one line to standard error.
func printError(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }

/// Writes bytes to a file, in one piece or not at all.
func write(_ bytes: [UInt8], to path: String) throws {
  do {
    try Data(bytes).write(to: URL(filePath: path), options: .atomic)
  } catch {
    throw Failure("unwritable_file", "\(path) cannot be written", ExitCode(73))
  }
}

/// Encodes a value as one line of JSON, keys sorted, so that equal answers are equal bytes.
func jsonLine(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  return String(decoding: try encoder.encode(value), as: UTF8.self)
}
