import Foundation
import Synchronization
import Tensor
import TestSupport
import Testing

/// Packed weights on disk: used when they are right, made again when they are not.
struct WeightCacheTests {
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "mood-cache-\(UInt64.random(in: 0 ... .max))/deep")

  private static func graph() throws -> Graph {
    var graph = Graph()
    var x = try graph.add("input", .input(channels: 16))
    x = try graph.add("pad", .zeroPadding(Padding(1)), x)
    try graph.add(
      "conv", .convolution(height: 3, width: 3, input: 16, output: 64, stride: 1, bias: true), x)
    return graph
  }

  /// Runs a new network; tells how many tensors it read.
  private func run(weights: UInt64 = 1, directory: String? = nil) throws -> (Tensor, reads: Int) {
    let graph = try Self.graph()
    let parameters = graph.randomParameters(seed: 4)
    let counter = Counter()
    let network = try Network(
      graph, options: EngineOptions(checkedThreads: 2),
      cache: WeightCache(directory: directory ?? folder.path, weights: weights)
    ) { name in
      counter.increment()
      return parameters[name]
    }
    var generator = SplitMix64(seed: 6)
    let input = Tensor.random([1, 8, 8, 16], using: &generator)
    return (try network(input), counter.count)
  }

  private final class Counter: Sendable {
    private let value = Atomic(0)
    var count: Int { value.load(ordering: .sequentiallyConsistent) }
    func increment() { value.add(1, ordering: .sequentiallyConsistent) }
  }

  private var files: [URL] {
    get throws {
      try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    }
  }

  @Test func readsNoTensorTwice() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let first = try run()
    #expect(first.reads == 2)
    let second = try run()
    #expect(second.reads == 0 && second.0 == first.0)
    #expect(try files.count == 1 && files.allSatisfy { $0.pathExtension == "packed" })
    #expect(try run(weights: 2).reads == 2, "other weights have a file of their own")
  }

  @Test func makesDamagedFilesAgain() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let expected = try run().0
    let file = try #require(try files.first)
    let good = try Data(contentsOf: file)
    var damaged: [Data] = [Data(), good.prefix(100), good.dropLast(1), good + [0]]
    for position in [0, 8, 16, 24, 32, 40, 4096, good.count / 2, good.count - 1] {
      var copy = good
      copy[position] ^= 1
      damaged.append(copy)
    }
    for bytes in damaged {
      try bytes.write(to: file, options: .atomic)
      let again = try run()
      #expect(again.reads == 2 && again.0 == expected)
      #expect(try Data(contentsOf: file) == good)
    }
  }

  @Test func goesOnWithoutADirectory() throws {
    #expect(try run(directory: "/proc/nowhere").reads == 2)
    #expect(try run(directory: "/dev/null/nowhere").reads == 2)
  }

  @Test func keepsTheNewestFilesOnly() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    for weights in 1...11 { _ = try run(weights: UInt64(weights)) }
    #expect(try files.count == 8)
  }

  @Test func keepsNoMoreThanTheLimit() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let manager = FileManager.default
    try manager.createDirectory(at: folder, withIntermediateDirectories: true)
    // Files with a hole in place of their bytes, the first the oldest.
    for (number, name) in ["a-1.packed", "a-2.packed", "a-3.packed", "b.tuned", "a-4.packed.7.8"]
      .enumerated()
    {
      let file = folder.appending(path: name)
      #expect(manager.createFile(atPath: file.path, contents: nil))
      let handle = try FileHandle(forWritingTo: file)
      try handle.truncate(atOffset: name.hasSuffix(".packed") ? 200 << 20 : 10)
      try handle.close()
      let time = Date(timeIntervalSinceNow: Double(number) * 60 - 86_400)
      try manager.setAttributes([.modificationDate: time], ofItemAtPath: file.path)
    }
    try Data("another program's".utf8).write(to: folder.appending(path: "notes.packed.txt"))
    CacheFolder(folder.path).prune()
    let left = try files.map(\.lastPathComponent).sorted()
    #expect(left == ["a-2.packed", "a-3.packed", "b.tuned", "notes.packed.txt"])
    #expect(CacheFolder(folder.path).files.map(\.name) == ["b.tuned", "a-3.packed", "a-2.packed"])
  }
}
