#!/usr/bin/env bash
# Unsafe code and C libraries stand only where the list below says.
set -euo pipefail
cd "$(dirname "$0")/.."

allowed='^Sources/(Tensor/(Packing|Steps|Runtime|Cache)/|VectorKernels/|CommandSupport/(ProcessReplacement|FileSystem)\.swift|ImageDecoding/(JPEGDecoder|PNGDecoder|JPEGEncoder|PNGEncoder)\.swift|WeightLoader/MappedFile\.swift)'
pattern='\bunsafe\b|@unsafe|@safe\b|Unsafe(Mutable)?(Raw)?(Buffer)?Pointer|Unmanaged|^ *(private |public |package )?import (C[A-Z]|Glibc|Musl|Darwin)'
found=$(grep -rnE --include="*.swift" "$pattern" Sources Server/Sources | grep -vE "$allowed" | grep -vE ':[0-9]+: *//' || true)
if [ -n "$found" ]; then
  echo "unsafe code or a C library outside the fence:" >&2
  echo "$found" >&2
  exit 1
fi
for word in '@unchecked Sendable' 'nonisolated(unsafe)' 'try!' '@inlinable'; do
  found=$(grep -rnF --include='*.swift' "$word" Sources | grep -vE '^Sources/VectorKernels/' || true)
  if [ -n "$found" ]; then
    echo "\"$word\" has no place here:" >&2
    echo "$found" >&2
    exit 1
  fi
done
echo "the fence holds"
