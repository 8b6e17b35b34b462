"""The Risk profile page: what it says, what its forms keep, refuse and save."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from streamlit.testing.v1 import AppTest

from procurement_risk.assessment import (
    Answer,
    AnswerSet,
    Mitigation,
    Purchase,
    RecordedDecision,
    StopOverride,
    Supplier,
)
from procurement_risk.assessment.answers import check_answers
from procurement_risk.assessment.words import state_label
from procurement_risk.language.percent import one_decimal
from procurement_risk.language.text import plain
from procurement_risk.methods import evaluate
from procurement_risk.methods.weakest_section import score
from procurement_risk.profile import sums, supplier_questions
from procurement_risk.profile.answer_first import named_first
from procurement_risk.views.profile import (
    mitigation as profile_mitigation,
    page as profile,
)
from procurement_risk.views.shared import session
from tests.support.answer_sets import AS_OF, CORE, core_document, random_answers, rngs
from tests.support.core_pages import (
    assessment,
    press,
    settled_answers,
    text_of,
    without_its_app,
    worst,
)

CORE_DOCUMENT = core_document()
HOSTILE = "<b>x</b> [y](https://evil.example) :red[z] $q$ :smile:"
STOP, FLAG, DUTY = "SR-06", "SE-04", "EQ-01"


@pytest.fixture
def store(tmp_path, monkeypatch):
    """A new database, which the page finds by its setting."""
    with without_its_app(tmp_path, monkeypatch) as opened:
        yield opened


def draw_page():
    from procurement_risk.views.profile import page as profile

    profile.page()


@pytest.fixture
def show(store):
    """Store an assessment and draw its page, on the tab named."""

    def draw(stored, tab="Charts", **state):
        store.create(stored, CORE, "Ana")
        at = AppTest.from_function(draw_page, default_timeout=30)
        at.query_params["assessment"] = stored.id
        at.session_state["show"] = tab
        for key, value in state.items():
            at.session_state[key] = value
        return at.run()

    return draw


def field(at, kind, ending):
    """The one field whose key ends so; keys begin with the form's part and its generation."""
    (found,) = [element for element in at.get(kind) if str(element.key).endswith(ending)]
    return found


def errors(at):
    return [error.value for error in at.error]


# --- What it says ---


@pytest.mark.parametrize("tab", profile.TABS)
@pytest.mark.parametrize("seed", range(3))
def test_every_tab_can_be_drawn(show, tab, seed):
    """Half open, all answered, and nothing answered at all."""
    line = random_answers(Random(seed), CORE_DOCUMENT, p_open=(0.4, 0, 1)[seed])
    at = show(assessment(check_answers(CORE, line)), tab)

    assert not at.exception
    assert "This is not legal advice" in text_of(at)
    assert "House defaults, to be adopted by your organisation" in text_of(at)


def test_only_the_open_tab_is_worked_out(show):
    at = show(assessment(AnswerSet(as_of=AS_OF)), "Arithmetic")

    assert not at.get("plotly_chart")
    assert "sum of weight" in text_of(at)


def test_without_an_assessment_it_says_what_to_do(store):
    at = AppTest.from_function(draw_page).run()

    assert not at.exception
    assert at.title[0].value == "No assessment is open"
    assert "Choose one" in at.markdown[0].value


def test_nothing_answered(show, monkeypatch):
    """The headline is a range; five questions to ask next, each with a button, the rest folded."""
    led = []
    monkeypatch.setattr(session, "link", lambda page, _label, **query: led.append((page, query)))
    at = show(assessment(AnswerSet(as_of=AS_OF)))

    assert at.header[0].value == (
        "Not ready\\: nothing settled yet\\, answer “About the purchase”\\, CX\\-01 and CX\\-02"
    )
    asked = [button.label for button in at.button if button.label.startswith("Answer ")]
    assert len(asked) == 5
    named = named_first(score(CORE, AnswerSet(as_of=AS_OF)))
    assert (CORE.by_id[named[0]].is_fact, named[1:]) == (True, ("CX-01", "CX-02"))
    assert [query["question"] for _page, query in led if query.get("question") in named] == [
        *named
    ]
    assert any("The other 103 open questions" in e.label for e in at.expander)
    assert "108 answers are open" in text_of(at)


