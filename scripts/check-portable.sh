#!/usr/bin/env bash
# What another processor gets: without the x86 kernels a package that depends on this one builds,
# and the engine that is left runs.
set -euo pipefail
cd "$(dirname "$0")/.."
output=$(MOOD_PORTABLE=1 swift run --package-path Tests/Consumer --scratch-path .build-portable Consumer)
echo "$output"
grep -q '^the engine is openblas$' <<<"$output"

# Without the trait OpenBLAS the portable kernels are all that there is.
MOOD_PORTABLE=1 swift build --disable-default-traits --target FaceFinder \
  --scratch-path .build-portable
