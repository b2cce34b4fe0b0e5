#!/usr/bin/env bash
# Starts replicas of mood-server and HAProxy before them, until it is ended (Ctrl-C).
#
# usage: run.sh REPLICAS [PORT]     MOOD_SERVER names the program; MOOD_THREADS is each replica's threads (1)
set -euo pipefail
count=${1:?usage: run.sh REPLICAS [PORT]} port=${2:-8000}
server=${MOOD_SERVER:-mood-server}
here=$(cd "$(dirname "$0")" && pwd)
[[ $count =~ ^[1-9][0-9]?$ ]] || { echo "run.sh: 1 to 99 replicas, not $count" >&2; exit 64; }
command -v "$server" >/dev/null || { echo "run.sh: $server was not found: make install-server, or set MOOD_SERVER" >&2; exit 66; }
command -v haproxy >/dev/null || { echo "run.sh: haproxy was not found: apt-get install haproxy" >&2; exit 66; }
folder=$(mktemp -d)
trap 'trap - EXIT; kill $(jobs -p) 2>/dev/null || true; wait; rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
cp "$here/haproxy.cfg" "$folder/haproxy.cfg"

replica() { # starts replica $1 again whenever it ends, always at the same port
  local own=$((port + 100 + $1))
  while true; do
    "$server" serve --port "$own" --data "$folder/data$1" --threads "${MOOD_THREADS:-1}" >>"$folder/log$1" 2>&1 &
    echo $! >"$folder/pid$1"
    trap 'kill $! 2>/dev/null; wait $!; exit' TERM
    wait $! || true
    sleep 0.1
  done
}
for i in $(seq "$count"); do
  replica "$i" &
  echo "  server replica$i 127.0.0.1:$((port + 100 + i))" >>"$folder/haproxy.cfg"
done
for i in $(seq "$count"); do
  for _ in $(seq 300); do grep -q Listening "$folder/log$i" 2>/dev/null && break; sleep 0.1; done
  grep -q Listening "$folder/log$i" || { cat "$folder/log$i" >&2; exit 1; }
done
export MOOD_ADDRESS=127.0.0.1:$port
haproxy -c -q -f "$folder/haproxy.cfg"
haproxy -db -f "$folder/haproxy.cfg" >"$folder/haproxy.log" 2>&1 &
echo "$count replicas behind http://127.0.0.1:$port (their process numbers are in $folder/pid*)"
wait $!
