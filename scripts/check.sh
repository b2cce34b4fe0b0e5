#!/usr/bin/env bash
# The lints: formatting, the fence around unsafe code, the kernels' symbols, links in the pages.
set -euo pipefail
cd "$(dirname "$0")/.."
swift format lint --strict --recursive --parallel Package.swift Sources Tests/*Tests Tests/TestSupport Tests/Fuzz
echo "formatting is as .swift-format says"
scripts/check-fence.sh
if [ -x scripts/check-kernels.sh ]; then scripts/check-kernels.sh; fi
scripts/check-links.sh
