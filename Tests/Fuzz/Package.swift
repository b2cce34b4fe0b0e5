// swift-tools-version: 6.2
import PackageDescription

// Random shapes, names, sizes and bytes for every public entry of the engine, over the public API.
let package = Package(
  name: "Fuzz",
  platforms: [.macOS(.v26)],
  dependencies: [.package(name: "mood", path: "../..")],
  targets: [
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        "Tensor", "ResNetV2", "WeightLoader", "ImageDecoding", "FaceFinder", "ONNXImport",
      ].map {
        .product(name: $0, package: "mood")
      })
  ]
)
