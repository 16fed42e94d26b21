#!/usr/bin/env bash
# Consolidation on simulated streams whose truth is known, through the binary itself.
# usage: SHARED=DIR [KEYS=N] [SEED=N] bench-quality.sh KAIROS
set -euo pipefail
cd "$(dirname "$0")/.."
here=$PWD
kairos=$1
skip() { echo "bench-quality SKIPPED: $1"; exit 0; }
command -v python3 >/dev/null || skip "python3, which runs the scorer, is not installed"
shared=$(cd "$SHARED" 2>/dev/null && pwd) || skip "the folder SHARED ($SHARED) does not exist"
simulate=$shared/eval/simulate_observations.py
[ -f "$simulate" ] || skip "there is no eval/simulate_observations.py in $shared"
python3 -c 'import numpy, scipy' 2>/dev/null \
  || skip "the simulator needs numpy and scipy (python3 -m pip install numpy scipy)"
export PYTHONDONTWRITEBYTECODE=1

for scenario in base few-misconceptions hard-unverifiable heavy-echo; do
  work=.build-eval/quality/$scenario
  rm -rf "$work"
  mkdir -p "$work/project"
  python3 "$simulate" make "$work" --seed "${SEED:-1}" --keys "${KEYS:-3000}" \
    --scenario "$scenario" >/dev/null
  (
    cd "$work/project"
    "$kairos" init --project dir:simulated --quiet >/dev/null
    "$kairos" ingest ../observations.jsonl --as observations --quiet
    "$kairos" extract --quiet
    "$kairos" consolidate --quiet
    "$kairos" facts --state all --format jsonl >../facts.jsonl
  )
  python3 "$here/scripts/current-values.py" "$work/facts.jsonl" >"$work/result.jsonl"
  printf '%-20s ' "$scenario"
  python3 "$simulate" score "$work" "$work/result.jsonl"
done
