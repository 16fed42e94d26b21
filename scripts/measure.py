#!/usr/bin/env python3
"""Runs a command and says on stderr what it took.

usage: measure.py LABEL [--bytes N] COMMAND…

Prints wall time, CPU time and peak memory of the command; with --bytes also megabytes per CPU
second. The exit code is the command's.
"""
import resource, subprocess, sys, time

def main():
    label, arguments, size = sys.argv[1], sys.argv[2:], 0
    if arguments[0] == "--bytes":
        size, arguments = int(arguments[1]), arguments[2:]
    start = time.monotonic()
    code = subprocess.call(arguments)
    wall = time.monotonic() - start
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = usage.ru_utime + usage.ru_stime
    # Kilobytes on Linux, bytes on macOS.
    peak = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    rate = f"  {size / 1e6 / cpu:7.1f} MB per CPU second" if size and cpu else ""
    print(f"{label:<22} {wall:7.1f} s  {cpu:7.1f} CPU s  peak {peak:6.0f} MB{rate}", file=sys.stderr)
    return code

sys.exit(main())
