// swift-tools-version: 6.2
import PackageDescription

/// Settings of every Swift target: warnings are errors, memory safety is checked.
let strict: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "mood",
  products: [
    .library(name: "Tensor", targets: ["Tensor"]),
    .library(name: "ResNetV2", targets: ["ResNetV2"]),
    .library(name: "WeightLoader", targets: ["WeightLoader"]),
    .library(name: "ImageDecoding", targets: ["ImageDecoding"]),
    .library(name: "MoodRecommend", targets: ["MoodRecommend"]),
    .executable(name: "mood-cli", targets: ["mood-cli"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
  targets: [
    .systemLibrary(name: "COpenBLAS"),
    .systemLibrary(name: "CTurboJPEG"),
    .systemLibrary(name: "CPNG"),
    .target(name: "Tensor", dependencies: ["COpenBLAS"], swiftSettings: strict),
    .target(name: "WeightLoader", dependencies: ["Tensor"], swiftSettings: strict),
    .target(name: "ResNetV2", dependencies: ["Tensor", "WeightLoader"], swiftSettings: strict),
    .target(name: "ImageDecoding", dependencies: ["CTurboJPEG", "CPNG"], swiftSettings: strict),
    .target(
      name: "MoodRecommend",
      dependencies: [
        "ResNetV2", "ImageDecoding", "WeightLoader", "Tensor",
        .product(name: "SwiftCSV", package: "SwiftCSV"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "mood-cli",
      dependencies: [
        "MoodRecommend", "ResNetV2", "ImageDecoding", "WeightLoader", "Tensor",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .target(
      name: "TestSupport", dependencies: ["Tensor", "WeightLoader"], path: "Tests/TestSupport",
      swiftSettings: strict),
    .testTarget(name: "TensorTests", dependencies: ["Tensor", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "WeightLoaderTests", dependencies: ["WeightLoader", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ResNetV2Tests", dependencies: ["ResNetV2", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "ImageDecodingTests", dependencies: ["ImageDecoding", "WeightLoader", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "MoodRecommendTests", dependencies: ["MoodRecommend", "TestSupport"],
      swiftSettings: strict),
  ]
)
