"""How long a whole store takes to leave, come back, be searched and backed up, and its memory.

Each row is a command in a process of its own, with whatever processes it starts. The assessments
differ in their answers and have no history but their first lines.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psutil

from benchmarks import subject
from benchmarks.figures import table
from benchmarks.results import note
from procurement_risk.assessment import Answer, AnswerSet, Assessment, Purchase, Supplier
from procurement_risk.exports import json_record
from procurement_risk.exports.gather import gather
from procurement_risk.storage import open_store
from tests.support.running import ROOT

NUMBERS = [int(each) for each in os.environ.get("BENCHMARK_EXCHANGE", "1000,10000").split(",")]


def report():
    """Return the section of the report."""
    titles = ("", "s", "ms each", "peak MiB", "file MiB", "× json alone", "× file copy")
    about = (
        "Assessments of the core questionnaire, every question answered; SQLite; by the command "
        "line, its start included. *Peak* is the memory of all processes of the command together, "
        "what they share counted once. *json alone* reads and writes as many whole records with "
        "the standard library; *file copy* copies the file and waits until it is on the disk."
    )
    parts = (_part(number, titles) for number in NUMBERS)
    return "\n\n".join([about, *parts])


def _part(number, titles):
    with tempfile.TemporaryDirectory() as place:
        bench = _Bench(Path(place), number)
        _fill(bench.full, number)
        bench.alone()
        bench.command("export as records", "full", *AS_RECORDS, "-o", "records.zip")
        bench.command("import the records", "empty", "import", "records.zip")
        bench.command("export them again", "empty", *AS_RECORDS, "-o", "again.zip")
        bench.command("export as audit packs", "full", *AS_PACKS, "-o", "packs.zip")
        bench.command("check the packs", "full", "verify", "packs.zip")
        bench.command("import the packs", "moved", "import", "packs.zip")
        bench.command("find a word in all of it", "full", "find", "triage")
        bench.command("find one of them", "full", "find", f"benchmark-{number // 2:05}")
        bench.command("look for a person everywhere", "full", "person", "Zoë Quill")
        bench.command("back up", "full", "backup", "kept.backup")
        bench.command("restore", "restored", "restore", "kept.backup")
        same = len({(bench.folder / name).read_bytes() for name in ("records.zip", "again.zip")})
    came = "the same bytes" if same == 1 else "OTHER BYTES"
    return (
        f"{number:,} assessments. What came back was exported again: {came}.\n\n"
        f"{table(titles, bench.rows)}"
    )


AS_RECORDS = ("export", "--all", "--format", "json")
AS_PACKS = ("export", "--all", "--format", "audit-pack")


class _Bench:
    """One run: a folder, the rows so far, and what they are measured against."""

    def __init__(self, folder, number):
        self.folder, self.number, self.full = folder, number, folder / "full.sqlite3"
        self.rows = []

    def alone(self):
        """Measure what the ratios divide by: json for as many records, and a copy of the file."""
        store = open_store(f"sqlite:///{self.full}")
        try:
            ids = [f"benchmark-{place:05}" for place in range(min(self.number, 100))]
            texts = [json_record.write([each]) for each in gather(store, ids)]
        finally:
            store.close()
        begun = time.perf_counter()
        for place in range(self.number):
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
        at = [sys.executable, "-m", "procurement_risk", *at]
        where = {**os.environ, "PROCUREMENT_RISK_DATABASE": self._address(database)}
        begun, peak = time.perf_counter(), 0
        with (self.folder / "said.txt").open("wb") as said:
            done = subprocess.Popen(at, cwd=ROOT, env=where, stdout=said, stderr=said)
            while done.poll() is None:
                peak = max(peak, _memory(done.pid))
                time.sleep(0.1)
        took = time.perf_counter() - begun
        if done.returncode:
            sys.exit(f"{title}: {(self.folder / 'said.txt').read_text()[-2000:]}")
        named = [Path(each) for each in at if each.endswith(FILES)]
        size = f"{named[0].stat().st_size / 2**20:.1f}" if named else ""
        self.rows.append(self._row(title, took, f"{peak / 2**20:.0f}", size))
        note("exchange", f"{self.number:,}: {title}, × json alone", took / self.json)
        note("exchange", f"{self.number:,}: {title}, peak in units of 300 MB", peak / 300e6)

    def _address(self, name):
        return f"sqlite:///{self.folder / name}.sqlite3"

    def _row(self, title, took, peak, size):
        ratios = (f"{took / alone:.1f}" for alone in (self.json, self.copy))
        return title, f"{took:.1f}", f"{1000 * took / self.number:.1f}", peak, size, *ratios


FILES = (".zip", ".backup")


def _memory(number):
    """Return the bytes that a process and all below it have, what they share counted once."""
    total = 0
    with suppress(psutil.NoSuchProcess):
        top = psutil.Process(number)
        for each in (top, *top.children(recursive=True)):
            with suppress(psutil.Error, OSError):
                total += _bytes(each)
    return total


def _bytes(process):
    shares = Path(f"/proc/{process.pid}/smaps_rollup")
    if not shares.exists():
        return process.memory_info().rss
    found = [
        line.split()[1] for line in shares.read_text().splitlines() if line.startswith("Pss:")
    ]
    return 1024 * int(found[0]) if found else 0


def _fill(database, number):
    asked = subject.framework()
    chances = random.Random(2026)
    store = open_store(f"sqlite:///{database}")
    try:
        for place in range(number):
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
