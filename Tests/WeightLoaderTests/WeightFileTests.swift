import Tensor
import Testing
import WeightLoader

/// Metadata of a small valid file.
let validMetadata: [(key: String, value: String)] = [
  ("format", "mood-weights"), ("format_version", "1"), ("architecture", "ResNet50V2"),
  ("input_shape", "[64,64,3]"), ("pixel_scale", "0.00392156862745098"), ("pixel_offset", "0.0"),
  ("color", "gray"), ("resampling", "bicubic"), ("class_names", "[\"a\",\"b\"]"),
  (
    "head_layers",
    "[{\"type\":\"GlobalAveragePooling2D\",\"name\":\"p\"},"
      + "{\"type\":\"Dense\",\"name\":\"d\",\"units\":2,\"activation\":\"softmax\"}]"
  ),
  ("source_sha256", String(repeating: "0a", count: 32)), ("exporter_version", "1.0"),
]

/// A file with the valid metadata, one value changed or taken out.
func weightFile(_ key: String = "", _ value: String? = nil) throws -> [UInt8] {
  var metadata = validMetadata.filter { $0.key != key }
  if let value { metadata.append((key, value)) }
  var writer = try SafetensorsWriter(metadata: metadata)
  try writer.add("d/bias", Tensor([2], [1, 2]))
  return writer.bytes
}

@Suite struct WeightFileTests {
  @Test func readsMetadata() throws {
    let metadata = try WeightFile(bytes: weightFile("temperature", "1.5")).metadata
    #expect(metadata.architecture == "ResNet50V2")
    #expect(metadata.inputHeight == 64 && metadata.inputWidth == 64)
    #expect(metadata.isGray && metadata.resampling == "bicubic")
    #expect(metadata.pixelScale == Array(repeating: 1 / 255, count: 3))
    #expect(metadata.pixelOffset == [0, 0, 0])
    #expect(metadata.classNames == ["a", "b"] && metadata.temperature == 1.5)
    #expect(
      metadata.headLayers == [
        .globalAveragePooling(name: "p"), .dense(name: "d", units: 2, activation: .softmax),
      ])
  }

  @Test func readsTheLogitAdjustment() throws {
    #expect(try WeightFile(bytes: weightFile()).metadata.logitAdjustment == nil)
    let metadata = try WeightFile(bytes: weightFile("logit_adjustment", "[0.5,-2]")).metadata
    #expect(metadata.logitAdjustment == [0.5, -2])
  }

  @Test(arguments: validMetadata.map(\.key))
  func refusesMissingMetadata(_ key: String) {
    #expect(
      throws: key == "format"
        ? WeightError.notAWeightFile(format: nil) : WeightError.missingMetadata(key: key)
    ) { try WeightFile(bytes: weightFile(key)) }
  }

  @Test func refusesOtherFormatsAndVersions() {
    #expect(throws: WeightError.notAWeightFile(format: "pt")) {
      try WeightFile(bytes: weightFile("format", "pt"))
    }
    #expect(throws: WeightError.unknownVersion("3")) {
      try WeightFile(bytes: weightFile("format_version", "3"))
    }
  }

  @Test func readsScaleAndOffsetOfEachChannelInVersion2() throws {
    func metadata(_ version: String, _ scale: String) throws -> ModelMetadata {
      var texts = Dictionary(uniqueKeysWithValues: validMetadata.map { ($0.key, $0.value) })
      (texts["format_version"], texts["pixel_scale"]) = (version, scale)
      texts["pixel_offset"] = version == "1" ? "0" : "[-103.5, 1e-1, 2]"
      return try ModelMetadata(texts)
    }
    let read = try metadata("2", "[1, 0.5, -2]")
    #expect(read.pixelScale == [1, 0.5, -2] && read.pixelOffset == [-103.5, 0.1, 2])
    #expect(try metadata("2", "0.25").pixelScale == [0.25, 0.25, 0.25])
    for bad in [
      "[1, 2]", "[1, 2, 3, 4]", "[1, 2, null]", "[1, 2, 1e7]", "[1, 2, \"3\"]", "[", "[]",
    ] {
      #expect(throws: WeightError.self) { try metadata("2", bad) }
    }
    #expect(throws: WeightError.self) { try metadata("1", "[1, 0.5, -2]") }
  }

  @Test(arguments: [
    ("architecture", "ResNet50"), ("input_shape", "[64,64]"), ("input_shape", "[64,64,4]"),
    ("input_shape", "[31,64,3]"), ("input_shape", "[64,4097,3]"), ("input_shape", "x"),
    ("pixel_scale", "nan"), ("pixel_scale", "1e39"), ("pixel_offset", ""), ("color", "grey"),
    ("resampling", "lanczos"), ("class_names", "[\"a\"]"), ("class_names", "[\"a\",\"a\"]"),
    ("class_names", "[1,2]"), ("class_names", "{}"), ("source_sha256", "0A"),
    ("temperature", "0"), ("temperature", "-1"), ("abstain_below", "1.5"), ("head_layers", "{}"),
    ("logit_adjustment", "x"), ("logit_adjustment", "{}"), ("logit_adjustment", "[1]"),
    ("logit_adjustment", "[1,2,3]"), ("logit_adjustment", "[1,\"2\"]"),
    ("logit_adjustment", "[1,null]"), ("logit_adjustment", "[0,20.5]"),
    ("logit_adjustment", "[0,1e400]"),
    ("head_layers", "[{\"type\":\"Dropout\",\"name\":\"x\"}]"),
    ("head_layers", "[{\"type\":\"Dense\",\"name\":\"d\",\"units\":2,\"activation\":\"softmax\"}]"),
    ("head_layers", "[{\"type\":\"Flatten\",\"name\":\"f\",\"x\":1}]"),
  ])
  func refusesBadMetadata(_ key: String, _ value: String) throws {
    let bytes = try weightFile(key, value)
    do {
      _ = try WeightFile(bytes: bytes)
      Issue.record("accepted \(key) \(value)")
    } catch {
      guard case .badMetadata = error else { Issue.record("\(error)"); return }
    }
  }

  @Test func neverTrapsOnAChangedByte() throws {
    let bytes = try weightFile()
    for index in bytes.indices {
      for change: UInt8 in [1, 0x80, 0xFF] {
        var changed = bytes
        changed[index] ^= change
        if let file = try? WeightFile(bytes: changed) {
          for name in file.tensors.names { _ = try? file.tensors.tensor(name) }
        }
      }
    }
  }

  @Test func neverTrapsOnATruncatedFile() throws {
    let bytes = try weightFile()
    for count in bytes.indices {
      #expect(throws: WeightError.self) { try WeightFile(bytes: Array(bytes[..<count])) }
    }
  }
}
