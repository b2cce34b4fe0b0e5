// swift-tools-version: 6.2
import Foundation
import PackageDescription

/// Settings of every Swift target: warnings are errors, memory safety is checked.
let strict: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// The vector kernels: one source, compiled once per instruction set and chosen at run time.
///
/// Pointers throughout, so strict memory safety would mark every line of them; `-Ounchecked` and
/// `-march` stand here alone. Other processors, or MOOD_PORTABLE=1, build without the x86 ones.
/// The manifest knows the machine that builds, not the one that is built for: who builds for another
/// processor sets MOOD_PORTABLE=1.
#if arch(x86_64)
  let hasVectorKernels = Context.environment["MOOD_PORTABLE"] == nil
#else
  let hasVectorKernels = false
#endif
func kernels(_ name: String, _ defines: [String], _ flags: [String]) -> Target {
  .target(
    name: "Kernels" + name, dependencies: ["KernelTypes"], path: "Sources/VectorKernels/" + name,
    swiftSettings: defines.map { .define($0) } + [.unsafeFlags(["-Ounchecked"] + flags)])
}
let kernelTargets: [Target] =
  [kernels("Portable", [], [])]
  + (hasVectorKernels
    ? [
      kernels("AVX2", ["HAS_FMA"], ["-Xcc", "-march=x86-64-v3"]),
      kernels(
        "AVX512", ["HAS_FMA", "AVX512"],
        ["-Xcc", "-march=x86-64-v4", "-Xcc", "-mprefer-vector-width=512"]),
    ] : [])

/// The shipped weights, which are resources of the target DefaultWeights; the folder's other files,
/// scripts that train and export, are no part of it.
let shippedWeights = [
  "mood.safetensors", "face.safetensors", "face.NOTICE", "face.LICENSE", "text.moodtext",
]
let weightsFolder = Context.packageDirectory + "/Weights"
let otherWeightFiles = ((try? FileManager.default.contentsOfDirectory(atPath: weightsFolder)) ?? [])
  .filter { !shippedWeights.contains($0) && $0 != "DefaultWeights.swift" }

