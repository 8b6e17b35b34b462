"""The whole database on the Records page: a backup is made, and taken over where nothing is."""

from dataclasses import replace

from procurement_risk.storage import open_store
from tests.support.framework_documents import SMALL
from tests.support.small_app import draw


def keeping():
    return draw("records", records="Keep or dispose")


def press(test, key):
    (button,) = (each for each in test.button if each.key == key)
    button.click().run()
    assert not test.exception


def test_a_backup_is_prepared_when_asked_for_and_downloaded(app, tmp_path):
    """It is what ``restore`` takes; and a change since is said."""
    app.create(SMALL, {"CX-1": "b"}, id="one")
    digest = app.store.add_evidence("one", "a.txt", b"Tested.", "Ada")
    test = keeping()
    assert not test.get("download_button")

    press(test, "backup-prepare")
    job = test.session_state["backup-job"]
    job.wait(30)
    test.run()

    assert not test.exception
    path = tmp_path / "downloaded.zip"
    path.write_bytes(job.result.read())
    other = open_store(f"sqlite:///{tmp_path}/other.sqlite3")
    assert other.fill_from(path).counts["assessment"] == 1
    assert other.evidence_content("one", digest) == b"Tested."
    other.close()
    assert test.get("download_button")
    assert not test.warning
    app.create(SMALL, {"CX-1": "b"}, id="two")
    test.run()
    assert "Something was changed since this was prepared." in [w.value for w in test.warning]


def test_a_backup_is_offered_to_be_taken_over_only_where_nothing_is(app, tmp_path):
    """And then it is, with every history."""
    test = keeping()
    (upload,) = test.get("file_uploader")[-1:]
    assert upload.label == "Take over a backup"
    other = open_store(f"sqlite:///{tmp_path}/other.sqlite3")
    replace(app, store=other).create(SMALL, {"CX-1": "b"}, id="one")
    written = other.back_up(tmp_path / "backup.sqlite3").path
    other.close()

    upload.set_value(("backup.sqlite3", written.read_bytes(), "")).run()
    press(test, "backup-restore")

    assert "1 assessment was taken over. Every history holds." in [s.value for s in test.success]
    assert [each.id for each in app.store.summaries()] == ["one"]
    assert "Take over a backup" not in [each.label for each in test.get("file_uploader")]


def test_what_was_noticed_when_the_database_was_opened_is_said(app, monkeypatch):
    monkeypatch.setattr("procurement_risk.storage.opening.mend_rights", lambda _path: ["A word"])

    assert [each.value for each in keeping().warning] == ["A word"]
