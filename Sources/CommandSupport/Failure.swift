public import ArgumentParser
import Foundation
import ImageDecoding
import MoodRecommend
import MoodText
import MoodVision
import ONNXImport
import Tensor
import WeightLoader

/// A failure as a command reports it: a code for programs, a sentence for people, and an exit code
/// of sysexits.h.
public struct Failure: Error, Encodable, Sendable {
  /// A stable name for programs.
  public let code: String
  /// What happened, in one sentence.
  public let message: String
  /// What a person at the command line can do about it; programs are not told.
  public let hint: String?
  /// What the program ends with.
  public let exitCode: ExitCode

  private enum CodingKeys: CodingKey { case code, message }

  /// 65, EX_DATAERR: bad data.
  public static let badData = ExitCode(65)
  /// 66, EX_NOINPUT: a file that cannot be read.
  public static let noInput = ExitCode(66)
  /// 74, EX_IOERR: a write that failed.
  public static let cannotWrite = ExitCode(74)

  /// Creates a failure.
  public init(
    _ code: String, _ message: String, _ exitCode: ExitCode = badData, hint: String? = nil
  ) {
    (self.code, self.message, self.exitCode, self.hint) = (code, message, exitCode, hint)
  }

  /// What happened, and what can be done about it.
  public var sentence: String { hint.map { "\(message); \($0)" } ?? message }

  /// Translates a library's error.
  public init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as MoodVisionError: self.init(vision: error)
    case let error as WeightError: self.init(vision: .weights(error))
    case let error as ImageError: self.init(vision: .image(error))
    case let error as MoodTextError: self.init(text: error)
    case let error as JourneyError: self.init("no_journey", error.description)
    case let error as TensorError: self.init(vision: .engine(error))
    case let error as ONNXError:
      if case .unreadable = error {
        self.init("unreadable_file", error.description, Self.noInput)
      } else {
        self.init("bad_model", error.description)
      }
    case let error as CatalogueError:
      if case .unreadable = error {
        self.init("unreadable_file", error.description, Self.noInput)
      } else {
        self.init("bad_catalogue", error.description)
      }
    case let error as FeedbackError:
      self.init(error.code, error.description, Self.exitCode(of: error))
    default: self.init("failure", "\(error)")
    }
  }

  private init(text error: MoodTextError) {
    switch error {
    case .unreadable, .notFound:
      self.init("unreadable_file", error.description, Self.noInput)
    default: self.init("bad_text_model", error.description)
    }
  }

  private init(vision error: MoodVisionError) {
    switch error {
    case .noFace: self = .noFace
    case .image(.unreadable), .weights(.unreadable), .weightsNotFound:
      self.init(error.code, error.description, Self.noInput)
    case .invalidOption: self.init(error.code, error.description, .validationFailure)
    default: self.init(error.code, error.description)
    }
  }

  /// What is said where no face is seen.
  public static let noFace = Failure(
    MoodVisionError.noFace.code, "\(MoodVisionError.noFace)",
    hint: "--face none takes the whole photo, --face x,y,w,h says where one is")

  /// A file that cannot be opened or read, in the system's words.
  public static func unreadable(_ path: String, _ error: any Error) -> Failure {
    let error = error as NSError
    let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
    let reason = cause.localizedFailureReason ?? cause.localizedDescription
    return Failure("unreadable_file", "\(path) cannot be read: \(reason)", noInput)
  }

  private static func exitCode(of error: FeedbackError) -> ExitCode {
    switch error {
    case .unreadable, .gone: noInput
    case .readOnly, .full: cannotWrite
    case .busy: ExitCode(75)
    case .corrupt, .tooNew, .failed: badData
    }
  }
}

/// Runs a command's work; a failure goes to standard error as one line, and sets the exit code.
public func reportingFailures(_ work: () throws -> Void) throws {
  do {
    try work()
    try StandardOutput.flush()
  } catch { throw reported(error) }
}

/// Runs a command's work that waits; a failure goes to standard error as one line, and sets the
/// exit code.
public func reportingFailures(_ work: () async throws -> Void) async throws {
  do {
    try await work()
    try StandardOutput.flush()
  } catch { throw reported(error) }
}

/// Says what failed; what is returned ends the program.
private func reported(_ error: any Error) -> any Error {
  // What was printed before the failure is not to be lost silently either.
  do { try StandardOutput.flush() } catch {
    printError("Error: \(Failure(error).message)")
    return Failure.cannotWrite
  }
  if error is ExitCode || error is ValidationError || error is CleanExit { return error }
  let failure = Failure(error)
  printError("Error: \(failure.sentence)")
  return failure.exitCode
}

/// Writes one line to standard error.
public func printError(_ line: String) {
  FileHandle.standardError.write(Data((line + "\n").utf8))
}
