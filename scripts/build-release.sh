#!/usr/bin/env bash
# Builds the release binary and prints its path. On Linux it carries the Swift library in itself,
# so that it runs on machines without Swift.
set -euo pipefail
cd "$(dirname "$0")/.."
flags=(-c release --product kairos)
[ "$(uname -s)" = Darwin ] || flags+=(--static-swift-stdlib)
echo "Building kairos (the first time takes some minutes) …" >&2
swift build "${flags[@]}" >&2
echo "$(swift build "${flags[@]}" --show-bin-path)/kairos"
