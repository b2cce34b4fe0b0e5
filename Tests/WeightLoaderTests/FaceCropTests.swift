import Testing
import WeightLoader

struct FaceCropTests {
  static func metadata(_ crop: String?) throws -> ModelMetadata {
    var texts = [
      "format": "mood-weights", "format_version": "1", "architecture": "ResNet50V2",
      "input_shape": "[64,64,3]", "pixel_scale": "1", "pixel_offset": "0", "color": "rgb",
      "resampling": "bicubic", "class_names": "[]", "head_layers": "[]",
      "source_sha256": String(repeating: "0", count: 64), "exporter_version": "1.0",
    ]
    texts["face_crop"] = crop
    return try ModelMetadata(texts)
  }

  @Test func isFER2013sWithoutAKey() throws {
    let square = try Self.metadata(nil).faceCrop.square(x: 10, y: 20, width: 100, height: 140)
    let expected: (Double, Double, Double) = (-1.5, 28.5, 123)
    #expect(square.x == expected.0)
    #expect(square.y == expected.1)
    #expect(square.side == expected.2)
  }

  @Test func followsHeightAndOffset() throws {
    let crop = try Self.metadata("{\"measure\":\"height\",\"factor\":0.5,\"x\":0,\"y\":-0.1}")
      .faceCrop
    #expect(crop == FaceCrop(measure: .height, factor: 0.5, offsetY: -0.1))
    let square = crop.square(x: 0, y: 0, width: 60, height: 80)
    #expect(square.x == 10)
    #expect(square.y == 16)
    #expect(square.side == 40)
    let area = FaceCrop(measure: .area, factor: 1)
    #expect(area.square(x: 0, y: 0, width: 40, height: 90).side == 60)
  }

  @Test(arguments: [
    "", "{}", "[]", "{\"measure\":\"depth\",\"factor\":1,\"x\":0,\"y\":0}",
    "{\"measure\":\"width\",\"factor\":0,\"x\":0,\"y\":0}",
    "{\"measure\":\"width\",\"factor\":1,\"x\":2,\"y\":0}",
    "{\"measure\":\"width\",\"factor\":1,\"x\":0,\"y\":0,\"z\":0}",
  ])
  func refusesOtherRules(_ text: String) {
    #expect(throws: WeightError.self) { try Self.metadata(text) }
  }
}
