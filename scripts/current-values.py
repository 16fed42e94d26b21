#!/usr/bin/env python3
"""Fact records → the current value of every subject, as simulate_observations.py scores it.

usage: current-values.py FACTS.jsonl

Of several answers to one question the one with the most log-odds is the current one; answers
that were superseded or rejected only count when there is no other.
"""
import json, sys

best = {}
for line in open(sys.argv[1], encoding="utf-8"):
    fact = json.loads(line)
    if fact["polarity"] != "affirmed":
        continue
    rank = (fact["state"] not in ("superseded", "rejected"), fact["log_odds_q16"], fact["id"])
    if fact["subject"] not in best or rank > best[fact["subject"]][0]:
        best[fact["subject"]] = (rank, fact)
for subject in sorted(best):
    fact = best[subject][1]
    print(json.dumps({"subject": subject, "value": fact["value"],
                      "confidence_ppm": fact["confidence_ppm"]}))