def test_settled_result_asks_nothing_more(show):
    at = show(assessment(settled_answers()))

    assert at.header[0].value == "Proceed"
    assert "To be signed at Tier I by: Service manager." in text_of(at)
    assert "What to ask next" not in text_of(at)


def test_advice_is_kept_for_one_revision(show, store):
    """The second run finds it; a new answer makes it anew."""
    at = show(assessment(AnswerSet(as_of=AS_OF)))
    first = at.session_state["profile_advice"][1]["ask_next"]

    at.run()
    assert at.session_state["profile_advice"][1]["ask_next"] is first
    store.save("one", "answer:DP-02", {"option": "a", "evidence": "E4"}, 0, "Ben")
    at.run()
    assert len(at.session_state["profile_advice"][1]["ask_next"]) < len(first)


def test_stops_and_flags_stand_with_question_and_answer(show, monkeypatch):
    """A legal duty says that it cannot be overridden; a flag is a flag."""
    leads = []
    monkeypatch.setattr(session, "link", lambda _page, label, **_query: leads.append(label))
    answers = settled_answers(**{name: worst(name) for name in (DUTY, FLAG)})
    at = show(assessment(answers))
    said = text_of(at)

    assert at.header[0].value == "Do not proceed"
    assert f"**Stop {DUTY.replace('-', chr(92) + '-')}**" in leads
    assert CORE.by_id[DUTY].ask in said
    assert CORE.by_id[DUTY].options[-1].label in said
    assert "A legal duty: it can only be met, not overridden." in said
    assert f"**Flag {FLAG.replace('-', chr(92) + '-')}**" in leads
    assert CORE.by_id[FLAG].ask in said
    assert "Challenge the purchase." in said


def test_small_pack_names_the_one_to_take_next(show):
    """Triage decides nowhere; at Tier I baseline is enough."""
    at = show(assessment(replace(settled_answers(), pack="triage")))

    said = text_of(at)
    assert "The Triage pack is too small to decide at Tier I. Take the Baseline pack next." in said
    assert "Everything asked is answered, but too little was asked to decide." in said
    assert "What to ask next" not in said


def test_tier_says_which_parts_of_the_rule_hold(show):
    """CX-02 at its worst gives 4, and informing staff takes one step off: Tier III."""
    at = show(assessment(settled_answers(**{"CX-02": "e", "public_facing": "no"})))

    assert "Tier III" in [s.value for s in at.subheader]
    assert "CX-02** gives 4" in text_of(at)
    assert "One step down: It only informs staff" in text_of(at)
    assert "One step up" not in text_of(at)


def test_text_from_people_is_never_markup(show):
    """Titles, names, notes, reasons: whatever reaches Markdown has been escaped."""
    answers = settled_answers(**{FLAG: worst(FLAG)})
    noted = replace(answers.answers[FLAG], note=HOSTILE, link="https://evil.example")
    answers = replace(
        answers,
        answers={**answers.answers, FLAG: noted},
        mitigations=(
            Mitigation(
                question=FLAG,
                status="agreed",
                target="a",
                owner=HOSTILE,
                due="2027-01-01",
                clause=HOSTILE,
            ),
        ),
    )
    stored = assessment(
        answers,
        purchase=Purchase(id="p", title=HOSTILE, buyer=HOSTILE),
        supplier=Supplier(name=HOSTILE),
        decision=RecordedDecision(
            decision="escalate", by=HOSTILE, at="2026-11-20", reason=HOSTILE
        ),
    )
    opened_finding = {f"finding:one:{FLAG}": True}
    at = show(stored, "Findings and conditions", **opened_finding)

    shown = [str(e.value) for kind in (at.title, at.markdown, at.caption) for e in kind]
    assert any(plain(HOSTILE) in each for each in shown)
    for each in shown:
        assert "<b>" not in each
        assert "](https" not in each
        assert ":red[" not in each
    assert any(HOSTILE in text.value for text in at.text)
    cells = at.table[0].value.to_numpy().ravel().tolist()
    assert plain(HOSTILE) in cells


# --- Mitigations ---


def open_finding(show, **more):
    answers = settled_answers(**{"DP-08": "e"})
    key = f"finding:one:{'DP-08'}"
    return show(assessment(answers, **more), "Findings and conditions", **{key: True})


