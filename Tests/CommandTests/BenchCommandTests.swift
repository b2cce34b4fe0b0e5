import Foundation
import Testing

struct BenchCommandTests {
  private func report(_ arguments: String...) throws -> [String: Any] {
    let run = try moodCLI(
      words: ["bench", "--random-weights", "--input-size", "32", "--seconds", "0.05", "--json"]
        + arguments)
    #expect(run.exitCode == 0)
    return try #require(run.objects().first)
  }

  @Test func saysWhatItMeasured() throws {
    let report = try report("--batch", "2", "--threads", "1", "--per-layer")
    #expect(report["batch"] as? Int == 2 && report["threads"] as? Int == 1)
    #expect(report["input_size"] as? [Int] == [32, 32])
    let ms = try #require(report["ms"] as? [String: Double])
    let (least, quarter) = (try #require(ms["min"]), try #require(ms["q25"]))
    let (half, most) = (try #require(ms["median"]), try #require(ms["p90"]))
    #expect(0 < least && least <= quarter && quarter <= half && half <= most)
    #expect((report["arena_bytes"] as? Int ?? 0) > 0)
    let layers = try #require(report["layers"] as? [[String: Any]])
    #expect(layers.contains { $0["name"] as? String == "conv1_conv" && $0["ms"] is Double })
    #expect(report["blas_kernels"] == nil)
  }

  @Test func namesTheKernelsOfOpenBLAS() throws {
    let report = try report("--engine", "openblas")
    #expect(report["engine"] as? String == "openblas")
    #expect((report["blas_kernels"] as? String ?? "").isEmpty == false)
  }

  @Test func scalesOverThreads() throws {
    let report = try report("--scaling", "--threads", "2")
    let rows = try #require(report["rows"] as? [[String: Double]])
    #expect(rows.map { $0["threads"] } == [1, 2])
    #expect(rows[0]["speedup"] == 1)
    for row in rows {
      let (speedup, threads) = (try #require(row["speedup"]), try #require(row["threads"]))
      #expect(try abs(#require(row["efficiency"]) * threads - speedup) < 1e-9)
    }
    #expect(try moodCLI("bench", "--scaling", "--per-layer").exitCode == 64)
  }

  @Test func refusesWhatCannotBeMeasured() throws {
    #expect(try moodCLI("bench", "--batch", "0").exitCode != 0)
    #expect(try moodCLI("bench", "--random-weights", "--input-size", "31").exitCode != 0)
  }
}
