"""Every word of the app on every page is marked: in a made-up language it stands in ⟦brackets⟧.

What stands outside is data: the framework's texts, what people typed, ids and names.
"""

import dataclasses
import json
import re
from dataclasses import replace
from datetime import date
from functools import cache
from html import escape

import pytest
import streamlit as st

from procurement_risk.assessment import (
    Answer,
    AnswerSet,
    Assessment,
    Mitigation,
    Purchase,
    RecordedDecision,
    StopOverride,
    Supplier,
    Trigger,
)
from procurement_risk.assessment.exemptions import exemptions
from procurement_risk.assessment.vocabulary import ROUTES, TRIGGERS
from procurement_risk.charts import about, family, lead_swings, section_slopes
from procurement_risk.exports import json_record
from procurement_risk.exports.export import Exported
from procurement_risk.formats.workbook.cells import read_cells
from procurement_risk.formats.workbook.writing import write_workbook
from procurement_risk.framework import GRADES, Never, condition_words, files as loading
from procurement_risk.framework.files import FRAMEWORKS, load_framework, read_framework
from procurement_risk.framework.published_at import cited_at
from procurement_risk.imports.demonstration import examples
from procurement_risk.language import catalogue as language
from procurement_risk.language.text import shorten
from procurement_risk.methods.weakest_section import score
from procurement_risk.portfolio.concentration import KINDS
from procurement_risk.portfolio.words import capability_words
from procurement_risk.profile import overriding
from procurement_risk.profile.walkthrough import steps
from procurement_risk.storage import open_store
from procurement_risk.views import frame
from procurement_risk.views.answer.sections import NO_BREAK_HYPHEN
from procurement_risk.views.compare import page as compare_page
from procurement_risk.views.details import page as details
from procurement_risk.views.frameworks import (
    conditions as frameworks_conditions,
    page as frameworks_page,
)
from procurement_risk.views.help import page as help_page
from procurement_risk.views.portfolio import parts as portfolio_parts
from procurement_risk.views.profile import impact as profile_impact, page as profile
from procurement_risk.views.records import returned as records_return
from procurement_risk.views.shared import offered, session
from procurement_risk.views.supplier import page as supplier_page
from tests.support import pseudo_language, small_app
from tests.support.answer_sets import CORE
from tests.support.places import ROOT
from tests.support.pseudo_language import Data, bracketed, shown
from tests.support.stored_examples import every_type, put_demonstration
from tests.support.workbook_examples import opened, saved

SMALL_IMPACT = ROOT / "tests" / "frameworks" / "small-impact.yaml"
AS_OF = "2026-11-23"
ACTOR = "Ana"

OPENED = {"list-change": True, "list-more-False": True}  # what is folded away on Assessments

# Neither words nor anybody's data: an example of an identifier, and names of formats.
EXAMPLES = {"ocds-h6vhtk-…", "PNG", "SVG", "CSV"}
LETTERS = "ABCDEF"  # of the suppliers in a chart
ROOM_IN_A_CHART = range(8, 49)  # characters of a title, what stands before it taken off


# --- What may stand outside brackets ---


def graph_texts(framework):
    """Return what Graphviz is given: the whole of the conditions, and those of each section."""
    arrows = list(condition_words.edges(framework))
    yield from ("dot", frameworks_conditions.dot(framework, arrows))
    for section in framework.sections:
        inside = {section.id, *(each.id for each in section.questions)}
        yield frameworks_conditions.dot(framework, [each for each in arrows if each[1] in inside])


def framework_texts(framework):
    """Return every text of a framework that a page may show."""
    yield from (framework.title, framework.version, framework.adopted_by)
    yield from map(language.name_of, framework.languages)
    if framework.method == "weakest-section":
        yield from policy_texts(framework.policy)
    else:
        for level in framework.impact_policy.levels:
            yield from (level.label, level.meaning, level.sign_off, level.review)
    for pack in framework.packs:
        yield from (pack.id, pack.title, pack.description)
    for section in framework.sections:
        title = section.short_title or section.title
        yield from (section.title, title, section.intro, f"{section.id} · {section.title}")
        yield f"{title[: family.LONGEST_TITLE - 1]}…"
        yield shorten(title, section_slopes.LONGEST)
    for question in (*framework.facts, *framework.questions()):
        yield from (question.id, question.ask, question.why, question.good, question.evidence)
        yield from (question.treatment, question.help, *question.sources)
        yield question.id.replace("-", NO_BREAK_HYPHEN)
        yield shorten(question.ask)
        if isinstance(question.when, Never):
            yield question.when.because
        for option in question.options:
            yield from (option.label, f"{option.id}: {option.label}")
            yield shorten(option.label)
            yield from (f"{option.id}, {grade}" for grade in GRADES)
    yield from graph_texts(framework)
    for clause in framework.clauses:
        yield from (clause.heading, clause.outcome)
    for source in framework.sources:
        yield from (source.title, source.meaning, source.status, source.address)
        yield from (escape(source.address), cited_at(source))
    yield from (gate.label for gate in framework.gates)
    yield from (framework.description, framework.method, *GRADES)


