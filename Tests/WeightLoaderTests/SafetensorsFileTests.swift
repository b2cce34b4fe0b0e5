import Tensor
import TestSupport
import Testing
import WeightLoader

/// A file of a header and data, as the format lays them out.
func safetensors(_ header: String, data: [UInt8] = []) -> [UInt8] {
  let json = Array(header.utf8)
  return (0..<8).map { UInt8(truncatingIfNeeded: json.count >> (8 * $0)) } + json + data
}

/// The error that opening `bytes` throws.
func failure(_ bytes: [UInt8]) -> WeightError? {
  do {
    _ = try SafetensorsFile(bytes: bytes)
    return nil
  } catch { return error }
}

func tensorEntry(
  _ name: String, _ begin: Int, _ end: Int, shape: String = "[1]", type: String = "F32"
)
  -> String
{
  "\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":[\(begin),\(end)]}"
}

@Suite struct SafetensorsFileTests {
  @Test func readsWhatTheWriterWrote() throws {
    var writer = try SafetensorsWriter(metadata: [("key", "a \"quoted\" \n text \\ é")])
    let tensor = try Tensor([2, 3], [0, -1.5, 3e38, 0x1p-140, -0.0, 7])
    try writer.add("a", tensor)
    try writer.add("b", [5], bytes: [1, 2, 3, 4, 255])
    let file = try SafetensorsFile(bytes: writer.bytes)
    #expect(file.metadata == ["key": "a \"quoted\" \n text \\ é"])
    #expect(file.names == ["a", "b"])
    #expect(try file.tensor("a") == tensor)
    #expect(try file.bytes(of: "b") == [1, 2, 3, 4, 255])
    #expect(try file.tensor("b").elements == [1, 2, 3, 4, 255])
    #expect(file.elementType(of: "b") == .uint8 && file.shape(of: "a") == [2, 3])
  }

  @Test func widensEveryFiniteHalfExactly() throws {
    // All 65,536 patterns without the 2,048 that are NaN or infinite.
    let halves = (0...UInt16.max).filter { $0 & 0x7C00 != 0x7C00 }
    let data = halves.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let bytes = safetensors(
      "{" + tensorEntry("h", 0, data.count, shape: "[\(halves.count)]", type: "F16") + "}",
      data: data)
    let values = try SafetensorsFile(bytes: bytes).tensor("h").elements
    for (half, value) in zip(halves, values) {
      let exponent = Int(half >> 10 & 31)
      let fraction = Float(half & 1023) / 1024
      let magnitude = exponent == 0 ? fraction * 0x1p-14 : (1 + fraction) * power(exponent - 15)
      #expect(value.bitPattern == (half >> 15 == 1 ? -magnitude : magnitude).bitPattern)
    }
    func power(_ n: Int) -> Float { Float(sign: .plus, exponent: n, significand: 1) }
  }

  @Test func refusesShortFiles() {
    #expect(failure([]) == .tooShort(bytes: 0))
    #expect(failure([1, 0, 0, 0, 0, 0, 0]) == .tooShort(bytes: 7))
    #expect(failure([3, 0, 0, 0, 0, 0, 0, 0, 123]) == .headerBeyondEnd(header: 3, file: 9))
  }

  @Test func refusesHeadersOverOneMebibyte() {
    #expect(failure([1, 0, 16, 0, 0, 0, 0, 0]) == .headerTooLong(bytes: 1_048_577))
    #expect(failure([UInt8](repeating: 255, count: 8)) == .headerTooLong(bytes: .max))
  }

  @Test(arguments: [
    ("", 0), (" {}", 0), ("[]", 0), ("{", 1), ("{}x", 2), ("{\"a\"}", 4), ("{\"a\":01}", 7),
    ("{\"a\":1,}", 7), ("{\"a\":\"\u{1}\"}", 7), ("{\"a\":\"\\x\"}", 8), ("{\"a\":tru}", 5),
    ("{\"a\":\"\\ud800\"}", 12), ("{\"a\":-}", 6), ("{\"a\":1.}", 7), ("{\"a\":1e}", 7),
  ])
  func refusesBadJSON(_ header: String, _ position: Int) {
    guard case .badHeader = failure(safetensors(header)) else {
      Issue.record("\(header): \(String(describing: failure(safetensors(header))))")
      return
    }
  }

  @Test func refusesBadUTF8() {
    let bytes = Array("{\"a\":\"".utf8) + [0xC3, 0x28] + Array("\"}".utf8)
    let whole = [UInt8(bytes.count), 0, 0, 0, 0, 0, 0, 0] + bytes
    guard case .badHeader = failure(whole) else { Issue.record("accepted"); return }
  }

  @Test func refusesDeepNesting() {
    let deep = "{\"a\":" + String(repeating: "[", count: 100_000)
    guard case .badHeader = failure(safetensors(deep)) else { Issue.record("accepted"); return }
  }

