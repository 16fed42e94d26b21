#!/usr/bin/env bash
# Unpacks the transcripts of a real project once and prints their folder; fails when there are none.
set -euo pipefail
archive=$SHARED/data/claude-code-entireio-cli.tar.zst
folder=.build-eval/transcripts
[ -f "$archive" ] || exit 1
if [ ! -f "$folder/.complete" ]; then
  rm -rf "$folder"
  mkdir -p "$folder"
  zstd -dc --long=27 "$archive" | tar x -C "$folder"
  touch "$folder/.complete"
fi
echo "$PWD/$folder"
