// swift-tools-version: 6.2
import PackageDescription

// libFuzzer targets over the public API: README.md says how they are built and run.
let package = Package(
  name: "Fuzz",
  platforms: [.macOS(.v26)],
  dependencies: [
    .package(name: "mood", path: "../.."), .package(name: "mood-server", path: "../../Server"),
  ],
  targets: [
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        "Tensor", "ResNetV2", "WeightLoader", "ImageDecoding", "FaceFinder", "ONNXImport",
        "MoodVision", "MoodRecommend", "MoodText", "DefaultWeights",
      ].map { .product(name: $0, package: "mood") }
        + ["Multipart", "OpenInference"].map { .product(name: $0, package: "mood-server") })
  ]
)
