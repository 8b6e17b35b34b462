"""Points in words, sums and a picture: what stands there is what the method found."""

import re
from copy import deepcopy
from fractions import Fraction

import pytest

from procurement_risk.assessment import Answer, AnswerSet
from procurement_risk.charts import impact_points, palettes
from procurement_risk.framework.document import framework_from_document
from procurement_risk.methods.impact_mitigation import score
from procurement_risk.methods.impact_points import Bounds
from procurement_risk.profile import impact_words
from procurement_risk.views.profile.impact import sums
from tests.support.framework_documents import IMPACT, changed

FRAMEWORK = framework_from_document(IMPACT)
SIX = {"phase": "design", "effect": "far-4", "harms": ["readers-2"]}
SEVEN = {**SIX, "harms": ["readers-2", "staff-1"]}
REDUCED = {**SEVEN, "library": "no", "tested-design": "yes-5"}
NOT_REDUCED = {**REDUCED, "tested-design": "no-0"}
BEST = {"library": "no", "phase": "live", "effect": "near-0", "tested-live": "no-0"}


def result(answers, framework=FRAMEWORK):
    given = {
        name: Answer(options=tuple(chosen) if isinstance(chosen, list) else (chosen,))
        for name, chosen in answers.items()
    }
    return score(framework, AnswerSet(as_of="2026-11-23", answers=given))


def with_policy(**policy):
    return framework_from_document({**IMPACT, "policy": {**IMPACT["policy"], **policy}})


def unscored():
    """The small framework, of which no question gives points."""
    document = deepcopy(IMPACT)
    for section in document["sections"]:
        for question in section["questions"]:
            question.pop("scores", None)
            for option in question.get("options", ()):
                option.pop("points", None)
    return framework_from_document(document)


# --- The level in words ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "headline"),
    [
        ({}, "Not ready: between Level I and Level III"),
        (SIX, "Not ready: between Level II and Level III"),
        (REDUCED, "Level III"),
        (BEST, "Level I: Little"),
    ],
)
def test_the_headline_names_a_level_only_where_it_is_settled(answers, headline):
    """The meaning stands behind the level, where the framework gives one."""
    assert impact_words.headline(result(answers)) == headline


def test_without_scored_questions_no_level_is_named():
    """Nothing scored is not the lowest level."""
    got = result({}, unscored())

    assert impact_words.headline(got) == "No level: nothing is scored"
    assert impact_words.level_words(got.framework, None) == "No level: nothing is scored"
    assert impact_words.level_of(got.framework, None) is None
    assert impact_words.level_bounds_words(got.framework, None) == "No level: nothing is scored"


def test_the_published_sentence_holds_the_published_figures():
    assert impact_words.published_sentence(result(REDUCED)) == (
        "As published: 7 of 10 impact points, 5 of 10 mitigation points, 6 after the reduction: "
        "Level III."
    )


@pytest.mark.parametrize(
    ("bounds", "points", "levels"),
    [
        (Bounds(1, 3), "1 to 3", "Level I to Level III"),
        (Bounds(2, 2), "2", "Level II"),
    ],
)
def test_bounds_are_one_word_where_both_ends_are_the_same(bounds, points, levels):
    assert impact_words.bounds_words(bounds) == points
    assert impact_words.level_bounds_words(FRAMEWORK, bounds) == levels


def test_large_numbers_are_grouped():
    assert impact_words.bounds_words(Bounds(1_200, 31_000)) == "1,200 to 31,000"


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({}, "6 open questions could still change the result."),
        (
            {**SEVEN, "library": "no"},
            "1 open question could still change the result.",
        ),
    ],
)
def test_open_questions_are_counted(answers, words):
    assert impact_words.open_words(result(answers)) == words


# --- What the published figure hides --------------------------------------------------------


def test_what_is_hidden_are_the_bounds_of_the_outlook():
    assert impact_words.hidden_sentence(result({})) == (
        "The published figure counts every open question as nothing. Answered one way or "
        "another, the impact comes to 0 to 7 points, mitigation to 0 to 5, and the level to "
        "Level I to Level III."
    )


