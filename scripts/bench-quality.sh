#!/usr/bin/env bash
# Consolidation on data whose truth is known, through the binary itself. Each suite prints its
# figures with what they are measured against; a suite whose data is absent says so.
# usage: SHARED=DIR [SUITES="1 2 …"] [KEYS=N] [SEEDS=1,2,3] [SPLITS=N]
#        [REPLAY=REPOSITORY] bench-quality.sh KAIROS
set -euo pipefail
cd "$(dirname "$0")/.."
kairos=$(realpath "$1")
skip() { echo "bench-quality SKIPPED: $1"; exit 0; }
command -v python3 >/dev/null || skip "python3, which runs the suites, is not installed"
shared=$(cd "$SHARED" 2>/dev/null && pwd) || skip "the folder SHARED ($SHARED) does not exist"
export PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$PWD/scripts/quality
work=$PWD/.build-eval/quality
mkdir -p "$work"

wanted() { [[ " ${SUITES:-1 2 3 4 6} " == *" $1 "* ]]; }
absent() { echo "suite $1 skipped: not found at $2"; }

unpacked() { # SUITE ARCHIVE: prints the folder with its content, or says that there is none
  local archive=$shared/data/$2.tar.zst folder=$work/data/$2
  if [ ! -f "$archive" ]; then
    absent "$1" "$archive" >&2
    return 1
  fi
  if [ ! -f "$folder/.complete" ]; then
    rm -rf "$folder"
    mkdir -p "$folder"
    zstd -dc --long=27 "$archive" | tar x -C "$folder"
    touch "$folder/.complete"
  fi
  echo "$folder"
}

if wanted 1; then
  simulate=$shared/eval/simulate_observations.py
  if [ ! -f "$simulate" ]; then
    absent 1 "$simulate"
  elif ! python3 -c 'import numpy, scipy' 2>/dev/null; then
    echo "suite 1 skipped: the simulator needs numpy and scipy (python3 -m pip install numpy scipy)"
  else
    python3 scripts/quality/simulated.py "$kairos" "$simulate" "$work/simulated" \
      --keys "${KEYS:-3000}" --seeds "${SEEDS:-1,2,3}"
  fi
fi
if wanted 2 && data=$(unpacked 2 truth-discovery); then
  python3 scripts/quality/truth_discovery.py "$kairos" "$data" "$work/truth" \
    --splits "${SPLITS:-40}"
fi
if wanted 3 && data=$(unpacked 3 language-benchmarks); then
  python3 scripts/quality/updates.py "$kairos" "$data" "$work/updates"
fi
if wanted 4 && data=$(unpacked 4 language-benchmarks); then
  python3 scripts/quality/pairs.py "$kairos" "$data" "$shared/semantics" "$work"
fi
if wanted 6; then
  replay=${REPLAY:-$PWD}
  if git -C "$replay" rev-parse --verify -q HEAD >/dev/null; then
    python3 scripts/quality/replay.py "$kairos" "$replay" "$work"
  else
    absent 6 "$replay"
  fi
fi
echo "suite 7: the invariants are tests (make test, make test-full)"
