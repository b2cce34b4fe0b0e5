#!/usr/bin/env bash
# A program that depends on this package by version: README's lines, compiled and run on a photo.
#
# It is built from nothing, fetches at most three repositories, and compiles nothing of the others.
# Then its build folder is renamed, and the program alone is copied elsewhere.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

git clone --quiet --no-local --depth 1 "file://$root" "$folder/mood"
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
        .product(name: "MoodVision", package: "mood"),
        .product(name: "MoodRecommend", package: "mood"),
        .product(name: "DefaultWeights", package: "mood"),
      ])
  ]
)
END
# The code of README's section "Use it in your program".
awk '/^## Use it in your program/ { on = 1 } on && /^```$/ { code = 0 } code { print }
  on && /^```swift$/ { code = ++count == 2 } /^## / && !/Use it in your program/ { on = 0 }' README.md \
  > "$folder/app/Sources/App/main.swift"
grep -q 'MoodReader()' "$folder/app/Sources/App/main.swift"
cp Examples/eileen_collins.jpg "$folder/app/face.jpg"

cd "$folder/app"
began=$SECONDS
swift build -c release 2>&1 | tail -n 3
echo "built from nothing in $((SECONDS - began)) s"
fetched=$(ls .build/checkouts | wc -l)
echo "fetched: $(ls .build/checkouts | tr '\n' ' ')"
[ "$fetched" -le 3 ] || { echo "more than three repositories" >&2; exit 1; }
if ls .build/release/{ArgumentParser,GRDB}.build/*.o >/dev/null 2>&1; then
  echo "another package was compiled as well" >&2
  exit 1
fi
output=$(.build/release/App)
echo "$output"
grep -q '^happy 0.99' <<<"$output"
mood=$(head -n 1 <<<"$output")  # the songs are others from run to run

echo "with the build folder renamed:"
mv .build renamed
[ "$(renamed/release/App | head -n 1)" = "$mood" ]
mkdir alone
cp renamed/release/App alone/
if (cd alone && cp ../face.jpg . && ./App) 2>errors; then
  echo "the program alone has found weights" >&2
  exit 1
fi
grep -q 'mood.safetensors was not found' errors
mkdir -p share/mood
cp "$root"/Weights/*.safetensors share/mood/
[ "$(cd alone && ./App | head -n 1)" = "$mood" ]
echo "found beside the program and in share/mood, and missed with the places searched"
