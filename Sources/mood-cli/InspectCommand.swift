import ArgumentParser
import Foundation
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
      """)

  @OptionGroup var weights: WeightsArguments
  @OptionGroup var engine: EngineArguments
  @Flag(help: "Print what will run instead: steps, algorithms, memory.") var plan = false
  @Option(help: "With --plan: images in one pass.") var batch = 1
  @Flag(help: "One JSON object.") var json = false

  func validate() throws {
    if !(1...1024).contains(batch) { throw ValidationError("--batch is from 1 to 1024.") }
    if plan && json { throw ValidationError("--plan prints a table; mood-cli bench has JSON.") }
  }

  private struct Layer: Encodable {
    let name, type: String
    let outputShape: [Int]
    let parameters, multiplyAdds: Int

    enum CodingKeys: String, CodingKey {
      case name, type, parameters
      case outputShape = "output_shape", multiplyAdds = "multiply_adds"
    }
  }

  private struct Summary: Encodable {
    var v = 1
    let file: String
    let metadata: [String: String]
    let layers: [Layer]
    let parameters, multiplyAdds: Int

    enum CodingKeys: String, CodingKey {
      case v, file, metadata, layers, parameters
      case multiplyAdds = "multiply_adds"
    }
  }

  func run() throws {
    try reportingFailures {
      let path = try weights.path()
      let file = try WeightFile(path: path)
      let network = try ResNetV2(weights: file, options: engine.options)
      let height = file.metadata.inputHeight ?? 224
      let width = file.metadata.inputWidth ?? 224
      if plan {
        let compiled = try network.network.compile(batch: batch, height: height, width: width)
        print(Self.table(compiled.plan))
        return
      }
      let graph = network.network.graph
      let shapes = try graph.outputShapes(height: height, width: width)
      let layers = graph.nodes.indices.map { index in
        Layer(
          name: graph.nodes[index].name, type: Self.typeName(graph.nodes[index].operation),
          outputShape: shapes[index].dimensions,
          parameters: graph.parameters(of: index).reduce(0) { $0 + $1.shape.count },
          multiplyAdds: graph.multiplyAdds(of: index, shapes: shapes))
      }
      let summary = Summary(
        file: path, metadata: file.texts, layers: layers,
        parameters: layers.reduce(0) { $0 + $1.parameters },
        multiplyAdds: layers.reduce(0) { $0 + $1.multiplyAdds })
      print(json ? try jsonLine(summary) : Self.table(summary))
    }
  }

  private static func table(_ summary: Summary) -> String {
    func row(_ cells: [String]) -> String {
      let widths = [28, 24, 18, 12, 15]
      return zip(cells, widths).enumerated().map { index, cell in
        let gap = String(repeating: " ", count: max(0, cell.1 - cell.0.count))
        return index < 2 ? cell.0 + gap : gap + cell.0
      }.joined()
    }
    var lines = [row(["layer", "type", "output", "parameters", "multiply-adds"])]
    for layer in summary.layers {
      let shape = "[N, \(layer.outputShape.map(String.init).joined(separator: ", "))]"
      lines.append(
        row([
          layer.name, layer.type, shape, grouped(layer.parameters), grouped(layer.multiplyAdds),
        ]))
    }
    lines.append(
      row(["total", "", "", grouped(summary.parameters), grouped(summary.multiplyAdds)]))
    lines.append("")
    lines.append(summary.file)
    for (key, value) in summary.metadata.sorted(by: { $0.key < $1.key }) {
      lines.append("  \(key): \(value)")
    }
    return lines.joined(separator: "\n")
  }

  private static func table(_ plan: Plan) -> String {
    func row(_ cells: [String]) -> String {
      zip(cells, [24, 6, 16, 18, 8, 0]).map { text, width in
        text + String(repeating: " ", count: max(1, width - text.count))
      }.joined()
    }
    var lines = [row(["step", "fused", "computed by", "output", "images", "multiply-adds"])]
    for step in plan.rows {
      lines.append(
        row([
          step.name, step.fused == 0 ? "" : "+\(step.fused)", step.work, "\(step.output)",
          "\(step.images)", step.multiplyAdds == 0 ? "" : grouped(step.multiplyAdds),
        ]))
    }
    let megabytes = String(format: "%.1f", Double(plan.arenaBytes) / 1e6)
    lines.append("")
    lines.append(
      "\(plan.options.engine.rawValue) engine, \((plan.options.instructionSet ?? .portable).rawValue), "
        + "\(plan.options.threads) threads, batch \(plan.batch); activations at most \(megabytes) MB"
    )
    return lines.joined(separator: "\n")
  }

  /// 23564800 as 23,564,800.
  private static func grouped(_ number: Int) -> String {
    var digits = String(number)
    var position = digits.count - 3
    while position > 0 {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: position))
      position -= 3
    }
    return digits
  }

  /// Keras's name of a layer's class.
  private static func typeName(_ operation: Tensor::Operation) -> String {
    switch operation {
    case .input: "InputLayer"
    case .zeroPadding: "ZeroPadding2D"
    case .convolution: "Conv2D"
    case .depthwiseConvolution: "DepthwiseConv2D"
    case .upsampleNearest2x: "UpSampling2D"
    case .batchNormalization: "BatchNormalization"
    case .relu: "Activation"
    case .add: "Add"
    case .maxPooling: "MaxPooling2D"
    case .globalAveragePooling: "GlobalAveragePooling2D"
    case .flatten: "Flatten"
    case .dense: "Dense"
    }
  }
}