def policy_texts(policy):
    yield from (band.label for band in policy.bands)
    for tier in policy.tiers:
        yield from (tier.label, tier.meaning, tier.sign_off, tier.review, *tier.notes.values())
        yield tier.label.partition(" ")[2]  # Tier II to III
    yield from (adjustment.because for adjustment in policy.tier_rule.adjustments)


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
    yield capability_words(assessment.purchase.capability)
    yield from (shorten(assessment.purchase.title, room) for room in ROOM_IN_A_CHART)
    for upstream in assessment.upstreams:
        yield from (upstream.name, upstream.maker, upstream.jurisdiction)
        yield shorten(upstream.name, family.LONGEST_TITLE)
    for answer in assessment.answer_set.answers.values():
        yield from (answer.text, answer.link, answer.note, answer.reason, answer.by)
    for mitigation in assessment.answer_set.mitigations:
        yield from (mitigation.owner, mitigation.clause, mitigation.note)
        yield from mitigation.clause.split("; ")
    for benefit in assessment.benefits:
        yield from (benefit.measure, benefit.promised, benefit.found, benefit.note)
    if assessment.decision is not None:
        yield from (assessment.decision.by, assessment.decision.reason)
    yield from (text for each in assessment.overrides for text in (each.by, each.reason))
    yield from (text for each in assessment.triggers for text in (each.what, each.note))


def history_texts(store, assessment_id):
    """Return what the history shows as stored: who, when and why, and its hashes."""
    for entry in store.history(assessment_id):
        yield from (entry.at, entry.by, entry.part, entry.reason, entry.hash)


@cache
def texts_of_framework(framework, code):
    """Return the texts of a framework, worked out once for each language, given by its code."""
    assert code == language.current()
    return frozenset(framework_texts(framework))


@cache
def texts_of_examples():
    """Return every text that somebody wrote into the demonstration."""
    return frozenset(text for each in examples() for text in texts_in(each))


@cache
def texts_of_documents():
    """Return the documents that the help page shows."""
    return frozenset(help_page._read(help_page.DOCS / n) for n in help_page.DOCUMENTS.values())


def data_of(store, *frameworks):
    """Return all that may stand outside brackets while ``store`` is on the pages."""
    texts = set()
    for summary in store.summaries():
        texts.update(assessment_texts(store.load(summary.id).assessment))
        texts.update(history_texts(store, summary.id))
        texts.add(f"{summary.purchase.title} · {summary.supplier.name} · {summary.id}")
    texts -= {
        *ROUTES.values(),
        *TRIGGERS.values(),
    }  # stored once, in English
    texts.update([ACTOR, *LETTERS, *EXAMPLES, *about("result"), *about("comparison")])
    texts |= texts_of_examples()
    codes = {*language.available(), *offered.languages()}
    texts.update((*codes, *map(language.name_of, codes)))
    texts |= texts_of_documents()
    for framework in (*session.frameworks(), CORE, *frameworks):
        texts |= texts_of_framework(framework, language.current())
        texts.add(f"our-{framework.id}")
    ids = {each for framework in (CORE, *frameworks) for each in option_ids(framework)}
    return Data(texts, ids)


# --- The pages ---


@pytest.fixture
def brackets(tmp_path, locales, monkeypatch):
    """The made-up language, and a new store that the pages use."""
    monkeypatch.setattr(language, "LOCALES", locales)
    url = f"sqlite:///{tmp_path / 'store.sqlite3'}"
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", url)
    session.whole_store.clear()
    store = open_store(url)
    language.use(pseudo_language.CODE)  # for labels that the test harness looks up itself
    yield store
    store.close()
    session.whole_store.clear()
    language.use(language.ENGLISH)


