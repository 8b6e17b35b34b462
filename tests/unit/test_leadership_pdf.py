"""The leadership page as PDF: one sheet, read aloud, the same bytes each time."""

import json
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest
from click.testing import CliRunner
from typst import Compiler

from procurement_risk.assessment import Purchase, Supplier
from procurement_risk.cli.main import main
from procurement_risk.errors import UsageError
from procurement_risk.exports import EXPORTS
from procurement_risk.exports.export import Exported
from procurement_risk.exports.leadership import bars as leadership_bars, pdf as leadership_pdf
from procurement_risk.exports.leadership.letters import missing_characters, without
from procurement_risk.exports.leadership.pdf import compiled
from procurement_risk.imports.demonstration import EXAMPLES
from procurement_risk.report.page import Bars
from tests.support import tagged_pdf
from tests.support.leadership_examples import (
    CORE,
    DIGEST,
    DRAFTING,
    FRAUD,
    FRAUD_BEFORE,
    HOSTILE,
    NAMES,
    TRIAL,
    WORST,
    example,
    exported,
    page_of,
    pair,
    record,
    worst_page,
)

PDF = EXPORTS["leadership-pdf"]


def pdf_of(assessment, framework=CORE):
    return PDF.write([Exported(assessment, framework)])


@cache
def pdf_alone(name):
    """The page of a demonstration, made once for all who look at it."""
    return PDF.write([exported(name)])


def metadata(data):
    """The part of the file that says which standards it keeps to."""
    return tagged_pdf.read(data).trailer["/Root"]["/Metadata"].get_data().decode()


# --- One page, for everybody ---


@pytest.mark.parametrize("name", NAMES)
def test_every_demonstration_is_one_page_that_can_be_read_aloud(name):
    data = pdf_alone(name)
    top = tagged_pdf.tree(data)
    (bars,) = [b for p in page_of(*pair(name)).parts for b in p.blocks if isinstance(b, Bars)]

    assert tagged_pdf.pages(data) == 1
    assert tagged_pdf.faults(data) == []
    figures = [each.entries["/Alt"] for each in top.every() if each.kind == "Figure"]
    assert figures == [row.bar.alt for row in bars.rows]
    assert "Fictional demonstration data." in tagged_pdf.text(data)
    assert record(name).digest in tagged_pdf.text(data)


def test_it_keeps_to_both_standards_and_says_its_language_and_title():
    data = pdf_alone(FRAUD)
    read = tagged_pdf.read(data)

    assert "pdfuaid:part>1<" in metadata(data).replace(" ", "")
    assert "pdfaid:part>3<" in metadata(data).replace(" ", "")
    assert read.trailer["/Root"]["/Lang"] == "en"
    assert read.metadata.title == "Leadership page: Claims fraud scoring"
    assert record(FRAUD).digest in read.metadata.subject


def test_it_carries_the_record_it_was_made_from():
    data = pdf_alone(FRAUD)

    assert tagged_pdf.read(data).attachments["assessment.json"] == [
        (EXAMPLES / f"{FRAUD}.json").read_bytes()
    ]


def test_the_same_record_gives_the_same_bytes():
    assert PDF.write([exported(DRAFTING)]) == pdf_alone(DRAFTING)


def test_its_language_is_that_of_its_words():
    def page(room):
        return replace(page_of(example(), room=room), language="pt-BR")

    read = tagged_pdf.read(compiled(page))

    assert read.trailer["/Root"]["/Lang"] == "pt-BR"


def test_it_shows_the_change_where_the_look_before_is_given():
    data = PDF.write([exported(FRAUD), exported(FRAUD_BEFORE)])

    assert tagged_pdf.pages(data) == 1
    assert "Since 24 November 2025" in tagged_pdf.text(data)


@pytest.mark.parametrize("names", [(), (DRAFTING, TRIAL), (FRAUD_BEFORE, FRAUD)])
def test_it_is_about_exactly_one_assessment(names):
    with pytest.raises(UsageError, match="exactly one assessment"):
        PDF.write([exported(name) for name in names])


def test_it_is_a_format_of_the_command_line(tmp_path):
    file = tmp_path / "page.pdf"
    asked = ["export", "--format", PDF.name, "-o", str(file), str(EXAMPLES / f"{FRAUD}.json")]

    done = CliRunner().invoke(main, asked)

    assert done.exit_code == 0, done.output
    assert tagged_pdf.pages(file.read_bytes()) == 1


# --- Whatever anybody wrote ---


@pytest.mark.parametrize("text", WORST.values(), ids=WORST)
def test_it_never_overflows(text):
    """Names of thousands of characters in any script, a hundred conditions, lists without end."""
    data = compiled(lambda room: worst_page(text, room), b"{}")

    assert tagged_pdf.pages(data) == 1
    assert tagged_pdf.faults(data) == []
    assert "more in the record" in tagged_pdf.text(data)
    assert DIGEST in tagged_pdf.text(data)


def test_nothing_anybody_wrote_is_markup():
    sly = example(
        purchase=Purchase(id="p", title=HOSTILE, buyer='#read("/etc/passwd")'),
        supplier=Supplier(name="$ sum $ <label> #pagebreak()"),
    )
    data = pdf_of(sly)
    read = tagged_pdf.text(data).replace(" ", "")

    assert tagged_pdf.pages(data) == 1
    for text in (HOSTILE, '#read("/etc/passwd")', "$ sum $ <label> #pagebreak()"):
        assert text.replace(" ", "") in read