let package = Package(
  name: "mood",
  // InlineArray and the spans of arrays are in the standard library from there on.
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "MoodVision", targets: ["MoodVision"]),
    .library(name: "MoodRecommend", targets: ["MoodRecommend"]),
    .library(name: "MoodText", targets: ["MoodText"]),
    .library(name: "MoodCard", targets: ["MoodCard"]),
    .library(name: "DefaultWeights", targets: ["DefaultWeights"]),
    .library(name: "FeedbackStore", targets: ["FeedbackStore"]),
    .library(name: "FaceFinder", targets: ["FaceFinder"]),
    .library(name: "ImageDecoding", targets: ["ImageDecoding"]),
    .library(name: "ResNetV2", targets: ["ResNetV2"]),
    .library(name: "ONNXImport", targets: ["ONNXImport"]),
    .library(name: "WeightLoader", targets: ["WeightLoader"]),
    .library(name: "Tensor", targets: ["Tensor"]),
    .library(name: "CommandSupport", targets: ["CommandSupport"]),
    .executable(name: "mood-cli", targets: ["mood-cli"]),
  ],
  traits: [
    .default(enabledTraits: ["OpenBLAS"]),
    .trait(
      name: "OpenBLAS",
      description: "The engine `openblas`: im2col and GEMM. Without it `vector` runs alone."),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ]
    + (Context.environment["MOOD_DOCC"] == nil
      ? [] : [.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0")]),
  targets: [
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
    .systemLibrary(
      name: "CTurboJPEG", pkgConfig: "libturbojpeg",
      providers: [.apt(["libturbojpeg0-dev"]), .brew(["jpeg-turbo"])]),
    .systemLibrary(
      name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
    .target(
      name: "KernelTypes", path: "Sources/VectorKernels/Types", swiftSettings: strict),
    .target(
      name: "Tensor",
      dependencies: [
        .target(name: "COpenBLAS", condition: .when(traits: ["OpenBLAS"])), "KernelTypes",
      ] + kernelTargets.map { .byName(name: $0.name) },
      swiftSettings: strict),
    .target(name: "WeightLoader", dependencies: ["Tensor"], swiftSettings: strict),
    .target(name: "ResNetV2", dependencies: ["Tensor", "WeightLoader"], swiftSettings: strict),
    .target(name: "ImageDecoding", dependencies: ["CTurboJPEG", "CPNG"], swiftSettings: strict),
    .target(
      name: "FaceFinder", dependencies: ["ImageDecoding", "Tensor", "WeightLoader"],
      swiftSettings: strict),
    .target(name: "MoodValues", swiftSettings: strict),
    .target(
      name: "MoodVision",
      dependencies: [
        "MoodValues", "ResNetV2", "FaceFinder", "ImageDecoding", "WeightLoader", "Tensor",
      ],
      swiftSettings: strict),
    .target(
      name: "ONNXImport", dependencies: ["Tensor", "WeightLoader", "MoodVision"],
      swiftSettings: strict),
    .target(
      name: "DefaultWeights", path: "Weights", exclude: otherWeightFiles,
      sources: ["DefaultWeights.swift"], resources: shippedWeights.map { .copy($0) },
      swiftSettings: strict),
    .target(name: "MoodText", dependencies: ["MoodValues"], swiftSettings: strict),
    .target(name: "MoodRecommend", dependencies: ["MoodValues"], swiftSettings: strict),
    .target(name: "MoodCard", dependencies: ["MoodRecommend"], swiftSettings: strict),
    .target(
      name: "FeedbackStore",
      dependencies: ["MoodRecommend", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: strict),
    .target(
      name: "CommandSupport",
      dependencies: [
        "MoodVision", "MoodRecommend", "MoodText", "FeedbackStore", "FaceFinder", "ImageDecoding",
        "WeightLoader", "Tensor", "ONNXImport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "mood-cli",
      dependencies: [
        "CommandSupport", "DefaultWeights", "MoodVision", "MoodRecommend", "MoodText", "MoodCard",
        "FeedbackStore",
        "ResNetV2", "FaceFinder", "ImageDecoding", "WeightLoader", "Tensor", "ONNXImport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .target(
      name: "TestSupport", dependencies: ["Tensor", "WeightLoader"], path: "Tests/TestSupport",
      swiftSettings: strict),
    .testTarget(
      name: "TensorTests", dependencies: ["Tensor", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "WeightLoaderTests", dependencies: ["WeightLoader", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ONNXImportTests",
      dependencies: [
        "ONNXImport", "Tensor", "FaceFinder", "ImageDecoding", "WeightLoader", "TestSupport",
        "MoodVision", "DefaultWeights",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ResNetV2Tests", dependencies: ["ResNetV2", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "FaceFinderTests",
      dependencies: ["FaceFinder", "ImageDecoding", "WeightLoader", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ImageDecodingTests", dependencies: ["ImageDecoding", "WeightLoader", "TestSupport"],
      swiftSettings: strict),
    .testTarget(name: "MoodValuesTests", dependencies: ["MoodValues"], swiftSettings: strict),
    .testTarget(
      name: "MoodVisionTests",
      dependencies: ["MoodVision", "DefaultWeights", "FaceFinder", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "MoodRecommendTests", dependencies: ["MoodRecommend"], swiftSettings: strict),
    .testTarget(
      name: "MoodTextTests", dependencies: ["MoodText", "DefaultWeights"],
      resources: [.copy("samples.json")], swiftSettings: strict),
    .testTarget(
      name: "MoodCardTests", dependencies: ["MoodCard", "MoodRecommend"], swiftSettings: strict),
    .executableTarget(
      name: "FeedbackWriter", dependencies: ["FeedbackStore", "MoodRecommend"],
      path: "Tests/FeedbackWriter", swiftSettings: strict),
    .testTarget(
      name: "FeedbackStoreTests",
      dependencies: ["FeedbackStore", "MoodRecommend", "FeedbackWriter"], swiftSettings: strict),
    .testTarget(
      name: "CommandTests", dependencies: ["mood-cli", "Tensor", "WeightLoader"],
      swiftSettings: strict),
  ] + kernelTargets
)
