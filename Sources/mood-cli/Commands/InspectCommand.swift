import ArgumentParser
import CommandSupport
import ONNXImport
import ResNetV2
import Tensor
import WeightLoader

/// Prints a weight file's layers, as Keras's `summary()`.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Print a weight file's layers, totals and metadata.",
    discussion: """
      EXAMPLES
        mood-cli inspect
        mood-cli inspect --weights Weights/mood.safetensors --json
        mood-cli inspect --model mobilenet.onnx --plan
      """)

  @OptionGroup var weights: WeightsArguments
  @OptionGroup var model: ModelArguments
  @OptionGroup var engine: EngineArguments
  @Flag(help: "Print what will run instead: steps, algorithms, memory.") var plan = false
  @Option(help: "With --plan: images in one pass.") var batch = 1
  @Flag(help: "One JSON object.") var json = false

  func validate() throws {
    if !(1...1024).contains(batch) { throw ValidationError("--batch is from 1 to 1024.") }
    if model.model != nil, weights.weights != nil {
      throw ValidationError("--model takes the place of --weights.")
    }
    if plan && json { throw ValidationError("--plan prints a table; mood-cli bench has JSON.") }
  }

  func run() throws {
    try reportingFailures {
      if let opened = try model.opened(engine.options) { return try inspect(opened) }
      let path = try weights.path()
      let file = try WeightFile(path: path)
      let network = try ResNetV2(weights: file, options: engine.options)
      let height = file.metadata.inputHeight ?? 224
      let width = file.metadata.inputWidth ?? 224
      if plan {
        let compiled = try network.network.compile(batch: batch, height: height, width: width)
        try StandardOutput.writeLine(PlanTable(compiled.plan).text)
        return
      }
      let summary = try NetworkSummary(
        file: path, metadata: file.texts, graph: network.network.graph,
        shapes: network.network.graph.outputShapes(height: height, width: width))
      try StandardOutput.writeLine(json ? try jsonLine(summary) : summary.text)
    }
  }

  private func inspect(_ model: ONNXModel) throws {
    if plan {
      let compiled = try model.network.compile(batch: batch, inputs: model.imageShapes)
      return try StandardOutput.writeLine(PlanTable(compiled.plan).text)
    }
    var texts: [String: String] = [:]
    for (kind, ports) in [("input", model.inputs), ("output", model.outputs)] {
      for port in ports {
        let extents = port.shape.map { $0.map { "\($0)" } ?? "N" }.joined(separator: ", ")
        texts["\(kind) \(port.name)"] = "[\(extents)]"
      }
    }
    let graph = model.network.graph
    let summary = try NetworkSummary(
      file: self.model.model ?? "", metadata: texts, graph: graph,
      shapes: graph.outputShapes(inputs: model.imageShapes))
    try StandardOutput.writeLine(json ? try jsonLine(summary) : summary.text)
  }
}
