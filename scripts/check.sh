#!/usr/bin/env bash
# The lints: formatting, who imports whom, the fence around unsafe code, the kernels' symbols, links.
set -euo pipefail
cd "$(dirname "$0")/.."
swift format lint --strict --recursive --parallel Package.swift Sources Weights/DefaultWeights.swift \
  Tests/*Tests Tests/TestSupport Tests/Fuzz Server/Package.swift Server/Sources Server/Tests
echo "formatting is as .swift-format says"
python3 scripts/check-arrows.py
scripts/check-fence.sh
scripts/check-kernels.sh
scripts/check-links.sh
