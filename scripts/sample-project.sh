#!/usr/bin/env bash
# Lays the workspace states of a sample into a git repository, one commit each, with fixed names
# and times, so that commits have the same ids everywhere.
# usage: sample-project.sh SAMPLE FOLDER
set -euo pipefail
sample=$1
folder=$2
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=Sample GIT_AUTHOR_EMAIL=sample@example.org
export GIT_COMMITTER_NAME=Sample GIT_COMMITTER_EMAIL=sample@example.org
mkdir -p "$folder"
git -c init.defaultBranch=main init -q "$folder"
git -C "$folder" remote add origin "https://git.example.org/samples/$(basename "$sample").git"
for state in "$sample"/input/workspace*; do
  find "$folder" -mindepth 1 -maxdepth 1 ! -name .git ! -name .kairos -exec rm -rf {} +
  cp -R "$state/." "$folder"
  rm -f "$folder/COMMITTED"
  date=$(cat "$state/COMMITTED")
  export GIT_AUTHOR_DATE=$date GIT_COMMITTER_DATE=$date
  git -C "$folder" add -A
  git -C "$folder" -c commit.gpgsign=false -c core.autocrlf=false commit -qm "$(basename "$state")"
done
