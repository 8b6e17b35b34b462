"""Evidence files: kept by their SHA-256, once, whole or not at all, and never opened."""

import hashlib
import stat
import zipfile
from dataclasses import replace

import pytest

from procurement_risk.assessment import Answer, EvidenceFile
from procurement_risk.assessment.evidence import shown_by, with_file, without_file
from procurement_risk.errors import NotFound, ProcurementRiskError, StorageError, UsageError
from procurement_risk.methods.values import evidence_grade
from procurement_risk.storage import evidence, keeping, open_memory_store, open_store
from procurement_risk.storage.evidence import elsewhere, folder, limits
from procurement_risk.storage.evidence.contents import folder_of
from tests.support.stored_examples import BARE, FULL, framework

PDF = b"%PDF-1.7 certificate of the supplier"
DIGEST = hashlib.sha256(PDF).hexdigest()
ABOUT = {"date": "2026-01-31", "valid_until": "2027-01-31", "grade": "E3", "source": "An auditor"}


@pytest.fixture
def held(tmp_path):
    """A store in a file, with two assessments."""
    opened = open_store(f"sqlite:///{tmp_path}/store.sqlite3")
    opened.create(FULL, framework(), "Ada")
    opened.create(BARE, framework(), "Ada")
    yield opened
    opened.close()


def kept(tmp_path):
    """The names in the folder of evidence."""
    place = folder_of(tmp_path / "store.sqlite3")
    return sorted(each.name for each in place.iterdir()) if place.exists() else []


def add(store, name="certificate.pdf", content=PDF, to="bare", **more):
    return store.add_evidence(to, name, content, "Bea", about=ABOUT, **more)


def answers(store, assessment="bare"):
    return store.load(assessment).assessment.answer_set.answers


def test_a_file_is_kept_once_for_many_answers_and_assessments(held, tmp_path):
    """The owner alone may read it; every answer says so, and history tells each step."""
    add(held, questions=["DP-01", "DP-02"])
    add(held, to=FULL.id, questions=["DP-01"])

    assert kept(tmp_path) == [DIGEST]
    place = folder_of(tmp_path / "store.sqlite3")
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert stat.S_IMODE((place / DIGEST).stat().st_mode) == 0o600
    assessment = held.load("bare").assessment
    assert shown_by(assessment, DIGEST) == ["DP-01", "DP-02"]
    assert assessment.files[DIGEST].name == "certificate.pdf"
    assert held.evidence_content("bare", DIGEST) == PDF
    assert held.verify_history("bare") == held.check_evidence("bare") == []
    changed = [line.part for line in held.history("bare")]
    assert changed[-3:] == [f"file:{DIGEST}", "answer:DP-01", "answer:DP-02"]


def test_the_last_use_takes_the_bytes_away(held, tmp_path):
    """Not before: another assessment may still need them."""
    add(held, questions=["DP-01"])
    add(held, to=FULL.id)
    assert held.evidence_content(FULL.id, DIGEST) == PDF
    held.remove_evidence("bare", DIGEST, "Cyd", "wrong file")
    assert "DP-01" not in answers(held)
    assert kept(tmp_path) == [DIGEST]
    held.remove_evidence(FULL.id, DIGEST, "Cyd")
    assert kept(tmp_path) == []
    assert held.history("bare")[-1].reason == "wrong file"
    with pytest.raises(NotFound, match="has no file"):
        held.evidence_content("bare", DIGEST)
    with pytest.raises(NotFound, match="has no file"):
        held.link_evidence("bare", DIGEST, "Cyd", ["DP-01"])


def test_a_legal_hold_keeps_it(held, tmp_path):
    """And deleting the assessment takes it along, once nothing holds it."""
    add(held)
    held.hold("bare", "Dee", "inquiry")
    with pytest.raises(UsageError, match="legal hold"):
        held.remove_evidence("bare", DIGEST, "Cyd")
    assert kept(tmp_path) == [DIGEST]
    held.lift_hold("bare", "Dee", "over")
    held.delete("bare", keeping.look(held.load("bare")), "Dee", "made by mistake")
    assert kept(tmp_path) == []


