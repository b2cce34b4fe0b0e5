import Foundation

/// What libFuzzer calls with each input; `MOOD_FUZZ` names the target.
///
/// An entry may give the right answer or throw an error of its module's. A trap, a wrong answer, an
/// error of another kind, or more than five seconds of the processor's time is a finding.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: size))
  let start = processorSeconds()
  do { try target(bytes) } catch { fatalError("\(error)") }
  let seconds = processorSeconds() - start
  if seconds > 5 { fatalError("took \(seconds) seconds of the processor's time") }
  return 0
}

/// One thing to feed with bytes.
typealias Target = @Sendable ([UInt8]) throws -> Void

/// The targets by name.
private let targets: [String: @Sendable () -> Target] = [
  "photos": { fuzzPhoto }, "streams": { fuzzStream },
  "weights": { fuzzWeightFile }, "network": { fuzzNetwork(Shipped()) },
  "json": { fuzzJSON }, "catalogue": { fuzzCatalogue }, "words": { fuzzWords() },
  "multipart": { fuzzMultipart }, "inference": { fuzzInference },
  "values": { drawn(fuzzValues) }, "graphs": { drawn(fuzzGraph) },
  "pictures": { drawn(fuzzPictures) }, "models": { drawn(fuzzModels) }, "onnx": { fuzzONNX },
  "writer": { drawn(fuzzWriter) }, "resnet": { drawn(fuzzResNet(Shipped())) },
  "faces": { drawn(fuzzFaces(Shipped())) },
]

private let target: Target = {
  let name = ProcessInfo.processInfo.environment["MOOD_FUZZ"] ?? ""
  guard let make = targets[name] else {
    FileHandle.standardError.write(
      Data("MOOD_FUZZ is one of \(targets.keys.sorted().joined(separator: ", "))\n".utf8))
    exit(64)
  }
  return make()
}()

/// A target whose calls are drawn from the input's bytes.
private func drawn(
  _ calls: @escaping @Sendable (inout InputGenerator) throws -> Void
) -> Target {
  { bytes in
    var generator = InputGenerator(bytes)
    try calls(&generator)
  }
}

/// The time that all threads of the process have computed.
private func processorSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
