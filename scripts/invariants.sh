#!/usr/bin/env bash
# What must hold whatever happens, tried with the release binary on the samples: the same bytes in
# any order and with any number of workers, nothing new from a second reading or from kairos's own
# output, and the same snapshot after runs that were killed.
# usage: invariants.sh KAIROS
set -euo pipefail
cd "$(dirname "$0")/.."
kairos=$1
repository=$PWD
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
sample=$PWD/samples/refactor-and-contradiction
sessions=("$sample"/input/sessions/*)
failures=0

check() { # NAME EXPECTED ACTUAL
  if [ "$2" = "$3" ]; then echo "ok      $1"; else
    echo "FAILED  $1: expected $2, got $3"
    failures=$((failures + 1))
  fi
}

project() { # NAME: a fresh project in $root/NAME/project, current folder after the call
  mkdir -p "$root/$1"
  bash "$repository/scripts/sample-project.sh" "$sample" "$root/$1/project"
  cd "$root/$1/project"
  "$kairos" init --quiet >/dev/null
}

workspaces() {
  for revision in $(git rev-list --reverse HEAD); do
    "$kairos" ingest . --commit "$revision" --quiet
  done
}

finish() { # the rest of the chain; prints id and digest of the newest snapshot
  "$kairos" extract --quiet "$@"
  "$kairos" consolidate --quiet
  "$kairos" snapshot create --quiet >/dev/null
  local newest
  newest=$(ls .kairos/snapshots/*.tar.zst | tail -n 1)
  echo "$(basename "$newest") $(sha256sum <"$newest")"
}

project first
workspaces
"$kairos" ingest "${sessions[@]}" --quiet
first=$(finish)

"$kairos" ingest "${sessions[@]}" --quiet
check "everything ingested again" "$first" "$(finish)"

project reversed
for session in $(printf '%s\n' "${sessions[@]}" | sort -r); do
  "$kairos" ingest "$session" --quiet
done
workspaces
check "files in another order" "$first" "$(finish)"

for workers in 1 4; do
  project "workers-$workers"
  workspaces
  "$kairos" ingest "${sessions[@]}" --workers "$workers" --quiet
  check "$workers workers" "$first" "$(finish --workers "$workers")"
done

# The exported memory, read by an agent in a later session, is no evidence.
cd "$root/first/project"
before=$("$kairos" facts --format jsonl | sha256sum)
"$kairos" export --target agents-md --quiet >/dev/null
text=$(python3 -c 'import json,sys; print(json.dumps(sys.stdin.read()))' <AGENTS.md)
cat >../echo.jsonl <<EOF
{"parentUuid":null,"isSidechain":false,"userType":"external","cwd":"/home/ana/lantern","sessionId":"f6f6f6f6-0000-4000-8000-000000000001","version":"2.1.30","gitBranch":"main","type":"user","message":{"role":"user","content":$text},"uuid":"f6f6f6f6-0000-4000-8000-000000000002","timestamp":"2026-03-10T09:00:00.000Z"}
EOF
"$kairos" ingest ../echo.jsonl --quiet
finish >/dev/null
check "own output read back" "$before" "$("$kairos" facts --format jsonl | sha256sum)"

# Killed at ten moments, then run to the end. Every job has a process group of its own.
set -m
for moment in 1 2 3 4 5 6 7 8 9 10; do
  project "killed-$moment"
  (
    workspaces
    "$kairos" ingest "${sessions[@]}" --quiet
    finish >/dev/null
  ) >/dev/null 2>&1 &
  victim=$!
  sleep "0.0$((RANDOM % 90 + 10))"
  kill -KILL -- "-$victim" 2>/dev/null || true
  wait "$victim" 2>/dev/null || true
  while kill -0 -- "-$victim" 2>/dev/null; do sleep 0.01; done
  workspaces
  "$kairos" ingest "${sessions[@]}" --quiet
  check "killed and run again ($moment)" "$first" "$(finish)"
done

# A store made anew: from what is left of the old one, from the event log and the snapshot alone, and
# after a rebuild that was killed.
project rebuilt
workspaces
"$kairos" ingest "${sessions[@]}" --quiet
finish >/dev/null
"$kairos" doctor --rebuild --quiet >/dev/null
check "rebuilt from a sound store" "$first" "$(finish)"
head -c 4096 /dev/zero | dd of=.kairos/kairos.db conv=notrunc status=none
rm -f .kairos/kairos.db-wal .kairos/kairos.db-shm
"$kairos" doctor --rebuild --quiet >/dev/null || true
check "rebuilt without anything of the old store" "$first" "$(finish)"
"$kairos" doctor --rebuild "${sessions[@]}" --quiet >/dev/null
for moment in 1 2 3 4 5; do
  "$kairos" doctor --rebuild --quiet >/dev/null 2>&1 &
  victim=$!
  sleep "0.0$((RANDOM % 90 + 10))"
  kill -KILL -- "-$victim" 2>/dev/null || true
  wait "$victim" 2>/dev/null || true
  "$kairos" doctor --rebuild --quiet >/dev/null
  check "rebuild killed and run again ($moment)" "$first" "$(finish)"
done

[ "$failures" -eq 0 ] || exit 1