def test_an_answer_goes_by_the_best_of_what_shows_it():
    """Its day runs out by the one rule there is, and unlinking takes the grade along."""
    weak = EvidenceFile(name="a.pdf", size=1, by="A", at="2026-01-01", grade="E1")
    strong = replace(weak, grade="E3", valid_until="2027-01-31")
    one = with_file(Answer(options=("a",)), "1" * 64, weak)
    both = with_file(one, "2" * 64, strong)
    assert (one.evidence, both.evidence, both.valid_until) == ("E1", "E3", "2027-01-31")
    assert (evidence_grade(both, "2027-01-31"), evidence_grade(both, "2027-02-01")) == (3, 0)
    assert with_file(both, "1" * 64, weak) == both
    known = {"1" * 64: weak, "2" * 64: strong}
    assert without_file(both, "2" * 64, known) == one
    linked = replace(both, link="https://example.org")
    assert without_file(linked, "2" * 64, known).evidence == "E3"
    assert without_file(with_file(None, "1" * 64, weak), "1" * 64, known) is None


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("empty.pdf", b"", "is empty"),
        ("huge.pdf", PDF + b" " * 1_000_000, "Up to 1 MB"),
        ("program.exe", b"MZ\x90", "of no kind that is kept"),
        ("page.html", b"<script>", "of no kind that is kept"),
        ("program.pdf", b"MZ\x90\x00", "not what its name says"),
        ("picture.png", PDF, "not what its name says"),
        ("program.txt", b"\x7fELF\x02\x00", "not what its name says"),
        ("nothing", PDF, "of no kind that is kept"),
        ("../..", PDF, "no name"),
    ],
)
def test_what_may_not_be_kept_is_refused_with_why(monkeypatch, name, content, why):
    """By its name and its content together."""
    monkeypatch.setenv(limits.MB_SETTING, "1")
    with pytest.raises(UsageError, match=why):
        limits.refuse(name, content)


def test_nothing_of_what_is_refused_is_written(held, tmp_path):
    """In the folder or in the history: neither of a bad file nor of bad words about one."""
    before = held.history("bare")
    with pytest.raises(UsageError, match="of no kind"):
        add(held, "program.exe", b"MZ")
    for about in ({"date": "2026-02-30"}, {"grade": "E9"}, {"source": "x" * 6_000}):
        with pytest.raises(ProcurementRiskError):
            held.add_evidence("bare", "a.pdf", PDF, "Bea", about=about)
    with pytest.raises(NotFound):
        add(held, to="nobody")
    assert (kept(tmp_path), held.history("bare")) == ([], before)
    with pytest.raises(UsageError, match="asks no question"):
        add(held, questions=["XX-99"])
    assert held.history("bare") == before


def test_kinds_may_be_narrowed_and_the_size_has_to_be_a_number(monkeypatch):
    """By a setting each."""
    monkeypatch.setenv(limits.TYPES_SETTING, "pdf, PNG")
    assert limits.allowed() == ("pdf", "png")
    with pytest.raises(UsageError, match="pdf, png"):
        limits.refuse("notes.txt", b"text")
    monkeypatch.setenv(limits.MB_SETTING, "much")
    with pytest.raises(UsageError, match="no number of megabytes"):
        limits.refuse("a.pdf", PDF)


@pytest.mark.parametrize(
    ("given", "name", "safe"),
    [
        ("../../etc/passwd.txt", "passwd.txt", "passwd"),
        ("C:\\users\\me\\plan.txt", "plan.txt", "plan"),
        ("a\u202efdp.exe\n\x00.txt", None, "afdp-exe"),
        ("CON.txt", "CON.txt", "CON"),
        (".hidden.txt", ".hidden.txt", "hidden"),
        ("<b>&quot;.txt", "<b>&quot;.txt", "b-quot"),
        ("=cmd|' /C calc'!A0.txt", None, "C-calc-A0"),
        ("x" * 500 + ".txt", None, "x" * 60),
        ("Übersicht für Ärzte.txt", None, "Ubersicht-fur-Arzte"),
    ],
)
def test_names_of_all_kinds_are_kept_and_downloaded_safely(given, name, safe):
    """As given where it can be shown; for a download as every system takes it."""
    found = limits.given_name(given)
    assert name in (None, found)
    assert len(found) <= limits.LONGEST_NAME
    assert found.isprintable()
    assert "/" not in found
    assert limits.safe_name(found, DIGEST) == f"{safe}-{DIGEST[:8]}.txt"


def test_hostile_contents_are_kept_as_they_are(held, tmp_path, monkeypatch):
    """An archive that would unpack to far more is never opened, nor anything else."""
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("zeros", b"\0" * 3_000_000)

    def refuse(*_args, **_more):
        raise AssertionError("it was opened")

    monkeypatch.setattr(zipfile, "ZipFile", refuse)
    eicar = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
    for name, content in (("bomb.zip", bomb.read_bytes()), ("test.txt", eicar)):
        assert held.evidence_content("bare", add(held, name, content)) == content