def test_refused_form_keeps_what_was_typed_and_says_what_is_missing(show, store):
    at = open_finding(show)
    field(at, "selectbox", ":status").select("agreed")
    field(at, "text_input", ":owner").input("Head of data")
    field(at, "date_input", ":due").set_value(None)
    at = press(at, "Save the mitigation of DP-08")

    assert "Choose the option that this mitigation brings the answer to." in errors(at)
    assert "Give the day by which it is due." in errors(at)
    assert "2 fields need you: what is missing or wrong stands under each." in errors(at)
    assert field(at, "text_input", ":owner").value == "Head of data"
    assert field(at, "date_input", ":due").value is None
    assert field(at, "selectbox", ":status").value == "agreed"
    assert store.load("one").assessment.answer_set.mitigations == ()


def test_agreed_mitigation_is_saved_and_stands_among_the_conditions(show, store):
    """The clause begins with the headings of the question's clauses."""
    at = open_finding(show)
    headings = profile_mitigation.clause_headings(CORE, CORE.by_id["DP-08"])
    assert field(at, "text_input", ":clause").value == headings
    field(at, "selectbox", ":status").select("agreed")
    field(at, "selectbox", ":target").select("a")
    field(at, "text_input", ":owner").input("Head of data")
    field(at, "date_input", ":due").set_value(date(2099, 3, 31))
    at = press(at, "Save the mitigation of DP-08")

    expected = Mitigation(
        question="DP-08",
        status="agreed",
        target="a",
        owner="Head of data",
        due="2099-03-31",
        clause=headings,
    )
    assert not errors(at)
    assert "Saved." in [message.value for message in at.success]
    assert store.load("one").assessment.answer_set.mitigations == (expected,)
    assert "Head of data" in at.table[0].value.to_numpy().ravel().tolist()
    assert "Conditions: 1" in text_of(at)


def test_mitigation_can_be_taken_away(show, store):
    stored = Mitigation(question="DP-08", status="proposed", target="a")
    answers = replace(settled_answers(**{"DP-08": "e"}), mitigations=(stored,))
    at = show(assessment(answers), "Findings and conditions", **{"finding:one:DP-08": True})
    field(at, "selectbox", ":status").select("")
    at = press(at, "Save the mitigation of DP-08")

    assert not errors(at)
    assert store.load("one").assessment.answer_set.mitigations == ()


def test_a_colleague_who_was_faster_is_not_overwritten(show, store):
    """The first try is refused and keeps what was typed; having seen theirs, one may save."""
    at = open_finding(show)
    theirs = {"question": "DP-08", "status": "proposed", "target": "b"}
    store.save("one", "mitigation:DP-08", theirs, 0, "Ben")
    field(at, "selectbox", ":status").select("proposed")
    field(at, "selectbox", ":target").select("c")
    at = press(at, "Save the mitigation of DP-08")

    assert any("Ben changed this" in error for error in errors(at))
    assert field(at, "selectbox", ":target").value == "c"
    assert store.load("one").assessment.answer_set.mitigations[0].target == "b"
    at = press(at, "Save the mitigation of DP-08")
    assert store.load("one").assessment.answer_set.mitigations[0].target == "c"


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({}, []),
        ({"owner": ""}, ["An agreed mitigation needs an owner: write who sees to it."]),
        ({"due": ""}, ["Give the day by which it is due."]),
        ({"status": "proposed", "owner": "", "due": "", "clause": ""}, []),
        ({"status": "verified", "evidence": "E4", "due": ""}, []),
    ],
)
def test_what_a_mitigation_lacks(changes, missing):
    agreed = Mitigation(
        question="DP-08", status="agreed", target="a", owner="x", due="2027-01-31", clause="y"
    )

    found = profile_mitigation.problems(replace(agreed, **changes))
    assert [each.message for each in found] == missing
    assert {each.where for each in found} <= changes.keys()


def test_verified_needs_evidence_of_its_own():
    claimed = Mitigation(question="DP-08", status="verified", target="a")

    assert "E4" in profile_mitigation.problems(claimed)[0].message


