"""Runs kairos on observations of the script's own making and reads back what it believes.

Used by the suites of bench-quality: a memory in a folder that is made anew, fed with one feed.
"""
import hashlib, json, os, shutil, subprocess

PROJECT = "dir:bench"
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def content_id(prefix, parts):
    """An id as kairos makes it: 20 base-32 digits of the SHA-256 of the parts, each ended by 0xff."""
    digest = hashlib.sha256(b"".join(part.encode() + b"\xff" for part in parts)).digest()
    number = int.from_bytes(digest, "big") >> (len(digest) * 8 - 100)
    return prefix + "_" + "".join(ALPHABET[number >> 5 * (19 - i) & 31] for i in range(20))


def observation_id(row):
    """The id of the observation that kairos makes of one line of a feed."""
    slot = "\x1f".join([PROJECT, row.get("path", ""), "", row["subject"], row["predicate"]])
    lineage = row.get("content_id", row["id"])
    return content_id("o", [lineage, "feed", slot, str(row["value"]),
                            row.get("polarity", "affirmed")])


class Memory:
    """One memory in `folder`, consolidated from the lines of one feed."""

    def __init__(self, kairos, folder, rows=None, feed=None):
        self.kairos, self.folder = os.path.abspath(kairos), folder
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        if feed is None:
            feed = os.path.join(folder, "feed.jsonl")
            with open(feed, "w", encoding="utf-8") as file:
                for row in rows:
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")
        self.run("init", "--project", PROJECT, "--quiet")
        self.run("ingest", os.path.abspath(feed), "--as", "observations", "--quiet")
        self.run("consolidate", "--allow-loss", "--quiet")

    def run(self, *arguments):
        done = subprocess.run([self.kairos, *arguments], cwd=self.folder, capture_output=True)
        if done.returncode != 0:
            raise SystemExit(f"kairos {' '.join(arguments)}: {done.stderr.decode()}")
        return done.stdout.decode()

    def facts(self):
        return [json.loads(line) for line in
                self.run("facts", "--state", "all", "--format", "jsonl").splitlines()]

    def claims(self):
        """Reconciled claims, with the label of each observation."""
        return [json.loads(line) for line in
                self.run("consolidate", "--stage", "reconcile", "--format", "jsonl").splitlines()]


def current(facts):
    """The current fact of every subject: of several answers the one with the most log-odds;
    answers that were superseded or rejected only count when there is no other."""
    best = {}
    for fact in facts:
        if fact["polarity"] != "affirmed":
            continue
        rank = (fact["state"] not in ("superseded", "rejected"), fact["log_odds_q16"], fact["id"])
        if fact["subject"] not in best or rank > best[fact["subject"]][0]:
            best[fact["subject"]] = (rank, fact)
    return {subject: best[subject][1] for subject in sorted(best)}
