"""Measure, and print a report in Markdown: ``python -m benchmarks.run [scoring clicks …]``.

Nothing here is a test: figures depend on the machine, so the report names it. Its ratios are kept
in ``benchmarks/results/``, and a run says what has changed since the one before.

Each part is measured in five rounds, one after the other, and its ratios stand with their spread.
All of that takes hours; ``BENCHMARK_RUNS=1`` looks once.
"""

import os
import platform
import subprocess
import sys
import time
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import psutil

from benchmarks import results
from tests.support.running import chromium

PARTS = {
    "scoring": "Scoring one assessment",
    "compare": "Comparing six suppliers",
    "clicks": "A click on the Questions page",
    "load": "Many people at once",
    "department": "A department on PostgreSQL, and programs beside it",
    "portfolio": "A portfolio of many assessments",
    "exchange": "A whole store out and in",
    "start": "Starting the app",
    "memory": "What visits leave in memory",
}
RUNS = int(os.environ.get("BENCHMARK_RUNS", "5"))
PACKAGES = ("streamlit", "pandas", "plotly", "jsonschema", "scipy", "sqlalchemy", "playwright")


def main(names):
    """Print the report, part by part as they come."""
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        sys.exit(f"No such part: {', '.join(unknown)}. Choose from: {', '.join(PARTS)}.")
    print(f"# Benchmarks\n\n{_machine()}", flush=True)
    for name in names or PARTS:
        print(f"\n## {PARTS[name]}", flush=True)
        for number in range(1, RUNS + 1):
            begun = time.perf_counter()
            print(f"\nRound {number} of {RUNS}.\n", flush=True)
            print(import_module(f"benchmarks.{name}").report(), flush=True)
            print(f"\nIt took {time.perf_counter() - begun:,.0f} s.", flush=True)
    print(f"\n## Beside the run before\n\n{results.compared()}", flush=True)


def _machine():
    browser = subprocess.run(
        [chromium(), "--version"], capture_output=True, text=True, check=True
    ).stdout.strip()
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"- {_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB; {platform.platform()}\n"
        f"- Python {platform.python_version()}; {browser}\n"
        f"- {', '.join(f'{name} {version(name)}' for name in PACKAGES)}"
    )


def _processor():
    info = Path("/proc/cpuinfo")
    for line in info.read_text().splitlines() if info.exists() else ():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


if __name__ == "__main__":
    main(sys.argv[1:])
