#!/usr/bin/env python3
"""Writes transcripts for measuring by repeating the sample sessions with ids of their own.

usage: generate-transcripts.py OUT_DIR MEGABYTES
"""
import glob, os, re, sys

out, megabytes = sys.argv[1], int(sys.argv[2])
root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "samples")
sessions = [open(path, encoding="utf-8").read()
            for path in sorted(glob.glob(os.path.join(root, "*/input/sessions/*.jsonl")))]
os.makedirs(out, exist_ok=True)
written, number = 0, 0
while written < megabytes * 1_000_000:
    number += 1
    lines = []
    # One file holds many turns, as long sessions do.
    for turn in range(60):
        text = sessions[(number + turn) % len(sessions)]
        text = re.sub(r"-0000-4000-8000-0", f"-{number % 65536:04x}-4000-8{turn:03x}-0", text)
        lines.append(re.sub(r"(toolu|msg|call)_", rf"\1_{number}x{turn}_", text))
    # A session has one format.
    kind = {True: [], False: []}
    for text in lines:
        kind['"session_meta"' in text.split("\n", 1)[0]].append(text)
    text = "".join(kind[False])
    with open(os.path.join(out, f"session-{number:05d}.jsonl"), "w", encoding="utf-8") as file:
        file.write(text)
    written += len(text.encode())
print(f"{number} files, {written} bytes")
