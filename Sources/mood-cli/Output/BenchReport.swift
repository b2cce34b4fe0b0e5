import CommandSupport
import Foundation
import Tensor

/// What `bench` prints.
struct BenchReport: Encodable {
  struct Times: Encodable { let min, q25, median, p90: Double }
  struct Layer: Encodable {
    let name: String
    let fused: Int
    let work: String
    let output: [Int]
    let multiplyAdds: Int
    let ms, gflops: Double?

    enum CodingKeys: String, CodingKey {
      case name, fused, work, output, ms, gflops
      case multiplyAdds = "multiply_adds"
    }
  }

  var v = 1
  let engine, isa, algorithms: String
  let threads, batch, passes: Int
  let inputSize: [Int]
  /// Milliseconds for a batch.
  let ms: Times
  let imagesPerSecond, gflops, machineGflops, shareOfPeak: Double
  let arenaBytes, peakMemoryBytes: Int
  /// OpenBLAS's kernels, and those that would be faster, where it computes.
  let blasKernels, betterBlasKernels: String?
  let layers: [Layer]?

  enum CodingKeys: String, CodingKey {
    case v, engine, isa, algorithms, threads, batch, passes, ms, gflops, layers
    case inputSize = "input_size", imagesPerSecond = "images_per_second"
    case machineGflops = "machine_gflops", shareOfPeak = "share_of_peak"
    case arenaBytes = "arena_bytes"
    case peakMemoryBytes = "peak_memory_bytes"
    case blasKernels = "blas_kernels", betterBlasKernels = "better_blas_kernels"
  }

  init(_ measurement: Measurement, plan: Plan, inputSize: [Int]) {
    engine = plan.options.engine.rawValue
    isa = (plan.options.instructionSet ?? .portable).rawValue
    algorithms = plan.options.algorithms.rawValue
    (threads, batch, passes) = (plan.options.threads, plan.batch, measurement.times.count)
    self.inputSize = inputSize
    ms = Times(
      min: measurement.times[0], q25: measurement.quantile(0.25),
      median: measurement.quantile(0.5), p90: measurement.quantile(0.9))
    let rows = plan.rows
    let operations = 2 * Double(batch * rows.reduce(0) { $0 + $1.multiplyAdds })
    imagesPerSecond = Double(batch) / ms.median * 1e3
    gflops = operations / ms.min * 1e-6
    machineGflops = measurement.peak
    shareOfPeak = gflops / measurement.peak
    arenaBytes = plan.arenaBytes
    peakMemoryBytes = Measurement.peakMemory
    let usesBLAS = plan.options.engine == .openblas
    blasKernels = usesBLAS ? OpenBLAS.kernels : nil
    betterBlasKernels = usesBLAS ? OpenBLAS.betterKernels : nil
    layers =
      measurement.steps.isEmpty
      ? nil
      : zip(rows, measurement.steps).map { row, time in
        Layer(
          name: row.name, fused: row.fused, work: row.work, output: row.output.dimensions,
          multiplyAdds: row.multiplyAdds, ms: time,
          gflops: row.multiplyAdds == 0
            ? nil : 2 * Double(row.multiplyAdds * row.images) / time * 1e-6)
      }
  }

  /// The report for a person.
  var text: String {
    func number(_ value: Double, _ digits: Int = 2) -> String {
      String(format: "%.\(digits)f", value)
    }
    func right(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - text.count)) + text
    }
    func left(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(1, width - text.count))
    }
    var lines = [
      "\(engine) engine, \(isa), \(algorithms), \(threads) thread\(threads == 1 ? "" : "s"), "
        + "batch \(batch), \(inputSize.map(String.init).joined(separator: "×")), \(passes) passes",
      "  a batch     min \(number(ms.min)) ms, lower quartile \(number(ms.q25)), median "
        + "\(number(ms.median)), 90 % below \(number(ms.p90))",
      "  images      \(number(imagesPerSecond, 1)) per second, \(number(ms.min / Double(batch))) ms each at best",
      "  arithmetic  \(number(gflops, 0)) GFLOP/s by the definition; the cores' peak is "
        + "\(number(machineGflops, 0))",
      "  memory      arena \(number(Double(arenaBytes) / 1e6, 1)) MB, whole process "
        + "\(number(Double(peakMemoryBytes) / 1e6, 0)) MB at most",
    ]
    if let blasKernels {
      let advice = betterBlasKernels.map {
        ", for it does not know this processor; OPENBLAS_CORETYPE=\($0) makes it faster"
      }
      lines.append("  OpenBLAS    \(blasKernels) kernels" + (advice ?? ""))
    }
    if layers != nil {
      lines.append(
        left("layer", 24) + left("fused", 6) + left("computed by", 16) + left("output", 18)
          + right("ms", 8) + right("GFLOP/s", 9))
    }
    for layer in layers ?? [] {
      lines.append(
        left(layer.name, 24) + left(layer.fused == 0 ? "" : "+\(layer.fused)", 6)
          + left(layer.work, 16) + left("\(layer.output)", 18)
          + right(layer.ms.map { number($0, 3) } ?? "", 8)
          + right(layer.gflops.map { number($0, 0) } ?? "", 9))
    }
    return lines.joined(separator: "\n")
  }
}
