import ArgumentParser
import Foundation
import ONNXImport
import Tensor

/// A network from an ONNX file, in place of a weight file.
struct ModelArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "An ONNX file instead of a weight file; docs/onnx.md lists what it may hold.",
      valueName: "file"))
  var model: String?
  @Option(
    help: ArgumentHelp(
      "With --model: an input's extents where the file leaves some free, as input=1,3,224,224; "
        + "may be repeated.", valueName: "name=extents"))
  var inputShape: [String] = []

  func validate() throws {
    if model == nil, !inputShape.isEmpty { throw ValidationError("--input-shape is for --model.") }
    _ = try shapes()
  }

  /// The model, opened and checked; nil if none is named.
  func opened(_ options: EngineOptions) throws -> ONNXModel? {
    guard let model else { return nil }
    return try ONNXModel(
      contentsOf: URL(filePath: model), inputShapes: try shapes(), options: options)
  }

  private func shapes() throws -> [String: [Int]] {
    var result: [String: [Int]] = [:]
    for text in inputShape {
      guard let equals = text.lastIndex(of: "=") else {
        throw ValidationError("--input-shape is name=extents, as input=1,3,224,224.")
      }
      let extents = text[text.index(after: equals)...].split(separator: ",")
        .map { Int($0) ?? 0 }
      guard !extents.isEmpty, extents.allSatisfy({ (1...1 << 20).contains($0) }) else {
        throw ValidationError("The extents of --input-shape \(text) are numbers from 1.")
      }
      result[String(text[..<equals])] = extents
    }
    return result
  }
}
