#!/usr/bin/env python3
"""Kills and failing disks at the write points of every command, with the built program.

usage: faults.py KAIROS [--points N] [--kinds kill,ENOSPC,…]

Each command runs once to count its write points (calls that write, rename, sync, open for writing,
link, remove or truncate in the memory or the export). Then, for N of them (all, when there are no
more) and each kind of fault, it starts from the same state with that fault at that point. It must
end as killed or with a code of its own, never crash; the snapshots before it must be whole; and when
it is run again without faults, what comes out must be what an undisturbed run gives, to the byte.

Then: full, read-only and foreign places, little memory, many runs at once, a dead holder's lock.
"""

import hashlib
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SAMPLE = HERE.parent / "samples" / "codex-fix"
KINDS = ["kill", "EIO", "ENOSPC", "EINTR", "short", "full"]
# What the table of exit codes allows; a crash is a signal or another number.
CODES = {0, 1, 3, 64, 65, 66, 70, 73, 74, 75, 78}


class Harness:
    def __init__(self, kairos, root, points, kinds):
        self.kairos, self.root = kairos, pathlib.Path(root)
        self.points, self.kinds = points, kinds
        self.project = self.root / "project"
        self.failures = []
        self.faults = self.kills = 0
        self.shim = self.root / "fault.so"
        subprocess.run([os.environ.get("CC", "cc"), "-shared", "-fPIC", "-O1", "-o", self.shim,
                        HERE / "faults" / "fault.c", "-ldl"], check=True)

    def run(self, *arguments, **settings):
        environment = {"HOME": str(self.root), "PATH": "/usr/bin:/bin", "LC_ALL": "C"}
        environment |= settings
        return subprocess.run([self.kairos, *arguments], cwd=self.project, env=environment,
                              stdin=subprocess.DEVNULL, capture_output=True)

    def faulty(self, arguments, at, kind):
        settings = {"LD_PRELOAD": str(self.shim), "FAULT_UNDER": str(self.project),
                    "FAULT_AT": str(at), "FAULT_DO": "ENOSPC" if kind == "full" else kind}
        if kind == "full":
            settings["FAULT_STAYS"] = "1"
        return self.run(*arguments, **settings)

    def count(self, arguments):
        count = self.root / "count"
        self.run(*arguments, LD_PRELOAD=str(self.shim), FAULT_UNDER=str(self.project),
                 FAULT_AT="0", FAULT_COUNT=str(count))
        return int(count.read_text())

    def keep(self, name):
        shutil.rmtree(self.root / name, ignore_errors=True)
        shutil.copytree(self.project, self.root / name, symlinks=True)

    def back(self, name):
        shutil.rmtree(self.project)
        shutil.copytree(self.root / name, self.project, symlinks=True)

    def fail(self, what):
        self.failures.append(what)
        print("FAILED  " + what)

    def outcome(self):
        """Digest of everything that a run leaves for others: snapshots, facts, the export."""
        self.run("extract", "--quiet")
        self.run("consolidate", "--quiet", "--allow-loss")
        self.run("snapshot", "create", "--quiet", "--allow-loss")
        digest = hashlib.sha256(self.run("facts", "--state", "all", "--format", "jsonl").stdout)
        kept = sorted((self.project / ".kairos" / "snapshots").glob("*.tar.*"))
        for path in kept + [self.project / "AGENTS.md", self.project / "out.kairos.tar.zst"]:
            if path.exists():
                digest.update(path.name.encode() + path.read_bytes())
        return digest.hexdigest()

    def snapshots(self):
        return {p.name: p.read_bytes()
                for p in (self.project / ".kairos" / "snapshots").glob("*.tar.*")}

    def attack(self, name, arguments, drops=False, ends=(0, 1)):
        """`drops`: the command takes snapshots away. `ends`: codes of a second run."""
        self.keep("before")
        count = self.count(arguments)
        expected = self.outcome()
        chosen = sorted({1 + round(i * (count - 1) / max(1, min(self.points, count) - 1))
                         for i in range(min(self.points, count))}) if count else []
        bad = len(self.failures)
        for kind in self.kinds:
            for at in chosen:
                self.back("before")
                old = self.snapshots()
                done = self.faulty(arguments, at, kind)
                place = f"{name}: {kind} at write point {at} of {count}"
                self.judge(place, kind, done)
                new = self.snapshots()
                if not drops and any(new.get(n) != b for n, b in old.items()):
                    self.fail(place + ": an earlier snapshot has changed")
                again = self.run(*arguments)
                if again.returncode not in ends:
                    self.fail(f"{place}: the next run ends with {again.returncode}: "
                              + again.stderr.decode()[:300])
                elif self.outcome() != expected:
                    self.fail(place + ": another result")
                if list((self.project / ".kairos").rglob("*.partial")):
                    self.fail(place + ": a half-written file is left")
        state = "ok     " if bad == len(self.failures) else "FAILED "
        print(f"{state} {name}: {count} write points, {len(chosen) * len(self.kinds)} faults",
              flush=True)
        self.back("before")
        self.run(*arguments)

    def judge(self, place, kind, done):
        if kind == "kill":
            self.kills += 1
            if done.returncode not in (-signal.SIGKILL, *CODES):
                self.fail(f"{place}: ends with {done.returncode}")
            return
        self.faults += 1
        if done.returncode not in CODES:
            self.fail(f"{place}: ends with {done.returncode}: {done.stderr.decode()[:300]}")
        elif done.returncode not in (0, 1) and not done.stderr.strip():
            self.fail(place + ": fails without a word")

    def expect(self, name, isTrue, more=""):
        if isTrue:
            print("ok      " + name, flush=True)
        else:
            self.fail(f"{name} {more}")


