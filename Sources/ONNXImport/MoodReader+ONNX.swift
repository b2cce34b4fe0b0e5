public import Foundation
public import MoodVision
public import Tensor

extension MoodClassifier {
  /// Opens an emotion network in an ONNX file.
  ///
  /// - Parameters:
  ///   - url: The `.onnx` file; see `MoodClassifier.init(network:labels:)`.
  ///   - labels: What goes in, and what comes out; `inputSize` is used where the file leaves the
  ///     picture's size free.
  ///   - options: What to run on. An answer does not depend on what else is in its batch.
  /// - Throws: ``ONNXError``, `MoodVisionError`.
  public init(onnx url: URL, labels: MoodLabels, options: EngineOptions = .init()) throws {
    var options = options
    options.isBatchInvariant = true
    let network: Network
    do throws(ONNXError) {
      network = try Network(onnx: url, options: options)
    } catch {
      // The picture's size may be free: the labels say it then.
      guard case .badInput(let name, let dimensions, _) = error, dimensions.count == 4,
        let size = labels.inputSize, let height = size.first, let width = size.last
      else { throw error }
      let free = [1, 3, height, width]
      let isChannelsFirst = ![1, 3].contains(dimensions[3] ?? 0)
      let shape = dimensions.enumerated().map { axis, extent in
        extent ?? (isChannelsFirst ? free : [1, height, width, 3])[axis]
      }
      network = try Network(onnx: url, inputShapes: [name: shape], options: options)
    }
    try self.init(network: network, labels: labels)
  }
}

extension MoodReader {
  /// Takes an emotion network in an ONNX file, with the face detector that ships with the package.
  ///
  /// ```swift
  /// let labels = try MoodLabels(contentsOf: URL(filePath: "emotions.json"))
  /// let reader = try MoodReader(onnx: URL(filePath: "emotions.onnx"), labels: labels)
  /// ```
  /// - Parameters:
  ///   - url: The `.onnx` file; see `MoodClassifier.init(network:labels:)`.
  ///   - labels: What goes in, and what comes out.
  ///   - options: How the reader works.
  /// - Throws: ``ONNXError``, `MoodVisionError`.
  public convenience init(
    onnx url: URL, labels: MoodLabels, options: MoodReaderOptions = .init()
  ) throws {
    try self.init(
      classifier: MoodClassifier(onnx: url, labels: labels, options: options.engine),
      finder: MoodReader.shippedFinder(options.engine), options: options)
  }
}