def draw(page, state=None, **query):
    """Run the whole app at one page, in the made-up language."""
    return small_app.draw(page, {"language": pseudo_language.CODE, **(state or {})}, **query)


def press(test, label, **places):
    """Click the one button of that label and run the page again."""
    shown_as = bracketed(label).format(**places)
    (button,) = [each for each in test.button if each.label == shown_as]
    button.click().run()
    assert not test.exception


# A line to keep elsewhere is read by programs, in one language.
CHECKPOINT = re.compile(r"assessment=\S+ entries=\d+ head=\w{64} record=\w{64} .*software=\S+ \S+")


def foreign(test, data):
    """Return the words on the page that are neither in brackets nor data, by where they are."""
    titles = [("page", page.title) for page in test.session_state["pages"].values()]
    found = {}
    for place, text in (*shown(test), *titles):
        if unknown := data.foreign(CHECKPOINT.sub("", text)):
            found[f"{place}: {text[:150]}"] = unknown
    return found


PAGES = [page.address for page in frame.PAGES]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_with_nothing_to_show(brackets, page):
    assert foreign(draw(page), data_of(brackets)) == {}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_about_an_assessment_that_is_gone(brackets, page):
    assert foreign(draw(page, assessment="gone"), data_of(brackets)) == {}


@pytest.fixture
def demonstration(brackets):
    put_demonstration(brackets)
    return brackets


def test_the_pages_with_the_demonstration(demonstration):
    data = data_of(demonstration) | Data({s.id for s in demonstration.summaries()}, set())
    for page in ("my-work", "assessments", "start", "records", "help"):
        assert foreign(draw(page, OPENED), data) == {}, page
    for tab in help_page.TABS:
        assert foreign(draw("help", help=tab), data) == {}, tab
    purchase = demonstration.summaries()[0].purchase.id
    assert foreign(draw("start", purchase=purchase), data) == {}
    assert foreign(draw("records", assessment="demo-p01"), data) == {}


def test_a_supplier(demonstration):
    """Chosen and not, assessed as an organisation and not, everything open and nothing."""
    organisation = load_framework(FRAMEWORKS / "supplier-organisation.yaml")
    supplier = Supplier(name="Example AI Ltd", company_number="1", group="Group", jurisdiction="X")
    bid = Purchase(id="bid", title="Rotas", buyer="Us", chosen_supplier="Somebody else")
    put(demonstration, CASES["stops, and how they may be met"], supplier=supplier)
    put(demonstration, AnswerSet(as_of=AS_OF), id="bid", supplier=supplier, purchase=bid)
    put(demonstration, AnswerSet(as_of="2020-01-01"), organisation, id="org", supplier=supplier)
    points = read_framework(SMALL_IMPACT.read_text("utf-8"), "small-impact.yaml")
    put(demonstration, AnswerSet(as_of=AS_OF), points, id="points", supplier=supplier)
    data = data_of(demonstration, organisation, points)
    data |= Data({"Boiler and lock failure predicti…"}, set())  # cut short for a phone
    state = {"table:supplier_sections": True}
    for name in ("Example AI Ltd", "Kestrel Predict Ltd"):
        for tab in supplier_page.TABS:
            shown = draw("supplier", state, supplier=name, **{supplier_page.SHOW: tab})
            assert foreign(shown, data) == {}, (name, tab)
    assert foreign(draw("supplier", supplier="Ironvale"), data | Data({"Ironvale"}, set())) == {}


def test_assessments_of_the_demonstration(demonstration):
    """The details of every one, and every tab of some risk profiles."""
    summaries = demonstration.summaries()
    data = data_of(demonstration) | Data({summary.id for summary in summaries}, set())
    # A section of a law is called what the law calls it, in whatever language the app is.
    data |= Data({n for e in exemptions().values() for n in (e.law, e.section, e.title)}, set())
    for summary in summaries:
        test = draw("details", assessment=summary.id)
        assert foreign(test, data) == {}, summary.id
    for tab in details.TABS:
        test = draw("details", assessment=summaries[0].id, details=tab)
        assert foreign(test, data) == {}, tab
    for summary in summaries[::4]:
        state = folded(demonstration.load(summary.id))
        for tab in profile.TABS:
            test = draw("profile", state, assessment=summary.id, show=tab)
            assert foreign(test, data) == {}, (summary.id, tab)


