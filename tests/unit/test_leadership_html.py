"""The leadership page as HTML: one file, escaped, that asks for no other and runs nothing."""

import re
from dataclasses import replace

import pytest

from procurement_risk.assessment import Purchase, Supplier
from procurement_risk.exports import EXPORTS
from procurement_risk.exports.export import Exported
from procurement_risk.exports.leadership.height import lines
from procurement_risk.exports.leadership.html import LINES, document
from procurement_risk.report import ROOMS
from procurement_risk.report.page import Bars
from tests.support.html_reading import Read, faults
from tests.support.leadership_examples import (
    CORE,
    DRAFTING,
    FRAUD,
    FRAUD_BEFORE,
    HOSTILE,
    NAMES,
    WORST,
    example,
    exported,
    page_of,
    pair,
    record,
    worst_page,
)

HTML = EXPORTS["leadership-html"]


def html_of(assessment, framework=CORE):
    return HTML.write([Exported(assessment, framework)]).decode()


@pytest.mark.parametrize("name", NAMES)
def test_every_demonstration_is_one_file_by_itself(name):
    read = Read(HTML.write([exported(name)]).decode())

    assert faults(HTML.write([exported(name)]).decode()) == []
    assert read.open == []
    assert "Fictional demonstration data." in read.text
    assert record(name).digest in read.text
    assert read.all("html") == [{"lang": "en", "dir": "ltr"}]


@pytest.mark.parametrize(
    "source",
    [
        "<script>x</script>",
        "<p onclick='x'>y</p>",
        "<img src='x'>",
        "<a href='x'>y</a>",
        "<style>a { background: url(x) }</style>",
        "<style>@import 'x';</style>",
    ],
)
def test_a_page_that_runs_or_asks_for_something_is_refused(source):
    assert faults(source) != []


@pytest.mark.parametrize("text", WORST.values(), ids=WORST)
def test_nothing_anybody_wrote_is_markup(text):
    page = worst_page(text, ROOMS[0])
    source = document(page)
    read = Read(source)

    assert faults(source) == []
    assert read.open == []
    title = page.title.replace("\u2028", " ")
    assert " ".join(title.split()) in read.text.replace("\u2028", " ")


def test_a_sly_name_is_shown_as_it_stands():
    sly = example(
        purchase=Purchase(id="p", title=HOSTILE, buyer="</title></style><b>"),
        supplier=Supplier(name='" onload="x'),
    )
    source = html_of(sly)

    assert faults(source) == []
    assert HOSTILE in Read(source).text
    assert '</title></style><b>, from " onload="x' in Read(source).text


def test_headings_come_in_order():
    levels = [
        int(tag[1])
        for tag, _ in Read(HTML.write([exported(FRAUD)]).decode()).elements
        if re.fullmatch("h[1-6]", tag)
    ]

    assert levels[0] == 1
    assert set(levels[1:]) == {2}


def test_tables_say_what_their_headings_are_of_and_what_they_show():
    read = Read(HTML.write([exported(FRAUD), exported(FRAUD_BEFORE)]).decode())

    assert len(read.all("table")) == len(read.all("caption")) == 3
    assert {each.get("scope") for each in read.all("th")} == {"col", "row"}


def test_every_picture_has_words():
    read = Read(HTML.write([exported(DRAFTING)]).decode())
    page = page_of(*pair(DRAFTING))
    (bars,) = [b for p in page.parts for b in p.blocks if isinstance(b, Bars)]

    assert [each["aria-label"] for each in read.all("svg")] == [r.bar.alt for r in bars.rows]
    assert {each["role"] for each in read.all("svg")} == {"img"}


def test_its_direction_is_that_of_its_words():
    page = replace(page_of(example()), language="he")

    assert Read(document(page)).all("html") == [{"lang": "he", "dir": "rtl"}]


def test_both_forms_say_the_same():
    """They draw one page; only how much of it fits may differ."""
    room = ROOMS[0]
    page = page_of(*pair(DRAFTING), room=room)
    read = Read(document(page)).text

    for each in page.parts:
        assert each.title in read
    for words in (page.headline, page.meaning, *page.foot, *(line.text for line in page.top)):
        assert words in read


@pytest.mark.parametrize("text", WORST.values(), ids=WORST)
def test_the_worst_is_taken_to_fit_in_the_least_room(text):
    """Whether it does on paper is tried in a browser."""
    assert lines(worst_page(text, ROOMS[-1])) <= LINES


def test_more_words_are_taken_for_more_lines():
    rooms = [lines(worst_page("Lorem ipsum dolor " * 300, room)) for room in ROOMS]

    assert rooms == sorted(rooms, reverse=True)
    assert rooms[0] > LINES
