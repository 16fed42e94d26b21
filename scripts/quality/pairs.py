#!/usr/bin/env python3
"""Suite 4: pairs of statements. Merging must be precise first: similar is not equal.

usage: pairs.py KAIROS BENCHMARKS_DIR SEMANTICS_DIR WORK_DIR [--show merge|conflict]

Each pair is one question with two answers that people gave on two days. "merged" means that one
claim holds both; "conflict" that one of them was superseded, rejected or sent to review.
"""
import argparse, csv, json, os
from memory import Memory


def judged(kairos, work, pairs):
    """For each pair "merge", "conflict" or "" (they stand side by side)."""
    rows = []
    for number, (_, left, right) in enumerate(pairs):
        for day, text in [(1, left), (2, right)]:
            rows.append({"id": f"p{number}/{day}", "at": f"2026-01-0{day}T09:00:00Z",
                         "kind": "human", "session": f"s{number}/{day}",
                         "subject": f"pair:{number}", "predicate": "statement", "value": text,
                         "statement": text})
    claims = {}
    for claim in Memory(kairos, work, rows).claims():
        claims.setdefault(int(claim["slot"]["subject"].split(":")[1]), []).append(claim)
    result = []
    for number, (_, left, right) in enumerate(pairs):
        found = claims.get(number, [])
        open_ends = [c["disposition"] for c in found if c["disposition"] not in ("none", "keep-both")]
        result.append("merge" if len(found) == 1 and left != right else
                      "conflict" if open_ends else "")
    return result


def score(name, pairs, found, want, verdict, anchor=""):
    """One line: precision and recall of `verdict` for pairs labelled `want`."""
    hits = [label for (label, *_), result in zip(pairs, found) if result == verdict]
    right, wanted = sum(label in want for label in hits), sum(p[0] in want for p in pairs)
    precision = f"{right / len(hits):.3f}" if hits else "  -  "
    print(f"  {name:<24}{verdict:<9} precision {precision}  recall {right / max(wanted, 1):.3f}"
          f"  ({right} of {wanted}, {len(hits) - right} wrong) {anchor}", flush=True)


def tab(path, encoding="utf-8"):
    with open(path, encoding=encoding) as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def main():
    parser = argparse.ArgumentParser()
    for name in ["kairos", "benchmarks", "semantics", "work"]:
        parser.add_argument(name)
    parser.add_argument("--show", default="")
    options = parser.parse_args()
    data = options.benchmarks
    sets = []
    for name in ["pairs.tsv", "pairs2.tsv"]:
        sets.append((name, os.path.join(options.semantics, name),
                     lambda path: [tuple(row[:3]) for row in tab(path) if len(row) > 2],
                     {"P"}, {"C"}, "[.9 precise by cosine at best]"))
    sets.append(("SICK test", os.path.join(data, "sick", "SICK_test_annotated.txt"),
                 lambda path: [(row[4], row[1], row[2]) for row in tab(path)[1:]],
                 {"ENTAILMENT"}, {"CONTRADICTION"}, "[conflict by rule: P .740 R .854]"))
    sets.append(("MSR paraphrase test", os.path.join(data, "msr_paraphrase", "msr-para-test.tsv"),
                 lambda path: [(row[0], row[3], row[4]) for row in tab(path, "utf-8-sig")[1:]],
                 {"1"}, set(), "[cosine at .8: P .891 R .314]"))
    sets.append(("FEVER-Symmetric test",
                 os.path.join(data, "fever_symmetric", "fever_symmetric_test.jsonl"),
                 lambda path: [(row["gold_label"], row["evidence"], row["claim"])
                               for row in map(json.loads, open(path, encoding="utf-8"))],
                 set(), {"REFUTES"}, ""))
    print("suite 4: pairs of statements")
    for name, path, read, same, opposed, anchor in sets:
        if not os.path.exists(path):
            print(f"  {name} skipped: not found at {path}")
            continue
        pairs = read(path)
        found = judged(options.kairos, os.path.join(options.work, "pairs"), pairs)
        if same:
            score(name, pairs, found, same, "merge", anchor if "conflict" not in anchor else "")
        if opposed:
            score(name, pairs, found, opposed, "conflict", anchor if "conflict" in anchor else "")
        if options.show:
            for (label, left, right), result in zip(pairs, found):
                if result == options.show:
                    print("   ", label, "|", left, "|", right)


main()
