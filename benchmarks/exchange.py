"""How long a whole store takes to leave and to come back, and how much memory that needs.

Each row is a process of its own, so that its peak is its own. The assessments differ in their
answers and have no history but their first lines.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import subject
from benchmarks.figures import table
from procurement_risk.assessment import Answer, AnswerSet, Assessment, Purchase, Supplier
from procurement_risk.storage import open_store
from tests.support.running import ROOT

NUMBER = int(os.environ.get("BENCHMARK_EXCHANGE", "1000"))
PEAK = (
    "import resource, sys\n"
    "from procurement_risk.cli.main import main\n"
    "try:\n    main(sys.argv[1:], standalone_mode=False)\n"
    "finally:\n    print('peak', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
)


def report():
    """Return the section of the report."""
    rows = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        full, empty = folder / "full.sqlite3", folder / "empty.sqlite3"
        _fill(full)
        rows.append(_row("export as records", full, folder, "export", "--all", "--format", "json"))
        rows.append(_row("import them", empty, folder, "import", given="records.zip"))
        again = _row("export them again", empty, folder, "export", "--all", "--format", "json")
        rows.append(again)
        same = (folder / "records.zip").read_bytes() == (folder / "again.zip").read_bytes()
        packs = ("export", "--all", "--format", "audit-pack")
        rows.append(_row("export as audit packs", full, folder, *packs))
        rows.append(_row("check them", full, folder, "verify", given="packs.zip"))
    titles = ("", "s", "ms each", "peak MiB", "file MiB")
    return (
        f"{NUMBER:,} assessments of the core questionnaire, every question answered; SQLite; by "
        f"the command line, its start included. What came back was exported again: "
        f"{'the same bytes' if same else 'OTHER BYTES'}.\n\n{table(titles, rows)}"
    )


FILES = {"export as records": "records.zip", "export them again": "again.zip"}


def _row(title, database, folder, *arguments, given=""):
    file = folder / (given or FILES.get(title, "packs.zip"))
    end = (file,) if given else ("-o", file)
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", PEAK, *arguments, *end],
        cwd=ROOT,
        env={**os.environ, "PROCUREMENT_RISK_DATABASE": f"sqlite:///{database}"},
        capture_output=True,
        text=True,
        check=True,
    )
    took = time.perf_counter() - begun
    peak = int(done.stdout.rpartition("peak ")[2]) / 1024
    size = file.stat().st_size / 2**20
    return title, f"{took:.1f}", f"{1000 * took / NUMBER:.1f}", f"{peak:.0f}", f"{size:.1f}"


def _fill(database):
    asked = subject.framework()
    chances = random.Random(2026)
    store = open_store(f"sqlite:///{database}")
    try:
        for place in range(NUMBER):
            store.create(_assessment(asked, place, chances), asked, subject.ACTOR)
    finally:
        store.close()


def _assessment(asked, place, chances):
    answers = {
        question.id: Answer(
            options=(chances.choice(question.options).id,),
            evidence=f"E{chances.randrange(5)}",
            note=f"Looked at on day {chances.randrange(1000)}.",
        )
        for question in asked.by_id.values()
    }
    return Assessment(
        id=f"benchmark-{place:05}",
        purchase=Purchase(id=f"purchase-{place // 3}", title="Case triage", buyer="A council"),
        supplier=Supplier(name=f"Supplier {place % 97}"),
        answer_set=AnswerSet(as_of="2026-11-23", answers=answers),
        fictional=True,
        created_at="2026-11-23",
        created_by=subject.ACTOR,
    )