def test_characters_without_a_glyph_stand_as_a_placeholder_and_the_page_says_so():
    data = pdf_of(example(supplier=Supplier(name="日本電 AI 😀")))
    said = tagged_pdf.text(data)

    assert "□□□ AI □" in said
    assert "4 different characters cannot be printed with the fonts of this page" in said
    assert "pdfuaid" in metadata(data)
    attached = json.loads(tagged_pdf.read(data).attachments["assessment.json"][0])
    assert attached["assessment"]["supplier"]["name"] == "日本電 AI 😀"


def test_scripts_that_the_fonts_have_are_printed():
    data = pdf_of(example(supplier=Supplier(name="Łódź Ελλάς Україна")))

    assert "Łódź Ελλάς Україна" in tagged_pdf.text(data)
    assert "cannot be printed" not in tagged_pdf.text(data)


def test_a_page_without_an_attachment_can_have_placeholders_too():
    data = compiled(lambda room: page_of(example(supplier=Supplier(name="\ue000")), room=room))

    assert tagged_pdf.faults(data) == []


def test_where_the_missing_cannot_be_named_the_page_comes_without_a_seal(monkeypatch):
    """And says so in the file's own description."""
    monkeypatch.setattr(leadership_pdf, "ROUNDS", 1)
    data = pdf_of(example(supplier=Supplier(name="日本電")))

    assert tagged_pdf.pages(data) == 1
    assert tagged_pdf.read(data).metadata.subject.startswith("Not PDF/UA or PDF/A")
    assert "pdfuaid" not in metadata(data)
    assert "□□□" in tagged_pdf.text(data)
    assert "assessment.json" in tagged_pdf.read(data).attachments


@pytest.mark.parametrize(
    ("diagnostic", "expected"),
    [
        ('the text `"日"` could not be displayed with font `"X"`', "日"),
        ('the text `"\\u{200d}"` could not be displayed', "\u200d"),
        ('the text `"\\""` could not be displayed', '"'),
        ('the disallowed codepoint `"\\u{feff}"`', "\ufeff"),
        ('the PDF contains the codepoint `"\\u{e000}"`', "\ue000"),
        ('something else `"a"`', ""),
    ],
)
def test_missing_characters_are_read_from_what_typst_says(diagnostic, expected):
    assert "".join(missing_characters(diagnostic)) == expected


def test_a_placeholder_never_touches_the_record():
    data = {"title": "a日b", "rows": [["日"]], "attached": '{"a": "日"}', "size": 9.0}

    assert without(data, {"日", "\u200d"}) == {
        "title": "a□b",
        "rows": [["□"]],
        "attached": '{"a": "日"}',
        "size": 9.0,
    }


# --- Without typst ---


def test_without_typst_it_says_what_to_do(monkeypatch):
    monkeypatch.setattr(leadership_pdf, "find_spec", lambda name: None)

    with pytest.raises(UsageError, match=r"requirements\.txt"):
        pdf_of(example())


# --- The check itself ---


def made(source, **how):
    """A PDF of some typst source, with no standard to stop it."""
    words = '#set document(title: "A title")\n#set text(lang: "en")\n'
    return Compiler((words + source).encode(), ignore_system_fonts=True).compile(
        format="pdf", **how
    )


SOUND = """= Title
== Part
#table(columns: 2, table.header([A], [B]), [1], [2])
- One
#image(bytes("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"), alt: "A square")
"""


def test_a_sound_pdf_has_no_faults():
    assert tagged_pdf.faults(made(SOUND, pdf_standards=["ua-1"])) == []


def test_a_pdf_without_tags_is_refused():
    found = tagged_pdf.faults(made(SOUND, pdf_tags=False))

    assert "it is not marked as tagged" in found
    assert "it has no structure tree" in found


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        (', alt: "A square"', "", "a figure has no words"),
        ("== Part", "=== Part", "a heading of level 3 follows one of level 1"),
        ("= Title\n== Part", "", "it has no heading"),
        ("table.header([A], [B])", "[A], [B]", "a table has no headings"),
    ],
)
def test_what_a_screen_reader_would_miss_is_found(before, after, fault):
    assert before in SOUND
    found = tagged_pdf.faults(made(SOUND.replace(before, after)))
    assert found == ["a viewer would show the file's name for its title", fault]


def test_a_pdf_without_a_title_is_refused():
    untitled = Compiler(b"= Heading", ignore_system_fonts=True).compile(format="pdf")

    assert "it has no title" in tagged_pdf.faults(untitled)


# --- The bars ---


def test_bars_differ_in_shape_and_not_only_in_colour():
    (bars,) = [b for p in page_of(example()).parts for b in p.blocks if isinstance(b, Bars)]
    unsettled = next(row.bar for row in bars.rows if row.bar is not None)
    drawn = leadership_bars.svg(unsettled)

    assert "stroke-dasharray" in drawn
    assert drawn.count("<line") > 20
    assert "<text" not in drawn
    settled = leadership_bars.svg(replace(unsettled, filled=replace(unsettled.filled, high=0)))
    assert settled.count("<line") == len(unsettled.cuts)


def test_fills_darken_as_the_band_worsens():
    """So that they keep their order in grey."""

    def grey(colour):
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    greys = [grey(fill) for fill in leadership_bars.FILLS]
    assert greys == sorted(greys, reverse=True)
    assert min(a - b for a, b in pairwise(greys)) > 30
