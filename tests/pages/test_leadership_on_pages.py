"""The leadership page on the Risk profile and among the formats of the Records page."""

from dataclasses import replace

import pytest

from procurement_risk.assessment import AnswerSet
from procurement_risk.exports import EXPORTS
from procurement_risk.exports.earlier import look_before
from procurement_risk.storage import open_store
from procurement_risk.views.profile import banner
from procurement_risk.views.records import take_out as records_out
from procurement_risk.views.shared import session
from procurement_risk.views.shared.written import written
from tests.support import tagged_pdf
from tests.support.leadership_examples import AS_OF, IMPACT, example
from tests.support.small_app import draw
from tests.support.stored_examples import put_demonstration

PDF, HTML = EXPORTS["leadership-pdf"], EXPORTS["leadership-html"]
SLIDES = EXPORTS["pptx"]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A database with the demonstration in it, which the pages find by its setting."""
    url = f"sqlite:///{tmp_path_factory.mktemp('store') / 'store.sqlite3'}"
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PROCUREMENT_RISK_DATABASE", url)
        session.whole_store.clear()
        opened = open_store(url)
        put_demonstration(opened)
        yield opened
        opened.close()
        session.whole_store.clear()


def labels(at):
    return [button.proto.label for button in at.get("download_button")]


def test_every_form_stands_beside_the_decision(store):
    at = draw("profile", assessment="demo-p05")

    assert labels(at) == [
        "Leadership page (PDF)",
        "Leadership page (HTML)",
        "Slides (PowerPoint)",
    ]


def test_an_instrument_that_counts_points_has_them_too(store):
    answer_set = AnswerSet(as_of=AS_OF, pack=IMPACT.packs[0].id)
    store.create(example(id="points", answer_set=answer_set), IMPACT, "Ana")

    assert len(labels(draw("profile", assessment="points"))) == 3


def test_where_the_pdf_cannot_be_made_the_page_says_why(store, monkeypatch):
    without = replace(PDF, unavailable="There is no typst.")
    monkeypatch.setattr(banner.leadership_pdf, "EXPORT", without)
    at = draw("profile", assessment="demo-p05")

    assert labels(at) == ["Leadership page (HTML)", "Slides (PowerPoint)"]
    assert any("no typst" in each.value for each in at.caption)


def test_the_look_before_is_the_assessment_that_it_follows(store):
    stored = store.load("demo-p05")
    framework, answers = look_before(store, stored.assessment, stored.framework)

    assert framework.id == "ai-supplier-core"
    assert answers.as_of == "2025-11-24"
    gone = replace(stored.assessment, replaces="gone")
    assert look_before(store, gone, stored.framework) is None


def test_one_that_was_never_moved_or_made_again_has_none(store):
    stored = store.load("demo-p01")

    assert look_before(store, stored.assessment, stored.framework) is None


# --- Records ---


def test_the_records_page_offers_every_form(store):
    at = draw("records", {"records-format": HTML.name})

    assert at.radio(key="records-format-leadership").options == [
        PDF.title,
        HTML.title,
        SLIDES.title,
    ]


def test_the_records_page_names_what_cannot_be_made_and_does_not_offer_it(store, monkeypatch):
    without = replace(PDF, unavailable="There is no typst.")
    monkeypatch.setitem(EXPORTS, PDF.name, without)
    at = draw("records", format=HTML.name)

    assert at.radio(key="records-format-leadership").options == [HTML.title, SLIDES.title]
    assert any("no typst" in each.value for each in at.caption)


def test_one_page_shows_the_change_since_the_assessment_that_it_follows(store):
    data = written(PDF, ["demo-p05"], "en")

    assert tagged_pdf.pages(data) == 1
    assert "Since 24 November 2025" in tagged_pdf.text(data)


def test_its_file_is_named_after_what_it_is(store):
    name = records_out._name(PDF, ["demo-p05"])

    assert name.startswith("claims-fraud-scoring-ironvale")
    assert name.endswith("-leadership.pdf")
