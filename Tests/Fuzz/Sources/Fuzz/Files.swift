import FaceFinder
import Foundation
import ImageDecoding
import ResNetV2
import Tensor
import WeightLoader

func fuzzPictures(_ random: inout InputGenerator) throws {
  let width = random.extent(1...40, wildOnceIn: 15), height = random.extent(1...40, wildOnceIn: 15)
  let (product, overflow) = width.multipliedReportingOverflow(by: height)
  let count = overflow || product < 0 || product > 4000 ? 3 : 3 * product
  let bytes = random.bytes(max(0, count + random.one(of: [0, 0, 0, 0, -1, 1])))
  guard
    let image = try attempt({ try RGBImage(width: width, height: height, pixels: bytes) })
  else { return }
  let filter = random.one(of: ResamplingFilter.allCases)
  func side() -> Int {
    // A side of 65536 is allowed, and takes its time.
    min(random.extent(1...60, wildOnceIn: 10), random.once(in: 50) ? .max : 65_537)
  }
  var newWidth = side(), newHeight = side()
  if newWidth > 5000 && newWidth <= 65_536 { newWidth = 5000 }
  if newHeight > 5000 && newHeight <= 65_536 { newHeight = 5000 }
  if newWidth > 100 && newHeight > 100 && newWidth <= 65_536 { newWidth = 7 }
  if let new = try attempt({ try image.resized(width: newWidth, height: newHeight, filter: filter) }
  ) {
    guard new.width == newWidth, new.pixels.count == 3 * newWidth * newHeight else {
      throw Wrong(what: "resized to \(new)")
    }
  }
  _ = try attempt({ try image.grayResized(width: newWidth, height: newHeight, filter: filter) })
  let x = random.extent(-50...50), y = random.extent(-50...50)
  _ = try attempt { try image.cropped(x: x, y: y, width: newWidth, height: newHeight) }
  guard image.luma().count == width * height else { throw Wrong(what: "luma of another size") }
  let quality = random.extent(1...100, wildOnceIn: 5)
  for encoded in [
    try attempt({ try image.jpegData(quality: quality) }),
    try attempt({ try image.pngData() }),
  ] {
    guard var file = encoded else { continue }
    guard try RGBImage(decoding: file).width == width else { throw Wrong(what: "another width") }
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      file[Int.random(in: 0..<file.count, using: &random)] = UInt8.random(
        in: 0...255, using: &random)
    }
    if random.once(in: 2) { file.removeLast(Int.random(in: 0...file.count, using: &random)) }
    _ = try attempt { try RGBImage(decoding: file) }
    if random.once(in: 2) {
      let place = Int.random(in: 0...file.count, using: &random)
      file.insert(contentsOf: random.bytes(Int.random(in: 1...9, using: &random)), at: place)
    }
    let marker: [UInt8] = [0xFF, UInt8.random(in: 0...255, using: &random)]
    file.insert(contentsOf: marker, at: Int.random(in: 0...file.count, using: &random))
    _ = try attempt { try RGBImage(decoding: file) }
    var stream = JPEGStream()
    if random.once(in: 2) {
      _ = stream.append(Array("\(random.one(of: ["", "9", "ff", "zz"]))\r\n".utf8))
    }
    _ = stream.append(file)
    _ = stream.append(random.bytes(20))
    if let last = stream.finish() { _ = try attempt { try RGBImage(decoding: last) } }
  }
}

func fuzzWriter(_ random: inout InputGenerator) throws {
  func text() -> String {
    let scalars = "ab\"\\\n\u{0}é/_{}[],:🙂"
    return String(
      (0..<Int.random(in: 0...6, using: &random)).map { _ in random.one(of: Array(scalars)) })
  }
  let texts = (0..<Int.random(in: 0...3, using: &random)).map { _ in (key: text(), value: text()) }
  guard var writer = try attempt({ try SafetensorsWriter(metadata: texts) }) else { return }
  var wanted: [(name: String, shape: Shape)] = []
  for _ in 0..<Int.random(in: 0...4, using: &random) {
    let name = random.one(of: [text(), "a", "__metadata__", "__pad__/1"])
    let extents = (0..<Int.random(in: 0...9, using: &random)).map { _ in
      Int.random(in: 0...3, using: &random)
    }
    let shape = try Shape(extents)
    let isBytes = random.once(in: 2)
    let count = max(0, shape.count + (random.once(in: 5) ? 1 : 0))
    let added: Void? = try attempt {
      if isBytes {
        try writer.add(name, shape, bytes: random.bytes(count))
      } else {
        try writer.add(name, try Tensor(shape, random.floats(count)))
      }
    }
    if added != nil { wanted.append((name, shape)) }
  }
  var bytes = writer.bytes
  let file = try SafetensorsFile(bytes: bytes)  // what the writer took must be readable
  guard file.names.count == wanted.count else { throw Wrong(what: "lost a tensor") }
  for (name, shape) in wanted {
    guard file.shape(of: name) == shape, try file.tensor(name).shape == shape else {
      throw Wrong(what: "\(name) has another shape")
    }
  }
  if random.once(in: 3) { wanted.append(random.one(of: [("z", [1]), ("a", [2])])) }
  _ = try attempt { try file.tensors(exactly: wanted) }
  for _ in 0..<Int.random(in: 0...3, using: &random) {
    bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
      in: 0...255, using: &random)
  }
  if random.once(in: 2) { bytes.removeLast(Int.random(in: 0...bytes.count, using: &random)) }
  if let damaged = try attempt({ try SafetensorsFile(bytes: bytes) }) {
    for name in damaged.names {
      _ = try attempt { try damaged.tensor(name) }
      _ = try attempt { try damaged.bytes(of: name) }
    }
  }
  _ = try attempt { try WeightFile(bytes: bytes) }
}

