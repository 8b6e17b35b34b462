"""The Compare page: what stands above what, whom it orders and whom it never does."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from procurement_risk.assessment import Answer, AnswerSet, Supplier
from procurement_risk.comparison import compare, firmness_words
from procurement_risk.profile.words import DUE_DILIGENCE
from procurement_risk.views.compare import (
    choice as compare_choice,
    page as compare_page,
    parts as compare_parts,
    top as compare_top,
)
from tests.support.comparison_examples import CORE, answer_set, bids, entry
from tests.support.stored_examples import put_demonstration

P01 = "demo-purchase-p01"


@pytest.fixture
def demonstration(store):
    put_demonstration(store)
    return store


def draw_page():
    from procurement_risk.views import frame
    from procurement_risk.views.compare import page as compare_page
    from procurement_risk.views.shared import session

    session.remember_pages({each.address: each.drawn(first=False) for each in frame.PAGES})
    compare_page.page()


def show(tab="How firm it is", purchase=P01):
    at = AppTest.from_function(draw_page, default_timeout=60)
    at.query_params["purchase"] = purchase
    at.session_state[compare_page.SHOW] = tab
    at.run()
    assert not at.exception
    return at


def said(at):
    """Everything the page says, in its order, with the escapes taken away."""
    texts = []

    def walk(node):
        value = getattr(node, "value", None)
        if isinstance(value, str):
            texts.append(value)
        for child in getattr(node, "children", {}).values():
            walk(child)

    walk(at._tree)
    return "\n".join(texts).replace("\\", "").replace("\u2060", "")


def add(store, name, answers=None, pack="full", id_=""):
    base = store.load("demo-p01")
    answered = answers if answers is not None else base.assessment.answer_set.answers
    kept = replace(
        base.assessment,
        id=id_ or name.lower(),
        supplier=Supplier(name=name),
        answer_set=AnswerSet(as_of="2026-11-23", answers=answered, pack=pack),
    )
    store.create(kept, base.framework, "Ana")


def test_the_note_and_the_warning_stand_above_everything(demonstration):
    text = said(show())
    places = [
        text.index(words)
        for words in (
            DUE_DILIGENCE,
            "They may never be used to rank bidders",
            "Fictional demonstration data",
            "No order yet: it turns on SR-12 (Saltmarsh",
            "Quillmere Systems Ltd worst in Lock-in",
        )
    ]
    assert places == sorted(places)


def test_a_page_with_nothing_to_compare_says_what_to_do(store):
    text = said(show())
    assert "No purchase here has two suppliers assessed." in text
    assert DUE_DILIGENCE in text


def test_an_address_that_names_no_such_purchase_says_so(demonstration):
    assert "has no two suppliers to compare" in said(show(purchase="gone"))


def test_the_one_purchase_with_several_suppliers_is_chosen_by_itself(demonstration):
    at = show(purchase="")
    assert at.query_params["purchase"] == P01


def test_earlier_assessments_make_no_second_supplier(demonstration):
    known = compare_choice.choices(demonstration.summaries())
    assert list(known) == [P01]
    assert known[P01].suppliers == 3


def test_a_stopped_supplier_stands_first_and_is_never_ordered(demonstration):
    add(demonstration, "Haltwell", {"SR-06": Answer(options=("g",), evidence="E2")})
    text = said(show())
    assert text.index("Haltwell") < text.index("No order yet")
    assert "Stop SR-06" in text
    assert "Haltwell" not in text[text.index("No order yet") :]


def test_one_that_cannot_be_compared_stands_apart_with_the_reason(demonstration):
    add(demonstration, "Lightly", pack="baseline")
    text = said(show())
    assert "it is answered in another pack: Baseline." in text
    assert text.index("Lightly") < text.index("No order yet")


def test_fewer_than_two_comparable_give_no_order(store):
    put_demonstration(store)
    for name in ("demo-p01-saltmarsh", "demo-p01-thistlewood"):
        store.archive(name, "Ana")
    add(store, "Haltwell", {"SR-06": Answer(options=("g",), evidence="E2")})
    text = said(show())
    assert "Fewer than two of these can be compared" in text
    assert "leans" not in text


def test_two_suppliers_can_be_chosen_of_three(demonstration):
    at = show()
    (chosen,) = at.multiselect
    chosen.set_value(["demo-p01", "demo-p01-thistlewood"]).run()
    assert not at.exception
    text = said(at)
    assert "The order is settled in favour of Quillmere Systems Ltd" in text
    (chosen,) = at.multiselect
    chosen.set_value(["demo-p01"]).run()
    assert "Choose at least two suppliers." in said(at)


def test_a_rival_that_was_taken_out_stays_out_in_the_link_and_follows_another_one(demonstration):
    at = show()
    (chosen,) = at.multiselect
    kept = [each for each in chosen.value if each != "demo-p01-saltmarsh"]
    chosen.set_value(kept).run()
    assert at.query_params["without"] in ("demo-p01-saltmarsh", ["demo-p01-saltmarsh"])
    at.query_params["without"] = "demo-p01-thistlewood"
    at.run()
    (chosen,) = at.multiselect
    assert "demo-p01-thistlewood" not in chosen.value
    assert "demo-p01" in chosen.value


def test_what_was_worked_out_is_kept_until_an_assessment_changes(demonstration):
    at = show()
    kept = at.session_state[compare_choice.MEMORY]
    at.run()
    assert at.session_state[compare_choice.MEMORY] is kept
    answer = {"option": "e", "evidence": "E1"}
    stored = demonstration.load("demo-p01-saltmarsh")
    revision = stored.revisions["answer:LI-08"]
    demonstration.save("demo-p01-saltmarsh", "answer:LI-08", answer, revision, "Ana")
    at.run()
    assert at.session_state[compare_choice.MEMORY] is not kept


@pytest.mark.parametrize("tab", compare_page.TABS)
def test_every_tab_draws(demonstration, tab):
    assert said(show(tab))


def test_the_page_and_the_command_say_the_same_sentence(demonstration):
    firmness = compare(bids()).firmness
    assert firmness_words.order_sentences(firmness) in said(show())


def test_other_peoples_text_is_shown_as_text(store):
    hostile = "<b>x</b> [y](https://evil.example) :red[z]"
    put_demonstration(store)
    add(store, hostile, {"SR-06": Answer(options=("g",))}, id_="one")
    add(store, f"{hostile} 2", id_="two")
    at = show()
    assert not at.exception
    shown = [element.value for element in (*at.error, *at.markdown)]
    assert not any("[y](https" in text or "<b>x" in text for text in shown)


# --- Tables ---


def test_no_figure_stands_alone():
    """Beside the ordering figure stand the recommendation, the worst section and what is open."""
    table = compare_top.table(compare(bids()))
    assert list(table["Supplier"]) == [
        "Quillmere Systems Ltd",
        "Saltmarsh Open Systems CIC",
        "Thistlewood Drafting Ltd",
    ]
    assert list(table["Ordering figure"]) == ["35.6", "37.7 (35.1 to 37.7)", "41.7 (40.9 to 42.2)"]
    assert list(table["Open answers"]) == ["0", "2", "4"]
    assert "Lock-in (39.8, Moderate)" in table["Worst section"][0]


def test_a_question_that_does_not_apply_to_one_is_said_so():
    """SR-03 is not asked where nothing is hosted and staff only read what it says."""
    away = answer_set(hosted="no", CX_01="a")
    here = answer_set(hosted="yes", CX_01="a", SR_03="c")
    found = compare([entry("One", here), entry("Two", away)])
    table = compare_parts.difference_table(found, found.differences)
    (row,) = [row for row in table.itertuples(index=False) if row[0].startswith("SR-03")]
    assert "(does not apply)" in row[2 + [c.label for c in found.candidates].index("Two")]


def test_evidence_of_each_supplier_sums_to_a_hundred():
    table = compare_parts.evidence_table(compare(bids()))
    for row in table.itertuples(index=False):
        assert sum(map(float, row[1:])) == pytest.approx(100, abs=0.3)


def test_the_core_framework_has_the_sections_that_are_compared():
    assert [s.id for s in CORE.sections if s.role == "decisive"] == ["DP", "TR", "EQ", "LI", "SR"]


def test_the_page_is_offered_in_every_form(demonstration):
    offered = [each.proto.label for each in show().get("download_button")]
    assert offered[:3] == [
        "This comparison (PDF)",
        "This comparison (HTML)",
        "This comparison (PowerPoint)",
    ]
