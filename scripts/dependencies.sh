#!/usr/bin/env bash
# Makes sure that Swift and the system libraries are there; installs only what is missing.
set -euo pipefail

say() { printf '%s\n' "$*" >&2; }

if ! command -v swift >/dev/null 2>&1; then
  say "kairos is built with Swift 6.2 or newer, and there is no \`swift\` on the PATH."
  say "Get one from https://www.swift.org/install (or \`swiftly install latest\`), open a new"
  say "shell, and run the same command again."
  exit 1
fi

if [ "$(uname -s)" = Darwin ]; then
  missing=()
  command -v brew >/dev/null 2>&1 || { say "Install Homebrew (https://brew.sh) first."; exit 1; }
  for formula in libarchive zstd openssl@3 pkgconf; do
    brew list --versions "$formula" >/dev/null 2>&1 || missing+=("$formula")
  done
  if [ ${#missing[@]} -gt 0 ]; then
    say "Missing: ${missing[*]}. Install with: brew install ${missing[*]}"
    exit 1
  fi
  exit 0
fi

packages=(libarchive-dev libzstd-dev libsqlite3-dev libssl-dev pkg-config zstd git)
if ! command -v dpkg-query >/dev/null 2>&1; then
  # Not Debian: ask pkg-config, and name what is missing as Debian names it.
  for library in libarchive libzstd sqlite3 libcrypto; do
    if ! pkg-config --exists "$library" 2>/dev/null; then
      say "The development files of $library are missing. Install what your system calls"
      say "${packages[*]}, and run the same command again."
      exit 1
    fi
  done
  exit 0
fi

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed \
    || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

sudo=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    say "Missing system packages. As root: apt-get install ${missing[*]}"
    exit 1
  fi
  sudo=(sudo)
fi
say "Installing missing system packages: ${missing[*]}"
"${sudo[@]}" apt-get update -qq >&2
"${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
