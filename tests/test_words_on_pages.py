"""Every word of the app on every page is marked: in a made-up language it stands in ⟦brackets⟧.

What stands outside is data: the framework's texts, what people typed, ids and names.
"""

import dataclasses
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from procurement_risk import language
from procurement_risk.charts import CHARTS, family
from procurement_risk.framework import GRADES
from procurement_risk.imports.demonstration import load_demonstration
from procurement_risk.loading import FRAMEWORKS, load_framework
from procurement_risk.methods.weakest_section import score
from procurement_risk.storage import open_store
from procurement_risk.views import details, help_page, profile, profile_record, session
from procurement_risk.views.purchase_form import ROUTES
from procurement_risk.walkthrough import steps
from tests import pseudo_language
from tests.pseudo_language import Data, bracketed, shown

ROOT = Path(__file__).resolve().parent.parent
CORE = load_framework(FRAMEWORKS / "ai-supplier-core.yaml")
AS_OF = "2026-11-23"
ACTOR = "Ana"

# Neither words nor anybody's data: an example of an identifier.
EXAMPLES = {"ocds-h6vhtk-…"}


# --- What may stand outside brackets ---


def framework_texts(framework):
    """Return every text of a framework that a page may show."""
    policy = framework.policy
    yield from (framework.title, framework.version, policy.adopted_by)
    yield from (band.label for band in policy.bands)
    for tier in policy.tiers:
        yield from (tier.label, tier.meaning, tier.sign_off, tier.review, *tier.notes.values())
        yield tier.label.partition(" ")[2]  # Tier II to III
    yield from (adjustment.because for adjustment in policy.tier_rule.adjustments)
    for pack in framework.packs:
        yield from (pack.id, pack.title, pack.description)
    for section in framework.sections:
        title = section.short_title or section.title
        yield from (section.title, title, section.intro)
        yield f"{title[: family.LONGEST_TITLE - 1]}…"
    for question in (*framework.facts, *framework.questions()):
        yield from (question.id, question.ask, question.why, question.good, question.evidence)
        yield from (question.treatment, *question.sources)
        for option in question.options:
            yield from (option.label, f"{option.id}: {option.label}")
            yield from (f"{option.id}, {grade}" for grade in GRADES)
    for clause in framework.clauses:
        yield from (clause.heading, clause.outcome)
    for source in framework.sources:
        yield from (source.title, source.meaning, source.status, source.address)
    yield from GRADES


def option_ids(framework):
    return {option.id for question in framework.by_id.values() for option in question.options}