  @Test func refusesDuplicateNames() {
    let twice = "{\(tensorEntry("a", 0, 4)),\(tensorEntry("a", 4, 8))}"
    #expect(
      failure(safetensors(twice, data: [UInt8](repeating: 0, count: 8))) == .duplicateName("a"))
    #expect(
      failure(safetensors("{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}}")) == .duplicateName("k"))
    #expect(
      failure(
        safetensors(
          "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}"))
        == .duplicateName("dtype"))
    // The same name, written with an escape.
    #expect(
      failure(safetensors("{\(tensorEntry("a", 0, 4)),\(tensorEntry("\\u0061", 4, 8))}"))
        == .duplicateName("a"))
  }

  @Test func refusesMetadataThatAreNoStrings() {
    guard case .badHeader = failure(safetensors("{\"__metadata__\":{\"k\":1}}")) else {
      Issue.record("accepted"); return
    }
    guard case .badHeader = failure(safetensors("{\"__metadata__\":[]}")) else {
      Issue.record("accepted"); return
    }
  }

  @Test func refusesOverlapsHolesAndEnds() {
    let eight = [UInt8](repeating: 0, count: 8)
    #expect(
      failure(
        safetensors(
          "{\(tensorEntry("a", 0, 8, shape: "[2]")),\(tensorEntry("b", 4, 8))}", data: eight))
        == .overlap(tensor: "b", begins: 4, previousEnd: 8))
    #expect(
      failure(safetensors("{\(tensorEntry("a", 4, 8))}", data: eight))
        == .hole(before: "a", from: 0, to: 4))
    #expect(
      failure(safetensors("{\(tensorEntry("a", 0, 4))}", data: eight))
        == .endMismatch(lastEnd: 4, dataBytes: 8))
    #expect(
      failure(safetensors("{\(tensorEntry("a", 0, 12, shape: "[3]"))}", data: eight))
        == .endMismatch(lastEnd: 12, dataBytes: 8))
  }

  @Test func refusesSizesThatDoNotFitTheShape() {
    let eight = [UInt8](repeating: 0, count: 8)
    #expect(
      failure(safetensors("{\(tensorEntry("a", 0, 8))}", data: eight))
        == .sizeMismatch(tensor: "a", shape: [1], bytes: 8))
    #expect(
      failure(safetensors("{\(tensorEntry("a", 8, 4))}", data: eight)) == .badExtent(tensor: "a"))
  }

  @Test(arguments: [
    "[-1]", "[1.0]", "[1e2]", "[4294967296,4294967296]", "[99999999999999999999]",
    "[4611686018427387904]", "[1,1,1,1,1,1,1,1,1]", "[\"1\"]",
  ])
  func refusesExtentsThatMakeNoSense(_ shape: String) {
    #expect(
      failure(safetensors("{\(tensorEntry("a", 0, 4, shape: shape))}", data: [0, 0, 0, 0]))
        == .badExtent(tensor: "a"))
  }

  @Test func refusesUnknownTypesAndKeys() {
    #expect(
      failure(safetensors("{\(tensorEntry("a", 0, 4, type: "I32"))}", data: [0, 0, 0, 0]))
        == .unknownType(tensor: "a", type: "I32"))
    let extra = "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"x\":1}}"
    guard case .badHeader = failure(safetensors(extra, data: [0, 0, 0, 0])) else {
      Issue.record("accepted"); return
    }
  }

  @Test func refusesMissingExtraAndMisshapenTensors() throws {
    var writer = SafetensorsWriter()
    try writer.add("a", Tensor([2], [1, 2]))
    try writer.add("b", Tensor([1], [3]))
    let file = try SafetensorsFile(bytes: writer.bytes)
    #expect(throws: WeightError.missing(name: "c")) { try file.tensor("c") }
    #expect(throws: WeightError.missing(name: "c")) {
      try file.tensors(exactly: [("a", [2]), ("b", [1]), ("c", [1])])
    }
    #expect(throws: WeightError.extra(name: "b")) { try file.tensors(exactly: [("a", [2])]) }
    #expect(throws: WeightError.shapeMismatch(name: "a", expected: [3], found: [2])) {
      try file.tensors(exactly: [("a", [3]), ("b", [1])])
    }
    #expect(try file.tensors(exactly: [("a", [2]), ("b", [1])])["b"]?.elements == [3])
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func refusesWhatIsNotFinite(_ value: Float) throws {
    var writer = SafetensorsWriter()
    try writer.add("a", Tensor([3], [1, value, 2]))
    let file = try SafetensorsFile(bytes: writer.bytes)
    #expect(throws: WeightError.notFinite(name: "a", index: 1)) { try file.tensor("a") }
    let half = safetensors(
      "{" + tensorEntry("a", 0, 4, shape: "[2]", type: "F16") + "}", data: [0, 0, 0, 0x7C])
    #expect(throws: WeightError.notFinite(name: "a", index: 1)) {
      try SafetensorsFile(bytes: half).tensor("a")
    }
  }

  @Test func skipsPaddingOfZerosAndRefusesOther() throws {
    var writer = SafetensorsWriter()
    try writer.add("a", Tensor([1], [1]))
    try writer.add("__pad__/0", [60], bytes: [UInt8](repeating: 0, count: 60))
    #expect(try SafetensorsFile(bytes: writer.bytes).tensors(exactly: [("a", [1])]).count == 1)
    try writer.add("__pad__/1", [3], bytes: [0, 1, 0])
    let file = try SafetensorsFile(bytes: writer.bytes)
    #expect(throws: WeightError.badPadding(name: "__pad__/1")) {
      try file.tensors(exactly: [("a", [1])])
    }
  }

  @Test func refusesPathsThatCannotBeRead() {
    #expect(throws: WeightError.unreadable(path: "/nowhere/x", reason: "No such file or directory"))
    {
      try SafetensorsFile(path: "/nowhere/x")
    }
    #expect(throws: WeightError.unreadable(path: "/", reason: "not a regular file")) {
      try SafetensorsFile(path: "/")
    }
  }
}
