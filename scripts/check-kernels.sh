#!/usr/bin/env bash
# No object of a newer instruction set may hold a weak code symbol that another module may define.
#
# The linker keeps one copy of such a symbol for the whole program, perhaps the one with AVX-512
# code, and processors that lack it would run it. Symbols that bear the module's own name, its
# specialized generics, are in no other object. Builds the kernels if they are not there.
set -euo pipefail
cd "$(dirname "$0")/.."
[ "$(uname -m)" = x86_64 ] || { echo "no vector kernels for $(uname -m)"; exit 0; }

configuration=${CONFIGURATION:-release}
for kernels in KernelsAVX2 KernelsAVX512; do
  swift build -c "$configuration" --target "$kernels" >/dev/null
done
status=0 count=0
for object in .build/"$configuration"/KernelsAVX{2,512}.build/*.o; do
  count=$((count + 1))
  weak=$(nm "$object" | awk '$2 == "W" && $3 !~ /^\$s[0-9]+KernelsAVX/')
  if [ -n "$weak" ]; then
    echo "$object:" >&2
    echo "$weak" >&2
    status=1
  fi
done
[ "$count" -gt 0 ] || { echo "no objects in .build/$configuration" >&2; exit 1; }
[ $status -eq 0 ] && echo "$count kernel objects hold no weak code of others"
exit $status
