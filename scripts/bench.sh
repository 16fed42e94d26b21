#!/usr/bin/env bash
# Throughput and peak memory of reading transcripts, beside a plain read of the same bytes.
# usage: SHARED=DIR [BENCH_MEGABYTES=N] bench.sh KAIROS
set -euo pipefail
cd "$(dirname "$0")/.."
kairos=$1
command -v python3 >/dev/null || { echo "bench SKIPPED: python3 is not installed"; exit 0; }
SHARED=$(cd "${SHARED:-../shared}" 2>/dev/null && pwd || true)
if [ -n "$SHARED" ] && data=$(SHARED=$SHARED bash scripts/eval-data.sh); then
  echo "transcripts of a real project"
else
  data=$PWD/.build-eval/generated
  rm -rf "$data"
  echo "no shared data: transcripts made from the samples by repetition"
  python3 scripts/generate-transcripts.py "$data" "${BENCH_MEGABYTES:-100}"
fi
work=.build-eval/bench
rm -rf "$work"
mkdir -p "$work"
cd "$work"
bytes=$(find "$data" -type f -exec cat {} + | wc -c)
echo "$bytes bytes in $(find "$data" -type f -name '*.jsonl' | wc -l) files"
measure() { python3 ../../scripts/measure.py "$@"; }
"$kairos" init --project dir:bench --quiet >/dev/null
measure "plain read" --bytes "$bytes" sh -c 'find "$1" -type f -exec cat {} + >/dev/null' - "$data"
for workers in 1 2; do
  rm -rf .kairos
  "$kairos" init --project dir:bench --quiet >/dev/null
  measure "ingest, $workers workers" --bytes "$bytes" \
    "$kairos" ingest "$data" --as transcripts --workers "$workers" --quiet
  measure "extract, $workers workers" --bytes "$bytes" \
    "$kairos" extract --workers "$workers" --quiet
done
measure "ingest again" --bytes "$bytes" "$kairos" ingest "$data" --as transcripts --quiet
measure "consolidate" "$kairos" consolidate --quiet
measure "snapshot" "$kairos" snapshot create --quiet >/dev/null
