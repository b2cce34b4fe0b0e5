#!/usr/bin/env bash
# Builds the fuzz targets and runs each for some seconds; any finding ends it. Needs the toolchain's libFuzzer.
#
# usage: fuzz.sh SECONDS [TARGET…]        corpus and findings stay in Tests/Fuzz/.build/corpus
#
# Inputs that are found are kept, and the next run goes on from them. `exporter` needs Python with
# atheris, h5py and numpy: PYTHON names it.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:?usage: fuzz.sh SECONDS [TARGET…]}
shift
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(photos streams weights network json catalogue words multipart inference
  values graphs models onnx pictures writer resnet faces exporter)
corpus=Tests/Fuzz/.build/corpus
swift build --package-path Tests/Fuzz -c release --product Fuzz --sanitize fuzzer --sanitize address \
  -Xlinker --no-gc-sections
python3 Tests/Fuzz/seeds.py "$corpus"
# What libFuzzer itself would take for a hang depends on what else the machine does; the targets count the
# processor's time. Swift's own backtraces would come in between.
options=(-max_total_time="$seconds" -malloc_limit_mb=512 -rss_limit_mb=4096 -timeout=120 -print_final_stats=1)
export SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=0 MOOD_CACHE=off
for target in "${targets[@]}"; do
  echo "== $target"
  if [ "$target" = exporter ]; then
    python=${PYTHON:-python3}
    if "$python" -c 'import atheris, h5py, numpy' 2>/dev/null; then
      "$python" Tests/Fuzz/exporter.py "$corpus/exporter" -max_total_time="$seconds" -print_final_stats=1 \
        -artifact_prefix="$corpus/exporter-" 2>&1 | tail -12
    else
      echo "left out: $python has no atheris, h5py or numpy"
    fi
  else
    MOOD_FUZZ=$target Tests/Fuzz/.build/release/Fuzz "${options[@]}" -artifact_prefix="$corpus/$target-" \
      "$corpus/$target" 2>&1 | tail -12
  fi
done
