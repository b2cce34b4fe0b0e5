import FaceFinder
import ImageDecoding
import Tensor
import Testing
import WeightLoader

/// The detector that ships, and pictures with the faces that OpenCV finds in them.
enum Files {
  static let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
  static var weights: String { root + "/Weights/face.safetensors" }

  static func pictures() throws -> SafetensorsFile {
    try SafetensorsFile(path: root + "/Tests/Fixtures/Faces/pictures.safetensors")
  }
}

struct FaceFinderTests {
  static let engines =
    Engine.available.map { EngineOptions(engine: $0) } + [
      EngineOptions(checkedThreads: 1), EngineOptions(checkedThreads: 2),
      EngineOptions(instructionSet: .avx2),
      EngineOptions(engine: .vector, instructionSet: .portable),
    ]

  @Test(arguments: engines)
  func findsWhatOpenCVFinds(_ engine: EngineOptions) throws {
    let finder = try FaceFinder(path: Files.weights, options: engine)
    let file = try Files.pictures()
    let options = try FaceFinderOptions(scoreThreshold: 0.3, otherScales: .never)
    for name in ["group", "odd", "noise"] {
      let shape = try #require(file.shape(of: "\(name)/pixels"))
      let found = try finder.faces(
        in: try file.bytes(of: "\(name)/pixels"), width: shape[1], height: shape[0],
        options: options)
      guard let count = file.shape(of: "\(name)/faces")?[0] else {
        #expect(found.isEmpty)
        continue
      }
      #expect(found.count == count)
      let expected = try file.tensor("\(name)/faces").elements
      for (index, face) in found.enumerated() {
        let row = Array(expected[index * 15..<(index + 1) * 15])
        let numbers =
          [face.box.x, face.box.y, face.box.width, face.box.height]
          + face.landmarks.flatMap { [$0.x, $0.y] }
        for (a, b) in zip(numbers, row) { #expect(abs(a - b) < 0.01) }
        #expect(abs(face.score - row[14]) < 1e-5)
      }
    }
  }

  @Test func findsTheSameFacesWithAnyNumberOfThreads() throws {
    let file = try Files.pictures()
    let pixels = try file.bytes(of: "group/pixels")
    let results = try [1, 2, 3, 7].map {
      try FaceFinder(path: Files.weights, options: EngineOptions(checkedThreads: $0))
        .faces(in: pixels, width: 224, height: 128)
    }
    #expect(results.allSatisfy { $0 == results[0] && $0.count == 3 })
  }

  @Test func keepsBoxesWhenThePictureIsMadeSmaller() throws {
    let finder = try FaceFinder(path: Files.weights)
    let pixels = try Files.pictures().bytes(of: "group/pixels")
    let whole = try #require(try finder.faces(in: pixels, width: 224, height: 128).first)
    let options = try FaceFinderOptions(maximumSide: 160)
    let faces = try finder.faces(in: pixels, width: 224, height: 128, options: options)
    let near = faces.filter {
      abs($0.box.x - whole.box.x) < 4 && abs($0.box.width - whole.box.width) < 5
    }
    #expect(near.count == 1)
  }

  @Test(arguments: [(1, 1), (16384, 1), (1, 16384), (31, 33)])
  func acceptsAnyExtents(_ width: Int, _ height: Int) throws {
    let finder = try FaceFinder(path: Files.weights)
    let pixels = [UInt8](repeating: 128, count: width * height * 3)
    let options = try FaceFinderOptions(maximumSide: 16384, otherScales: .always)
    #expect(try finder.faces(in: pixels, width: width, height: height, options: options).isEmpty)
  }

  @Test func endsOnAPictureTiledWithAThousandFaces() throws {
    let finder = try FaceFinder(path: Files.weights)
    let file = try Files.pictures()
    let shape = try #require(file.shape(of: "odd/pixels"))
    let tile = try file.bytes(of: "odd/pixels")
    let (across, down) = (40, 25)
    var pixels: [UInt8] = []
    for _ in 0..<down {
      for y in 0..<shape[0] {
        let row = tile[y * shape[1] * 3..<(y + 1) * shape[1] * 3]
        for _ in 0..<across { pixels += row }
      }
    }
    let found = try finder.faces(
      in: pixels, width: across * shape[1], height: down * shape[0],
      options: FaceFinderOptions(maximumSide: 4096))
    #expect((900...1100).contains(found.count))
  }

  @Test func refusesFilesThatAreNoDetector() throws {
    let bytes = try Files.bytes(of: Files.weights)
    for length in [0, 7, 100, bytes.count / 2, bytes.count - 1] {
      #expect(throws: WeightError.self) {
        try FaceFinder(weights: SafetensorsFile(bytes: Array(bytes.prefix(length))))
      }
    }
    #expect(throws: WeightError.missingMetadata(key: "format")) {
      try FaceFinder(weights: SafetensorsFile(bytes: SafetensorsWriter().bytes))
    }
    let file = try SafetensorsFile(path: Files.weights)
    var texts = file.metadata.map { (key: $0.key, value: $0.value) }
    #expect(throws: WeightError.missing(name: "stem/kernel")) {
      try FaceFinder(weights: SafetensorsFile(bytes: try SafetensorsWriter(metadata: texts).bytes))
    }
    for channels in [
      "", "[]", "[[16,16]]", "[[16,16],[16,64],[64,64],[64,64],[64,64],[64,7]]", "x",
    ] {
      texts.removeAll { $0.key == "stage_channels" }
      texts.append((key: "stage_channels", value: channels))
      #expect(throws: WeightError.self) {
        try FaceFinder(
          weights: SafetensorsFile(bytes: try SafetensorsWriter(metadata: texts).bytes))
      }
    }
  }

  @Test func refusesATensorOfAnotherShape() throws {
    let file = try SafetensorsFile(path: Files.weights)
    var writer = try SafetensorsWriter(
      metadata: file.metadata.map { (key: $0.key, value: $0.value) })
    for name in file.names where !name.hasPrefix("__pad__") {
      try writer.add(name, name == "head_8_dw/bias" ? Tensor([15]) : try file.tensor(name))
    }
    #expect(
      throws: WeightError.shapeMismatch(name: "head_8_dw/bias", expected: [16], found: [15])
    ) { try FaceFinder(weights: SafetensorsFile(bytes: writer.bytes)) }
  }
}

extension Files {
  static func bytes(of path: String) throws -> [UInt8] {
    // The tensors of a file in its own order, written again: the same bytes but for the padding.
    let file = try SafetensorsFile(path: path)
    var writer = try SafetensorsWriter(
      metadata: file.metadata.map { (key: $0.key, value: $0.value) })
    for name in file.names where !name.hasPrefix("__pad__") {
      try writer.add(name, file.tensor(name))
    }
    return writer.bytes
  }
}
