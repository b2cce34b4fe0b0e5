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

let package = Package(
  name: "mood",
  // InlineArray and the spans of arrays are in the standard library from there on.
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "Tensor", targets: ["Tensor"]),
    .library(name: "ResNetV2", targets: ["ResNetV2"]),
    .library(name: "WeightLoader", targets: ["WeightLoader"]),
    .library(name: "FaceFinder", targets: ["FaceFinder"]),
    .library(name: "ImageDecoding", targets: ["ImageDecoding"]),
    .library(name: "MoodRecommend", targets: ["MoodRecommend"]),
    .library(name: "FeedbackStore", targets: ["FeedbackStore"]),
    .library(name: "SpotifyClient", targets: ["SpotifyClient"]),
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
    .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/apple/swift-crypto", from: "3.12.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
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
    .target(name: "FaceFinder", dependencies: ["Tensor", "WeightLoader"], swiftSettings: strict),
    .target(name: "ImageDecoding", dependencies: ["CTurboJPEG", "CPNG"], swiftSettings: strict),
    .target(
      name: "MoodRecommend",
      dependencies: [
        "ResNetV2", "FaceFinder", "ImageDecoding", "WeightLoader", "Tensor",
      ],
      swiftSettings: strict),
    .target(name: "Multipart", swiftSettings: strict),
    .target(
      name: "MoodServer",
      dependencies: [
        "MoodRecommend", "FaceFinder", "ImageDecoding", "Multipart", "Tensor", "WeightLoader",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HummingbirdTLS", package: "hummingbird"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      resources: [.embedInCode("Resources")],
      swiftSettings: strict),
    .target(
      name: "FeedbackStore",
      dependencies: ["MoodRecommend", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: strict),
    .target(
      name: "SpotifyClient",
      dependencies: [.product(name: "Crypto", package: "swift-crypto")], swiftSettings: strict),
    .executableTarget(
      name: "mood-cli",
      dependencies: [
        "SpotifyClient", "MoodServer", "FeedbackStore", "MoodRecommend", "ResNetV2", "FaceFinder",
        "ImageDecoding", "WeightLoader", "Tensor",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "SwiftCSV", package: "SwiftCSV"),
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
      name: "ResNetV2Tests", dependencies: ["ResNetV2", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "FaceFinderTests", dependencies: ["FaceFinder", "WeightLoader", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ImageDecodingTests", dependencies: ["ImageDecoding", "WeightLoader", "TestSupport"],
      swiftSettings: strict),
    .testTarget(name: "MultipartTests", dependencies: ["Multipart"], swiftSettings: strict),
    .testTarget(
      name: "MoodServerTests",
      dependencies: [
        "MoodServer", "MoodRecommend", "TestSupport",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdTesting", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "NIOCore", package: "swift-nio"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MoodRecommendTests",
      dependencies: ["MoodRecommend", "FaceFinder", "TestSupport"],
      swiftSettings: strict),
    .executableTarget(
      name: "FeedbackWriter", dependencies: ["FeedbackStore", "MoodRecommend"],
      path: "Tests/FeedbackWriter", swiftSettings: strict),
    .testTarget(
      name: "FeedbackStoreTests",
      dependencies: ["FeedbackStore", "MoodRecommend", "FeedbackWriter"], swiftSettings: strict),
    .testTarget(
      name: "SpotifyClientTests", dependencies: ["SpotifyClient"], swiftSettings: strict),
    .testTarget(
      name: "CommandTests", dependencies: ["mood-cli", "Tensor", "WeightLoader"],
      swiftSettings: strict),
  ] + kernelTargets
)