def texts_in(value):
    """Yield every text that people wrote into a part of an assessment."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from texts_in(each)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts_in(getattr(value, field.name))


def assessment_texts(assessment):
    """Return what people wrote: not the states and kinds that stand in it as ids."""
    yield from texts_in((assessment.purchase, assessment.supplier))
    for upstream in assessment.upstreams:
        yield from (upstream.name, upstream.maker, upstream.jurisdiction)
    for answer in assessment.answer_set.answers.values():
        yield from (answer.text, answer.link, answer.note, answer.reason, answer.by)
    for mitigation in assessment.answer_set.mitigations:
        yield from (mitigation.owner, mitigation.clause, mitigation.note)
        yield from mitigation.clause.split("; ")
    if assessment.decision is not None:
        yield from (assessment.decision.by, assessment.decision.reason)
    yield from (text for each in assessment.overrides for text in (each.by, each.reason))
    yield from (text for each in assessment.triggers for text in (each.what, each.note))


def history_texts(store, assessment_id):
    """Return what the history shows: parts by their ids, values and reasons as stored."""
    for entry in store.history(assessment_id):
        yield from (entry.at, entry.by, entry.part, entry.reason, entry.hash)
        yield from (details._short(entry.before), details._short(entry.after))


def data_of(store, *frameworks):
    """Return all that may stand outside brackets while ``store`` is on the pages."""
    texts = set()
    for summary in store.summaries():
        texts.update(assessment_texts(store.load(summary.id).assessment))
        texts.update(history_texts(store, summary.id))
    texts -= {*ROUTES, *profile_record.TRIGGERS}  # stored in English, shown in any language
    texts.update([ACTOR, *EXAMPLES, *CHARTS])
    texts.update(
        (help_page.DOCS / name).read_text("utf-8").partition("\n")[2] for name in DOCUMENTS
    )
    for framework in (*session.frameworks(), *frameworks):
        texts.update(framework_texts(framework))
    ids = {each for framework in (CORE, *frameworks) for each in option_ids(framework)}
    return Data(texts, ids)


DOCUMENTS = ("methodology.md", "glossary.md")


# --- The pages ---


@pytest.fixture
def brackets(tmp_path, monkeypatch):
    """The made-up language, and a new store that the pages use."""
    pseudo_language.write(tmp_path / "locales")
    monkeypatch.setattr(language, "LOCALES", tmp_path / "locales")
    url = f"sqlite:///{tmp_path / 'store.sqlite3'}"
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", url)
    session.store.clear()
    store = open_store(url)
    language.use(pseudo_language.CODE)  # for labels that the test harness looks up itself
    yield store
    store.close()
    session.store.clear()
    language.use(language.ENGLISH)


def draw(page, state=None, **query):
    """Run the whole app at one page."""
    test = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    test.session_state["language"] = pseudo_language.CODE
    test.session_state["actor"] = ACTOR
    for key, value in (state or {}).items():
        test.session_state[key] = value
    for key, value in query.items():
        test.query_params[key] = value
    test.run()
    test._page_hash = test.session_state["pages"][page]._script_hash
    for key, value in query.items():
        test.query_params[key] = value
    test.run()
    assert not test.exception
    return test


def press(test, label):
    (button,) = [each for each in test.button if each.label == bracketed(label)]
    return button.click().run()


def foreign(test, data):
    """Return the words on the page that are neither in brackets nor data, by where they are."""
    titles = [("page", page.title) for page in test.session_state["pages"].values()]
    found = {}
    for place, text in (*shown(test), *titles):
        if unknown := data.foreign(text):
            found[f"{place}: {text[:150]}"] = unknown
    return found


PAGES = ("assessments", "start", "answer", "details", "profile", "records", "help")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_with_nothing_to_show(brackets, page):
    assert foreign(draw(page), data_of(brackets)) == {}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_about_an_assessment_that_is_gone(brackets, page):
    assert foreign(draw(page, assessment="gone"), data_of(brackets)) == {}


@pytest.fixture
def demonstration(brackets):
    load_demonstration(brackets, ACTOR)
    return brackets


def test_the_pages_with_the_demonstration(demonstration):
    data = data_of(demonstration)
    for page in ("assessments", "start", "records", "help"):
        assert foreign(draw(page), data) == {}, page
    purchase = demonstration.summaries()[0].purchase.id
    assert foreign(draw("start", purchase=purchase), data) == {}


def test_every_assessment_of_the_demonstration(demonstration):
    """Its details, and every tab of its risk profile."""
    data = data_of(demonstration)
    for summary in demonstration.summaries():
        assert foreign(draw("details", assessment=summary.id), data) == {}, summary.id
        for tab in profile.TABS:
            state = folded(demonstration.load(summary.id))
            test = draw("profile", state, assessment=summary.id, show=tab)
            assert foreign(test, data) == {}, (summary.id, tab)


def folded(stored):
    """Return the keys of what is folded away on the risk profile, opened."""
    questions = [question.id for question in stored.framework.questions()]
    tables = {f"table:{name}": True for name in CHARTS}
    sums = {f"sums:{section.id}": True for section in stored.framework.sections}
    findings = {f"finding:{stored.assessment.id}:{name}": True for name in questions}
    return tables | sums | findings


def test_every_section_of_an_assessment(demonstration):
    data = data_of(demonstration)
    stored = demonstration.load("demo-p01")
    walk = steps(stored.framework, score(stored.framework, stored.assessment.answer_set))
    for step in walk:
        state = {f"why-demo-p01-{question.id}": True for question in step.questions}
        state |= {f"more-demo-p01-{question.id}": True for question in step.questions[::2]}
        test = draw("answer", state, assessment="demo-p01", section=step.id)
        assert foreign(test, data) == {}, step.id
