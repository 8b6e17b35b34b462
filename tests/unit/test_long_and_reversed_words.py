"""Words that fit no column are broken on paper, and no name turns what stands beside it round."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from pypdf import PdfReader

from procurement_risk.charts.family import literal
from procurement_risk.exports import EXPORTS
from procurement_risk.language.text import breakable, kept_apart, one_line
from tests.support.publication_examples import exported, planted

LONG = "Plum" * 40
DIGEST = "0123456789abcdef" * 4


def long_words():
    about = planted()
    return exported(
        replace(
            about,
            supplier=replace(about.supplier, name=LONG),
            purchase=replace(about.purchase, title=LONG, description=LONG),
        )
    )


def test_long_words_may_be_broken_and_digests_may_not():
    broken = breakable(f"a {LONG} b")
    assert broken.replace("\u200b", "") == f"a {LONG} b"
    assert max(map(len, re.split("[\u200b ]", broken))) == 20
    for whole in (DIGEST, f"SHA-256: {DIGEST}.", "as usual", "x" * 40):
        assert breakable(whole) == whole


@pytest.mark.parametrize("name", ["leadership-pdf", "public-summary-pdf"])
def test_no_word_runs_over_the_edge_of_a_sheet(name):
    if EXPORTS[name].unavailable:
        pytest.skip(EXPORTS[name].unavailable)
    ends = []
    for page in PdfReader(io.BytesIO(EXPORTS[name].write([long_words()]))).pages:

        def visit(text, _cm, matrix, _font, size, page=page):
            if text.strip():
                ends.append((matrix[4], len(text.strip()), float(page.mediabox.width)))

        page.extract_text(visitor_text=visit)
    assert ends
    # A glyph of this type is at least a third of its size wide: a whole word would be too long.
    assert max(length for _x, length, _width in ends) < 160


def test_word_gets_the_places_where_it_may_break():
    with zipfile.ZipFile(io.BytesIO(EXPORTS["conditions"].write([long_words()]))) as packed:
        text = packed.read("word/document.xml").decode()
    assert LONG not in text
    assert "\u200b" in text


@pytest.mark.parametrize("mark", ["\u200f", "\u200e", "\u061c", "\u202e", "\u2067"])
def test_a_mark_that_reorders_is_left_out_of_labels(mark):
    assert one_line(f"Firm{mark} 42") == "Firm 42"
    assert literal(f"Firm{mark} <b>") == "Firm &lt;b&gt;"


def test_a_name_from_right_to_left_is_kept_apart():
    assert literal("חברה") == "\u2068חברה\u2069"
    assert kept_apart("Firm") == "Firm"
