"""How long a whole store takes to leave, come back, be searched and backed up, and its memory.

Each row is a process of its own, so that its peak is its own. The assessments differ in their
answers and have no history but their first lines.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import subject
from benchmarks.figures import table
from benchmarks.results import note
from procurement_risk.assessment import Answer, AnswerSet, Assessment, Purchase, Supplier
from procurement_risk.exports import json_record
from procurement_risk.exports.gather import gather
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
    with tempfile.TemporaryDirectory() as place:
        bench = _Bench(Path(place))
        _fill(bench.full)
        bench.alone()
        bench.command("export as records", "full", *AS_RECORDS, "-o", "records.zip")
        bench.command("import them", "empty", "import", "records.zip")
        bench.command("export them again", "empty", *AS_RECORDS, "-o", "again.zip")
        bench.command("export as audit packs", "full", *AS_PACKS, "-o", "packs.zip")
        bench.command("check them", "full", "verify", "packs.zip")
        bench.command("find a word in all of it", "full", "find", "triage")
        bench.command("find one of them", "full", "find", f"benchmark-{NUMBER // 2:05}")
        bench.command("look for a person everywhere", "full", "person", "Zoë Quill")
        bench.command("back up", "full", "backup", "kept.backup")
        bench.command("restore", "restored", "restore", "kept.backup")
        same = len({(bench.folder / name).read_bytes() for name in ("records.zip", "again.zip")})
    titles = ("", "s", "ms each", "peak MiB", "file MiB", "× json alone", "× file copy")
    return (
        f"{NUMBER:,} assessments of the core questionnaire, every question answered; SQLite; by "
        f"the command line, its start included. What came back was exported again: "
        f"{'the same bytes' if same == 1 else 'OTHER BYTES'}. *json alone* reads and writes as "
        "many whole records with the standard library; *file copy* copies the file and waits "
        f"until it is on the disk.\n\n{table(titles, bench.rows)}"
    )


AS_RECORDS = ("export", "--all", "--format", "json")
AS_PACKS = ("export", "--all", "--format", "audit-pack")


class _Bench:
    """One run: a folder, the rows so far, and what they are measured against."""

    def __init__(self, folder):
        self.folder, self.full = folder, folder / "full.sqlite3"
        self.rows = []

    def alone(self):
        """Measure what the ratios divide by: json for as many records, and a copy of the file."""
        store = open_store(f"sqlite:///{self.full}")
        try:
            ids = [f"benchmark-{place:05}" for place in range(min(NUMBER, 100))]
            texts = [json_record.write([each]) for each in gather(store, ids)]
        finally:
            store.close()
        begun = time.perf_counter()
        for place in range(NUMBER):
            json.dumps(json.loads(texts[place % len(texts)]), sort_keys=True)
        self.json = time.perf_counter() - begun
        begun = time.perf_counter()
        copy = Path(shutil.copyfile(self.full, self.folder / "copy.sqlite3"))
        with copy.open("rb+") as file:
            os.fsync(file.fileno())
        self.copy = time.perf_counter() - begun
        size = f"{copy.stat().st_size / 2**20:.1f}"
        self.rows.append(self._row("json alone", self.json, "", ""))
        self.rows.append(self._row("copy of the database file", self.copy, "", size))

    def command(self, title, database, *arguments):
        """Run one command on one of the databases, in a process of its own; add its row."""
        at = [str(self.folder / each) if each.endswith(FILES) else each for each in arguments]
        begun = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", PEAK, *at],
            cwd=ROOT,
            env={**os.environ, "PROCUREMENT_RISK_DATABASE": self._address(database)},
            capture_output=True,
            text=True,
            check=True,
        )
        took = time.perf_counter() - begun
        peak = f"{int(done.stdout.rpartition('peak ')[2]) / 1024:.0f}"
        named = [Path(each) for each in at if each.endswith(FILES)]
        size = f"{named[0].stat().st_size / 2**20:.1f}" if named else ""
        self.rows.append(self._row(title, took, peak, size))
        note("exchange", f"{title}, × json alone", took / self.json)

    def _address(self, name):
        return f"sqlite:///{self.folder / name}.sqlite3"

    def _row(self, title, took, peak, size):
        ratios = (f"{took / alone:.1f}" for alone in (self.json, self.copy))
        return title, f"{took:.1f}", f"{1000 * took / NUMBER:.1f}", peak, size, *ratios


FILES = (".zip", ".backup")


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
