import FaceFinder
import Foundation
import ImageDecoding
import ONNXImport
import Tensor
import TestSupport
import Testing
import WeightLoader

/// YuNet's published file, which is not part of this repository: $MOOD_YUNET_ONNX names it.
struct YuNetTests {
  private static let path = ProcessInfo.processInfo.environment["MOOD_YUNET_ONNX"]

  /// The file's twelve outputs for a picture, decoded as the finder decodes its own, and the
  /// finder's boxes: the weights that ship were made from that file.
  @Test(.enabled(if: path != nil))
  func theFileGivesTheBoxesOfTheShippedFinder() throws {
    let path = try #require(Self.path)
    let model = try ONNXModel(contentsOf: URL(filePath: path))
    let finder = try FaceFinder(path: Self.weights)
    let side = 640
    // A group of three, in the corner of a black square.
    let pictures = try SafetensorsFile(
      path: Self.root + "/Tests/Fixtures/Faces/pictures.safetensors")
    let shape = try #require(pictures.shape(of: "group/pixels"))
    let group = try pictures.bytes(of: "group/pixels")
    var pixels = [UInt8](repeating: 0, count: side * side * 3)
    let width = 3 * shape[1]
    for row in 0..<shape[0] {
      pixels.replaceSubrange(
        row * side * 3..<row * side * 3 + width, with: group[row * width..<(row + 1) * width])
    }
    // BGR planes, bytes as numbers.
    var planes: [Float] = []
    for channel in [2, 1, 0] {
      planes += (0..<side * side).map { Float(pixels[$0 * 3 + channel]) }
    }
    let outputs = try model(["input": Tensor([1, 3, side, side], planes)])
    var best: [(score: Float, box: [Float])] = []
    for stride in [8, 16, 32] {
      let (cls, obj, boxes) = (
        try #require(outputs["cls_\(stride)"]).elements,
        try #require(outputs["obj_\(stride)"]).elements,
        try #require(outputs["bbox_\(stride)"]).elements
      )
      let columns = side / stride
      for cell in cls.indices {
        let score = (min(max(cls[cell], 0), 1) * min(max(obj[cell], 0), 1)).squareRoot()
        guard score > 0.3 else { continue }
        let (x, y) = (Float(cell % columns), Float(cell / columns))
        let (s, b) = (Float(stride), boxes[cell * 4..<cell * 4 + 4].map { $0 })
        let (w, h) = (exp(b[2]) * s, exp(b[3]) * s)
        best.append((score, [(x + b[0]) * s - w / 2, (y + b[1]) * s - h / 2, w, h]))
      }
    }
    let faces = try finder.faces(
      in: pixels, width: side, height: side,
      options: FaceFinderOptions(scoreThreshold: 0.3, otherScales: .never))
    #expect(faces.count == 3)
    for face in faces {
      let found = best.min { abs($0.score - face.score) < abs($1.score - face.score) }
      let match = try #require(found)
      #expect(abs(match.score - face.score) < 1e-4)
      let box = [face.box.x, face.box.y, face.box.width, face.box.height]
      for (a, b) in zip(match.box, box) { #expect(abs(a - b) < 0.01) }
    }
  }

  private static var root: String {
    #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
  }
  private static var weights: String { root + "/Weights/face.safetensors" }
}
