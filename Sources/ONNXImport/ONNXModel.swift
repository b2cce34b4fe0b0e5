public import Foundation
public import Tensor
import WeightLoader

/// A network from an ONNX file, run with tensors named and laid out as the file says.
///
/// ```swift
/// let model = try ONNXModel(contentsOf: URL(filePath: "mobilenet.onnx"))
/// let outputs = try model(["input": pixels])  // [N, 3, 224, 224] → "logits": [N, 1000]
/// ```
/// Safe to share between threads. The whole graph is checked and lowered when it is opened: what is
/// not supported is refused then, each node by its name.
public struct ONNXModel: Sendable {
  /// An input or output.
  public struct Port: Sendable, Equatable {
    /// ONNX's name.
    public let name: String
    /// The extents in ONNX's order, `[N, C, H, W]` for most; nil for the batch, which is free.
    public let shape: [Int?]
  }

  /// The versions of ONNX's operator set that are read.
  public static let operatorSets = 6...28

  /// The network; its inputs and outputs are the model's, without their axis of images in front.
  public let network: Network
  /// What it reads and what it gives, in the file's order.
  public let inputs, outputs: [Port]
  /// Whether axis 0 counts images, so that any number of them is read at a time.
  public let isBatched: Bool
  fileprivate let parameters: ParameterSource
  private let constants: [String: Tensor]
  /// The shapes of the network's inputs, for one image.
  package let imageShapes: [Shape]

  /// Opens a model, and the files beside it that hold its tensors.
  ///
  /// - Parameters:
  ///   - url: The `.onnx` file.
  ///   - inputShapes: The extents of inputs by name, in ONNX's order, where the file leaves some
  ///     other than the batch free: `["input": [1, 3, 224, 224]]`.
  ///   - options: What to run on.
  /// - Throws: ``ONNXError``.
  public init(
    contentsOf url: URL, inputShapes: [String: [Int]] = [:], options: EngineOptions = .init()
  ) throws(ONNXError) {
    let file: MappedFile
    do throws(WeightError) { file = try MappedFile(path: url.path) } catch {
      guard case .unreadable(let path, let reason) = error else {
        throw .unreadable(path: url.path, reason: "\(error)")
      }
      throw .unreadable(path: path, reason: reason)
    }
    try self.init(
      file, folder: url.deletingLastPathComponent().path, inputShapes: inputShapes,
      options: options)
  }

  /// Takes the bytes of a model without external data.
  ///
  /// - Throws: ``ONNXError``.
  public init(
    bytes: [UInt8], inputShapes: [String: [Int]] = [:], options: EngineOptions = .init()
  ) throws(ONNXError) {
    try self.init(
      MappedFile(bytes: bytes), folder: nil, inputShapes: inputShapes, options: options)
  }

  private init(
    _ file: MappedFile, folder: String?, inputShapes: [String: [Int]], options: EngineOptions
  ) throws(ONNXError) {
    let result = try ModelImporter(file, folder: folder, inputShapes: inputShapes).result()
    let parameters = result.finished.parameters
    (inputs, outputs, isBatched) = (result.inputs, result.outputs, result.isBatched)
    constants = result.constants
    do throws(TensorError) {
      imageShapes = try inputs.map { (port) throws(TensorError) in
        try Shape(port.shape.dropFirst(result.isBatched ? 1 : 0).compactMap { $0 })
      }
      // What a plan would refuse is refused now.
      _ = try result.finished.graph.outputShapes(inputs: imageShapes)
      self.parameters = { parameters[$0] }
      network = try Network(result.finished.graph, options: options, source: self.parameters)
    } catch { throw .refusedByEngine(error) }
  }

  /// Runs the network.
  ///
  /// - Parameter values: A tensor for each input, by its name, in the file's layout.
  /// - Returns: The outputs by name, in the file's layout.
  /// - Throws: `TensorError` if an input is missing or of another shape.
  public func callAsFunction(_ values: [String: Tensor]) throws(TensorError) -> [String: Tensor] {
    var arguments: [String: Tensor] = [:]
    for port in inputs {
      guard let value = values[port.name] else {
        throw .inputNames(expected: inputs.map(\.name), found: values.keys.sorted())
      }
      let d = value.shape.dimensions
      guard d.count == port.shape.count, zip(d, port.shape).allSatisfy({ $0 == $1 ?? $0 }) else {
        throw .inputShape(expected: port.shape, found: value.shape)
      }
      arguments[port.name] = isBatched ? value : try value.reshaped(Shape([1] + d))
    }
    let results = try network.run(arguments)
    if isBatched && constants.isEmpty { return results }
    var outputs = constants
    for (name, value) in results where self.outputs.contains(where: { $0.name == name }) {
      outputs[name] =
        isBatched ? value : try value.reshaped(Shape(Array(value.shape.dimensions.dropFirst())))
    }
    return outputs
  }
}

extension Network {
  /// Opens the network of an ONNX file; see ``ONNXModel`` for one that knows its inputs and outputs.
  ///
  /// - Throws: ``ONNXError``.
  public convenience init(
    onnx url: URL, inputShapes: [String: [Int]] = [:], options: EngineOptions = .init()
  ) throws(ONNXError) {
    let model = try ONNXModel(contentsOf: url, inputShapes: inputShapes, options: options)
    do throws(TensorError) {
      try self.init(model.network.graph, options: options, source: model.parameters)
    } catch { throw .refusedByEngine(error) }
  }
}