/// ResNets of random heads, sizes and taps; every fortieth runs.
func fuzzResNet(_ files: Shipped) -> @Sendable (inout InputGenerator) throws -> Void {
  let file = try? WeightFile(path: files.network)
  let shipped = try? file.map { try ResNetV2(weights: $0, cacheDirectory: nil) }
  return { random in
    func name() -> String { random.one(of: ["a", "b", "a_relu", "post_relu", "conv1_conv"]) }
    let head = (0..<Int.random(in: 0...4, using: &random)).map { _ -> HeadLayer in
      switch Int.random(in: 0..<4, using: &random) {
      case 0:
        .batchNormalization(name: name(), epsilon: random.one(of: [1e-3, -1, .nan, .infinity]))
      case 1: .flatten(name: name())
      case 2: .globalAveragePooling(name: name())
      default:
        .dense(
          name: name(), units: random.extent(1...20, wildOnceIn: 4),
          activation: random.one(of: HeadLayer.Activation.allCases))
      }
    }
    let metadata = ModelMetadata(
      architecture: random.one(of: ["ResNet50V2", "ResNet101V2", "ResNet50V2", "VGG", ""]),
      inputHeight: random.once(in: 2) ? nil : random.extent(32...96, wildOnceIn: 4),
      inputWidth: random.once(in: 2) ? nil : random.extent(32...96, wildOnceIn: 4),
      classNames: ["x"], headLayers: head, isGray: random.once(in: 2))
    let height = random.extent(1...40, wildOnceIn: 6), width = random.extent(1...40, wildOnceIn: 6)
    if let network = try attempt({ try ResNetV2(metadata: metadata) { _ in nil } }) {
      let accepts = network.accepts(height: height, width: width)
      if let shape = try attempt({ try Shape([1, height, width, 3]) }), shape.count < 6000 {
        // Without weights every call is refused; the reason tells whether the size was the matter.
        do {
          _ = try network(Tensor(shape), taps: random.once(in: 3) ? [name()] : [])
          throw Wrong(what: "ran without weights")
        } catch let error as TensorError {
          if case .missingParameter = error, !accepts { throw Wrong(what: "\(shape) passed") }
        }
      }
      _ = try attempt {
        try metadata.preprocess(random.bytes(30), height: height, width: width)
      }
    }
    guard let shipped, let file, random.once(in: 40) else { return }
    let side = random.one(of: [96, 96, 96, 95, 32])
    let shape = try Shape([random.one(of: [1, 2]), side, 96, random.one(of: [3, 3, 3, 1])])
    if let output = try attempt({
      try shipped(
        Tensor(shape, random.floats(shape.count, 0...1)),
        taps: random.once(in: 4) ? ["nowhere"] : ["post_relu"])
    }) {
      guard let sum = output.probabilities?.elements.prefix(7).reduce(0, +), abs(sum - 1) < 1e-4
      else { throw Wrong(what: "probabilities do not add up") }
      let maps = try ClassActivationMap(weights: file)
      if let features = output.taps["post_relu"] {
        let heat = try attempt {
          try maps.heat(features, class: random.extent(0...6, wildOnceIn: 3))
        }
        if let heat, heat.shape != [3, 3] { throw Wrong(what: "a map of \(heat.shape)") }
      }
    }
  }
}

func fuzzFaces(_ files: Shipped) -> @Sendable (inout InputGenerator) throws -> Void {
  let finder = try? FaceFinder(path: files.faces)
  return { random in
    let threshold: Float = random.one(of: [0, 0.3, 0.6, 1, 1.1, -1, .nan, .infinity])
    let overlap: Float = random.one(of: [0, 0.3, 1, 1, .nan])
    let scales = random.one(of: FaceFinderOptions.OtherScales.allCases)
    let options = try attempt {
      try FaceFinderOptions(
        scoreThreshold: threshold, overlapThreshold: overlap,
        topK: random.extent(1...50, wildOnceIn: 8),
        maximumSide: random.extent(32...80, wildOnceIn: 8), otherScales: scales)
    }
    let landmarks = (0..<random.one(of: [0, 4, 5, 6])).map { _ in Face.Point(x: 0, y: .nan) }
    _ = try attempt {
      try Face(
        box: .init(x: .nan, y: 0, width: .infinity, height: -1), score: 2, landmarks: landmarks)
    }
    let width = random.extent(1...90, wildOnceIn: 10)
    let height = random.extent(1...90, wildOnceIn: 10)
    let (product, overflow) = width.multipliedReportingOverflow(by: height)
    let count = overflow || product < 0 || product > 1 << 16 ? 3 : 3 * product
    let pixels = random.bytes(max(0, count + random.one(of: [0, 0, 0, 0, -1, 1])))
    guard let finder, let options, random.once(in: 2) else { return }
    _ = try attempt {
      try finder.faces(in: pixels, width: width, height: height, options: options)
    }
  }
}
