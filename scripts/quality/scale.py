#!/usr/bin/env python3
"""Consolidation at scale: time and peak memory for growing numbers of observations.

usage: scale.py KAIROS WORK_DIR [COUNT …]   (default 10000 100000; the bar is 10000000)

Ten observations for each slot on average, in random order, of all kinds of witnesses. Prints the
CPU time of `kairos consolidate`, and the exponent by which it grows with the number of
observations (1 is linear).
"""
import json, math, os, random, resource, shutil, subprocess, sys, time

KINDS = ["tool", "human", "assistant", "assistant", "assistant-hedged", "workspace"]


def generate(path, count):
    chance = random.Random(1)
    slots = max(count // 10, 1)
    with open(path, "w", encoding="utf-8") as file:
        for number in range(count):
            slot, day = chance.randrange(slots), chance.randrange(336)
            value = "v%d" % (slot % 7 if chance.random() < .8 else chance.randrange(7))
            file.write(json.dumps({
                "id": f"o{number}", "kind": KINDS[chance.randrange(len(KINDS))],
                "at": f"2025-{day // 28 + 1:02}-{day % 28 + 1:02}T10:00:00Z",
                "session": f"s{chance.randrange(1000)}", "subject": f"key{slot}",
                "predicate": "value", "value": value}) + "\n")


def measure(binary, folder, *arguments):
    start, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    pid = subprocess.Popen([binary, *arguments], cwd=folder, stdout=subprocess.DEVNULL).pid
    _, status, usage = os.wait4(pid, 0)
    if status:
        raise SystemExit(f"kairos {' '.join(arguments)} failed")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - start, usage.ru_maxrss / 1024


def main():
    binary, work = os.path.abspath(sys.argv[1]), os.path.join(sys.argv[2], "scale")
    print("scale: consolidate, ten observations a slot [10 million: 180 s, 1500 MB]")
    last = None
    for count in [int(text) for text in sys.argv[3:]] or [10_000, 100_000]:
        shutil.rmtree(work, ignore_errors=True)
        os.makedirs(work)
        generate(os.path.join(work, "feed.jsonl"), count)
        measure(binary, work, "init", "--project", "dir:scale", "--quiet")
        ingest = measure(binary, work, "ingest", "feed.jsonl", "--as", "observations", "--quiet")
        cpu, wall, peak = measure(binary, work, "consolidate", "--quiet")
        growth = f"  exponent {math.log(cpu / last[1]) / math.log(count / last[0]):.2f}" \
            if last else ""
        print(f"  {count:>9} observations: ingest {ingest[0]:.1f} CPU s {ingest[2]:.0f} MB,"
              f" consolidate {cpu:.1f} CPU s, {wall:.1f} s, {peak:.0f} MB{growth}", flush=True)
        last = (count, cpu)


main()
