/// What a weight file says of its network (FORMAT.md, "Metadata").
public struct ModelMetadata: Sendable, Equatable {
  /// `ResNet50V2`, `ResNet101V2` or `ResNet152V2`.
  public var architecture: String
  /// Height and width of the input in pixels; nil if any will do.
  public var inputHeight, inputWidth: Int?
  /// Network input = byte × scale + offset, for red, green and blue.
  public var pixelScale, pixelOffset: [Float]
  /// Whether the network wants grey, repeated in three channels.
  public var isGray: Bool
  /// How training resized images: `bicubic`, `bilinear`, `nearest` or `area`.
  public var resampling: String
  /// Names of the classes in output order; empty for features.
  public var classNames: [String]
  /// Layers behind `post_relu`.
  public var headLayers: [HeadLayer]
  /// SHA-256 of the Keras file, in hexadecimal.
  public var sourceSHA256: String
  /// Version of the exporter.
  public var exporterVersion: String
  /// Probabilities are softmax(logits / temperature).
  public var temperature: Float?
  /// For the balanced read-out, one number for each class in output order, −20…20: probabilities are
  /// softmax(logits / temperature + logitAdjustment).
  public var logitAdjustment: [Float]?
  /// Below this largest probability the answer is "not sure".
  public var abstainBelow: Float?
  /// Which square around a face the network was trained on.
  public var faceCrop = FaceCrop.standard

  /// What a file may add to a logit for the balanced read-out.
  private static let adjustments = -20.0...20.0
  /// Heights and widths that a file may give its input, in pixels.
  package static let inputExtents = 32...4096

  /// Describes a network without a file, for benchmarks and tests.
  public init(
    architecture: String, inputHeight: Int?, inputWidth: Int?, classNames: [String],
    headLayers: [HeadLayer], isGray: Bool = false
  ) {
    self.architecture = architecture
    self.inputHeight = inputHeight
    self.inputWidth = inputWidth
    self.classNames = classNames
    self.headLayers = headLayers
    self.isGray = isGray
    pixelScale = Array(repeating: 1 / 255, count: 3)
    pixelOffset = Array(repeating: 0, count: 3)
    resampling = "bicubic"
    (sourceSHA256, exporterVersion) = ("", "")
  }