def test_killed_between_file_and_row_leaves_all_or_nothing(held, tmp_path, monkeypatch):
    """A file half written has no name that counts; one without a row is used by nobody."""

    def killed(*_args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(folder.Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            add(held)
    assert (kept(tmp_path), held.load("bare").assessment.files) == ([], {})
    with monkeypatch.context() as patch:
        patch.setattr("procurement_risk.storage.rows.finish", killed)
        with pytest.raises(KeyboardInterrupt):
            add(held, questions=["DP-01"])
    assert (answers(held), held.load("bare").assessment.files) == ({}, {})
    assert held.verify_history("bare") == held.check_evidence("bare") == []
    add(held, questions=["DP-01"])
    assert held.evidence_content("bare", DIGEST) == PDF


def test_a_missing_or_altered_file_is_told_and_mended_by_adding_it_again(held, tmp_path):
    """The assessment is read as ever."""
    add(held, questions=["DP-01"])
    path = folder_of(tmp_path / "store.sqlite3") / DIGEST
    path.write_bytes(b"something else")
    with pytest.raises(StorageError, match="was altered"):
        held.evidence_content("bare", DIGEST)
    assert "was altered" in held.check_evidence("bare")[0].message
    path.unlink()
    assert "not where evidence is kept" in held.check_evidence("bare")[0].message
    assert answers(held)["DP-01"].files == (f"sha256:{DIGEST}",)
    add(held)
    assert held.check_evidence("bare") == []


@pytest.mark.parametrize("address", ["memory://evidence-{n}", "file://{n}/far/away"])
def test_another_store_is_used_by_a_setting(store, tmp_path, monkeypatch, address):
    """Nothing then lies beside the database."""
    monkeypatch.setenv(evidence.SETTING, address.format(n=tmp_path))
    store.create(BARE, framework(), "Ada")
    add(store, questions=["DP-01"])
    assert (store.evidence_content("bare", DIGEST), store.check_evidence("bare")) == (PDF, [])
    assert kept(tmp_path) == []
    store.remove_evidence("bare", DIGEST, "Cyd")
    with pytest.raises(NotFound):
        store.evidence_content("bare", DIGEST)


def test_a_store_that_is_cut_off_answers_within_seconds(held, monkeypatch):
    """And one that does not know the address says what to write. Nothing is in the history."""
    before = held.history("bare")
    monkeypatch.setenv(evidence.SETTING, "memory://cut")
    monkeypatch.setattr(elsewhere, "SECONDS", 0.05)
    lasting = elsewhere.threading.Event()
    from fsspec.implementations.memory import MemoryFileSystem

    monkeypatch.setattr(MemoryFileSystem, "pipe_file", lambda *_: lasting.wait(5))
    with pytest.raises(StorageError, match="does not answer"):
        add(held)
    lasting.set()
    monkeypatch.setenv(evidence.SETTING, "nowhere://x")
    with pytest.raises(StorageError, match="such as s3://"):
        add(held)
    assert held.history("bare") == before


def test_a_bucket_that_is_not_there_is_not_made():
    """A name mistyped in the setting would make one; and the key may not, where the bucket is."""
    from fsspec.implementations.memory import MemoryFileSystem

    class Buckets(MemoryFileSystem):
        """Knows one bucket, which has no folders, as S3 does."""

        store, pseudo_dirs, made = {}, [""], []

        def exists(self, path, **_more):
            return path == "here"

        def makedirs(self, path, **_more):
            self.made.append(path)

        def pipe_file(self, path, value, **more):
            if not path.startswith("here/"):
                raise FileNotFoundError(path)
            return super().pipe_file(path, value, **more)

    place = elsewhere.Elsewhere("memory://x")
    place._files, place._root = Buckets(skip_instance_cache=True), "here/risk"
    place.put(DIGEST, PDF)
    assert place.get(DIGEST) == PDF
    place._root = "heer/risk"
    with pytest.raises(StorageError):
        place.put(DIGEST, PDF)
    assert place._files.made == []


def test_without_a_place_it_is_refused_with_what_to_set():
    """As in a preview, or on a server without the setting."""
    store = open_memory_store()
    store.create(BARE, framework(), "Ada")
    with pytest.raises(UsageError, match=evidence.SETTING):
        add(store)


def test_what_a_killed_program_left_behind_is_tidied_away(held, tmp_path, monkeypatch):
    """After an hour, so that nothing goes that somebody is adding just now."""
    used = add(held)
    place = folder_of(tmp_path / "store.sqlite3")
    left = [place / ("0" * 64), place / f".{'1' * 64}.{'2' * 8}.part", place / "notes.txt"]
    for each in left:
        each.write_bytes(b"x")
    held.clean()
    assert all(each.exists() for each in left)
    monkeypatch.setattr(folder, "LEFT_SECONDS", -1)
    held.clean()
    assert kept(tmp_path) == sorted([used, "notes.txt"])
