// swift-tools-version: 6.2
import PackageDescription

// A program that depends on the libraries alone, as a user's would.
let package = Package(
  name: "Consumer",
  platforms: [.macOS(.v26)],
  dependencies: [.package(name: "mood", path: "../..")],
  targets: [
    .executableTarget(
      name: "Consumer",
      dependencies: [
        .product(name: "MoodVision", package: "mood"),
        .product(name: "MoodRecommend", package: "mood"),
        .product(name: "DefaultWeights", package: "mood"),
        .product(name: "Tensor", package: "mood"),
      ])
  ]
)
