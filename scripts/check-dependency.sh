#!/usr/bin/env bash
# A plain package that depends on this one by version builds and runs: the kernels' unsafe flags
# and environment-dependent manifest do not get in the way of a real git tag.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

git clone --quiet --no-local --depth 1 "file://$PWD" "$folder/mood"
git -C "$folder/mood" -c user.name=check -c user.email=check@localhost tag 1.2.3
mkdir -p "$folder/app/Sources/App"
cat > "$folder/app/Package.swift" <<END
// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "App",
  dependencies: [.package(url: "file://$folder/mood", from: "1.0.0")],
  targets: [
    .executableTarget(
      name: "App",
      dependencies: [
        .product(name: "MoodRecommend", package: "mood"), .product(name: "Tensor", package: "mood"),
      ])
  ]
)
END
cat > "$folder/app/Sources/App/main.swift" <<'END'
import MoodRecommend
import Tensor

var graph = Graph()
let input = graph.add("input", .input(channels: 16))
graph.add("conv", .convolution(height: 1, width: 1, input: 16, output: 32, stride: 1, bias: false), input)
let network = Network(graph) { _ in Tensor([1, 1, 16, 32], repeating: 0.5) }
let result = network.run(Tensor([1, 2, 2, 16], repeating: 1))?["conv"]
precondition(result == Tensor([1, 2, 2, 32], repeating: 8), "wrong sums")
print("\(network.options.engine) engine, \(StandardCatalogueCount.songs) songs")

enum StandardCatalogueCount { static let songs = Catalogue.standard.songs.count }
END
swift run --package-path "$folder/app" -c release App
if grep -qE '"(swift-argument-parser|hummingbird)"' <(cd "$folder/app/.build/release" && ls -d ./*.build | sed 's/.*/"&"/'); then
  echo "the command line's dependencies were built as well" >&2
  exit 1
fi
