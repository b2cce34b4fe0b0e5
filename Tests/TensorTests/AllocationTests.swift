import Synchronization
import Tensor
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A pass allocates nothing: counted at the Swift runtime's own hook for allocations.
struct AllocationTests {
  private typealias Allocate =
    @convention(c) (UnsafeRawPointer?, Int, Int) -> UnsafeMutableRawPointer?

  private static let allocations = Atomic<Int>(0)
  private static let original = Atomic<UInt>(0)

  /// Counts from now on. Objects, arrays, boxes and closures' contexts all come this way.
  private static func startCounting() -> Bool {
    // SAFETY: the runtime exports a pointer to its allocator for tools that watch it; the function
    // put there has the same signature and passes every call on.
    guard let symbol = unsafe dlsym(nil, "_swift_allocObject") else { return false }
    let hook = unsafe symbol.assumingMemoryBound(to: Allocate.self)
    unsafe original.store(
      unsafeBitCast(hook.pointee, to: UInt.self), ordering: .sequentiallyConsistent)
    unsafe hook.pointee = { metadata, size, alignment in
      AllocationTests.allocations.add(1, ordering: .relaxed)
      let next = unsafe unsafeBitCast(
        AllocationTests.original.load(ordering: .relaxed), to: Allocate.self)
      return unsafe next(metadata, size, alignment)
    }
    return true
  }

  /// The fewest allocations of twenty passes, or nil if nothing can be counted.
  private static func allocationsOfAPass(_ engine: Engine) throws -> Int? {
    var graph = Graph()
    var x = try graph.add("input", .input(channels: 16))
    for layer in 0..<4 {
      x = try graph.add("pad\(layer)", .zeroPadding(Padding(1)), x)
      x = try graph.add(
        "conv\(layer)",
        .convolution(
          height: 3, width: 3, input: layer == 0 ? 16 : 32, output: 32, stride: layer == 2 ? 2 : 1,
          bias: true), x)
      x = try graph.add("norm\(layer)", .batchNormalization(channels: 32, epsilon: 1e-3), x)
      x = try graph.add("relu\(layer)", .relu, x)
    }
    try graph.add("gap", .globalAveragePooling, x)
    let parameters = graph.randomParameters(seed: 2)
    let network = try Network(graph, options: EngineOptions(engine: engine, checkedThreads: 2)) {
      parameters[$0]
    }
    let compiled = try network.compile(batch: 3, height: 28, width: 20)
    guard startCounting() else { return nil }
    let pixels = [Float](repeating: 0.5, count: 3 * 28 * 20 * 16)
    let start = allocations.load(ordering: .relaxed)
    try compiled.run(pixels.span) { _ in }  // makes the workspace
    guard allocations.load(ordering: .relaxed) > start else { return nil }
    var fewest = Int.max
    for _ in 0..<20 {
      let before = allocations.load(ordering: .relaxed)
      try compiled.run(pixels.span) { _ in }
      fewest = min(fewest, allocations.load(ordering: .relaxed) - before)
    }
    return fewest
  }

  // In processes of their own, where no other test allocates meanwhile.

  @Test func aPassOfTheVectorEngineAllocatesNothing() async {
    await #expect(processExitsWith: .exitCode(7)) {
      exit(7 + Int32(try Self.allocationsOfAPass(.vector) ?? 100))
    }
  }

  @Test(.enabled(if: OpenBLAS.isAvailable)) func aPassOfTheOpenBLASEngineAllocatesNothing() async {
    await #expect(processExitsWith: .exitCode(7)) {
      exit(7 + Int32(try Self.allocationsOfAPass(.openblas) ?? 100))
    }
  }
}
