"""The slides: what they say, what their charts hold, and that nothing runs over."""

import io
import re
import zipfile
from contextlib import closing
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from pptx import Presentation

from procurement_risk.assessment import AnswerSet, Supplier
from procurement_risk.comparison import compare, words
from procurement_risk.exports import EXPORTS, printed
from procurement_risk.exports.export import Exported
from procurement_risk.exports.leadership import comparison as comparison_page
from procurement_risk.exports.slides import layout, portfolio as portfolio_slides
from procurement_risk.exports.slides.arranging import sheets_of
from procurement_risk.exports.slides.deck import ROOM, Slide, deck_of
from procurement_risk.exports.slides.writing import write
from procurement_risk.imports.demonstration import load_demonstration
from procurement_risk.methods import evaluate
from procurement_risk.portfolio.census import census
from procurement_risk.portfolio.changed import Event
from procurement_risk.portfolio.concentration import concentration
from procurement_risk.portfolio.kept import items_of
from procurement_risk.portfolio.what_if import group_named, what_if
from procurement_risk.profile.looks import band_look
from procurement_risk.report import ROOMS
from procurement_risk.report.changed_page import changed_page
from procurement_risk.report.page import Line, Part, Table
from procurement_risk.report.portfolio.figures import figures_of
from procurement_risk.report.what_if_page import what_if_page
from procurement_risk.storage import open_memory_store
from tests.support.comparison_examples import bids
from tests.support.leadership_examples import (
    FRAUD,
    IMPACT,
    WORST,
    example,
    exported,
    page_of,
    worst_page,
)

PPTX = EXPORTS["pptx"]
EMU = 914_400
DIGEST = re.compile("[0-9a-f]{64}")


@pytest.fixture(scope="module")
def figures():
    with closing(open_memory_store()) as store:
        load_demonstration(store, "Ada")
        return figures_of(census(items_of(store)), "2026-11-29")


@pytest.fixture(scope="module")
def decks(figures):
    """Each deck by what it is about, written once."""
    return {
        "assessment": PPTX.write([exported(FRAUD)]),
        "portfolio": portfolio_slides.pptx(figures),
        "comparison": comparison_page.pptx(compare(bids())),
        "what if": printed.pptx(what_if_page(asked(figures), "model", figures.as_of, ROOM)),
        "changed": printed.pptx(changed_page(events(figures), "2026-11-01", figures.as_of, ROOM)),
    }


ABOUT = ("assessment", "portfolio", "comparison", "what if", "changed")


def items_in(figures):
    return [item for found in figures.decisions.values() for item in found]


def asked(figures):
    """What if the model goes on which most of the demonstration hangs."""
    models = concentration(items_in(figures), "model")
    return what_if(group_named(models, "Halcyon-3"), "withdrawn", figures.as_of)


def events(figures):
    """Every purchase new, and three of them better since."""
    return [
        Event(kind=kind, assessment=item.id, item=item, before="escalate", after="proceed")
        for kind, of in (("new", items_in(figures)), ("better", items_in(figures)[:3]))
        for item in of
    ]


def slides_of(data):
    return list(Presentation(io.BytesIO(data)).slides)


def charts_of(data):
    return [shape.chart for slide in slides_of(data) for shape in slide.shapes if shape.has_chart]


def chart_of(data, title):
    (found,) = (c for c in charts_of(data) if title in c.chart_title.text_frame.text)
    return found


def figures_in(chart):
    """What a chart draws, by the name of its figure and its row."""
    (plot,) = chart.plots
    return {
        series.name: dict(zip(plot.categories, series.values, strict=True))
        for series in plot.series
    }


def texts_of(slide):
    for shape in slide.shapes:
        if shape.has_text_frame:
            yield shape.text_frame.text
        if shape.has_table:
            yield from (cell.text for row in shape.table.rows for cell in row.cells)


def faults(data):
    """Yield what stands over an edge, has no words for those who cannot see it, or runs over."""
    made = Presentation(io.BytesIO(data))
    for number, slide in enumerate(made.slides, start=1):
        for shape in slide.shapes:
            name = f"slide {number}, {shape.name}"
            if not shape._element._nvXxPr.cNvPr.get("descr"):
                yield f"{name} has no alternative text"
            ends = shape.left + shape.width, shape.top + shape.height
            if min(shape.left, shape.top) < 0 or ends[0] > made.slide_width:
                yield f"{name} runs over an edge"
            if ends[1] > made.slide_height:
                yield f"{name} runs over the bottom"
            if shape.has_text_frame and height_of(shape) > shape.height / EMU + 0.02:
                yield f"{name} holds more than it shows"


def height_of(shape):
    """About how high the text of a shape stands, in inches."""
    tall = 0.0
    for paragraph in shape.text_frame.paragraphs:
        size = max((run.font.size.pt for run in paragraph.runs), default=0)
        after = paragraph.space_after.pt if paragraph.space_after is not None else 0
        words = "".join(run.text for run in paragraph.runs)
        tall += layout.height_of(words, size or 10, shape.width / EMU) + after / 72
    return tall


