import ArgumentParser
import CommandSupport
import ONNXImport
import ResNetV2
import Tensor
import WeightLoader

/// Runs the network on a tensor.
struct InferCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "infer",
    abstract: "Run the network on a tensor, and write tensors.",
    discussion: """
      The input is a safetensors file with a tensor "input", [N, H, W, 3], already scaled. The \
      output holds "logits", "probabilities" if the network has classes, and each tapped layer \
      under its name.

      With --model an ONNX network runs instead: the input file has a tensor for each of its inputs, \
      and the output one for each of its outputs, by their names and in the file's own layout.

      EXAMPLES
        mood-cli preprocess face.jpg --output x.safetensors
        mood-cli infer --input x.safetensors --output y.safetensors --tap conv4_block6_out
        mood-cli infer --model mobilenet.onnx --input x.safetensors --output y.safetensors
      """)

  @OptionGroup var weights: WeightsArguments
  @OptionGroup var model: ModelArguments
  @OptionGroup var engine: EngineArguments
  @Option(help: ArgumentHelp("File with a tensor \"input\".", valueName: "file")) var input: String
  @Option(help: ArgumentHelp("File to write.", valueName: "file")) var output: String
  @Option(
    help: ArgumentHelp("Write this layer's output too; may be repeated.", valueName: "layer"))
  var tap: [String] = []

  func validate() throws {
    if model.model != nil, weights.weights != nil || !tap.isEmpty {
      throw ValidationError("--model takes the place of --weights, and has no --tap.")
    }
  }

  func run() throws {
    try reportingFailures {
      let file = try SafetensorsFile(path: input)
      if let model = try model.opened(engine.options) { return try run(model, file) }
      guard let shape = file.shape(of: "input") else { throw WeightError.missing(name: "input") }
      let network = try ResNetV2(weights: weights.file(), options: engine.options)
      guard shape.rank == 4, (1...4096).contains(shape[0]), shape[3] == 3,
        network.accepts(height: shape[1], width: shape[2])
      else {
        let (h, w) = (network.metadata.inputHeight, network.metadata.inputWidth)
        let size = "\(h.map { "\($0)" } ?? "H"), \(w.map { "\($0)" } ?? "W")"
        throw Failure("bad_input", "the input is \(shape); the network takes [N, \(size), 3]")
      }
      for name in tap where !network.layerNames.contains(name) {
        throw Failure(
          "unknown_layer", "the network has no layer \"\(name)\"; see mood-cli inspect",
          .validationFailure)
      }
      let result = try network(file.tensor("input"), taps: tap)
      var writer = SafetensorsWriter()
      if let probabilities = result.probabilities { try writer.add("probabilities", probabilities) }
      try writer.add("logits", result.logits)
      for name in Set(tap).sorted() where !["logits", "probabilities"].contains(name) {
        if let value = result.taps[name] { try writer.add(name, value) }
      }
      try write(writer.bytes, to: output, inputs: [input])
    }
  }

  private func run(_ model: ONNXModel, _ file: SafetensorsFile) throws {
    var values: [String: Tensor] = [:]
    for port in model.inputs { values[port.name] = try file.tensor(port.name) }
    let results = try model(values)
    var writer = SafetensorsWriter()
    for port in model.outputs {
      if let value = results[port.name] { try writer.add(port.name, value) }
    }
    try write(writer.bytes, to: output, inputs: [input])
  }
}
