#!/usr/bin/env python3
"""Suite 6: the history of a repository, replayed. Needs git only.

usage: replay.py KAIROS REPOSITORY WORK_DIR [--steps N] [--revision NAME]

One memory reads the trees of N commits in order and must believe at the end what the last tree
says; another reads the last tree alone, which is the truth. A third of the trees is read again in
another order, which must change nothing. Questions with one answer (versions, dependencies,
settings, modules) are compared exactly.
"""
import argparse, json, os, shutil, subprocess


def kairos(binary, folder, *arguments):
    done = subprocess.run([binary, *arguments], cwd=folder, capture_output=True)
    if done.returncode != 0:
        raise SystemExit(f"kairos {' '.join(arguments)}: {done.stderr.decode()}")
    return done.stdout.decode()


def remember(binary, folder, repository, commits):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    kairos(binary, folder, "init", "--project", "dir:replay", "--quiet")
    for commit in commits:
        kairos(binary, folder, "ingest", repository, "--commit", commit, "--quiet")
    kairos(binary, folder, "extract", "--quiet")
    kairos(binary, folder, "consolidate", "--allow-loss", "--quiet")
    lines = kairos(binary, folder, "facts", "--state", "all", "--format", "jsonl").splitlines()
    return [json.loads(line) for line in lines]


ONE = ("version", "dependency", "module", "setting")


def answers(facts, state="firm"):
    return {(json.dumps(fact["scope"]), fact["subject"], fact["predicate"]): fact["value"]
            for fact in facts if fact["state"] == state and fact["polarity"] == "affirmed"
            and fact["predicate"].split(".")[0] in ONE}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("kairos"), parser.add_argument("repository"), parser.add_argument("work")
    parser.add_argument("--steps", type=int, default=8)
    parser.add_argument("--revision", default="HEAD")
    options = parser.parse_args()
    binary = os.path.abspath(options.kairos)
    log = subprocess.run(
        ["git", "-C", options.repository, "rev-list", "--first-parent", "--reverse",
         options.revision], check=True, capture_output=True, text=True).stdout.split()
    last = len(log) - 1
    picked = sorted({round(last * step / max(options.steps - 1, 1))
                     for step in range(options.steps)})
    commits = [log[index] for index in picked]
    work = os.path.join(options.work, "replay")
    walked = remember(binary, work, options.repository, commits)
    shuffled = remember(binary, work, options.repository, commits[::-1] + commits[::3])
    alone = remember(binary, work, options.repository, commits[-1:])
    truth, belief = answers(alone), answers(walked)
    right = sum(belief.get(slot) == value for slot, value in truth.items())
    stale = sum(slot not in truth for slot in belief)
    wrong = sum(slot in truth and truth[slot] != value for slot, value in belief.items())
    past = {fact["id"] for fact in walked if fact["state"] == "superseded"}
    same = "same" if walked == shuffled else "DIFFERENT"
    print(f"suite 6: replay of {os.path.basename(os.path.realpath(options.repository))},"
          f" {len(commits)} of {len(log)} commits")
    print(f"  answers of the last tree {right}/{len(truth)}  wrong {wrong}  of the past but firm"
          f" {stale}  retired {len(past)}  another order: {same} [all, 0, 0, same]")


main()