def chain(h):
    sessions = sorted(str(p) for p in (SAMPLE / "input" / "sessions").iterdir())
    subprocess.run(["bash", HERE / "sample-project.sh", SAMPLE, h.project], check=True,
                   capture_output=True)
    h.attack("init", ["init", "--project", "dir:x", "--quiet"])
    h.attack("ingest workspace", ["ingest", ".", "--quiet"])
    h.attack("ingest sessions", ["ingest", *sessions, "--quiet"])
    h.attack("extract", ["extract", "--quiet"])
    h.attack("consolidate", ["consolidate", "--quiet"])
    h.attack("snapshot create", ["snapshot", "create", "--quiet"])
    facts = h.run("facts", "--state", "all", "--format", "jsonl").stdout.decode()
    first, *rest = re.findall(r'"id":"(f_\w+)"', facts)
    h.attack("review pin", ["review", "pin", first, "--quiet"])
    if rest:
        h.attack("review reject", ["review", "reject", rest[-1], "--quiet"])
    h.run("snapshot", "create", "--quiet", "--allow-loss")
    h.attack("snapshot tag", ["snapshot", "tag", "latest", "good", "--quiet"])
    h.attack("snapshot restore", ["snapshot", "restore", "1", "--quiet"])
    h.attack("export file", ["export", "--target", "agents-md", "--quiet"])
    h.attack("export bundle", ["export", "--target", "bundle", "--out", "out.kairos.tar.zst",
                               "--quiet"])
    h.attack("import", ["import", "out.kairos.tar.zst", "--quiet"])
    h.attack("snapshot prune", ["snapshot", "prune", "--keep-last", "1", "--quiet"], drops=True)
    h.attack("doctor --rebuild", ["doctor", "--rebuild", "--quiet"])
    if rest:
        h.attack("forget", ["forget", rest[0], "--quiet"], drops=True, ends=(0, 1, 66))


