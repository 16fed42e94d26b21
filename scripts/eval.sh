#!/usr/bin/env bash
# The whole chain on a real project, scored against hand labels.
# usage: SHARED=DIR [EVAL_TREE=DIR] [EVAL_WORKERS=N] eval.sh KAIROS
set -euo pipefail
cd "$(dirname "$0")/.."
kairos=$1
commit=f446dcfc09fda981a5c373a5f47c54363761fa6e
skip() { echo "eval SKIPPED: $1"; exit 0; }

command -v python3 >/dev/null || skip "python3, which runs the scorer, is not installed"
shared=$(cd "$SHARED" 2>/dev/null && pwd) || skip "the folder SHARED ($SHARED) does not exist"
[ -f "$shared/eval/score_memory.py" ] || skip "there is no eval/score_memory.py in $shared"
data=$(SHARED=$shared bash scripts/eval-data.sh) \
  || skip "there is no data/claude-code-entireio-cli.tar.zst in $shared"
tree=${EVAL_TREE:-}
[ -z "$tree" ] || tree=$(cd "$tree" 2>/dev/null && pwd) || {
  echo "EVAL_TREE ($EVAL_TREE) is no folder; name a checkout of github.com/entireio/cli" >&2
  exit 66
}

work=.build-eval/project
rm -rf "$work"
mkdir -p "$work"
cd "$work"
measure() { python3 ../../scripts/measure.py "$@"; }
workers=(${EVAL_WORKERS:+--workers "$EVAL_WORKERS"})
bytes=$(find "$data" -type f -exec cat {} + | wc -c)

"$kairos" init --project git:github.com/entireio/cli --quiet >/dev/null
if [ -z "$tree" ]; then
  echo "no project tree: EVAL_TREE is not set, so nothing can be checked against files."
elif git -C "$tree" cat-file -e "$commit^{commit}" 2>/dev/null; then
  measure "ingest tree" "$kairos" ingest "$tree" --commit "$commit" --quiet
else
  echo "the tree is no repository that has commit ${commit:0:12}: read as it is."
  measure "ingest tree" "$kairos" ingest "$tree" --as workspace --quiet
fi
measure "ingest transcripts" --bytes "$bytes" \
  "$kairos" ingest "$data" --as transcripts --quiet ${workers[@]+"${workers[@]}"}
measure "extract" --bytes "$bytes" "$kairos" extract --quiet ${workers[@]+"${workers[@]}"}
measure "consolidate" "$kairos" consolidate --quiet
measure "snapshot" "$kairos" snapshot create --quiet >snapshot.txt
"$kairos" facts --state all --format jsonl >facts.jsonl
"$kairos" export --target agents-md --out AGENTS.md
"$kairos" export --target markdown --out memory.md --quiet
echo "snapshot $(tail -n 1 snapshot.txt)"
echo "facts in $PWD/facts.jsonl, to be read in $PWD/memory.md"
python3 "$shared/eval/score_memory.py" "$shared/eval/entireio-cli/gold.jsonl" facts.jsonl