def test_where_nothing_is_open_nothing_is_hidden():
    assert impact_words.hidden_sentence(result(BEST)) == (
        "Every question that counts is answered: nothing is hidden."
    )


FIRM = "\u00a0"  # no line ends between a number and its sign
ALL = "All 15 % come off at once, or nothing does."


@pytest.mark.parametrize(
    ("policy", "answers", "words"),
    [
        (
            {},
            SIX,
            f"Mitigation stands 4 points below the 80 % from which it counts. {ALL} From there "
            "on, the figure would be 5 and the level Level II.",
        ),
        (
            {},
            SEVEN,
            f"Mitigation stands 4 points below the 80 % from which it counts. {ALL} From there "
            "on, the figure would be 6 and the level the same.",
        ),
        (
            {},
            REDUCED,
            f"Mitigation stands 1 point above the 80 % from which it counts. {ALL} Below it, the "
            "figure would be 7 and the level the same.",
        ),
        (
            {"mitigation_from": 40},
            REDUCED,
            f"Mitigation stands 3 points above the 40 % from which it counts. {ALL} Below it, "
            "the figure would be 7 and the level the same.",
        ),
        (
            {"mitigation_from": 20},
            NOT_REDUCED,
            f"Mitigation stands 1 point below the 20 % from which it counts. {ALL} From there "
            "on, the figure would be 6 and the level the same.",
        ),
        (
            {"mitigation_from": 100},
            REDUCED,
            f"Mitigation stands exactly at the 100 % from which it counts. {ALL} Below it, the "
            "figure would be 7 and the level the same.",
        ),
        ({}, {}, f"Mitigation stands 4 points below the 80 % from which it counts. {ALL}"),
    ],
)
def test_the_cliff_says_how_far_it_is_and_what_lies_beyond(policy, answers, words):
    """What would not change is not mentioned: no impact points, no effect."""
    said = impact_words.cliff_sentence(result(answers, with_policy(**policy)))
    assert said.replace(FIRM, " ") == words


# --- The sums -------------------------------------------------------------------------------


