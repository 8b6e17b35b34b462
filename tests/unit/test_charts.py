"""Charts: every number in the table, every colour beside a word, no result that breaks them."""

import ast
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings

from procurement_risk import charts
from procurement_risk.assessment import AnswerSet
from procurement_risk.assessment.answers import check_answers
from procurement_risk.charts import (
    CHARTS,
    FORMS,
    SUBJECTS,
    about,
    evidence_mix,
    palettes,
    section_bars,
)
from procurement_risk.framework.document import framework_from_document
from procurement_risk.language.percent import one_decimal
from procurement_risk.methods.weakest_section import score
from tests.support.answer_sets import AS_OF, CORE, core_document, random_answers, rngs
from tests.support.places import ROOT
from tests.support.small_frameworks import question, section, small_framework

CORE_DOCUMENT = core_document()
BLANK = score(CORE, AnswerSet(as_of=AS_OF))
SEEDS = range(6)


def drawn_result(seed, p_open=0.2):
    line = random_answers(Random(seed), CORE_DOCUMENT, p_open=p_open)
    return score(CORE, check_answers(CORE, line))


def small_result(answers, *sections):
    framework = framework_from_document(small_framework(*sections))
    line = {"as_of": AS_OF, "answers": {"CX-1": "a", "public": "no", "hosted": "no", **answers}}
    return score(framework, check_answers(framework, line))


def words_in(figure):
    return [annotation.text for annotation in figure.layout.annotations]


# --- All charts ---


def test_charts_are_named_after_their_modules():
    folder = Path(charts.__file__).parent
    shared = {"__init__", "family", "palettes", "bar_rows", "grade_bars", "section_rows"}
    modules = {path.stem for path in folder.glob("*.py")} - shared

    assert set(CHARTS) == modules
    assert {name for kind in SUBJECTS for name in about(kind)} == modules


def test_every_chart_stands_on_a_page():
    pages = (ROOT / "procurement_risk" / "views").rglob("*.py")
    drawn = "\n".join(path.read_text(encoding="utf-8") for path in pages)
    by_form = {name for asked in FORMS if f'form("{asked}"' in drawn for name in FORMS[asked]}
    assert [name for name in CHARTS if f'"{name}"' not in drawn and name not in by_form] == []