def places(h):
    memory = h.project / ".kairos"
    h.keep("good")
    memory.chmod(0o777)
    h.expect("a memory that others may write to is refused", h.run("facts").returncode == 3)
    memory.chmod(0o700)
    if os.geteuid() == 0:
        os.chown(memory, 12345, 12345)
        h.expect("a memory of somebody else is refused", h.run("facts").returncode == 3)
        os.chown(memory, 0, 0)
        small_disk(h)
    else:
        print("SKIPPED full and read-only disks: only the superuser can mount them")
    h.back("good")
    shell = f"ulimit -v 400000; exec '{h.kairos}' consolidate --quiet"
    done = subprocess.run(["bash", "-c", shell], cwd=h.project, capture_output=True)
    # Out of memory may end a process; what it leaves must be whole.
    h.expect("little memory leaves the memory whole",
             done.returncode is not None and h.run("snapshot", "verify").returncode == 0)
    for runs in (2, 10):
        h.back("good")
        expected = h.outcome()
        h.back("good")
        started = [subprocess.Popen([h.kairos, "ingest", ".", "--quiet"], cwd=h.project,
                                    stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                   for _ in range(runs)]
        ends = [(p.communicate()[1].decode(), p.returncode) for p in started]
        codes = sorted({code for _, code in ends})
        told = all("process" in text for text, code in ends if code == 75)
        h.expect(f"{runs} runs at once: codes {codes}",
                 set(codes) <= {0, 75} and 0 in codes and told and h.outcome() == expected)
    lock = memory / "run.lock"
    dead = subprocess.Popen(["true"])
    dead.wait()
    host = os.uname().nodename
    lock.write_text(f'{{"schema":"kairos.lock/1","pid":{dead.pid},"host":"{host}","birth":0,'
                    '"since":"2026-01-05T12:00:00Z","command":"ingest"}')
    h.expect("a dead holder's lock is taken over", h.run("extract", "--quiet").returncode == 0)


def small_disk(h):
    disk = h.root / "disk"
    disk.mkdir(exist_ok=True)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk],
                      capture_output=True).returncode:
        print("SKIPPED full and read-only disks: mounting is not allowed here")
        return
    project = h.project
    try:
        shutil.copytree(project, disk / "project", symlinks=True)
        h.project = disk / "project"
        before = h.snapshots()
        filler = disk / "filler"
        file = os.open(filler, os.O_WRONLY | os.O_CREAT)
        try:
            while True:
                os.write(file, b"x" * 4096)
        except OSError:
            os.close(file)
        done = h.run("ingest", ".", "--quiet")
        h.expect("a full disk is told", done.returncode in (73, 74) and done.stderr,
                 f"({done.returncode}: {done.stderr.decode()[:200]})")
        done = h.run("export", "--target", "claude-md", "--quiet")
        h.expect("an export to a full disk is told", done.returncode in (73, 74) and done.stderr,
                 f"({done.returncode}: {done.stderr.decode()[:200]})")
        h.expect("a full disk leaves the snapshots", h.snapshots() == before)
        filler.unlink()
        h.expect("with room again it works", h.run("ingest", ".", "--quiet").returncode == 0)
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        done = h.run("ingest", ".", "--quiet")
        h.expect("a read-only disk is told", done.returncode in (73, 74) and done.stderr,
                 f"({done.returncode}: {done.stderr.decode()[:200]})")
    finally:
        h.project = project
        subprocess.run(["umount", disk], capture_output=True)


def main():
    arguments = sys.argv[1:]
    kairos = str(pathlib.Path(arguments[0]).resolve())
    points = int(option(arguments, "--points", "40"))
    kinds = option(arguments, "--kinds", ",".join(KINDS)).split(",")
    with tempfile.TemporaryDirectory(prefix="kairos-faults-") as root:
        h = Harness(kairos, root, points, kinds)
        chain(h)
        places(h)
        print(f"\nfaults injected {h.faults}, kills survived {h.kills}, "
              f"failures {len(h.failures)}")
        return 1 if h.failures else 0


def option(arguments, name, standard):
    return arguments[arguments.index(name) + 1] if name in arguments else standard


if __name__ == "__main__":
    sys.exit(main())
