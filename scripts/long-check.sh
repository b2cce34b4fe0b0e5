#!/usr/bin/env bash
# What takes longer than the gate may: `make long-check` builds first and calls this with the programs.
#
# usage: long-check.sh MOOD-CLI MOOD-SERVER PYTHON
set -euo pipefail
cd "$(dirname "$0")/.."
cli=$1 server=$2 python=$3
step() { echo "== $1 ($((SECONDS / 60)) min)"; }
folder=$(mktemp -d)
trap 'kill "${pid:-}" 2>/dev/null || true; rm -rf "$folder"' EXIT
photo=Examples/eileen_collins.jpg

step "10,000 listeners' histories"
MOOD_HISTORIES=10000 swift test --disable-xctest --filter saysNothingFalseInDrawnHistories

step "the server's answers are the command line's"
"$python" Tests/Fidelity/answers.py --cli "$cli" --server "$server"

step "load"
"$server" serve --port 0 --data "$folder/data" >"$folder/log" &
pid=$!
until grep -q Listening "$folder/log"; do sleep 0.1; done
port=$(sed 's|.*:\([0-9]*\)/$|\1|' "$folder/log")
"$python" Tests/Load/load.py single "$port" "$photo"
(ulimit -n 4096; "$python" Tests/Load/hostile.py "$port" "$photo")
"$python" Tests/Load/load.py overload "$port" "$photo" 350
"$python" Tests/Load/load.py memory "$port" "$photo" "$pid" 20000
kill "$pid"
"$python" Tests/Load/load.py drain "$server" "$photo"
"$python" Tests/Load/stream.py "$cli" "$photo" 25 10

step "the data folder goes and comes back"
"$python" Tests/Load/data_folder.py "$server" "$photo"

step "a soak: 100,000 mixed requests"
"$python" Tests/Load/soak.py "$server" "$photo"

step "fuzzing, a minute each"
"$python" -m pip install --quiet atheris
PYTHON=$python scripts/fuzz.sh 60

step "the integrations over 200 photos, with Ray and Spark"
python3 -m venv "$folder/integrations"
"$folder/integrations/bin/pip" install --quiet -r Integrations/requirements.txt
"$folder/integrations/bin/python" Integrations/tests/test_workers.py --cli "$cli" --server "$server"

step "browser"
if command -v chromedriver >/dev/null; then
  "$python" -m pip install --quiet selenium axe-selenium-python pillow
  "$python" Tests/Browser/browse.py --server "$server" --out "$folder/shots"
else
  echo "left out: needs Debian's chromium, chromium-driver and ffmpeg"
fi
step "done"
