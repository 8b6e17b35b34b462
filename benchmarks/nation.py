"""Lists and pages at the size of a nation: what each costs over a store of 100,000.

    python -m benchmarks.nation [NUMBER] [URL] [LOOK …]
    scripts/postgresql bash -c '.venv/bin/python -m benchmarks.nation 100000 \
        "$PROCUREMENT_RISK_TEST_POSTGRES"'

Without URL it is a SQLite file in a folder of its own. A store that is filled already is not
filled again. Each look is a process of its own: the first time, the median of the times that
follow, the processor time of the process and of PostgreSQL for all of them, and its most memory.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import sqlalchemy as sa

from benchmarks.figures import table
from benchmarks.nation_filling import fill
from benchmarks.nation_looks import LOOKS
from procurement_risk.storage import open_store, tables

NUMBER = 100_000
TITLES = ("", "first, ms", "then, ms", "processor, ms", "database, ms", "MiB")


def look(name, url):
    """Return the row of one look."""
    before = _database_ms(url)
    environment = os.environ | {"PROCUREMENT_RISK_DATABASE": url}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.nation_looks", name],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        return name, done.stderr.strip().splitlines()[-1][:200], "", "", "", ""
    first, then, spent, most = json.loads(done.stdout.splitlines()[-1])
    cells = (first, then, spent, _database_ms(url) - before, most)
    return name, *(f"{each:,.0f}" for each in cells)


def _database_ms(url):
    """Return the milliseconds of processor time that PostgreSQL has taken, all its processes."""
    if url.startswith("sqlite"):
        return 0.0
    folder = Path(sa.make_url(url).query["host"]) / "data"
    first = (folder / "postmaster.pid").read_text().split()[0]
    ended = sum(_ticks(first)[:4])  # of itself, and of those that have ended
    return 10.0 * (ended + sum(sum(_ticks(each)[:2]) for each in _children(first)))


def _children(process):
    return Path(f"/proc/{process}/task/{process}/children").read_text().split()


def _ticks(process):
    with contextlib.suppress(FileNotFoundError):
        text = Path(f"/proc/{process}/stat").read_text()
        return [int(each) for each in text.rpartition(")")[2].split()[11:15]]
    return [0]


def main() -> None:
    """Fill the store and look."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER
    with tempfile.TemporaryDirectory(prefix="nation-") as folder:
        url = sys.argv[2] if len(sys.argv) > 2 else f"sqlite:///{folder}/nation.sqlite3"
        begun = time.perf_counter()
        with contextlib.closing(open_store(url)) as store:
            with store.reading() as connection:
                count = sa.select(sa.func.count()).select_from(tables.assessment)
                there = connection.execute(count).scalar()
            if not there:
                fill(store, number)
                print(f"{number:,} assessments in {time.perf_counter() - begun:,.0f} s\n")
        rows = []
        for name in sys.argv[3:] or LOOKS:
            rows.append(look(name, url))
            print(*rows[-1], sep=" | ", file=sys.stderr, flush=True)
    print(table(TITLES, rows))


if __name__ == "__main__":
    main()
