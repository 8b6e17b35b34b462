"""The Answer and the Risk profile page where points are counted."""

import pytest

from procurement_risk.assessment import Answer
from procurement_risk.framework.document import framework_from_document
from procurement_risk.methods.impact_mitigation import ask_next, score
from procurement_risk.profile import impact_words
from procurement_risk.views.profile import impact as profile_impact
from tests.support.framework_documents import IMPACT, SMALL, changed
from tests.support.small_app import assessment, draw, folded, press, said, tables

FRAMEWORK = framework_from_document(IMPACT)
SIX = {"phase": "design", "effect": "far-4", "harms": Answer(options=("readers-2",))}
SETTLED = {
    **SIX,
    "library": "no",
    "harms": Answer(options=("readers-2", "staff-1")),
    "tested-design": "yes-5",
}
HOSTILE = "<b>x</b> [y](https://evil.example) :red[z]"


def result(answers):
    return score(FRAMEWORK, assessment(answers).answer_set)


def show(app, answers=None, tab="Points", framework=IMPACT, **more):
    app.create(framework, answers, **more)
    return draw("profile", assessment="case", show=tab)


def field(at, kind, ending):
    (found,) = [element for element in at.get(kind) if str(element.key).endswith(ending)]
    return found


# --- The risk profile -----------------------------------------------------------------------


def test_a_result_that_is_not_settled_is_a_range_with_what_it_hides(app):
    """Headline, published figure, hidden bounds and the cliff; then what to ask."""
    page = show(app)
    got, words = result({}), said(page)

    assert page.header[0].value == "Not ready\\: between Level I and Level III"
    assert impact_words.published_sentence(got) in words
    assert impact_words.hidden_sentence(got) in words
    assert impact_words.cliff_sentence(got) in words
    assert "What to ask next" in words


def test_a_settled_result_is_its_level_and_asks_nothing(app):
    page = show(app, SETTLED)
    words = said(page)

    assert page.header[0].value == "Level III"
    assert "nothing is hidden" in words
    assert "What to ask next" not in words
    assert "Continue answering" not in [button.label for button in page.button]


def test_who_signs_stands_beside_the_level(app):
    """Level I of the small framework is signed by the team leader; level III says nobody."""
    assert "To be signed by: Team leader." in said(show(app))
    app.create(IMPACT, SETTLED, id="other")
    assert "signed by" not in said(draw("profile", assessment="other"))


def test_without_mitigation_there_is_no_cliff(app):
    """A framework that only counts impact points has nothing to come off."""
    document = changed(("sections",), IMPACT["sections"][:1], IMPACT)
    page = show(app, framework=document)

    assert "What the published figure hides" in said(page)
    assert "Mitigation stands" not in said(page)


def test_what_to_ask_next_says_how_much_and_where_it_leads(app):
    """The same questions in the same order as the method gives, five at most."""
    page = show(app)
    asked = ask_next(result({}))
    labels = [b.label for b in page.button if str(b.key).startswith("next:")]

    assert labels == [
        "Answer this fact" if question.is_fact else f"Answer {question.id}"
        for question, _ in asked[:5]
    ]
    assert "Up to 4 points. Leads to Level I to Level III." in said(page)
    assert "Other questions rest on it. Leads to Level I to Level III." in said(page)


def test_its_button_leads_to_the_question(app):
    page = press(show(app), "Answer effect")

    assert "About" in [header.value for header in page.header]
    assert "How far does it reach?" in said(page)


@pytest.mark.parametrize("tab", profile_impact.TABS)
@pytest.mark.parametrize("answers", [{}, SIX, SETTLED])
def test_every_tab_can_be_drawn(app, tab, answers):
    page = show(app, answers, tab)

    assert [each.label for each in page.tabs] == list(profile_impact.TABS)
    assert "This is not legal advice" in said(page)
    assert "Nobody, this is invented" in said(page)


def test_only_the_open_tab_is_worked_out(app):
    assert not show(app, tab="Arithmetic").get("plotly_chart")


def test_points_by_section(app):
    """Points, the most there could be, and what is answered of what is asked so far."""
    assert tables(show(app, SIX))[-1] == [
        ["About", "Impact", "6", "10", "2 of 2"],
        ["Mitigation while designing", "Mitigation", "0", "5", "0 of 1"],
        ["Mitigation in service", "Mitigation", "0", "5", "0 of 0"],
    ]


def test_the_arithmetic_shows_each_sum_and_each_answer(app):
    """What is not asked gives nothing, whatever is stored."""
    page = show(app, {**SETTLED, "tested-live": "yes-5"}, "Arithmetic")
    words = said(page)

    for line in profile_impact.sums(result(SETTLED)):
        assert line in words
    assert folded(page) == ["About", "Mitigation while designing", "Mitigation in service"]
    about, designing, living = tables(page)
    assert about == [
        ["effect How far does it reach?", "Impact", "Far", "4", "4"],
        ["harms Whom could it harm?", "Impact", "Readers; Staff", "3", "3"],
        ["gone What was asked once?", "Impact", "not asked", "0", "3"],
    ]
    assert designing == [["tested-design Was it tested?", "Mitigation", "Yes", "5", "5"]]
    assert living == [["tested-live Was it tested?", "Mitigation", "not asked", "0", "5"]]