def test_no_chart_uses_plotly_express():
    """It takes six times as long to import as graph_objects."""
    for path in Path(charts.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            assert not any(name.startswith("plotly.express") for name in names)


@pytest.mark.parametrize("name", about("result"))
@given(rng=rngs())
@settings(max_examples=12, deadline=None)
def test_any_result_can_be_drawn(name, rng: Random):
    """Every pack, from nothing answered to everything, in light and in dark."""
    pack = rng.choice([pack.id for pack in CORE.packs])
    line = random_answers(rng, CORE_DOCUMENT, p_open=rng.choice([0, 0.3, 1]))
    result = score(CORE, check_answers(CORE, line, pack))
    chart = CHARTS[name]

    assert chart.figure(result, dark=rng.random() < 0.5).to_plotly_json()
    assert chart.title(result)
    assert not chart.title(result).endswith(".")
    assert chart.alt(result).endswith(".")
    assert list(chart.table(result).columns)


@pytest.mark.parametrize("name", about("result"))
def test_tables_hold_texts_and_never_floats(name):
    table = CHARTS[name].table(drawn_result(1))

    assert not table.empty
    assert all(isinstance(cell, str) for row in table.itertuples(index=False) for cell in row)


@pytest.mark.parametrize("name", about("result"))
@pytest.mark.parametrize("dark", [False, True])
def test_backgrounds_are_transparent(name, dark):
    layout = CHARTS[name].figure(BLANK, dark=dark).layout.template.layout

    assert layout.paper_bgcolor == layout.plot_bgcolor == "rgba(0,0,0,0)"
    assert layout.font.color == palettes.palette(dark).text


@pytest.mark.parametrize("name", about("result"))
def test_markup_in_a_section_title_is_drawn_as_text(name):
    """Plotly draws <b> and <a href>; a framework's titles must not."""
    renamed = tuple(replace(s, short_title="<a>x</a>") for s in CORE.sections)
    result = score(replace(CORE, sections=renamed), AnswerSet(as_of=AS_OF))

    assert "<a>" not in CHARTS[name].figure(result).to_json().replace("\\u003c", "<")


# --- Colours ---


def test_bands_take_colours_from_best_to_worst():
    picked = [palettes.band_colour(CORE.policy, b.id, palettes.LIGHT) for b in CORE.policy.bands]

    assert tuple(picked) == palettes.LIGHT.marks


def test_two_bands_take_the_outer_colours():
    few = replace(CORE.policy, bands=(CORE.policy.bands[0], CORE.policy.bands[-1]))

    assert palettes.band_colour(few, "low", palettes.DARK) == palettes.DARK.marks[0]
    assert palettes.band_colour(few, "critical", palettes.DARK) == palettes.DARK.marks[-1]


# --- Section bars ---


def worst_first(result):
    scored = [each for each in result.sections.values() if each is not None]
    return sorted(scored, key=lambda each: -each.residual.central)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_claimed_is_joined_to_what_remains(seed):
    result = drawn_result(seed)
    (line,) = [trace for trace in section_bars.figure(result).data if trace.meta == "joined"]

    assert list(line.x[0::4]) == [float(s.claimed.central) for s in worst_first(result)]
    assert list(line.x[2::4]) == [float(s.residual.central) for s in worst_first(result)]


@pytest.mark.parametrize("seed", SEEDS)
def test_bars_run_from_low_to_high_with_the_mark_at_the_centre(seed):
    result = drawn_result(seed)
    figure = section_bars.figure(result)
    lines = [t for t in figure.data if t.mode == "lines" and t.meta != "joined"]
    marks = [t for t in figure.data if t.mode == "markers" and t.showlegend is False]

    for name, line, mark in zip(section_bars.FIGURES, lines, marks, strict=True):
        ends = [getattr(s, name) for s in worst_first(result)]
        assert list(line.x[0::3]) == [float(end.low) for end in ends]
        assert list(line.x[1::3]) == [float(end.high) for end in ends]
        assert list(mark.x) == [float(end.central) for end in ends]


def test_the_three_marks_have_three_shapes_in_one_order():
    figure = section_bars.figure(BLANK)
    named = [trace for trace in figure.data if trace.name]

    assert [trace.name for trace in named] == ["Claimed", "Inherent", "Residual"]
    assert len({trace.marker.symbol for trace in named}) == 3
    tops = [trace.y[0] for trace in figure.data if trace.mode == "markers" and trace.y[0]]
    assert tops == sorted(tops)


def test_band_words_stand_above_their_zones():
    words = words_in(section_bars.figure(BLANK))

    for band in CORE.policy.bands:
        assert any(word.endswith(f"<b>{band.label}</b>") for word in words)


def test_every_row_says_its_residual_and_band_in_words():
    """Q-1 at 3 of 4, at Tier I: 75.0, which is where Critical starts."""
    result = small_result({"Q-1": "d"}, section("Q", "decisive", question("Q-1")))

    assert "<b>Q</b>  75.0, Critical" in words_in(section_bars.figure(result))
    assert section_bars.title(result) == "Q is the worst section: residual 75, Critical"
    assert "Q 75.0, Critical" in section_bars.alt(result)


def test_a_section_that_is_not_scored_is_listed_as_such():
    hidden = question("R-1", when={"question": "hosted", "in": ["yes"]})
    result = small_result(
        {"Q-1": "a"},
        section("Q", "decisive", question("Q-1")),
        section("R", "decisive", hidden),
    )

    assert "<b>R</b>  not scored" in words_in(section_bars.figure(result))
    assert "R not scored" in section_bars.alt(result)
    assert "not scored" in set(section_bars.table(result)["Figure"])
    assert "R: not scored" in evidence_mix.alt(result)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_table_holds_every_figure_of_every_section(seed):
    result = drawn_result(seed)
    rows = section_bars.table(result)[["Low", "Central", "High"]].to_numpy().tolist()

    expected = [
        [one_decimal(end) for end in (ends.low, ends.central, ends.high)]
        for scored in worst_first(result)
        for ends in (scored.claimed, scored.inherent, scored.residual)
    ]
    assert [row for row in rows if row[0]] == expected


def test_a_long_title_leaves_room_for_its_figures():
    long = tuple(replace(s, short_title="An extraordinarily long title") for s in CORE.sections)
    result = score(replace(CORE, sections=long), AnswerSet(as_of=AS_OF))

    first = words_in(section_bars.figure(result))[0]

    assert first == "<b>An extraordinarily long…</b>  0.0 to 100.0, Low to Critical"


# --- Evidence ---


def test_evidence_is_shared_out_by_weight_and_expired_evidence_counts_as_none():
    """Weights 2, 1 and 1: E3 has a half, the expired E4 a quarter as E0, the rest is open."""
    decisive = section(
        "Q", "decisive", question("Q-1", weight=2), question("Q-2"), question("Q-3")
    )
    result = small_result(
        {
            "Q-1": {"option": "a", "evidence": "E3"},
            "Q-2": {"option": "a", "evidence": "E4", "valid_until": "2026-11-22"},
        },
        decisive,
    )

    row = evidence_mix.table(result).iloc[0].tolist()
    assert row == ["Q", "0.0", "50.0", "0.0", "0.0", "25.0", "25.0"]
    assert evidence_mix.title(result) == (
        "Independent or checked evidence (E3, E4) carries 50.0\u00a0% of the weight; "
        "25.0\u00a0% is open"
    )
    assert "<b>Q</b>  75.0\u00a0% answered" in words_in(evidence_mix.figure(result))


@pytest.mark.parametrize("seed", SEEDS)
def test_shares_of_a_section_add_up_to_all_of_it(seed):
    """Exactly 100 in fractions, and what is open is what the section lacks to be complete."""
    result = drawn_result(seed)

    for section_, shares in evidence_mix._shares(result):
        scored = result.sections[section_.id]
        assert sum(shares.values()) == 100
        assert shares["open"] == 100 * (1 - scored.complete)


def test_every_grade_is_spelled_out_in_the_legend():
    names = [trace.name for trace in evidence_mix.figure(BLANK).data]

    assert names[0] == "E4 checked by us, or a signed clause"
    assert names[-1] == "Open, no answer yet"
    assert len(names) == 6


def test_nothing_answered_is_all_open():
    assert evidence_mix.title(BLANK).endswith("100.0\u00a0% is open")
    assert set(evidence_mix.table(BLANK).iloc[:, -1]) == {one_decimal(Fraction(100))}
