#!/usr/bin/env python3
"""Suite 2: sets of claims by many sources, with a gold answer for some objects.

usage: truth_discovery.py KAIROS DATA_DIR WORK_DIR [--sets flight_nogold,book,…] [--splits N]

Every method gets the same claims. Methods that learn from nothing but the claims: majority,
TruthFinder, ACCU, CRH, Investment, Dawid-Skene (crowd sets). kairos gets them as a feed, without
anchors and with 0.5, 1 and 5 % of the gold answers as what a file says. Accuracy is over the gold
objects that are no anchors.
"""
import argparse, collections, csv, math, os, random
from memory import Memory, current

SETS = ["flight_nogold", "flight", "book", "birthplaces", "heritages"]
AT, LATER = "2026-01-10T00:00:00Z", "2026-01-11T00:00:00Z"


def load(folder):
    """(claims by object: source -> value, gold)"""
    claims = collections.defaultdict(dict)
    name = "claims.csv" if os.path.exists(os.path.join(folder, "claims.csv")) else "answers.csv"
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        head = next(reader)
        column = {name: index for index, name in enumerate(head)}
        source = column.get("source", column.get("worker"))
        thing = column.get("object", column.get("task", column.get("question")))
        value = column.get("value", column.get("label", column.get("answer")))
        for row in reader:
            claims[row[thing]][row[source]] = row[value]
    with open(os.path.join(folder, "truth.csv"), encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        gold = {row[0]: row[1] for row in reader if row and row[0] in claims}
    return claims, gold


def votes(claims):
    """Sources by value for each object."""
    found = {}
    for thing, said in claims.items():
        by = collections.defaultdict(list)
        for source, value in said.items():
            by[value].append(source)
        found[thing] = by
    return found


def best(scores):
    return {thing: max(sorted(by), key=by.get) for thing, by in scores.items()}


def majority(table, claims):
    return best({t: {v: len(s) for v, s in by.items()} for t, by in table.items()})


def by_source(claims):
    said = collections.defaultdict(list)
    for thing, answers in claims.items():
        for source, value in answers.items():
            said[source].append((thing, value))
    return said


def truthfinder(table, claims, rounds=10, gamma=.3):
    said, trust = by_source(claims), collections.defaultdict(lambda: .8)
    for _ in range(rounds):
        tau = {s: -math.log(max(1 - trust[s], 1e-9)) for s in said}
        score = {t: {v: 1 / (1 + math.exp(-gamma * sum(tau[s] for s in ss)))
                     for v, ss in by.items()} for t, by in table.items()}
        trust = {s: min(sum(score[t][v] for t, v in c) / len(c), 1 - 1e-6) for s, c in said.items()}
    return best(score)


def accu(table, claims, rounds=10, wrong=10):
    said, right = by_source(claims), collections.defaultdict(lambda: .8)
    for _ in range(rounds):
        weight = {s: math.log(wrong * right[s] / (1 - right[s])) for s in said}
        score = {}
        for thing, by in table.items():
            raw = {v: sum(weight[s] for s in ss) for v, ss in by.items()}
            top = max(raw.values())
            other = max(wrong + 1 - len(raw), 0) * math.exp(max(-top, -700))
            whole = sum(math.exp(max(x - top, -700)) for x in raw.values()) + other
            score[thing] = {v: math.exp(max(x - top, -700)) / whole for v, x in raw.items()}
        right = {s: min(max(sum(score[t][v] for t, v in c) / len(c), .01), .99)
                 for s, c in said.items()}
    return best(score)


def crh(table, claims, rounds=10):
    said, weight = by_source(claims), collections.defaultdict(lambda: 1.0)
    for _ in range(rounds):
        score = {t: {v: sum(weight[s] for s in ss) for v, ss in by.items()}
                 for t, by in table.items()}
        answer = best(score)
        loss = {s: (sum(answer[t] != v for t, v in c) + .5) / (len(c) + 1) for s, c in said.items()}
        whole = sum(loss.values())
        weight = {s: -math.log(loss[s] / whole) for s in said}
    return answer


def investment(table, claims, rounds=10, growth=1.2):
    said, trust = by_source(claims), collections.defaultdict(lambda: 1.0)
    for _ in range(rounds):
        stake = {s: trust[s] / len(c) for s, c in said.items()}
        pool = {t: {v: sum(stake[s] for s in ss) for v, ss in by.items()} for t, by in table.items()}
        score = {t: {v: x ** growth for v, x in by.items()} for t, by in pool.items()}
        trust = {s: sum(score[t][v] * stake[s] / pool[t][v] for t, v in c) for s, c in said.items()}
        top = max(trust.values())
        trust = {s: max(x / top, 1e-9) for s, x in trust.items()}
    return best(score)


def dawid_skene(table, claims, rounds=20):
    said = by_source(claims)
    labels = sorted({v for by in table.values() for v in by})
    belief = {t: {v: len(by.get(v, ())) / sum(map(len, by.values())) for v in labels}
              for t, by in table.items()}
    for _ in range(rounds):
        prior = {v: (sum(b[v] for b in belief.values()) + 1e-3) / len(belief) for v in labels}
        confusion = {}
        for source, answers in said.items():
            counts = {v: collections.defaultdict(lambda: .01) for v in labels}
            for thing, value in answers:
                for v in labels:
                    counts[v][value] += belief[thing][v]
            confusion[source] = {v: {w: counts[v][w] / (sum(counts[v].values()) + .01 * len(labels))
                                     for w in labels} for v in labels}
        for thing, answers in claims.items():
            raw = {v: math.log(prior[v]) + sum(math.log(confusion[s][v][w])
                                               for s, w in answers.items()) for v in labels}
            top = max(raw.values())
            whole = sum(math.exp(x - top) for x in raw.values())
            belief[thing] = {v: math.exp(x - top) / whole for v, x in raw.items()}
    return best(belief)


METHODS = [("majority", majority), ("TruthFinder", truthfinder), ("ACCU", accu), ("CRH", crh),
           ("Investment", investment)]


def accuracy(answers, gold, without=()):
    tested = [thing for thing in gold if thing not in without]
    return sum(answers.get(thing) == gold[thing] for thing in tested) / max(len(tested), 1)


def attribute(thing):
    """Flight objects end with what is asked: a question of its own for every source."""
    tail = thing.rsplit("|", 1)[-1]
    return "value." + tail if thing.count("|") == 2 and tail.isalpha() else "value"


def feed(claims, gold, anchors):
    for number, thing in enumerate(sorted(claims)):
        question = {"subject": thing, "predicate": attribute(thing)}
        for source, value in sorted(claims[thing].items()):
            yield {"id": f"{number}/{source}", "at": AT, "kind": "tool", "session": source,
                   "speaker": source, "value": value, **question}
        if thing in anchors:
            yield {"id": f"{number}/gold", "at": LATER, "kind": "workspace",
                   "value": gold[thing], **question}


def believe(kairos, folder, claims, gold, anchors):
    return current(Memory(kairos, folder, feed(claims, gold, anchors)).facts())


def compare(kairos, data, work, name, shares):
    claims, gold = load(os.path.join(data, name))
    table = votes(claims)
    methods = METHODS + ([("Dawid-Skene", dawid_skene)] if name.startswith("crowd") else [])
    cells = [f"{label} {accuracy(method(table, claims), gold):.3f}" for label, method in methods]
    for share in shares:
        anchors = set(random.Random(7).sample(sorted(gold), round(len(gold) * share / 100)))
        facts = believe(kairos, os.path.join(work, "set"), claims, gold, anchors)
        answers = {thing: fact["value"] for thing, fact in facts.items()}
        cells.append(f"kairos/{share:g}% {accuracy(answers, gold, anchors):.3f}")
    print(f"  {name.replace('fusion/', ''):<19}" + "  ".join(cells), flush=True)


def guarantee(kairos, data, work, name, splits, anchored, tested):
    """Precision of firm facts that no file proves, over random choices of the anchors."""
    claims, gold = load(os.path.join(data, name))
    missed, precisions, coverages = 0, [], []
    for split in range(splits):
        chosen = random.Random(split).sample(sorted(gold), min(anchored + tested, len(gold)))
        anchors = set(chosen[:anchored])
        facts = believe(kairos, os.path.join(work, "split"), {t: claims[t] for t in chosen}, gold,
                        anchors)
        rest = [thing for thing in chosen if thing not in anchors]
        firm = [t for t in rest if t in facts and facts[t]["state"] == "firm"]
        right = sum(facts[t]["value"] == gold[t] for t in firm)
        coverages.append(len(firm) / max(len(rest), 1))
        if firm:
            precisions.append(right / len(firm))
            missed += precisions[-1] < .95
    mean = sum(precisions) / len(precisions) if precisions else float("nan")
    verdict = "abstains" if not precisions else f"precision {mean:.3f}"
    print(f"  {name.replace('fusion/', ''):<19}{verdict}  firm {sum(coverages) / splits:.2f}"
          f"  below .95 in {missed} of {splits} splits ({anchored} anchors) [at most 10 %]",
          flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("kairos"), parser.add_argument("data"), parser.add_argument("work")
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--splits", type=int, default=40)
    options = parser.parse_args()
    crowd = os.path.join(options.data, "crowd")
    print("suite 2: truth discovery, accuracy over gold objects")
    for name in options.sets.split(","):
        path = os.path.join(options.data, "fusion", name)
        if not os.path.exists(path):
            print(f"  {name} skipped: not found at {path}")
            continue
        compare(options.kairos, options.data, options.work, "fusion/" + name, (0, .5, 1, 5))
    for name in sorted(os.listdir(crowd)) if os.path.exists(crowd) and options.splits else []:
        compare(options.kairos, options.data, options.work, "crowd/" + name, (0, 5))
    if options.splits:
        print("suite 2: the guarantee, target .95 with one failure in ten allowed")
    for name, anchored in [("flight_nogold", 600), ("flight_nogold", 2000), ("birthplaces", 600)]:
        if options.splits and os.path.exists(os.path.join(options.data, "fusion", name)):
            guarantee(options.kairos, options.data, options.work, "fusion/" + name,
                      options.splits, anchored, 1000)


if __name__ == "__main__":
    main()