def test_a_decision_is_recorded_beside_what_was_found(app):
    """Points recommend nothing, so no decision differs from a recommendation."""
    app.create(IMPACT, SETTLED)
    page = draw("decision", assessment="case")
    assert "Found: Level III." in said(page)
    assert "Recommended:" not in said(page)
    assert "Stops overridden" not in said(page)

    field(page, "selectbox", ":decision").select("do_not_proceed")
    field(page, "text_input", ":by").input("Chief")
    page = press(page, "Record the decision")

    assert not page.error
    assert app.store.load("case").assessment.decision.decision == "do_not_proceed"
    assert "**Do not proceed**, decided by Chief" in said(page)
    assert "**Decided: Do not proceed**, by Chief" in said(draw("profile", assessment="case"))


def test_a_decision_still_needs_somebody(app):
    app.create(IMPACT, SETTLED)
    page = draw("decision", assessment="case")
    field(page, "text_input", ":by").input("")
    page = press(page, "Record the decision")

    assert "Write who decided: a name and a post." in [error.value for error in page.error]
    assert "Choose a decision." in [error.value for error in page.error]
    assert app.store.load("case").assessment.decision is None


def test_text_of_a_framework_is_never_markup(app):
    """Level, meaning, who signs, question: whatever reaches Markdown has been escaped."""
    document = changed(("sections", 0, "questions", 1, "ask"), HOSTILE, IMPACT)
    first = {"label": HOSTILE, "meaning": HOSTILE, "sign_off": HOSTILE}
    document["policy"]["levels"][0] |= first
    page = show(app, framework=document)

    shown = [e.value for kind in (page.header, page.markdown, page.caption) for e in kind]
    assert any("evil" in str(each) for each in shown)
    for each in shown:
        assert "<b>" not in each
        assert "](https" not in each
        assert ":red[" not in each


# --- The answer page ------------------------------------------------------------------------


def answer_page(app, answers=None, section="about", framework=IMPACT):
    app.create(framework, answers)
    return draw("answer", assessment="case", section=section)


def test_the_panel_shows_what_is_counted_so_far_and_how_far_it_can_go(app):
    words = said(answer_page(app, SIX))
    got = result(SIX)

    assert "**Not ready: between Level II and Level III**" in words
    assert "2 open questions could still change the result." in words
    assert "Impact points: **6** of 10" in words
    assert "Mitigation points: **0**\n" in words
    assert "After the reduction: **6** of 10" in words
    assert "Can still come to 0 to 5" in words
    assert "Can still come to 5 to 6" in words
    assert impact_words.cliff_sentence(got) in words


def test_the_panel_of_a_settled_result_shows_no_ranges(app):
    words = said(answer_page(app, SETTLED))

    assert "**Level III**" in words
    assert "Can still come to" not in words
    assert "could still change" not in words


def test_the_panel_follows_an_answer_at_once(app):
    page = answer_page(app)
    place = [radio.label for radio in page.main.radio].index("effect · How far does it reach?")
    page.main.radio[place].set_value("far-4").run()

    assert "Impact points: **4** of 10" in said(page)
    assert "Whom could it harm?" in said(page)


def test_help_is_shown_and_a_question_without_guidance_has_nothing_to_unfold(app):
    """Of the two questions asked so far, only the second says why it is asked."""
    page = answer_page(app)

    assert [radio.label for radio in page.main.radio] == [
        "Sections",
        "phase · Which phase?",
        "effect · How far does it reach?",
    ]
    assert "The one you are in." in said(page)
    assert [each.label for each in page.button].count("Why we ask") == 1


def test_guidance_unfolds(app):
    app.create(IMPACT)
    page = press(draw("answer", assessment="case", section="about"), "Why we ask")

    assert "**Why we ask.** The further, the worse." in said(page)
    assert "**Contract clause.** Limits of use." in said(page)


def test_no_grade_is_asked_where_evidence_does_not_count(app):
    """Where stakes decide, it is; a link and a note can be kept in both."""
    page = answer_page(app, SIX)
    labels = [each.label for each in page.segmented_control]
    assert not [label for label in labels if label.startswith("Evidence held")]
    assert "Note and link" in [each.label for each in page.button]

    app.create(SMALL, {"DP-1": "a"}, id="other")
    labels = [
        each.label for each in draw("answer", assessment="other", section="DP").segmented_control
    ]
    assert "Evidence held for DP-1" in labels


def test_the_facts_come_first_and_other_sections_when_their_time_comes(app):
    page = answer_page(app, section="")
    assert page.header[0].value == "About the purchase"
    assert list(page.main.radio[0].options) == ["About the purchase", "About"]

    app.create(IMPACT, {"phase": "live"}, id="other")
    page = draw("answer", assessment="other", section="living")
    assert list(page.main.radio[0].options)[-1] == "Mitigation in service"
    assert page.header[0].value == "Mitigation in service"
