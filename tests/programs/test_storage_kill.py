"""An answer that was acknowledged is there, even if the program is killed a moment later."""

import os
import subprocess
import sys

from procurement_risk.storage import open_store
from tests.support.places import ROOT
from tests.support.stored_examples import BARE, framework

ROUNDS = 100

# One process imports everything, then forks a writer a round and kills it; the store is opened
# anew in each writer. A line is written only once ``save`` has returned.
WRITERS = """
import itertools, os, random, signal, sys, time
from procurement_risk.assessment.parts import check_part
from procurement_risk.storage import open_store

url, rounds, longest = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])

def write(number):
    store = open_store(url)
    revisions = store.load("bare").revisions
    for count in itertools.count():
        question = f"Q-{count % 7}"
        part = f"answer:{question}"
        value = {"text": f"{number}.{count}", "note": "x" * (count * 37 % 3000 + 1)}
        revision = store.save("bare", part, value, revisions.get(part, 0), "Writer")
        revisions = {**revisions, part: revision}
        os.write(1, f"{part} {revision} {number}.{count}\\n".encode())

check_part("answer:Q-0", {"text": "warm"})  # reads the schema once, for every writer
for number in range(rounds):
    child = os.fork()
    if child == 0:
        try:
            write(number)
        except BaseException as error:
            os.write(2, f"{type(error).__name__}: {error}\\n".encode())
        os._exit(1)
    time.sleep(random.uniform(0.005, longest))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
"""


def killed_writers(url: str, longest: float) -> list[list[str]]:
    """What the writers of 100 rounds reported as saved, none of which lives longer than this."""
    done = subprocess.run(
        [sys.executable, "-c", WRITERS, url, str(ROUNDS), str(longest)],
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stderr == ""
    return [line.split() for line in done.stdout.splitlines()]


def test_an_acknowledged_save_survives_kill_9(tmp_path):
    """100 writers, each killed at a random moment: every save they reported is there."""
    url = f"sqlite:///{tmp_path}/store.sqlite3"
    store = open_store(url)
    store.create(BARE, framework(), "Ada")
    store.close()

    reported: list[list[str]] = []
    for longest in (0.12, 0.24, 0.48):  # on a busy machine writers need longer to begin
        reported += killed_writers(url, longest)
        if len(reported) > ROUNDS:
            break

    store = open_store(url)
    parts, lines = store.parts("bare"), store.history("bare")
    problems = store.verify_history("bare")
    store.close()
    count: dict[str, int] = {}
    written = {}
    for line in lines:
        count[line.part] = count.get(line.part, 0) + 1
        written[line.part, count[line.part]] = line.after
    assert problems == []
    assert len(reported) > ROUNDS  # or the writers were killed before they wrote anything
    for part, revision, text in reported:
        assert written[part, int(revision)]["text"] == text
        assert parts[part].revision >= int(revision)
