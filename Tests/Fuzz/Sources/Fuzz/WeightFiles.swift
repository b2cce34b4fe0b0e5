import Foundation
import MoodVision
import ResNetV2
import Tensor
import WeightLoader

/// Reads the input as a weight file: header, metadata, every tensor.
let fuzzWeightFile: Target = { bytes in
  _ = try attempt { try WeightFile(bytes: bytes) }
  guard let file = try attempt({ try SafetensorsFile(bytes: bytes) }) else { return }
  for name in file.names {
    guard let shape = file.shape(of: name) else { throw Wrong(what: "\(name) has no shape") }
    let tensor = try attempt { try file.tensor(name) }
    try check(tensor.map { $0.shape == shape } ?? true, "\(name) of another shape")
    _ = try file.bytes(of: name)
  }
  let wanted = file.names.compactMap { name in file.shape(of: name).map { (name, $0) } }
  _ = try attempt { try file.tensors(exactly: wanted) }
}

/// Puts the input into the shipped network's file in place of its metadata, loads the network and
/// runs it where the file is taken.
func fuzzNetwork(_ shipped: Shipped) -> Target {
  let header = 64 << 10
  let path = NSTemporaryDirectory() + "fuzz-network-\(getpid()).safetensors"
  guard let file = FileManager.default.contents(atPath: shipped.network) else {
    fatalError("cannot read \(shipped.network)")
  }
  let length = file.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
  guard
    var entries = try? JSONSerialization.jsonObject(with: file[8..<8 + length]) as? [String: Any]
  else { fatalError("\(shipped.network) has no header") }
  entries["__metadata__"] = nil
  guard let text = try? JSONSerialization.data(withJSONObject: entries) else {
    fatalError("header")
  }
  let tensors = Array(text.dropFirst())
  let size = withUnsafeBytes(of: UInt64(header).littleEndian) { Array($0) }
  let start = Data(size) + Data(repeating: UInt8(ascii: " "), count: header)
  guard FileManager.default.createFile(atPath: path, contents: start + file[(8 + length)...]),
    let handle = FileHandle(forWritingAtPath: path)
  else { fatalError("cannot write \(path)") }
  let limit = header - tensors.count - 32
  return { bytes in
    guard bytes.count <= limit else { return }
    var text = Array("{\"__metadata__\":".utf8) + bytes + [UInt8(ascii: ",")] + tensors
    text += Array(repeating: UInt8(ascii: " "), count: header - text.count)
    try handle.seek(toOffset: 8)
    try handle.write(contentsOf: text)
    guard let file = try attempt({ try WeightFile(path: path) }) else { return }
    let options = try EngineOptions(threads: 1)
    guard
      let network = try attempt({
        try ResNetV2(weights: file, options: options, cacheDirectory: nil)
      })
    else { return }
    let (height, width) = (file.metadata.inputHeight ?? 64, file.metadata.inputWidth ?? 64)
    guard height * width <= 128 * 128 else { return }
    let pixels = [UInt8](
      repeating: 128, count: height * width * (file.metadata.isGray ? 1 : 3))
    let input = try file.metadata.preprocess(pixels, height: height, width: width)
    guard let output = try attempt({ try network(input) }) else { return }
    if let sum = output.probabilities?.elements.reduce(0, +) {
      try check(abs(sum - 1) < 1e-3 || !sum.isFinite, "probabilities add up to \(sum)")
    }
  }
}

/// Reads the input as the JSON of an answer, and as the JSON header of a safetensors file.
let fuzzJSON: Target = { bytes in
  if let reading = try attempt({ try JSONDecoder().decode(MoodReading.self, from: Data(bytes)) }) {
    let again = try JSONDecoder().decode(MoodReading.self, from: JSONEncoder().encode(reading))
    try check(again == reading, "\(reading) is not what is written of it")
  }
  let size = withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { Array($0) }
  let header = size + bytes
  guard let empty = try attempt({ try SafetensorsFile(bytes: header) }) else { return }
  for name in empty.names {
    try check(empty.shape(of: name)?.count == 0, "\(name) has elements")
    _ = try empty.tensor(name)
  }
}