  /// Reads and checks the metadata of a file.
  ///
  /// - Throws: ``WeightError`` if a key is missing, does not parse or is out of range, or the head
  ///   makes no sense.
  public init(_ metadata: [String: String]) throws(WeightError) {
    guard metadata["format"] == "mood-weights" else {
      throw .notAWeightFile(format: metadata["format"])
    }
    func text(_ key: String) throws(WeightError) -> String {
      guard let value = metadata[key] else { throw .missingMetadata(key: key) }
      return value
    }
    func number(_ key: String, _ range: ClosedRange<Double>) throws(WeightError) -> Float {
      let value = try text(key)
      guard let number = Double(value), range.contains(number), Float(number).isFinite else {
        throw .badMetadata(
          key: key, value: value,
          expected: "a number from \(range.lowerBound) to \(range.upperBound)")
      }
      return Float(number)
    }
    func list(_ key: String) throws(WeightError) -> [JSONValue] {
      let value = try text(key)
      let parsed: JSONValue
      do { parsed = try JSONParser.parse(Array(value.utf8)) } catch {
        throw .badMetadata(key: key, value: value, expected: "a JSON array")
      }
      guard let elements = parsed.elements else {
        throw .badMetadata(key: key, value: value, expected: "a JSON array")
      }
      return elements
    }
    func choice(_ key: String, _ allowed: [String]) throws(WeightError) -> String {
      let value = try text(key)
      guard allowed.contains(value) else {
        throw .badMetadata(
          key: key, value: value, expected: "one of \(allowed.joined(separator: ", "))")
      }
      return value
    }

    /// A number for all channels, or from version 2 on an array of three.
    func channels(
      _ key: String, _ range: ClosedRange<Double>, version: String
    ) throws(WeightError) -> [Float] {
      let value = try text(key)
      guard version != "1", value.hasPrefix("[") else {
        return Array(repeating: try number(key, range), count: 3)
      }
      let values = try list(key)
      let numbers = values.compactMap(\.decimal).filter(range.contains).map { Float($0) }
      guard values.count == 3, numbers.count == 3 else {
        throw .badMetadata(
          key: key, value: value,
          expected: "three numbers from \(range.lowerBound) to \(range.upperBound)")
      }
      return numbers
    }

    let version = try text("format_version")
    guard ["1", "2"].contains(version) else { throw .unknownVersion(version) }
    architecture = try choice("architecture", ["ResNet50V2", "ResNet101V2", "ResNet152V2"])
    pixelScale = try channels("pixel_scale", -1e6...1e6, version: version)
    pixelOffset = try channels("pixel_offset", -1e6...1e6, version: version)
    isGray = try choice("color", ["rgb", "gray"]) == "gray"
    resampling = try choice("resampling", ["bicubic", "bilinear", "nearest", "area"])
    exporterVersion = try text("exporter_version")
    sourceSHA256 = try text("source_sha256")
    let digits = Set("0123456789abcdef".utf8)
    guard sourceSHA256.utf8.count == 64, sourceSHA256.utf8.allSatisfy({ digits.contains($0) })
    else {
      throw .badMetadata(
        key: "source_sha256", value: sourceSHA256, expected: "64 lower-case hexadecimal digits")
    }
    temperature =
      metadata["temperature"] == nil ? nil : try number("temperature", 1e-3...1e3)
    abstainBelow = metadata["abstain_below"] == nil ? nil : try number("abstain_below", 0...1)
    if let value = metadata["face_crop"] { faceCrop = try FaceCrop(value) }

    let size = try list("input_shape")
    func extent(_ value: JSONValue) throws(WeightError) -> Int? {
      if value == .null { return nil }
      guard let count = value.count, Self.inputExtents.contains(count) else {
        throw .badMetadata(
          key: "input_shape", value: try text("input_shape"),
          expected: "[H,W,3] with H and W from 32 to 4096 or null")
      }
      return count
    }
    guard size.count == 3, size[2].count == 3 else {
      throw .badMetadata(
        key: "input_shape", value: try text("input_shape"), expected: "[H,W,3]")
    }
    inputHeight = try extent(size[0])
    inputWidth = try extent(size[1])

    var layers: [HeadLayer] = []
    for value in try list("head_layers") { layers.append(try HeadLayer(value, key: "head_layers")) }
    headLayers = layers
    var names: [String] = []
    for value in try list("class_names") {
      guard let name = value.text else {
        throw .badMetadata(
          key: "class_names", value: try text("class_names"), expected: "an array of strings")
      }
      names.append(name)
    }
    classNames = names
    if metadata["logit_adjustment"] != nil {
      logitAdjustment = try list("logit_adjustment").compactMap { $0.decimal }
        .filter { Self.adjustments.contains($0) }.map { Float($0) }
      guard logitAdjustment?.count == names.count, try list("logit_adjustment").count == names.count
      else {
        throw .badMetadata(
          key: "logit_adjustment", value: try text("logit_adjustment"),
          expected: "\(names.count) numbers from \(Self.adjustments.lowerBound) to "
            + "\(Self.adjustments.upperBound), one for each class")
      }
    }
    try checkHead()
  }

  /// Whether the head's layers fit each other, the input and the class names.
  private func checkHead() throws(WeightError) {
    func bad(_ expected: String) -> WeightError {
      .badMetadata(
        key: "head_layers", value: headLayers.map(\.name).joined(separator: " → "),
        expected: expected)
    }
    var isFlat = false
    var names: Set<String> = []
    var units = 0
    for (index, layer) in headLayers.enumerated() {
      guard names.insert(layer.name).inserted else { throw bad("distinct names") }
      switch layer {
      case .batchNormalization: break
      case .flatten:
        if isFlat { throw bad("one Flatten or pooling") }
        if inputHeight == nil || inputWidth == nil { throw bad("an input size before Flatten") }
        isFlat = true
      case .globalAveragePooling:
        if isFlat { throw bad("one Flatten or pooling") }
        isFlat = true
      case .dense(_, let count, let activation):
        if !isFlat { throw bad("Flatten or pooling before Dense") }
        if activation == .softmax && index < headLayers.count - 1 {
          throw bad("softmax in the last layer only")
        }
        units = index == headLayers.count - 1 ? count : 0
      }
    }
    guard classNames.count == units, Set(classNames).count == units else {
      throw .badMetadata(
        key: "class_names", value: "\(classNames.count) names",
        expected: "\(units) distinct names, one for each output")
    }
  }
}
