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

/// The page and its API, and Spotify's playlists: all that needs an HTTP stack or cryptography.
let package = Package(
  name: "mood-server",
  platforms: [.macOS(.v26)],
  products: [
    .executable(name: "mood-server", targets: ["mood-server"]),
    .library(name: "MoodServer", targets: ["MoodServer"]),
    .library(name: "SpotifyClient", targets: ["SpotifyClient"]),
    .library(name: "Multipart", targets: ["Multipart"]),
    .library(name: "OpenInference", targets: ["OpenInference"]),
  ],
  dependencies: [
    .package(name: "mood", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/apple/swift-crypto", from: "3.12.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .target(name: "Multipart", swiftSettings: strict),
    .target(name: "OpenInference", swiftSettings: strict),
    .target(
      name: "MoodServer",
      dependencies: [
        "Multipart", "OpenInference",
        .product(name: "MoodVision", package: "mood"),
        .product(name: "MoodRecommend", package: "mood"),
        .product(name: "MoodText", package: "mood"),
        .product(name: "MoodCard", package: "mood"),
        .product(name: "ImageDecoding", package: "mood"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HummingbirdHTTP2", package: "hummingbird"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOEmbedded", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOTLS", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "NIOHTTPTypesHTTP2", package: "swift-nio-extras"),
        .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      resources: [.embedInCode("Resources")],
      swiftSettings: strict),
    .target(
      name: "SpotifyClient",
      dependencies: [.product(name: "Crypto", package: "swift-crypto")], swiftSettings: strict),
    .executableTarget(
      name: "mood-server",
      dependencies: [
        "MoodServer", "SpotifyClient",
        .product(name: "CommandSupport", package: "mood"),
        .product(name: "DefaultWeights", package: "mood"),
        .product(name: "MoodVision", package: "mood"),
        .product(name: "MoodRecommend", package: "mood"),
        .product(name: "FeedbackStore", package: "mood"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .testTarget(name: "MultipartTests", dependencies: ["Multipart"], swiftSettings: strict),
    .testTarget(
      name: "MoodServerTests",
      dependencies: [
        "MoodServer",
        .product(name: "MoodVision", package: "mood"),
        .product(name: "MoodRecommend", package: "mood"),
        .product(name: "MoodText", package: "mood"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdTesting", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOEmbedded", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "SpotifyClientTests", dependencies: ["SpotifyClient"], swiftSettings: strict),
  ]
)