@pytest.mark.parametrize("about", ABOUT)
def test_everything_stands_on_its_slide_with_words_for_it(decks, about):
    assert list(faults(decks[about])) == []


def test_what_runs_over_is_seen(decks):
    made = Presentation(io.BytesIO(decks["assessment"]))
    shapes = made.slides[0].shapes
    shapes[1].left = made.slide_width
    shapes[2].text_frame.paragraphs[0].runs[0].text = "word " * 500
    shapes[3]._element._nvXxPr.cNvPr.set("descr", "")
    file = io.BytesIO()
    made.save(file)

    said = " ".join(faults(file.getvalue()))
    assert "over an edge" in said
    assert "more than it shows" in said
    assert "no alternative text" in said


@pytest.mark.parametrize("about", ABOUT)
def test_each_slide_has_a_finding_the_digest_and_that_it_is_made_up(decks, about):
    for slide in slides_of(decks[about]):
        said = " ".join(texts_of(slide))
        assert slide.shapes.title.text
        assert DIGEST.search(said)
        assert "fictional demonstration data" in said.lower()
    titles = [slide.shapes.title.text for slide in slides_of(decks[about])]
    assert not any(title.endswith((":", "…")) for title in titles)


def test_the_chart_of_the_sections_holds_the_figures_of_the_profile(decks):
    each = exported(FRAUD)
    result = evaluate(each.framework, each.assessment.answer_set)
    chart = chart_of(decks["assessment"], "inherent and residual")
    found = figures_in(chart)

    for figure, drawn in zip(("claimed", "inherent", "residual"), found.values(), strict=True):
        scored = [each for each in result.sections.values() if each is not None]
        expected = [float(getattr(each, figure).central) for each in scored]
        assert list(drawn.values()) == pytest.approx(expected)
    assert any(row.endswith("78.7, Critical") for row in found["Residual"])


def test_a_band_has_the_colour_that_it_has_elsewhere(decks):
    each = exported(FRAUD)
    result = evaluate(each.framework, each.assessment.answer_set)
    residual = chart_of(decks["assessment"], "inherent and residual").plots[0].series[2]
    scored = [each for each in result.sections.values() if each is not None]
    inks = [band_look(each.framework.policy, s.band.central).ink for s in scored]
    drawn = [str(residual.points[n].format.fill.fore_color.rgb) for n in range(len(scored))]
    assert [f"#{each}".lower() for each in drawn] == inks


def test_the_key_of_a_chart_says_what_each_colour_is(decks):
    """Every bar of a band has its colour, and no two figures share one."""
    by_band = chart_of(decks["portfolio"], "in each band")
    inks = {each.name: str(each.format.fill.fore_color.rgb) for each in by_band.plots[0].series}
    policy = exported(FRAUD).framework.policy
    assert inks["Critical"].lower() == band_look(policy, "critical").ink.removeprefix("#")
    for about in ABOUT:
        for chart in charts_of(decks[about]):
            fills = [str(each.format.fill.fore_color.rgb) for each in chart.plots[0].series]
            assert len({*fills}) == len(fills)


def test_nothing_is_in_a_key_that_no_bar_shows(decks):
    grades = figures_in(chart_of(decks["assessment"], "evidence grade"))
    assert all(any(drawn.values()) for drawn in grades.values())
    assert not any("E3" in name for name in grades)


def test_what_would_happen_and_what_changed_are_drawn_as_they_are_counted(decks, figures):
    found = asked(figures)
    stands = figures_in(chart_of(decks["what if"], "What is answered"))
    changed = figures_in(chart_of(decks["changed"], "What changed"))

    assert stands["No answer that it goes on"] == {
        "In life": len(found.of("fails", live=True)),
        "Not in life yet": len(found.of("fails", live=False)),
    }
    assert sum(map(sum, (each.values() for each in stands.values()))) == len(found.affected) == 6
    assert changed == {"Changes": {"New": 10, "Better": 3}}
    said = " ".join(text for slide in slides_of(decks["changed"]) for text in texts_of(slide))
    assert "3 more in the app" in said


def test_many_purchases_are_drawn_by_value_and_band(figures):
    items = items_in(figures)
    plot = portfolio_slides.values(items)
    assert sum(sum(each.values) for each in plot.series) == sum(
        1 for i in items if i.worst_figure()
    )
    assert portfolio_slides.values([]) is None


def test_words_get_smaller_before_they_go_on_to_a_further_slide():
    def scales(number):
        lines = tuple(Line("word " * 24) for _ in range(number))
        return [each.scale for each in sheets_of(Slide(title="Lines", lines=lines))]

    assert scales(4) == [1.0]
    assert scales(8) == [layout.SCALES[-1]]
    assert len(scales(40)) > 1


def test_no_word_of_a_narrow_table_is_broken():
    rows = (("Quillmere Systems Ltd", "1", "Proceed with conditions"),)
    headings = ("Supplier", "Open", "Recommendation")
    table = Table(title="Bids", columns=headings, rows=rows, widths=(9, 9, 1))
    assert layout.fits_unbroken(table, 5.0)
    assert not layout.fits_unbroken(table, 2.0)