def test_the_compare_page(demonstration):
    """Each tab, what is folded away opened; and with a bid that is stopped and one set apart."""
    stored = demonstration.load("demo-p01")
    stops = {"SR-06": Answer(options=("g",)), "SR-01": Answer(state="unknown")}
    for name, answers, pack in (("Stopped", stops, "full"), ("Apart", {}, "baseline")):
        kept = replace(
            stored.assessment,
            id=name.lower(),
            supplier=Supplier(name=name),
            answer_set=AnswerSet(as_of=AS_OF, answers=answers, pack=pack),
        )
        demonstration.create(kept, stored.framework, ACTOR)
    # On a mark of what moves the lead, names and questions are cut short.
    short = {shorten(each.supplier.name, 20) for each in demonstration.summaries()}
    room = lead_swings.LONGEST_TEXT, lead_swings.LONGEST_TEXT - len("⟦Open: ⟧")
    asks = [question.ask for question in stored.framework.questions()]
    short |= {shorten(ask, longest) for ask in asks for longest in room}
    data = data_of(demonstration) | Data(short, set())
    purchase = stored.assessment.purchase.id
    state = {f"table:{name}": True for name in about("comparison")} | {"other-differences": True}
    for tab in compare_page.TABS:
        assert foreign(draw("compare", state, purchase=purchase, compare=tab), data) == {}, tab


def test_the_portfolio_of_the_demonstration(demonstration):
    """Every tab, each kind of concentration, with the tables unfolded and a filter set."""
    charts = {*about("portfolio"), *(f"concentration-{kind}" for kind in KINDS)}
    letters = {band.label[0] for band in CORE.policy.bands}
    data = data_of(demonstration) | Data(charts | letters, set())
    for tab in portfolio_parts.TABS:
        state = {f"table:{name}": True for name in about("portfolio")}
        query = {"portfolio-show": tab, "tier": "2"}
        assert foreign(draw("portfolio", state, **query), data) == {}, tab
    for kind in KINDS:
        state = {f"table:concentration-{kind}": True, "hanging": True}
        query = {"portfolio-show": "Concentration", "by": kind}
        assert foreign(draw("portfolio", state, **query), data) == {}, kind


def test_a_purchase_whose_supplier_is_not_settled(brackets):
    for name, supplier in (("one", "Ash"), ("two", "Birch")):
        brackets.create(
            Assessment(
                id=name,
                purchase=Purchase(id="p", title="Case triage", buyer="A council"),
                supplier=Supplier(name=supplier),
                answer_set=AnswerSet(as_of=AS_OF),
            ),
            CORE,
            ACTOR,
        )
    assert foreign(draw("portfolio", {"undecided": True}), data_of(brackets)) == {}


def test_the_frameworks(demonstration):
    """Each tab, of a framework that counts points too.

    But for the comparison, whose cells are put together from the frameworks' own texts.
    """
    impact = read_framework(SMALL_IMPACT.read_text("utf-8"), "small-impact.yaml")
    put(demonstration, AnswerSet(as_of=AS_OF), impact)
    data = data_of(demonstration, impact)
    for tab in {*frameworks_page.TABS, *frameworks_page.OLD} - {"Compare versions"}:
        for name in ("ai-supplier-core@2026.2", "small-impact@1"):
            query = {"frameworks-show": tab, "framework": name}
            assert foreign(draw("frameworks", **query), data) == {}, (tab, name)


def test_a_result_in_points(brackets):
    impact = read_framework(SMALL_IMPACT.read_text("utf-8"), "small-impact.yaml")
    far = {"effect": Answer(options=("far-4",)), "phase": Answer(options=("design",))}
    for answers in ({}, far):
        put(brackets, AnswerSet(as_of=AS_OF, answers=answers), impact, id=f"case-{len(answers)}")
        data = data_of(brackets, impact)
        for tab in profile_impact.TABS:
            test = draw("profile", assessment=f"case-{len(answers)}", show=tab)
            assert foreign(test, data) == {}, tab
        for section in ("facts", "about", "designing"):
            test = draw("answer", assessment=f"case-{len(answers)}", section=section)
            assert foreign(test, data) == {}, section


def folded(stored):
    """Return the keys of what is folded away on the risk profile, opened."""
    questions = [question.id for question in stored.framework.questions()]
    tables = {f"table:{name}": True for name in about("result")}
    sums = {f"sums:{section.id}": True for section in stored.framework.sections}
    findings = {f"finding:{stored.assessment.id}:{name}": True for name in questions}
    return tables | sums | findings


