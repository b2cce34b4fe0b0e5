import Tensor
import WeightLoader

/// YuNet's layers, as a file's metadata size them (Weights/FACE.md).
struct YuNet {
  /// Output channels of the two layers of each of six stages.
  let stageChannels: [[Int]]
  /// Whether each scale has a layer of its own in front of its head.
  let hasSharedLayers: Bool

  /// Pixels from one cell to the next, for each scale.
  static let strides = [8, 16, 32]
  /// Outputs of a cell: class, objectness, box, landmarks.
  static let outputs = 16
  /// Name of the layer that gives a scale's outputs, `[1, H/s, W/s, 16]`.
  static func head(_ stride: Int) -> String { "head_\(stride)_dw" }

  /// Reads the metadata of a file.
  init(metadata: [String: String]) throws(WeightError) {
    func text(_ key: String, expected: String) throws(WeightError) {
      guard let value = metadata[key] else { throw .missingMetadata(key: key) }
      if value != expected { throw .badMetadata(key: key, value: value, expected: expected) }
    }
    try text("format", expected: "mood-face-weights")
    try text("format_version", expected: "1")
    try text("architecture", expected: "YuNet")
    try text("strides", expected: "[8,16,32]")
    try text("head", expected: "class,objectness,box[4],landmarks[10]")
    try text("color", expected: "rgb")
    guard let shared = metadata["shared_layers"] else {
      throw .missingMetadata(key: "shared_layers")
    }
    guard ["0", "1"].contains(shared) else {
      throw .badMetadata(key: "shared_layers", value: shared, expected: "0 or 1")
    }
    hasSharedLayers = shared == "1"
    guard let value = metadata["stage_channels"] else {
      throw .missingMetadata(key: "stage_channels")
    }
    let numbers = value.split(omittingEmptySubsequences: false) { "[],".contains($0) }
      .filter { !$0.isEmpty }.map { Int($0) ?? 0 }
    let stages = stride(from: 0, to: numbers.count - 1, by: 2).map { Array(numbers[$0...$0 + 1]) }
    guard numbers.count == 12, numbers.allSatisfy({ $0 % 16 == 0 && (16...256).contains($0) }),
      "\(stages)".filter({ $0 != " " }) == value,
      stages[3...].joined().allSatisfy({ $0 == stages[5][1] })
    else {
      throw .badMetadata(
        key: "stage_channels", value: value,
        expected: "six pairs of multiples of 16 up to 256, the last three pairs all equal")
    }
    stageChannels = stages
  }

  /// The layers from bytes, `[N, H, W, 3]`, to the three heads.
  ///
  /// - Throws: `TensorError` never, as the metadata were checked.
  func graph() throws(TensorError) -> Graph {
    var graph = Graph()
    func separable(_ name: String, _ x: Int, _ input: Int, _ output: Int, appliesReLU: Bool = true)
      throws(TensorError) -> Int
    {
      var y = try graph.add(
        "\(name)_pw",
        .convolution(height: 1, width: 1, input: input, output: output, stride: 1, bias: true), x)
      y = try graph.add("\(name)_pad", .zeroPadding(Padding(1)), y)
      y = try graph.add("\(name)_dw", .depthwiseConvolution(channels: output), y)
      return try appliesReLU ? graph.add("\(name)_relu", .relu, y) : y
    }
    var x = try graph.add("input", .input(channels: 3))
    x = try graph.add("stem_pad", .zeroPadding(Padding(1)), x)
    var channels = stageChannels[0][0]
    x = try graph.add(
      "stem", .convolution(height: 3, width: 3, input: 3, output: channels, stride: 2, bias: true),
      x)
    x = try graph.add("stem_relu", .relu, x)
    var levels: [Int] = []
    for (stage, widths) in stageChannels.enumerated() {
      for layer in stage == 0 ? 1..<2 : 0..<2 {
        x = try separable("stage\(stage)_\(layer + 1)", x, channels, widths[layer])
        channels = widths[layer]
      }
      if stage >= 3 { levels.append(x) }
      if stage != 1 && stage != 5 {
        x = try graph.add("stage\(stage)_pool", .maxPooling(window: 2, stride: 2), x)
      }
    }
    // From the coarsest map down: each takes the one above it, upsampled.
    var maps: [Int: Int] = [:]
    for (stride, level) in zip(Self.strides, levels).reversed() {
      if let coarser = maps[stride * 2] {
        let upsampled = try graph.add("neck_\(stride)_upsample", .upsampleNearest2x, coarser)
        x = try graph.add("neck_\(stride)_sum", .add, level, upsampled)
      }
      x = try separable("neck_\(stride)", x, channels, channels)
      maps[stride] = x
    }
    for stride in Self.strides {
      var y = maps[stride] ?? x
      if hasSharedLayers { y = try separable("shared_\(stride)", y, channels, channels) }
      _ = try separable("head_\(stride)", y, channels, Self.outputs, appliesReLU: false)
    }
    return graph
  }
}
