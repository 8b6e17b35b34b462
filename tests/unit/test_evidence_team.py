"""Who may add, read and remove files of evidence in a team."""

from dataclasses import replace

import pytest

from procurement_risk.errors import NotAllowed, NotFound, UsageError
from procurement_risk.storage import open_store
from procurement_risk.storage.people.person import Held, Person
from tests.support.stored_examples import BARE, framework

PDF = b"%PDF-1.7 certificate"


@pytest.fixture
def held(tmp_path):
    """A store with two organisations, an assessment in each, and a file in the one."""
    opened = open_store(f"sqlite:///{tmp_path}/store.sqlite3")
    for name in ("Here", "There"):
        opened.add_organisation(name, "Ada")
        purchase = replace(BARE.purchase, id=f"p-{name}", buyer=name)
        opened.create(replace(BARE, id=name, purchase=purchase), framework(), "Ada")
    yield opened
    opened.close()


def acting(store, role, sections=()):
    here = next(each.id for each in store.organisations() if each.name == "Here")
    held = (Held(role, here, sections),)
    return store.acting(Person(id="p", name="Grace Hopper", roles=held, how="oidc"))


def test_whoever_may_answer_adds_and_links_and_their_name_stands_there(held):
    """A specialist in their sections alone, and never without an answer that it shows."""
    officer = acting(held, "officer")
    digest = officer.add_evidence("Here", "a.pdf", PDF, "Somebody Else", questions=["DP-01"])
    assert held.load("Here").assessment.files[digest].by == "Grace Hopper"
    specialist = acting(held, "specialist", ("DP",))
    specialist.link_evidence("Here", digest, "G", ["DP-02"])
    specialist.unlink_evidence("Here", digest, "DP-02", "G")
    assert specialist.evidence_content("Here", digest) == PDF
    for refused in (
        lambda: specialist.add_evidence("Here", "a.pdf", PDF, "G"),
        lambda: specialist.remove_evidence("Here", digest, "G"),
        lambda: acting(held, "specialist", ("SR",)).link_evidence("Here", digest, "G", ["DP-01"]),
        lambda: acting(held, "auditor").add_evidence("Here", "a.pdf", PDF, "G"),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert acting(held, "auditor").evidence_content("Here", digest) == PDF
    officer.remove_evidence("Here", digest, "G")


def test_a_file_of_another_organisation_is_not_there(held):
    """By its assessment, by its digest, or by writing a part that names it."""
    digest = held.add_evidence("There", "a.pdf", PDF, "Ada")
    officer = acting(held, "officer")
    for missing in (
        lambda: officer.evidence_content("There", digest),
        lambda: officer.evidence_content("Here", digest),
        lambda: officer.link_evidence("Here", digest, "G", ["DP-01"]),
        lambda: officer.add_evidence("There", "a.pdf", PDF, "G"),
        lambda: officer.check_evidence("There"),
        lambda: officer.evidence_uses(["There"]),
    ):
        with pytest.raises(NotFound):
            missing()
    file = {"name": "a.pdf", "size": 1, "by": "G", "at": "2026-11-01"}
    with pytest.raises(UsageError, match="as a file"):
        officer.save("Here", f"file:{digest}", file, 0, "G")
    with pytest.raises(UsageError, match="as a file"):
        officer.save_together("Here", {f"file:{digest}": (file, 0)}, "G")