def test_what_changed_since_last_time(demonstration):
    """Within a version, on time alone, without the one it follows, and across methods."""
    points = read_framework(SMALL_IMPACT.read_text("utf-8"), "small-impact.yaml")
    case = CASES["states and evidence that ran out"]
    later = replace(case, as_of="2027-12-31", answers={**case.answers, "CX-01": None})
    later = replace(later, answers={k: v for k, v in later.answers.items() if v is not None})
    put(demonstration, replace(case, as_of="2026-11-20"), id="first")
    put(demonstration, later, id="second")
    put(demonstration, AnswerSet(as_of="2028-01-01"), points, id="third")
    data = data_of(demonstration, points)
    for name in ("demo-p05", "demo-p10", "first", "second", "third"):
        test = draw("profile", assessment=name, show="Since last time")
        assert foreign(test, data) == {}, name


def test_every_section_of_an_assessment(demonstration):
    data = data_of(demonstration)
    stored = demonstration.load("demo-p01")
    walk = steps(stored.framework, score(stored.framework, stored.assessment.answer_set))
    for step in walk:
        noted = frozenset(("demo-p01", question.id) for question in step.questions[::2])
        state = {"notes-open": noted}
        test = draw("answer", state, assessment="demo-p01", section=step.id)
        assert foreign(test, data) == {}, step.id
        for key in [each.key for each in test.button if str(each.key).startswith("why-")][::3]:
            assert foreign(test.button(key=key).click().run(), data) == {}, key


# --- What the demonstration does not show ---


def put(store, answer_set, framework=CORE, **more):
    """Store the assessment ``case``."""
    store.create(small_app.assessment(answer_set=answer_set, **more), framework, ACTOR)


def all_at(place, evidence="E4", **changes):
    """Return every question answered with its option at this place, but for ``changes``."""
    answers = {
        name: Answer(options=(question.options[place].id,), evidence=evidence)
        for name, question in CORE.by_id.items()
    }
    given = {name.replace("_", "-"): answer for name, answer in changes.items()}
    return {name: answer for name, answer in {**answers, **given}.items() if answer is not None}


WORST = all_at(-1)
OVERRIDDEN = StopOverride(
    question="SR-06", by="Grace", at=AS_OF, reason="Winter", until="2026-01-01"
)
RECORDED = Mitigation(
    question="DP-08", status="agreed", target="a", owner="Ann", due="2026-11-22", clause="Ours"
)
CASES = {
    "nothing answered": AnswerSet(as_of=AS_OF),
    "one open answer": AnswerSet(as_of=AS_OF, answers=all_at(0, DP_02=None)),
    "two open answers": AnswerSet(as_of=AS_OF, answers=all_at(1, DP_02=None, DP_04=None)),
    "too small a pack": AnswerSet(as_of=AS_OF, pack="triage", answers=all_at(0)),
    "stops, and how they may be met": AnswerSet(
        as_of=AS_OF,
        answers=WORST,
        mitigations=(
            RECORDED,
            Mitigation(question="DP-04", status="proposed", target="a", due="2026-11-24"),
            Mitigation(question="DP-09", status="verified", target="a", evidence="E4"),
            replace(RECORDED, question="EQ-01", due="2099-01-01"),
            replace(RECORDED, question="EQ-02", due="2026-11-23"),
        ),
    ),
    "the tier is not certain": AnswerSet(as_of=AS_OF, answers=all_at(-1, CX_01=None, CX_02=None)),
    "states and evidence that ran out": AnswerSet(
        as_of=AS_OF,
        answers=all_at(
            1,
            evidence="E1",
            DP_02=Answer(state="unknown"),
            DP_04=Answer(state="withheld"),
            EQ_03=Answer(state="not_applicable", reason="Nobody is judged"),
            DP_08=Answer(
                options=("d",), evidence="E2", valid_until="2026-11-22", link="x", note="y"
            ),
            DP_09=Answer(options=("d",), evidence="E2", valid_until="2026-12-22"),
        ),
        mitigations=(replace(RECORDED, due="2099-01-01"),),
    ),
}


# The Answer page shows no more of the others.
WALKED = ("nothing answered", "stops, and how they may be met", "states and evidence that ran out")


