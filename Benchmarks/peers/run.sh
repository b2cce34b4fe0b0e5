#!/usr/bin/env bash
# The report's network on this package's engines and on every peer that pip has, side by side.
#
# Makes a Python environment in $VENV (default Benchmarks/peers/.venv), builds mood-cli, converts
# one Keras model for each peer, checks that all agree, measures round by round, and writes a table
# and a chart to Benchmarks/results. Options go to measure.py; --help prints them.
set -euo pipefail
cd "$(dirname "$0")/../.."
venv=${VENV:-Benchmarks/peers/.venv}
if [ ! -x "$venv/bin/python" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet -r Benchmarks/peers/requirements.txt
fi
[ -n "${MOOD_CLI:-}" ] || swift build -c release --product mood-cli
export MOOD_CLI=${MOOD_CLI:-$PWD/.build/release/mood-cli}
models=${MODELS:-Benchmarks/peers/.models}
[ -e "$models/done" ] || "$venv/bin/python" Benchmarks/peers/convert.py "$models"
exec "$venv/bin/python" Benchmarks/peers/measure.py "$models" "$@"