def test_the_evidence_of_a_section_comes_to_the_whole(decks):
    found = figures_in(chart_of(decks["assessment"], "evidence grade"))
    rows = next(iter(found.values()))
    for row in rows:
        assert sum(grade[row] for grade in found.values()) == pytest.approx(100)


def test_the_charts_of_the_portfolio_hold_its_counts(decks, figures):
    items = items_in(figures)
    decided = figures_in(chart_of(decks["portfolio"], "recommendation"))
    shares = figures_in(chart_of(decks["portfolio"], "Share of the portfolio"))
    bands = figures_in(chart_of(decks["portfolio"], "in each band"))

    assert sum(decided["Decided"].values()) == sum(i.decided is not None for i in items)
    assert sum(map(sum, (each.values() for each in decided.values()))) == len(items)
    (models, *__) = figures.concentrations
    for group in models.groups[:4]:
        assert shares["By count"][group.name] == 100 * len(group.items) / figures.purchases
    critical = sum(s.band_low == s.band_high == "critical" for i in items for s in i.sections)
    assert sum(bands["Critical"].values()) == critical


def test_the_charts_of_a_comparison_hold_its_figures(decks):
    found = compare(bids())
    ranks = figures_in(chart_of(decks["comparison"], "Rank of each"))
    sections = figures_in(chart_of(decks["comparison"], "Residual risk by section"))

    firsts = [100 * share for share in found.firmness.first_shares]
    assert list(ranks["Rank 1"].values()) == pytest.approx(firsts)
    for candidate in found.candidates:
        drawn = sections[candidate.label].values()
        shown = [candidate.section(each.id) for each in words.scored_sections(found)]
        assert list(drawn) == pytest.approx([float(each.residual.central) for each in shown])
    first = slides_of(decks["comparison"])[0]
    assert "A tender is decided only by its published criteria" in " ".join(texts_of(first))


@pytest.mark.parametrize("about", ABOUT)
def test_the_sheet_inside_a_chart_holds_what_it_draws(decks, about):
    for chart in charts_of(decks[about]):
        rows = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))["Sheet1"].values
        (__, *names), *figures = rows
        kept = {
            name: {row[0]: row[place] for row in figures}
            for place, name in enumerate(names, start=1)
        }
        assert kept == figures_in(chart)


def test_the_same_slides_have_the_same_bytes(decks):
    assert PPTX.write([exported(FRAUD)]) == decks["assessment"]


def test_points_are_drawn_where_points_count():
    about = example(answer_set=AnswerSet(as_of="2026-11-23", pack=IMPACT.packs[0].id))
    page = page_of(about, IMPACT)
    counted = Exported(about, IMPACT)
    chart = chart_of(PPTX.write([counted]), "Impact and mitigation")
    extents = [(row.bar.filled.low, row.bar.filled.high) for row in page.parts[0].blocks[0].rows]
    found = figures_in(chart)

    least, most = ([float(end) for end in ends] for ends in zip(*extents, strict=True))
    assert list(found["At the least"].values()) == pytest.approx(least)
    assert list(found["At the most"].values()) == pytest.approx(most)


@pytest.mark.parametrize("words", WORST.values(), ids=WORST)
def test_the_worst_names_there_are_stay_on_their_slides(words):
    assert list(faults(write(deck_of(worst_page(words, ROOM))))) == []


def test_what_a_supplier_is_called_is_no_formula_and_no_markup():
    name = "=cmd|'/c calc'!A0 <b>x</b> http://example.org\x07_x000D_"
    found = bids()
    hostile = replace(found[0].assessment, supplier=Supplier(name=name))
    data = comparison_page.pptx(compare([replace(found[0], assessment=hostile), *found[1:]]))
    seen = False
    for chart in charts_of(data):
        blob = chart.part.chart_workbook.xlsx_part.blob
        for row in load_workbook(io.BytesIO(blob))["Sheet1"].iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n", "inlineStr")
                assert cell.hyperlink is None
                seen = seen or str(cell.value).startswith("=cmd")
    assert seen
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for each in archive.namelist():
            assert (
                "hyperlink" not in archive.read(each).decode("utf-8", "replace").split("rels")[0]
            )


def test_every_part_of_a_page_is_told_once():
    """A part of one short sentence goes with the others to the last slide."""
    each = exported(FRAUD)
    page = page_of(each.assessment, each.framework, room=ROOMS[0])
    said = "\n".join(text for slide in slides_of(PPTX.write([each])) for text in texts_of(slide))
    for part in page.parts:
        assert isinstance(part, Part)
        assert (part.finding or part.title) in said
    assert "nothing is withheld from these slides" in said


def test_lines_go_on_to_a_further_slide():
    lines = [Line(f"{n}: " + "word " * 30) for n in range(40)]
    lots = list(layout.lines_in(lines, 4.5, 12.0))
    assert [line for lot in lots for line in lot] == lines
    assert len(lots) > 1
    assert all(layout.lines_height(lot, 12.0) <= 4.5 for lot in lots)