def test_overdue_is_said_in_words(show):
    """Past its date before as-of, an agreed mitigation counts as proposed."""
    overdue = Mitigation(
        question="DP-08", status="agreed", target="a", owner="x", due="2026-11-22", clause="y"
    )
    answers = replace(settled_answers(**{"DP-08": "e"}), mitigations=(overdue,))
    at = show(assessment(answers), "Findings and conditions")

    said = at.table[0].value.to_numpy().ravel().tolist()
    assert "Agreed\\, overdue\\: counts as proposed only" in said


def test_an_override_past_its_day_says_so(show):
    override = StopOverride(
        question=STOP, by="Chief", at="2020-01-01", reason="Winter", until="2020-01-31"
    )
    answers = settled_answers(**{STOP: worst(STOP)})
    at = show(assessment(answers, overrides=(override,)))

    assert "it is still a stop. That day has passed. Reason: Winter" in text_of(at)


# --- What would change it ---


def test_answers_it_rests_on_are_named(show):
    """One worse option on a question with a flag on its second option would be graver."""
    at = show(assessment(settled_answers(**{FLAG: worst(FLAG)})), "What would change it")

    assert "One better answer that would ease “Escalate”: 1" in text_of(at)


# --- The arithmetic ---


@given(rngs())
@settings(deadline=None, max_examples=60)
def test_the_sums_shown_are_the_scores(rng: Random):
    """For every section, figure and end, adding up what is shown gives the score exactly."""
    pack = rng.choice([pack.id for pack in CORE.packs])
    line = random_answers(rng, CORE_DOCUMENT, p_open=rng.choice([0, 0.3, 0.8]))
    result = score(CORE, check_answers(CORE, line, pack))
    for scored in result.sections.values():
        for figure in sums.FIGURES if scored else ():
            for end in sums.ENDS:
                added = sums.add_up(scored, figure, end, CORE.scale_max)
                expected = getattr(getattr(scored, figure), end)
                assert added.percent == expected if added else not scored.has_mandatory
                if added:
                    assert redone(added.spelled_out()) == (expected, one_decimal(expected))


def redone(line):
    """Do the sum again from its text alone."""
    terms, weights, answer = line.split(" = ")[0], line.split("(")[1], line.rsplit(" = ", 1)[1]
    pairs = [term.split("×") for term in terms.split(" + ")]
    total = sum(int(weight) * Fraction(value) for weight, value in pairs)
    worst_value, weight = weights.split(")")[0].split(" × ")
    assert int(weight.replace(",", "")) == sum(int(pair[0]) for pair in pairs)
    return 100 * total / (int(worst_value) * int(weight.replace(",", ""))), answer


@pytest.mark.parametrize(
    ("quarters", "words"), [(0, "0"), (1, "0.25"), (6, "1.5"), (11, "2.75"), (16, "4")]
)
def test_quarters_of_a_point_are_exact_decimals(quarters, words):
    assert sums.points(quarters) == words


def test_arithmetic_of_an_open_section(show):
    """The sums stand in the open section, one for each end that differs."""
    at = show(assessment(AnswerSet(as_of=AS_OF)), "Arithmetic", **{"sums:LI": True})
    shown = [text.value for text in at.text]

    assert any(line.startswith("Residual at worst: ") and "= 100.0" in line for line in shown)
    assert state_label("unanswered") in [
        cell.replace("\\", "") for cell in at.table[1].value.iloc[:, 1]
    ]


# --- The list for the supplier ---


def test_the_list_for_the_supplier_is_offered_to_copy_and_to_download(show):
    asked = assessment(AnswerSet(as_of=AS_OF))
    at = show(asked)
    letter = supplier_questions.as_letter(asked, CORE, evaluate(CORE, asked.answer_set))
    assert any("A ready list for the supplier: " in each.label for each in at.expander)
    letters = [each.value for each in at.code if each.value.startswith("Questions for")]
    assert letters == [letter.rstrip()]
    assert any("Download the list" in each.proto.label for each in at.get("download_button"))


def test_the_list_for_the_supplier_is_offered_though_the_decision_is_settled(show):
    """A fired stop settles it, and the supplier may still clear it up."""
    stop = {"SR-06": Answer(options=(CORE.by_id["SR-06"].options[-1].id,), evidence="E4")}
    at = show(assessment(AnswerSet(as_of=AS_OF, answers=stop)))
    assert any("A ready list for the supplier: " in each.label for each in at.expander)