@pytest.mark.parametrize("answers", [{}, SIX, SEVEN, REDUCED, NOT_REDUCED, BEST])
@pytest.mark.parametrize("policy", [{}, {"mitigation_from": 100}, {"mitigation_takes_off": 33}])
def test_the_sums_can_be_done_again_from_their_words(policy, answers):
    """Each line by itself, with nothing but the numbers that stand in it."""
    got = result(answers, with_policy(**policy))
    cliff, reduction, share = sums(got)

    per_cent, most, phases, needed, there = map(int, re.findall(r"\d+", cliff))
    assert needed == -(-per_cent * most // (100 * phases)) == got.needed
    assert there == got.mitigation
    if "less" in reduction:
        assert there >= needed
        raw, off, current = map(int, re.findall(r"\d+", reduction))
        assert current == (Fraction(raw * (100 - off), 100) + Fraction(1, 2)).__floor__()
    else:
        assert there < needed
        (raw,) = map(int, re.findall(r"\d+", reduction))
        current = raw
    assert (raw, current) == (got.raw, got.current)
    level = impact_words.level_label(got.framework, got.level)
    per_cent = f"{Fraction(100 * current, got.max_raw).__float__():.1f}"
    assert share == f"{current} of {got.max_raw} are {per_cent}{FIRM}%: {level}."


def test_nothing_is_divided_by_no_points():
    assert len(sums(result({}, unscored()))) == 2


# --- The picture ----------------------------------------------------------------------------


def test_the_title_is_the_figure_that_decides():
    assert impact_points.title(result(REDUCED)) == (
        "6 of 10 impact points after the reduction: Level III"
    )


def test_the_picture_in_words_says_what_is_published_and_what_it_hides():
    got = result(SIX)

    assert impact_points.alt(got) == (
        f"{impact_words.published_sentence(got)} {impact_words.hidden_sentence(got)}"
    )


@pytest.mark.parametrize("answers", [{}, SIX, REDUCED, BEST])
def test_the_table_holds_the_numbers_of_the_result(answers):
    """Mitigation is counted out of one phase, as the picture does."""
    got = result(answers)
    outlook = got.outlook

    assert impact_points.table(got).to_numpy().tolist() == [
        ["Impact points", got.raw, outlook.raw.low, outlook.raw.high, 10],
        ["Mitigation points", got.mitigation, outlook.mitigation.low, outlook.mitigation.high, 5],
        ["After the reduction", got.current, outlook.current.low, outlook.current.high, 10],
    ]


def shapes(figure, kind, place):
    """The ends of the shapes of one kind at one bar, in per cent."""
    return [
        (shape.x0, shape.x1)
        for shape in figure.layout.shapes
        if shape.type == kind and shape.y0 < place < shape.y1
    ]


@pytest.mark.parametrize("dark", [False, True])
def test_marks_and_lines_stand_where_the_numbers_are(dark):
    """6 of 10 points, 5 of 5; levels end at 25, 50 and 100 %, the cliff is at 4 of 5."""
    figure = impact_points.figure(result(REDUCED), dark=dark)
    marks = {trace.y[0]: trace.x[0] for trace in figure.data}

    assert marks == {impact_points.IMPACT: 60, impact_points.MITIGATION: 100}
    assert shapes(figure, "line", impact_points.IMPACT) == [(25, 25), (50, 50), (100, 100)]
    assert shapes(figure, "line", impact_points.MITIGATION) == [(80, 80)]
    colours = {trace.marker.color for trace in figure.data}
    assert colours == {palettes.palette(dark).accent}
    texts = {annotation.font.color for annotation in figure.layout.annotations}
    assert texts == {palettes.palette(dark).text}


def test_the_shaded_part_is_where_the_figure_can_still_come_to_lie():
    """Nothing answered: up to 7 of 10 points, and all of one phase's mitigation."""
    figure = impact_points.figure(result({}))

    assert shapes(figure, "rect", impact_points.IMPACT) == [(0, 100), (0, 70)]
    assert shapes(figure, "rect", impact_points.MITIGATION) == [(0, 100), (0, 100)]


def test_every_mark_has_its_word():
    """Levels by their labels, the cliff by its points, the bars by what they count."""
    words = [a.text for a in impact_points.figure(result(SIX)).layout.annotations]

    assert words == [
        "Level I",
        "Level II",
        "Level III",
        "counts from 4",
        "<b>Mitigation: 0 of 5</b>",
        "<b>Impact: 6 of 10</b>",
    ]


def test_markup_in_a_level_is_drawn_as_text():
    """Plotly draws <b> and <a href>; a framework's labels must not."""
    label = '<a href="https://evil.example">x</a>'
    document = changed(("policy", "levels", 1, "label"), label, IMPACT)
    figure = impact_points.figure(result(SIX, framework_from_document(document)))

    assert "&lt;a href" in figure.to_json()
    assert "<a" not in figure.to_json().replace("\\u003c", "<")


def test_where_both_phases_are_asked_together_no_mark_leaves_the_picture():
    """The policy counts two phases, and the questions stand once: 10 points of one phase's 5."""
    document = deepcopy(IMPACT)
    for section in document["sections"]:
        section.pop("when", None)
    got = result(
        {"tested-design": "yes-5", "tested-live": "yes-5"}, framework_from_document(document)
    )
    figure = impact_points.figure(got)
    words = [annotation.text for annotation in figure.layout.annotations]

    assert {trace.y[0]: trace.x[0] for trace in figure.data}[impact_points.MITIGATION] == 100
    assert shapes(figure, "line", impact_points.MITIGATION) == [(40, 40)]
    assert "<b>Mitigation: 10 of 10</b>" in words
    assert impact_points.table(got).iloc[1].tolist() == ["Mitigation points", 10, 10, 10, 10]


def test_a_framework_without_points_can_be_drawn():
    figure = impact_points.figure(result({}, unscored()))

    assert [trace.x[0] for trace in figure.data] == [0, 0]