@pytest.mark.parametrize("case", CASES)
def test_the_risk_profile_of_any_result(brackets, case):
    put(
        brackets,
        CASES[case],
        overrides=(OVERRIDDEN,),
        triggers=(
            Trigger(what=next(iter(TRIGGERS)), at=AS_OF),
            Trigger(what="The mayor asked", at=AS_OF, resolved_at=AS_OF),
        ),
        decision=RecordedDecision(
            decision="proceed", by="Grace", at=AS_OF, reason="Worth it", review_by="2027-05-01"
        ),
    )
    data = data_of(brackets)
    stored = brackets.load("case")
    trial = {"try:case:0": "DP-08", "try:case:0:DP-08:answer-xx": "a", "other:case": "DP-09"}
    trial |= {"try:case:0:DP-08:weight": "90"}
    for tab in profile.TABS:
        test = draw("profile", folded(stored) | trial, assessment="case", show=tab)
        assert foreign(test, data) == {}, tab
    if case not in WALKED:
        return
    walk = steps(stored.framework, score(stored.framework, stored.assessment.answer_set))
    for step in walk:
        test = draw("answer", assessment="case", section=step.id)
        assert foreign(test, data) == {}, step.id
    assert foreign(draw("assessments", OPENED), data) == {}


def test_a_decision_can_be_recorded_only_in_full(brackets):
    """Every refusal of the forms on the decision record, and what they say once saved."""
    put(brackets, AnswerSet(as_of=AS_OF, answers=WORST))
    data = data_of(brackets)
    test = draw("decision", assessment="case")
    stop = overriding.overridable(score(CORE, AnswerSet(as_of=AS_OF, answers=WORST)))[0]
    override = "Record the override of {question}"
    for label in ("Record the decision", override, "Add the reason"):
        press(test, label, question=stop)
        assert test.error, label
        assert foreign(test, data) == {}, label
    form = f"overrides:{stop}:case:0-xx"
    field(test, "date_input", f"{form}:until").set_value(date(2020, 1, 1))
    field(test, "text_input", f"{form}:by").input(ACTOR)
    field(test, "text_area", f"{form}:reason").input(ACTOR)
    press(test, override, question=stop)
    assert foreign(test, data) == {}
    field(test, "selectbox", ":what").select(list(TRIGGERS)[1])
    field(test, "date_input", "triggers:case:0-xx:at").set_value(date.fromisoformat(AS_OF))
    press(test, "Add the reason")
    stored = brackets.load("case").assessment.triggers
    assert [trigger.what for trigger in stored] == [list(TRIGGERS)[1]]
    assert test.success
    assert foreign(test, data) == {}


def field(test, kind, ending):
    (found,) = [each for each in test.get(kind) if str(each.key).endswith(ending)]
    return found


def test_a_mitigation_can_be_recorded_only_in_full(brackets):
    put(brackets, AnswerSet(as_of=AS_OF, answers=all_at(0, DP_08=Answer(options=("e",)))))
    data = data_of(brackets)
    opened = {"finding:case:DP-08": True}
    test = draw("profile", opened, assessment="case", show="Findings and conditions")
    field(test, "text_input", ":clause").input("")
    for status in ("", "agreed", "verified"):
        field(test, "selectbox", ":status").select(status)
        press(test, "Save the mitigation of {question}", question="DP-08")
        assert test.error
        assert foreign(test, data) == {}, status
    brackets.save(
        "case",
        "mitigation:DP-08",
        {"question": "DP-08", "status": "proposed", "target": "a"},
        0,
        "Ben",
    )
    field(test, "selectbox", ":status").select("proposed")
    field(test, "selectbox", ":target").select("b")
    press(test, "Save the mitigation of {question}", question="DP-08")
    assert foreign(test, data_of(brackets)) == {}


def test_an_answer_that_cannot_be_saved(brackets):
    """Refused, disputed and changed elsewhere, for every type of question."""
    framework = every_type()
    put(brackets, AnswerSet(as_of=AS_OF), framework)
    data = data_of(brackets, framework)
    test = draw("answer", assessment="case", section="DP")
    test.main.text_input[0].set_value("1,500")
    test.main.radio[1].set_value("state:not_applicable").run()
    assert len(test.error) == 2
    assert foreign(test, data) == {}
    document = {"option": "b", "evidence": "E2", "note": ACTOR, "valid_until": AS_OF}
    brackets.save("case", "answer:DP-01", document, 0, "Ben")
    brackets.save("case", "answer:DP-02", {"option": "a"}, 0, "Ben")
    area = [box for box in test.text_area if "DP-01" in box.label]
    area[0].set_value(ACTOR).run()
    test.run()
    assert test.warning
    assert test.info
    assert foreign(test, data | data_of(brackets, framework)) == {}


