"""Trouble in the middle of saving: what was told to be saved is there, and it recovers by itself.

Two processes behind HAProxy serve one PostgreSQL; programs save by the HTTP interface, as fast as
they are answered. Run it beside a PostgreSQL of its own:

    scripts/postgresql .venv/bin/python -m benchmarks.trouble
"""

import contextlib
import random
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from benchmarks import subject
from benchmarks.behind_a_proxy import NAME, Postgres, installed
from benchmarks.figures import table
from procurement_risk.assessment import AnswerSet, Assessment, Purchase, Supplier
from procurement_risk.storage import open_store
from procurement_risk.storage.people.person import ALL

WRITERS = 8
QUESTIONS = [each.id for each in subject.framework().questions() if each.type == "single"]


class Writer(threading.Thread):
    """Saves one answer after the other in an assessment of its own.

    Attributes:
        told: What it was told to be saved: part, revision and option.
        failed: The statuses of what it was told not to be, 0 where nothing answered.
    """

    def __init__(self, team, name, token):
        super().__init__(daemon=True)
        self.team, self.assessment, self._token = team, name, token
        self.told, self.failed, self.times = [], [], []
        self.over = threading.Event()
        self._chances = random.Random(name)

    def run(self):
        """Save until it is over."""
        asked, revisions = subject.framework(), {}
        while not self.over.is_set():
            question = self._chances.choice(QUESTIONS[:12])
            option = self._chances.choice(asked.by_id[question].options).id
            change = {"value": {"option": option}, "revision": revisions.get(question, 0)}
            status, said = self._save(question, change)
            if status == 200:
                revisions[question] = said["revision"]
                self.told.append((f"answer:{question}", said["revision"], option))
                self.times.append(time.monotonic())
            elif status == 409:  # what nobody told it of was saved all the same
                revisions[question] = said["revision"]
            else:
                self.failed.append(status)
                time.sleep(0.2)

    def saved_since(self, moment):
        """Whether it was told of a save after a moment."""
        return bool(self.times) and self.times[-1] > moment

    def _save(self, question, change):
        path = f"/api/assessments/{self.assessment}/answers/{question}"
        try:
            return self.team.ask(path, self._token, "PUT", change, timeout=30)
        except OSError:
            return 0, b""


@contextlib.contextmanager
def writing(team, postgres, number=WRITERS):
    """Give writers that save until the end."""
    ids = fill(postgres, number)
    with contextlib.closing(open_store(postgres.of(NAME))) as store:
        token = officer(store)
    writers = [Writer(team, name, token) for name in ids]
    for each in writers:
        each.start()
    try:
        yield writers
    finally:
        for each in writers:
            each.over.set()
        for each in writers:
            each.join(60)


def officer(store):
    """Return a token that may answer everywhere."""
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
    return store.make_token("Trial", "officer", ALL, tomorrow, "Trial")


def fill(postgres, number):
    """Make so many assessments and return their ids."""
    stamp = time.monotonic_ns()
    ids = [f"a-{stamp}-{place}" for place in range(number)]
    with contextlib.closing(open_store(postgres.of(NAME))) as store:
        for name in ids:
            purchase = Purchase(id=f"p-{name}", title="Case triage", buyer="A council")
            begun = Assessment(
                id=name,
                purchase=purchase,
                supplier=Supplier(name="A supplier"),
                answer_set=AnswerSet(as_of="2026-11-23"),
            )
            store.create(begun, subject.framework(), "Trial")
    return ids


def lost(postgres, writers):
    """Return what was told to be saved and is not in the history, and what does not verify."""
    missing, faults = [], []
    with contextlib.closing(open_store(postgres.of(NAME))) as store:
        for each in writers:
            faults += store.verify_history(each.assessment)
            count, written = {}, {}
            for line in store.history(each.assessment):
                count[line.part] = count.get(line.part, 0) + 1
                written[line.part, count[line.part]] = line.after
            missing += [
                (part, revision, option)
                for part, revision, option in each.told
                if (written.get((part, revision)) or {}).get("option") != option
            ]
    return missing, faults


def pause(writers, since):
    """Return for how many seconds nothing was saved at the longest, from a moment on."""
    moments = sorted(t for each in writers for t in each.times)
    return max((b - a for a, b in pairwise(moments) if b > since), default=float("inf"))


def killed(team, postgres, what):
    """Return a row: writers go on while ``what`` happens."""
    with writing(team, postgres) as writers:
        time.sleep(3)
        began = time.monotonic()
        what()
        over = time.monotonic()
        while time.monotonic() < over + 60 and not all(w.saved_since(over) for w in writers):
            time.sleep(0.2)
        time.sleep(3)
    told, failed = sum(len(w.told) for w in writers), [f for w in writers for f in w.failed]
    missing, faults = lost(postgres, writers)
    kinds = ", ".join(f"{failed.count(k)} × {k or 'no answer'}" for k in sorted(set(failed)))
    return told, kinds or "none", f"{pause(writers, began):.1f}", len(missing), len(faults)


def ten_on_one(team, postgres):
    """Return how many of ten who save one answer at once were told what, and its history."""
    (name,) = fill(postgres, 1)
    with contextlib.closing(open_store(postgres.of(NAME))) as store:
        tokens = [officer(store) for _ in range(10)]
    barrier, told = threading.Barrier(10), []

    def save(token, number):
        barrier.wait()
        change = {"value": {"option": "ab"[number % 2]}, "revision": 0}
        told.append(team.ask(f"/api/assessments/{name}/answers/DP-01", token, "PUT", change))

    threads = [threading.Thread(target=save, args=(t, n)) for n, t in enumerate(tokens)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    with contextlib.closing(open_store(postgres.of(NAME))) as store:
        lines = [line for line in store.history(name) if line.part == "answer:DP-01"]
        assert store.verify_history(name) == []
    both = all({"mine", "theirs"} <= set(said) for status, said in told if status == 409)
    return sorted(status for status, _said in told), len(lines), both


def report():
    """Return what came of it."""
    postgres, rows = Postgres(), []
    with tempfile.TemporaryDirectory() as folder, installed(Path(folder), postgres) as team:
        first, second = team.ports

        def app():
            team.kill(first)
            time.sleep(3)
            team.start(first)

        def upgraded():
            for port in (first, second):
                team.stop(port)
                team.start(port)
                time.sleep(5)

        def database():
            postgres.kill()
            time.sleep(3)
            postgres.start()

        def frozen():
            postgres.freeze()
            time.sleep(15)
            postgres.freeze(stop=False)

        for words, what in (
            ("one process of the app killed, started again after 3 s", app),
            ("both processes restarted, one after the other", upgraded),
            ("PostgreSQL killed, started again after 3 s", database),
            ("PostgreSQL frozen for 15 s", frozen),
        ):
            rows.append((words, *killed(team, postgres, what)))
            print(rows[-1], flush=True)
        print(ten_on_one(team, postgres))
        logs = "".join(team.log(port) for port in team.ports)
        print("tracebacks:", logs.count("Traceback"), "errors:", logs.count('"level": "error"'))
    titles = ("what happened", "saved", "not saved", "pause s", "lost", "histories not whole")
    return table(titles, rows)


if __name__ == "__main__":
    print(report())
