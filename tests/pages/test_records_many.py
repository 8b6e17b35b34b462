"""Many assessments on the Records page: prepared in the background, cancelled, brought in."""

import io
import threading
import zipfile

import pytest

from procurement_risk.errors import UsageError
from procurement_risk.exports import EXPORTS, bulk
from procurement_risk.views.shared import background
from procurement_risk.views.shared.background import FAULT, Job
from tests.support.framework_documents import IMPACT, SMALL
from tests.support.small_app import draw


@pytest.fixture
def filled(app):
    app.create(SMALL, {"CX-1": "b"}, id="one")
    app.create(SMALL, {"CX-1": "c"}, id="two")
    app.create(IMPACT, {"effect": "far-4"}, id="three")
    app.store.archive("three", "Ana")
    return app


def press(test, key):
    (button,) = (each for each in test.button if each.key == key)
    button.click().run()
    assert not test.exception


def finished(test, key):
    """The page once the job under ``key`` is done."""
    test.session_state[key].wait(30)
    test.run()
    assert not test.exception
    return test.session_state[key]


def all_of(store, name="json"):
    made = io.BytesIO()
    export = EXPORTS[name]
    bulk.write_many(export, bulk.exported(store, bulk.choose(store), export), made)
    return made.getvalue()


# --- Out


def test_nothing_is_prepared_before_it_is_asked_for(filled):
    test = draw("records")
    test.checkbox(key="records-all").check().run()
    assert "records-job" not in test.session_state
    assert [b.label for b in test.button if b.key == "records-prepare"] == [
        "Prepare 2 assessments"
    ]
    assert not test.get("download_button")


def test_what_was_prepared_can_be_downloaded_until_something_changes(filled):
    test = draw("records")
    test.checkbox(key="records-all").check().run()
    press(test, "records-prepare")
    job = finished(test, "records-job")
    assert (job.done, job.total, job.error) == (2, 2, "")
    assert job.result.read() == all_of(filled.store)
    (button,) = test.get("download_button")
    assert button.proto.label == "Download 2 assessments"
    assert not test.warning
    filled.store.save("one", "state", "in_review", 1, "Bo")
    test.run()
    assert [each.value for each in test.warning] == [
        "Something was changed since this was prepared."
    ]
    press(test, "records-prepare")
    finished(test, "records-job")
    assert not test.warning


def test_another_choice_drops_what_was_prepared(filled):
    test = draw("records")
    test.checkbox(key="records-all").check().run()
    press(test, "records-prepare")
    finished(test, "records-job")
    test.radio(key="records-format-evidence").set_value("audit-pack").run()
    assert not test.get("download_button")
    assert test.session_state["records-job"] is None


def test_a_job_can_be_cancelled_and_begun_again(filled, monkeypatch):
    reached, go_on = threading.Event(), threading.Event()
    write = EXPORTS["json"].write

    def slow(assessments):
        reached.set()
        assert go_on.wait(30)
        return write(assessments)

    test = draw("records")
    test.checkbox(key="records-all").check().run()
    export = EXPORTS["json"]
    object.__setattr__(export, "write", slow)
    try:
        press(test, "records-prepare")
        assert reached.wait(30)
        press(test, "records-cancel")
    finally:
        go_on.set()
        object.__setattr__(export, "write", write)
    job = finished(test, "records-job")
    assert job.result is None
    assert [each.value for each in test.info] == ["Cancelled. Nothing was written."]
    press(test, "records-prepare")
    assert finished(test, "records-job").result is not None


# --- In


def test_a_zip_is_listed_and_nothing_is_written_before_it_is_accepted(filled, tmp_path):
    data = all_of(filled.store)
    one = filled.store.load("one")
    filled.store.save("one", "state", "in_review", one.revisions["state"], "Bo")
    changed = spoilt(data)
    before = filled.store.stamp()
    test = draw("records")
    test.file_uploader(key="records-upload").set_value(
        ("all.zip", changed, "application/zip")
    ).run()
    finished(test, "records-look")
    assert filled.store.stamp() == before
    outcomes = dict(zip(*(test.dataframe[0].value[c] for c in ("File", "Outcome")), strict=True))
    assert sorted(outcomes.values()) == [
        "refused",
        "something else is here under its id",
    ]
    assert any("1 differs from what is here · 1 is refused" in m.value for m in test.markdown)
    assert "records-accept-many" not in [b.key for b in test.button]
    test.checkbox(key="records-replace-many").check().run()
    press(test, "records-accept-many")
    finished(test, "records-brought")
    assert [each.value for each in test.success] == ["1 record was brought in."]
    assert filled.store.load("one").assessment.state == "draft"


def spoilt(data):
    """The ZIP with a byte of the record ``two`` changed, and no manifest."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            inside = old.read(name)
            if b'"id":"two"' in inside and name != "manifest.json":
                inside = inside.replace(b"Example AI Ltd", b"Example AJ Ltd")
            if name != "manifest.json":
                new.writestr(name, inside)
    return made.getvalue()


# --- The thread


def test_one_job_runs_at_a_time_and_a_waiting_one_can_be_cancelled():
    begun, go_on = threading.Event(), threading.Event()

    def work(told):
        begun.set()
        assert go_on.wait(30)
        return "done"

    first = Job("a", 1, work)
    assert begun.wait(30)
    second, third = Job("b", 1, lambda told: "second"), Job("c", 1, lambda told: "third")
    third.cancel()
    third.wait(30)
    assert (third.result, third.is_running) == (None, False)
    assert (second.result, second.is_running) == (None, True)
    go_on.set()
    first.wait(30)
    second.wait(30)
    assert (first.result, second.result) == ("done", "second")


def test_what_goes_wrong_is_said_in_words(caplog):
    def refuse(told):
        raise UsageError("Choose another one.")

    def fail(told):
        raise KeyError("secret")

    refused, failed = Job("a", 1, refuse), Job("b", 1, fail)
    refused.wait(30)
    failed.wait(30)
    assert refused.error == "Choose another one."
    assert failed.error == FAULT
    assert "secret" in caplog.text
    assert not background._turn.locked()
