"""What a questionnaire rests on: its marks, how old a look is, and what is warned of."""

import re

import pytest

from procurement_risk.framework import Source
from procurement_risk.framework.advice import advice
from procurement_risk.framework.document import framework_from_document as framework
from procurement_risk.framework.files import FRAMEWORKS, load_framework
from procurement_risk.framework.published_at import PUBLISHED_AT, cited_at, read_at
from procurement_risk.framework.sources import cited, is_old, mark, marked
from tests.support.framework_documents import SMALL, changed

TODAY = "2026-11-29"
SOURCES = [
    {"id": "A", "title": "Act", "cited_as": ["Act"], "status": "in force", "checked": "primary"},
    {"id": "B", "title": "Code", "cited_as": ["Code"], "looked_at": "2025-11-28"},
]


@pytest.fixture(scope="module")
def core():
    return load_framework(FRAMEWORKS / "ai-supplier-core.yaml")


@pytest.mark.parametrize(
    ("looked_at", "old"),
    [("", False), ("2026-11-29", False), ("2025-11-29", False), ("2025-11-28", True),
     ("2024-12-31", True)],
)  # fmt: skip
def test_a_look_is_old_after_a_year(looked_at, old):
    assert is_old(Source(id="a", title="A", looked_at=looked_at), TODAY) is old


def test_every_citation_has_one_mark():
    found = framework({**SMALL, "sources": SOURCES})
    assert marked(found, "Act s.3") == "Act s.3 (read in the original)"
    assert cited(found, "Act s.3") == "Act s.3 (read in the original): Act, in force"
    assert cited(found, "A blog") == "A blog (not in the list of sources)"
    assert cited(framework({**SMALL, "sources": []}), "A blog") == "A blog"


def test_a_source_that_nothing_cites_or_nobody_looks_at_is_warned_of():
    said = list(advice(framework({**SMALL, "sources": SOURCES}), TODAY))
    assert 'Nothing cites the source "Act": cite it, or take it out.' in said
    assert 'The source "Code" was last looked at on 28 November 2025: look at it again.' in said


def test_what_was_read_in_an_account_is_cited_at_its_publishers():
    shipped = [s for f in sorted(FRAMEWORKS.glob("*.yaml")) for s in load_framework(f).sources]
    moved = [each for each in shipped if read_at(each)]
    assert {each.id for each in moved} == {name for name, _site in PUBLISHED_AT}
    assert all(each.checked == "commentary" and "https://" in cited_at(each) for each in moved)
    assert not {site for _name, site in PUBLISHED_AT} & {
        cited_at(each).split("/")[2] for each in moved
    }


def test_a_source_of_somebody_elses_is_cited_where_they_say():
    for address in ("https://www.gov.uk/msc", "https://dwfgroup.com.example/it", ""):
        mine = Source(id="MSC", title="Ours", address=address)
        assert (cited_at(mine), read_at(mine)) == (address, "")
    assert cited_at(Source(id="OURS", title="x", address="https://dwfgroup.com/a")).endswith("/a")


@pytest.mark.parametrize(
    ("document", "wanted"),
    [
        (changed(("sections", 1, "questions", 1, "ask"), "x" * 301), "a text of 301 characters"),
        ({**SMALL, "packs": [{"id": "p", "title": "Thin", "description": "Thin.",
                              "questions": ["CX-1"]}]}, "Thin"),
    ],
)  # fmt: skip
def test_what_is_probably_not_meant_is_warned_of(document, wanted):
    assert [each for each in advice(framework(document)) if wanted in each]


@pytest.mark.parametrize("path", sorted(FRAMEWORKS.glob("*.yaml")), ids=lambda path: path.stem)
def test_what_is_shipped_rests_on_marked_sources_of_their_publishers(path):
    """Every citation is registered, every look has its day, no second-hand address stands."""
    shipped = load_framework(path)
    texts = [text for question in shipped.questions() for text in question.sources]
    assert [text for text in texts if shipped.source_of(text) is None] == []
    for source in shipped.sources:
        assert mark(source)
        assert source.looked_at or source.checked == "background", source.id
    second_hand = "bonfire|lowdown|stockscreener|digitalinfowave|pages.dev|regulation-ai|wired-gov"
    assert [s.id for s in shipped.sources if re.search(second_hand + "|emlaw", s.address)] == []
    assert list(advice(shipped, TODAY)) == []


def test_every_pointer_of_a_clause_of_the_core_is_registered(core):
    pointers = [text for clause in core.clauses for text in clause.pointers]
    assert [text for text in pointers if core.source_of(text) is None] == []


def test_a_figure_in_why_names_a_source_of_its_question(core):
    for question in core.questions():
        if re.search(r"\d+ ?%|£\d|\d,\d{3}", question.why):
            named = [re.split(r"[ :(]", text)[0] for text in question.sources]
            assert any(name in question.why for name in named), question.id
