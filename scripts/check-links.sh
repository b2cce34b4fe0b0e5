#!/usr/bin/env bash
# Every relative link in a page leads to a file; code is left out.
set -euo pipefail
cd "$(dirname "$0")/.."
status=0
while IFS= read -r page; do
  while IFS= read -r target; do
    path="$(dirname "$page")/${target%%#*}"
    [ -e "$path" ] || { echo "$page: $target leads nowhere" >&2; status=1; }
  done < <(sed '/^```/,/^```$/d' "$page" | grep -oE '\]\([^)#][^)]*\)' | sed 's/^](//; s/)$//' | grep -vE '^(https?:|mailto:)' || true)
done < <(git ls-files '*.md' | grep -v '\.docc/')
[ $status -eq 0 ] && echo "the pages' links lead somewhere"
exit $status
