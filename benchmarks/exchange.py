"""What a whole store takes to leave, come back, be searched and backed up, and its memory.

Each row is a command in a process of its own, with whatever processes it starts, and is printed
once it is measured, so that a run that was stopped leaves what it had. The assessments differ in
their answers and have no history but their first lines.

A round of 1,000 takes some five minutes on two quiet cores. For more, so many times longer:

    make bench ARGS=exchange BENCHMARK_EXCHANGE=1000,10000
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
from typing import NamedTuple

import psutil

from benchmarks import subject
from benchmarks.figures import row, table
from benchmarks.results import note
from procurement_risk.assessment import Answer, AnswerSet, Assessment, Purchase, Supplier
from procurement_risk.exports import json_record
from procurement_risk.exports.gather import gather
from procurement_risk.storage import open_store
from tests.support.running import ROOT

NUMBERS = [int(each) for each in os.environ.get("BENCHMARK_EXCHANGE", "1000").split(",")]
TITLES = ("", "s", "CPU s", "ms each", "peak MiB", "file MiB", "× json alone", "× file copy")
ABOUT = (
    "Assessments of the core questionnaire, every question answered; SQLite; by the command line, "
    "its start included. *CPU s* and *peak*, of memory, are those of all processes of the command "
    "together, what they share counted once. *json alone* reads and writes as many whole records "
    "with the standard library, and is compared by CPU; *file copy* copies the file and waits "
    "until it is on the disk, and is compared by the clock."
)


def report():
    """Return what is left to say of the last number, after the rows were printed."""
    print(ABOUT, flush=True)
    for number in NUMBERS:
        with tempfile.TemporaryDirectory() as place:
            print(f"\n{number:,} assessments:\n\n{table(TITLES, [])}", flush=True)
            bench = Bench(Path(place), number)
            fill(bench.full, number)
            bench.alone()
            for step in STEPS:
                bench.command(step)
            print(f"\nWhat came back was exported again: {bench.came()}.", flush=True)
    return ""


class Step(NamedTuple):
    """A command: its row's title, the database it works on, and what it is told."""

    title: str
    database: str
    arguments: tuple[str, ...]


AS_RECORDS = ("export", "--all", "--format", "json", "-o")
AS_PACKS = ("export", "--all", "--format", "audit-pack", "-o")
ONE_PACK = ("benchmark-00010", "--format", "audit-pack", "-o")
STEPS = (
    Step("export as records", "full", (*AS_RECORDS, "records.zip")),
    Step("import the records", "empty", ("import", "records.zip")),
    Step("export them again", "empty", (*AS_RECORDS, "again.zip")),
    Step("check the store", "full", ("verify", "--all")),
    Step("find a word in all of it", "full", ("find", "triage")),
    Step("find one of them", "full", ("find", "benchmark-00010")),
    Step("look for a person everywhere", "full", ("person", "Zoë Quill")),
    Step("back up", "full", ("backup", "kept.backup")),
    Step("check the backup", "full", ("verify", "kept.backup")),
    Step("restore", "restored", ("restore", "kept.backup")),
    Step("move", "another", ("move", "kept.backup")),
    Step("export one audit pack", "full", ("export", *ONE_PACK, "one.zip")),
    Step("export as audit packs", "full", (*AS_PACKS, "packs.zip")),
    Step("check the packs", "full", ("verify", "packs.zip")),
    Step("import the packs", "moved", ("import", "packs.zip")),
)


class Bench:
    """One run: a folder, and what its rows are measured against."""

    def __init__(self, folder, number):
        self.folder, self.number, self.full = folder, number, folder / "full.sqlite3"

    def alone(self):
        """Measure what the ratios divide by: json for as many records, and a copy of the file."""
        store = open_store(self._address("full"))
        try:
            ids = [f"benchmark-{place:05}" for place in range(min(self.number, 100))]
            texts = [json_record.write([each]) for each in gather(store, ids)]
        finally:
            store.close()
        begun, worked = time.perf_counter(), time.process_time()
        for place in range(self.number):
            json.dumps(json.loads(texts[place % len(texts)]), sort_keys=True)
        self.json, took = time.process_time() - worked, time.perf_counter() - begun
        begun, worked = time.perf_counter(), time.process_time()
        copy = Path(shutil.copyfile(self.full, self.folder / "copy.sqlite3"))
        with copy.open("rb+") as file:
            os.fsync(file.fileno())
        self.copy = time.perf_counter() - begun
        self._row("json alone", took, self.json)
        self._row(
            "copy of the database file", self.copy, time.process_time() - worked, size=_mib(copy)
        )

    def command(self, step):
        """Run one command in a process of its own; print its row."""
        at = [str(self.folder / e) if e.endswith(FILES) else e for e in step.arguments]
        at = [sys.executable, "-m", "procurement_risk", *at]
        where = {**os.environ, "PROCUREMENT_RISK_DATABASE": self._address(step.database)}
        begun, peak, worked = time.perf_counter(), 0, {}
        with (self.folder / "said.txt").open("wb") as said:
            done = subprocess.Popen(at, cwd=ROOT, env=where, stdout=said, stderr=said)
            while done.poll() is None:
                peak = max(peak, _look(done.pid, worked))
                time.sleep(0.1)
        took, worked = time.perf_counter() - begun, sum(worked.values())
        if done.returncode:
            sys.exit(f"{step.title}: {(self.folder / 'said.txt').read_text()[-2000:]}")
        named = [Path(each) for each in at if each.endswith(FILES)]
        size = _mib(named[0]) if named else ""
        self._row(step.title, took, worked, f"{peak / 2**20:.0f}", size)
        name = f"{self.number:,}: {step.title}"
        note("exchange", f"{name}, × json alone", worked / self.json)
        note("exchange", f"{name}, peak in units of 300 MB", peak / 300e6)
        if ONE_PACK[0] in step.arguments and "export" in step.arguments:
            note("exchange", f"{name}, processor in units of 1.5 s", worked / 1.5)

    def came(self):
        """Return whether the records that were brought in went out as they came."""
        names = ("records.zip", "again.zip")
        same = len({(self.folder / name).read_bytes() for name in names}) == 1
        return "the same bytes" if same else "OTHER BYTES"

    def _address(self, name):
        return f"sqlite:///{self.folder / name}.sqlite3"

    def _row(self, title, took, worked, peak="", size=""):
        figures = f"{took:.1f}", f"{worked:.1f}", f"{1000 * took / self.number:.1f}"
        ratios = f"{worked / self.json:.1f}", f"{took / self.copy:.1f}"
        print(row((title, *figures, peak, size, *ratios)), flush=True)


FILES = (".zip", ".backup")


def _mib(file):
    return f"{file.stat().st_size / 2**20:.1f}"


def _look(number, worked):
    """Return the bytes that a process and all below it have, what they share counted once.

    ``worked`` gets the CPU seconds of each so far, by its number.
    """
    total = 0
    with suppress(psutil.NoSuchProcess):
        top = psutil.Process(number)
        for each in (top, *top.children(recursive=True)):
            with suppress(psutil.Error, OSError):
                total += _bytes(each)
                spent = each.cpu_times()
                worked[each.pid] = spent.user + spent.system
    return total


def _bytes(process):
    shares = Path(f"/proc/{process.pid}/smaps_rollup")
    if not shares.exists():
        return process.memory_info().rss
    found = [
        line.split()[1] for line in shares.read_text().splitlines() if line.startswith("Pss:")
    ]
    return 1024 * int(found[0]) if found else 0


def fill(database, number):
    """Make so many assessments in a new database."""
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
