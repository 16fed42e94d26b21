#!/usr/bin/env python3
"""Suite 1: streams with a hidden truth, the figures beside those of the reference method.

usage: simulated.py KAIROS SIMULATE.py WORK_DIR [--keys N] [--seeds 1,2,3]
"""
import argparse, json, math, os, subprocess, sys
from memory import Memory, observation_id

# q_acc, ECE, wrong at .95, macro-F1 that the reference reaches (design of consolidation, 6).
REFERENCE = {
    "base": (.793, .041, .064, .750), "few-misconceptions": (.789, .033, .058, .768),
    "hard-unverifiable": (.740, .078, .075, .739), "heavy-echo": (.780, .054, .065, .733),
}
FIGURES = ["q_acc", "ECE", "wrong@.95", "macroF1"]


def measure(kairos, simulate, folder, scenario, seed, keys):
    """The line of figures that the scorer prints, as a dictionary."""
    run = lambda *arguments: subprocess.run(
        [sys.executable, simulate, *arguments], check=True, capture_output=True, text=True).stdout
    os.makedirs(folder, exist_ok=True)
    run("make", folder, "--seed", str(seed), "--keys", str(keys), "--scenario", scenario)
    feed = os.path.join(folder, "observations.jsonl")
    memory = Memory(kairos, os.path.join(folder, "project"), feed=feed)
    label, best = {}, {}
    for claim in memory.claims():
        label.update(claim["labels"])
        rank = (claim["log_odds_q16"], claim["id"])
        subject = claim["slot"]["subject"]
        if claim["polarity"] == "affirmed" and (subject not in best or rank > best[subject][0]):
            best[subject] = (rank, claim["value"])
    labels = {}
    with open(feed, encoding="utf-8") as file:
        for row in map(json.loads, file):
            found = label.get(observation_id(row))
            if found:
                labels.setdefault(row["subject"], {})[row["id"]] = found
    result = os.path.join(folder, "result.jsonl")
    with open(result, "w", encoding="utf-8") as file:
        for subject, ((odds, _), value) in sorted(best.items()):
            share = 1 / (1 + math.exp(-max(min(odds / 65536, 40), -40)))
            file.write(json.dumps({"subject": subject, "value": value,
                                   "confidence_ppm": round(share * 1e6),
                                   "labels": labels.get(subject, {})}) + "\n")
    words = run("score", folder, result).replace("(unverifiable ", "unverifiable ") \
        .replace(")", "").split()
    figures = {name: float(value) for name, value in zip(words[::2], words[1::2])}
    with open(os.path.join(folder, "truth.json"), encoding="utf-8") as file:
        truth = json.load(file)["keys"]
    firm = [fact for fact in memory.facts() if fact["state"] == "firm"]
    right = sum(fact["value"] == truth[fact["subject"]]["value"] for fact in firm)
    figures["firm"] = len(firm) / len(truth)
    figures["right"] = right / len(firm) if firm else float("nan")
    return figures


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("kairos"), parser.add_argument("simulate"), parser.add_argument("work")
    parser.add_argument("--keys", type=int, default=3000)
    parser.add_argument("--seeds", default="1,2,3")
    options = parser.parse_args()
    seeds = [int(seed) for seed in options.seeds.split(",")]
    names = ["q_acc", "unverifiable", "ECE", "Brier", "wrong@.95", "coverage", "macroF1",
             "firm", "right"]
    print(f"suite 1: simulated streams, {options.keys} keys, mean of {len(seeds)} seeds;"
          " in brackets the reference")
    for scenario, reference in REFERENCE.items():
        rows = [measure(options.kairos, options.simulate,
                        os.path.join(options.work, f"{scenario}-{seed}"), scenario, seed,
                        options.keys) for seed in seeds]
        beside = dict(zip(FIGURES, reference))
        cells = []
        for name in names:
            mean = sum(row[name] for row in rows) / len(rows)
            anchor = f" [{beside[name]:.3f}]" if name in beside else ""
            cells.append(f"{name} {mean:.3f}{anchor}")
        print(f"  {scenario:<19}" + "  ".join(cells), flush=True)


main()