def test_a_form_that_is_refused(brackets):
    """Start and Details say what is missing, and which day cannot be."""
    test = draw("start")
    press(test, "Start answering")
    assert len(test.error) == 4
    assert foreign(test, data_of(brackets)) == {}
    for key in ("title", "buyer", "supplier", "upstream-0"):
        test.text_input(key=f"start-{key}").input(ACTOR)
    test.date_input(key="start-begins").set_value(date(2027, 4, 1))
    test.date_input(key="start-ends").set_value(date(2027, 3, 1))
    press(test, "Start answering")
    assert len(test.error) == 2
    assert foreign(test, data_of(brackets)) == {}
    put(brackets, AnswerSet(as_of=AS_OF))
    test = draw("details", assessment="case", details="Status and pack")
    (as_of,) = [each for each in test.date_input if each.value == date.fromisoformat(AS_OF)]
    as_of.set_value(None)
    press(test, "Save the status")
    assert test.error
    assert foreign(test, data_of(brackets)) == {}


def test_a_similar_purchase_is_pointed_out(demonstration):
    """By title and tag, by ourselves, and what only rests on the same model."""
    test = draw("start")
    purchase = demonstration.load("demo-p10").assessment.purchase
    test.text_input(key="start-title").input(purchase.title).run()
    assert test.get("page_link")
    test.text_input(key="start-capability").input("draft-correspondence").run()
    test.text_input(key="start-upstream-0").input("Halcyon-3").run()
    assert len(test.get("page_link")) == 7
    assert foreign(test, data_of(demonstration)) == {}
    test.text_input(key="start-buyer").input(purchase.buyer).run()
    assert foreign(test, data_of(demonstration)) == {}


def test_loading_the_demonstration(brackets):
    test = draw("assessments", OPENED)
    press(test, "Load the demonstration portfolio")
    assert test.success
    assert foreign(test, data_of(brackets)) == {}
    test.text_input(key="list-search").input("nothing of the kind").run()
    assert foreign(test, data_of(brackets) | Data({"nothing of the kind"}, set())) == {}


def test_a_record_brought_in(demonstration):
    """Here already, then written over what differs, then refused."""
    stored = demonstration.load("demo-p01")
    record = json_record.write([Exported(stored.assessment, stored.framework)])
    ids = {each.id for each in demonstration.summaries()}
    data = data_of(demonstration) | Data({"mine.json", json.loads(record)["digest"], *ids}, set())
    test = draw("records")
    test.file_uploader(key="records-upload").set_value(
        ("mine.json", record, "application/json")
    ).run()
    assert foreign(test, data) == {}
    state = stored.revisions["state"]
    demonstration.save("demo-p01", "state", "draft", state, ACTOR)
    test.run()
    assert foreign(test, data) == {}
    test.checkbox(key="records-replace-0").check().run()
    press(test, "Bring it in")
    assert test.success
    assert foreign(test, data) == {}
    test.file_uploader(key="records-upload").set_value(
        ("mine.json", record[:-9], "application/json")
    ).run()
    assert test.error
    with pytest.raises(json.JSONDecodeError) as caught:
        json.loads(record[:-9])
    assert foreign(test, data | Data({caught.value.msg}, set())) == {}


def test_a_workbook_that_came_back(demonstration, monkeypatch):
    """With problems, an answer and a comment; then a file that is refused."""
    monkeypatch.setattr(records_return, "apart", read_cells)
    records_return._cells.clear()
    stored = demonstration.load("demo-p04")
    book = opened(write_workbook(stored.assessment, stored.framework, "2020-01-01T00:00:00Z"))
    sheet = book.worksheets[1]
    for cell, text in {"D5": "=1", "D6": "No such answer", "F7": "p. 3", "G7": "Annex"}.items():
        sheet[cell].value = text
    sheet["D8"].value = "Don't know"
    data = saved(book)
    places = {f"{letter}{row}" for letter in "ABCDEFG" for row in range(1, 80)}
    issue = book["_meta"]["B8"].value
    own = {"mine.xlsx", "No such answer", "p. 3", "Annex", "Supplier's comment: Annex", issue}
    ids = {each.id for each in demonstration.summaries()}
    own |= places | ids | {"Supplier's comment: Annex Supplier's evidence: p. 3"}
    known = data_of(demonstration) | Data(own, set())
    test = draw("records")
    test.file_uploader(key="return-upload").set_value(("mine.xlsx", data, "")).run()
    assert len([each for each in test.checkbox if "return-row" in str(each.key)]) == 2
    assert foreign(test, known) == {}
    test.file_uploader(key="return-upload").set_value(("mine.xlsx", b"PK", "")).run()
    assert test.error
    assert foreign(test, known) == {}


