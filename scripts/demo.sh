#!/usr/bin/env bash
# The main job on a sample: three sessions and two states of one project, and the memory they make.
# usage: demo.sh KAIROS [SAMPLE]
set -euo pipefail
kairos=$1
sample=$(cd "$(dirname "$0")/../samples/${2:-refactor-and-contradiction}" && pwd)
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
step() { printf '\n\033[1m$ %s\033[0m\n' "$*"; }
[ -t 1 ] || step() { printf '\n$ %s\n' "$*"; }
run() { step kairos "$@"; "$kairos" "$@"; }

echo "The sample: $(basename "$sample")"
sed -n '3,/^$/p' "$sample/README.md"
bash "$(dirname "$0")/sample-project.sh" "$sample" "$root/project"
cd "$root/project"
run init
for revision in $(git rev-list --reverse HEAD); do run ingest . --commit "${revision:0:12}"; done
run ingest "$sample/input/sessions"
run extract
run consolidate
run snapshot create
run snapshot verify
run facts --state all
run export --target agents-md
step cat AGENTS.md
cat AGENTS.md
fact=$(sed -n '1p' < <("$kairos" facts --format jsonl) | sed 's/.*"id":"\(f_[a-z0-9]*\)".*/\1/')
run explain "$fact"
echo
echo "Done. Nothing outside a temporary folder was written. In your own project: kairos init &&"
echo "kairos ingest && kairos extract && kairos consolidate && kairos snapshot create."
