#!/usr/bin/env python3
"""Suite 3: facts that change. The newest value must be kept, the old one retired, and nothing
else may go.

usage: updates.py KAIROS DATA_DIR WORK_DIR

FactConsolidation 6K: numbered facts about named things, later numbers are newer; the questions of
one hop are asked by their templates. MQuAKE-hard: an old and a new value for each fact, told by
people at two times, in shuffled order, with copied messages and hedged guesses of other values;
a third of the things never changes.
"""
import json, os, random, re, sys
from memory import Memory, current


def say(number, day, kind, subject, predicate, value, **more):
    date = f"{2024 + day // 336}-{day % 336 // 28 + 1:02}-{day % 28 + 1:02}T08:00:00Z"
    return {"id": f"m{number}", "at": date, "kind": kind, "session": f"s{number}",
            "subject": subject, "predicate": predicate, "value": value, **more}


def patterns(templates):
    """(regular expression, relation) of every template, longest first."""
    found = []
    for relation, text in templates.items():
        parts = [re.escape(part) for part in re.split(r"\[X\]|__", text)]
        marks = re.findall(r"\[X\]|__", text)
        names = {"[X]": "(?P<subject>.+)", "__": "(?P<value>.+?)"}
        body = parts[0] + "".join(names[m] + p for m, p in zip(marks, parts[1:]))
        found.append((len(text), re.compile("^" + body + r"\.?$"), relation))
    return [(regex, relation) for _, regex, relation in sorted(found, key=lambda x: -x[0])]


def parse(text, forms):
    for regex, relation in forms:
        match = regex.match(text)
        if match:
            return relation, match.groupdict()
    return None, None


def judge(memory, newest, older):
    """Counts over slots: kept, wrong, old values not retired, unchanged things that were retired."""
    facts = memory.facts()
    answers = {}
    state = {}
    for fact in facts:
        slot = (fact["subject"], fact["predicate"])
        state[slot, fact["value"]] = fact
    best = {}
    for fact in facts:
        slot = (fact["subject"], fact["predicate"])
        rank = (fact["state"] not in ("superseded", "rejected"), fact["log_odds_q16"])
        if slot not in best or rank > best[slot][0]:
            best[slot] = (rank, fact)
    kept = sum(best[slot][1]["value"] == value for slot, value in newest.items())
    old = [state[slot, value] for slot, values in older.items() for value in values]
    retired = sum(fact["state"] == "superseded" for fact in old)
    unchanged = [slot for slot in newest if not older.get(slot)]
    collateral = sum(state[slot, newest[slot]]["state"] in ("superseded", "rejected")
                     for slot in newest)
    answers = {slot: row[1]["value"] for slot, row in best.items()}
    return kept, len(old), retired, len(unchanged), collateral, answers


def fact_consolidation(kairos, data, work):
    folder, mquake = os.path.join(data, "factconsolidation_6k"), os.path.join(data, "mquake_hard")
    read = lambda *path: json.load(open(os.path.join(*path), encoding="utf-8"))
    forms = patterns(read(mquake, "cloze_templates.json"))
    asked = patterns(read(mquake, "question_templates.json"))
    rows, newest, older, unread = [], {}, {}, 0
    lines = open(os.path.join(folder, "facts.txt"), encoding="utf-8").read().splitlines()
    for line in lines:
        match = re.match(r"^(\d+)\. (.*)$", line)
        if not match:
            continue
        relation, parts = parse(match[2], forms)
        if not relation or "value" not in parts:
            unread += 1
            continue
        number = int(match[1])
        slot = (parts["subject"], "value." + relation)
        rows.append(say(number, number, "human", slot[0], slot[1], parts["value"]))
        if slot in newest and newest[slot] != parts["value"]:
            older.setdefault(slot, set()).add(newest[slot])
        newest[slot] = parts["value"]
        older.get(slot, set()).discard(parts["value"])
    random.Random(3).shuffle(rows)
    memory = Memory(kairos, os.path.join(work, "consolidation"), rows)
    kept, old, retired, unchanged, collateral, answers = judge(memory, newest, older)
    questions = read(folder, "sh_questions.json")
    right = 0
    for question, accepted in zip(questions, read(folder, "sh_answers.json")):
        said = [answers[parts["subject"], "value." + relation] for regex, relation in asked
                for parts in [(regex.match(question) or re.match("$^", "x"))] if parts
                and (parts["subject"], "value." + relation) in answers]
        right += any(answer in accepted for answer in said)
    print(f"  FactConsolidation 6K  questions {right}/{len(questions)}  newest kept {kept}"
          f"/{len(newest)}  old retired {retired}/{old}  collateral {collateral}"
          f"  ({unread} facts of no known form) [all, 0]")


def mquake(kairos, data, work, seed=1):
    cases = json.load(open(os.path.join(data, "mquake_hard", "MQuAKE-hard.json"), encoding="utf-8"))
    chance, rows, newest, older = random.Random(seed), [], {}, {}
    for case in cases:
        for rewrite in case["requested_rewrite"]:
            slot = (rewrite["subject"], "value." + rewrite["relation_id"])
            old, new = rewrite["target_true"]["str"], rewrite["target_new"]["str"]
            if slot in newest or old == new:
                continue
            changes = chance.random() < 2 / 3
            newest[slot] = new if changes else old
            older[slot] = {old} if changes else set()
            number = len(rows)
            first, second = chance.randrange(0, 150), chance.randrange(200, 330)
            told = [say(number, first, "human", *slot, old)]
            if changes:
                told.append(say(number + 1, second, "human", *slot, new))
            copies = [dict(row, id=row["id"] + "c", content_id=row["id"],
                           session=row["session"] + "-resumed") for row in told
                      if chance.random() < .5]
            guess = chance.choice(cases)["requested_rewrite"][0]["target_true"]["str"]
            decoys = [say(number + 2, chance.randrange(0, 330), "assistant-hedged", *slot, guess)
                      ] if guess not in (old, new) else []
            rows += told + copies + decoys + [None] * 3
    rows = [row for row in rows if row]
    chance.shuffle(rows)
    memory = Memory(kairos, os.path.join(work, "mquake"), rows)
    kept, old, retired, unchanged, collateral, _ = judge(memory, newest, older)
    print(f"  MQuAKE-hard stream    newest kept {kept}/{len(newest)}  old retired {retired}/{old}"
          f"  unchanged {unchanged}  collateral {collateral}  ({len(rows)} lines) [all, 0]")


def main():
    kairos, data, work = sys.argv[1:]
    print("suite 3: facts that change")
    for name, run in [("factconsolidation_6k", fact_consolidation), ("mquake_hard", mquake)]:
        path = os.path.join(data, name)
        if os.path.exists(path):
            run(kairos, data, work)
        else:
            print(f"  {name} skipped: not found at {path}")


main()