def test_a_broken_file_is_spoken_about_in_the_language_of_the_visit(
    brackets, tmp_path, monkeypatch
):
    """What is kept of files serves every visit: frameworks are one object in all languages."""
    folder = tmp_path / "frameworks"
    folder.mkdir()
    (folder / "broken.yaml").write_text("id: broken\n", encoding="utf-8")
    monkeypatch.setenv(loading.FURTHER_FOLDERS, str(folder))
    language.use(language.ENGLISH)
    english = {file.path.stem: file for file in offered.files()}
    language.use(pseudo_language.CODE)
    found = {file.path.stem: file for file in offered.files()}

    assert not any("⟦" in problem.message for problem in english["broken"].problems)
    assert all("⟦" in problem.message for problem in found["broken"].problems)
    assert found[CORE.id].framework is english[CORE.id].framework


# --- The language of a visit ---


@pytest.mark.parametrize(
    ("chosen", "browser", "expected"),
    [
        ("xx", None, "xx"),
        ("xx", "en-GB", "xx"),
        (None, "xx-YY", "xx"),
        (None, "XX", "xx"),
        (None, "zz-ZZ", "en"),
        (None, None, "en"),
        ("en", "xx", "en"),
        ("zz", "xx", "en"),
        ("../xx", None, "en"),
    ],
)
def test_a_visit_speaks_the_language_chosen_or_else_the_browser_s(
    brackets, monkeypatch, chosen, browser, expected
):
    monkeypatch.setattr(type(st.context), "locale", browser)
    test = small_app.new_test({"language": pseudo_language.CODE}, {})
    test.session_state["language"] = chosen
    test.run()

    said = bracketed("My work") if expected == "xx" else "My work"
    assert test.title[0].value == said


def test_another_language_changes_no_answer(brackets):
    """A browser names options by their labels: those of the old language are not heard."""
    put(brackets, AnswerSet(as_of=AS_OF))
    brackets.save("case", "answer:DP-02", {"state": "unknown", "evidence": "E2"}, 0, ACTOR)
    brackets.save("case", "answer:DP-04", {"option": "b", "evidence": "E2"}, 0, ACTOR)
    before = brackets.parts("case")
    test = draw("answer", assessment="case", section="DP")
    for code in ("en", pseudo_language.CODE, "en"):
        test.session_state["language"] = code
        test.run()
        test.run()
        chosen = [radio.value for radio in test.main.radio]
        assert chosen.count("state:unknown") == 1
        assert chosen.count("b") == 1
        assert not test.error
    assert brackets.parts("case") == before


def test_another_language_keeps_what_is_not_saved_yet(brackets):
    put(brackets, AnswerSet(as_of=AS_OF))
    test = draw("answer", assessment="case", section="DP")
    place = [radio.label[:5] for radio in test.main.radio].index("DP-08")
    test.main.radio[place].set_value("state:not_applicable").run()
    test.session_state["language"] = "en"
    test.run()
    assert test.main.radio[place].value == "state:not_applicable"
    test.run()
    (reason,) = [box for box in test.text_area if box.label == "Why DP-08 does not apply"]
    reason.set_value("Nothing of the kind").run()
    assert brackets.parts("case")["answer:DP-08"].value["state"] == "not_applicable"


def test_the_open_tab_stands_in_the_address_in_english(brackets):
    """So that a link shows the same tab to whoever follows it, in any language."""
    put(brackets, AnswerSet(as_of=AS_OF))
    test = draw("profile", assessment="case", show="Arithmetic")
    assert not test.get("plotly_chart")
    assert [tab.label for tab in test.tabs] == [bracketed(name) for name in profile.TABS]
    assert test.query_params["show"] == "Arithmetic"
