import ResNetV2
import Tensor
import TestSupport
import Testing
import WeightLoader

struct ClassActivationMapTests {
  static let heads: [String] = [
    """
    [{"type":"BatchNormalization","name":"a","epsilon":0.001},{"type":"Flatten","name":"f"},\
    {"type":"Dense","name":"d","units":8,"activation":"relu"},\
    {"type":"BatchNormalization","name":"b","epsilon":0.001},\
    {"type":"Dense","name":"e","units":2,"activation":"softmax"}]
    """,
    """
    [{"type":"GlobalAveragePooling2D","name":"g"},\
    {"type":"Dense","name":"e","units":2,"activation":"softmax"}]
    """,
  ]

  static func file(_ head: String) throws -> WeightFile {
    var random = SplitMix64(seed: 5)
    var writer = try SafetensorsWriter(metadata: [
      ("format", "mood-weights"), ("format_version", "1"), ("architecture", "ResNet50V2"),
      ("input_shape", "[64,32,3]"), ("pixel_scale", "1"), ("pixel_offset", "0"), ("color", "rgb"),
      ("resampling", "bicubic"), ("class_names", "[\"x\",\"y\"]"), ("head_layers", head),
      ("source_sha256", String(repeating: "0", count: 64)), ("exporter_version", "1.0"),
    ])
    let isFlat = head.contains("Flatten")
    for name in ["a", "b"] where isFlat {
      let shape: Shape = name == "a" ? [2048] : [8]
      for variable in ["gamma", "beta", "moving_mean"] {
        try writer.add("\(name)/\(variable)", .random(shape, using: &random))
      }
      try writer.add("\(name)/moving_variance", .random(shape, in: 0.5...2, using: &random))
    }
    if isFlat {
      try writer.add("d/kernel", .random([4096, 8], in: -0.05...0.05, using: &random))
      try writer.add("d/bias", .random([8], using: &random))
    }
    try writer.add("e/kernel", .random([isFlat ? 8 : 2048, 2], using: &random))
    try writer.add("e/bias", .random([2], using: &random))
    return try WeightFile(bytes: writer.bytes)
  }

  /// A logit by the definition, in double precision.
  static func logit(_ x: [Double], _ file: WeightFile, _ index: Int) throws -> Double {
    func parameter(_ name: String) throws -> [Double] {
      try file.tensors.tensor(name).elements.map { Double($0) }
    }
    var x = x
    for layer in file.metadata.headLayers {
      switch layer {
      case .batchNormalization(let name, let epsilon):
        let (gamma, beta) = (try parameter("\(name)/gamma"), try parameter("\(name)/beta"))
        let mean = try parameter("\(name)/moving_mean")
        let variance = try parameter("\(name)/moving_variance")
        x = x.enumerated().map { i, value in
          let c = i % gamma.count
          return (value - mean[c]) / (variance[c] + Double(epsilon)).squareRoot() * gamma[c]
            + beta[c]
        }
      case .flatten: break
      case .globalAveragePooling: x = (0..<2048).map { (x[$0] + x[2048 + $0]) / 2 }
      case .dense(let name, let units, let activation):
        let (kernel, bias) = (try parameter("\(name)/kernel"), try parameter("\(name)/bias"))
        x = (0..<units).map { j in
          let sum = x.indices.reduce(bias[j]) { $0 + x[$1] * kernel[$1 * units + j] }
          return activation == .relu ? max(sum, 0) : sum
        }
      }
    }
    return x[index]
  }

  @Test(arguments: heads)
  func isTheSlopeOfALogit(_ head: String) throws {
    let file = try Self.file(head)
    let maps = try ClassActivationMap(weights: file)
    var random = SplitMix64(seed: 9)
    let features = Tensor.random([1, 2, 1, 2048], in: 0...1, using: &random)
    let gradient = try maps.gradient(features, class: 1)
    let x = features.elements.map { Double($0) }
    for place in [0, 17, 2047, 2048, 4095] {
      var (more, less) = (x, x)
      more[place] += 1e-4
      less[place] -= 1e-4
      let slope = (try Self.logit(more, file, 1) - Self.logit(less, file, 1)) / 2e-4
      let error: Double = abs(Double(gradient.elements[place]) - slope)
      let bound: Double = 1e-4 + 1e-3 * abs(slope)
      #expect(error < bound)
    }
    let heat = try maps.heat(features, class: 1)
    #expect(heat.shape == [2, 1])
    let sum = (2048..<4096).reduce(Float(0)) { $0 + features.elements[$1] * gradient.elements[$1] }
    #expect(abs(heat.elements[1] - sum) < 1e-3)
  }

  @Test func refusesAMissingLayer() throws {
    let bytes = try SafetensorsWriter(
      metadata: try Self.file(Self.heads[0]).texts.map { (key: $0.key, value: $0.value) }
    ).bytes
    #expect(throws: WeightError.missing(name: "a/gamma")) {
      try ClassActivationMap(weights: WeightFile(bytes: bytes))
    }
  }
}
