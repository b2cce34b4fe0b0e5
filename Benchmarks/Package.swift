// swift-tools-version: 6.2
import PackageDescription

// Apart from the package itself, so that nobody who uses it resolves a benchmark library.
func benchmarks(_ name: String, _ products: [String]) -> Target {
  .executableTarget(
    name: name,
    dependencies: products.map { .product(name: $0, package: "mood") } + [
      .product(name: "Benchmark", package: "benchmark")
    ],
    path: "Benchmarks/\(name)",
    plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
}

let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v26)],
  dependencies: [
    .package(name: "mood", path: ".."),
    .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: []),
  ],
  targets: [
    benchmarks("KernelBenchmarks", ["Tensor"]),
    benchmarks("LayerBenchmarks", ["Tensor"]),
    benchmarks(
      "EndToEndBenchmarks",
      ["Tensor", "ResNetV2", "WeightLoader", "ImageDecoding", "FaceFinder", "MoodRecommend", "MoodVision"]),
    benchmarks("RecommenderBenchmarks", ["MoodRecommend"]),
    .executableTarget(
      name: "Simulation", dependencies: [.product(name: "MoodRecommend", package: "mood")],
      path: "Simulation"),
  ]
)
