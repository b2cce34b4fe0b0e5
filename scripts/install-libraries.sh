#!/usr/bin/env bash
# Installs OpenBLAS, libjpeg-turbo, libpng and SQLite where they are missing, by the system's own packages.
set -euo pipefail

missing=()
probe() { # probe HEADER LIBRARY PACKAGE: whether a C program that uses them links
  printf '#include <stdio.h>\n#include <%s>\nint main(void) { return 0; }\n' "$1" |
    "${CC:-clang}" -x c - -o /dev/null "-l$2" 2>/dev/null || missing+=("$3")
}
command -v "${CC:-clang}" >/dev/null || CC=cc
probe cblas.h openblas libopenblas-dev
probe turbojpeg.h turbojpeg libturbojpeg0-dev
probe png.h png16 libpng-dev
probe sqlite3.h sqlite3 libsqlite3-dev
[ ${#missing[@]} -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null; then
  echo "Missing: ${missing[*]} (Debian's names). Install these libraries with their" >&2
  echo "headers by your system's package manager, then try again." >&2
  exit 1
fi
sudo=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "Run as root: apt-get install ${missing[*]}" >&2; exit 1; }
  sudo=(sudo)
fi
# Ubuntu's headers of TurboJPEG are in libturbojpeg-dev.
"${sudo[@]}" apt-get update -qq
for package in "${missing[@]}"; do
  if [ "$package" = libturbojpeg0-dev ] && ! apt-cache show libturbojpeg0-dev >/dev/null 2>&1; then
    package=libturbojpeg-dev
  fi
  echo "installing $package"
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    "$package" >/dev/null
done
