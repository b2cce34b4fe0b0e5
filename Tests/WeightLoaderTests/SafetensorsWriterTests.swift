import Tensor
import Testing
import WeightLoader

/// The writer refuses what the reader would refuse.
struct SafetensorsWriterTests {
  @Test func refusesNamesThatAreTaken() throws {
    var writer = SafetensorsWriter()
    try writer.add("a", Tensor([1]))
    #expect(throws: WeightError.duplicateName("a")) { try writer.add("a", [1], bytes: [1]) }
    #expect(throws: WeightError.reservedName("__metadata__")) {
      try writer.add("__metadata__", Tensor([1]))
    }
    #expect(throws: WeightError.duplicateName("k")) {
      try SafetensorsWriter(metadata: [("k", "1"), ("k", "2")])
    }
    try writer.add("a\":", Tensor([2]))
    #expect(try SafetensorsFile(bytes: writer.bytes).names == ["a", "a\":"])
  }

  @Test func refusesBytesThatDoNotFillTheShape() {
    var writer = SafetensorsWriter()
    #expect(throws: WeightError.sizeMismatch(tensor: "a", shape: [2], bytes: 3)) {
      try writer.add("a", [2], bytes: [1, 2, 3])
    }
    #expect(throws: WeightError.badExtent(tensor: "a")) {
      try writer.add("a", Tensor([1, 1, 1, 1, 1, 1, 1, 1, 1]))
    }
  }

  @Test func refusesHeadersThatAreFull() throws {
    let long = String(repeating: "x", count: (1 << 20) - 80)
    #expect(throws: WeightError.headerTooLong(bytes: (1 << 20) - 80 + 26)) {
      try SafetensorsWriter(metadata: [("k", long)])
    }
    var writer = SafetensorsWriter()
    #expect(throws: WeightError.self) { try writer.add(long, Tensor([1])) }
    try writer.add(String(long.dropLast(100)), Tensor([1]))
    #expect(try SafetensorsFile(bytes: writer.bytes).names.count == 1)
  }
}
