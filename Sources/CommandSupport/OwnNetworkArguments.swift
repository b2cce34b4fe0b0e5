public import ArgumentParser
import Foundation
public import MoodVision
import ONNXImport
public import Tensor

/// An emotion network of one's own, in place of the weight file.
public struct OwnNetworkArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "An emotion network in an ONNX file instead of a weight file. A JSON file of the same name "
        + "beside it names its classes; docs/onnx.md says how.", valueName: "file"))
  package var model: String?

  /// Creates the arguments.
  public init() {}

  /// The JSON file beside the network.
  package func labelsPath(_ model: String) -> String {
    URL(filePath: model).deletingPathExtension().appendingPathExtension("json").path
  }

  /// The network; nil if none is named.
  ///
  /// - Throws: `ONNXError`, `MoodVisionError`.
  public func classifier(
    labels: String? = nil, _ options: EngineOptions
  ) throws -> MoodClassifier? {
    guard let model else { return nil }
    let labels = try MoodLabels(contentsOf: URL(filePath: labels ?? labelsPath(model)))
    return try MoodClassifier(onnx: URL(filePath: model), labels: labels, options: options)
  }
}
