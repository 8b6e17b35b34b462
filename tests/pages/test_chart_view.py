"""The row of buttons under a chart: names, files, and what a hostile text cannot do there."""

import csv
import json
import tomllib
from base64 import b64decode
from dataclasses import fields
from html import unescape
from html.parser import HTMLParser
from io import StringIO

import pandas as pd
import pytest

from procurement_risk.assessment import AnswerSet, Assessment, Purchase, Supplier
from procurement_risk.charts import palettes
from procurement_risk.views.shared import chart_view, session
from tests.support.places import ROOT

HOSTILE = "<script>alert(1)</script>\" onclick='x' & =1+1"
TABLE = pd.DataFrame([["=1+1", "63.0", 5], ["-x", "not scored", -5]], columns=["A", "B, %", "C"])


class Buttons(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.buttons = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag == "button":
            self.buttons.append(dict(attrs))


@pytest.fixture
def light(monkeypatch):
    monkeypatch.setattr(session, "dark", lambda: False)


def row(title="Equity is worst", about=("Ours",), name="section_bars demo-p05"):
    return Buttons(chart_view.downloads(title, TABLE, about, name))


def test_each_button_has_a_name_of_its_own_that_begins_with_what_is_seen(light):
    labels = [button["aria-label"] for button in row().buttons]
    assert [label[:4] for label in labels] == ["PNG:", "SVG:", "CSV:"]
    assert all(label.endswith("Equity is worst") for label in labels)
    assert len(set(labels)) == 3


def test_text_from_people_is_never_markup(light):
    found = row(HOSTILE, (HOSTILE,), HOSTILE)
    assert found.tags == ["div", "span", "button", "button", "button"]
    for button in found.buttons:
        assert set(button) <= {
            "type",
            "aria-label",
            *(f"data-chart-{n}" for n in ("name", "title", "about", "source", "colours")),
            *(f"data-chart-{n}" for n in ("format", "table")),
        }
        assert unescape(button["data-chart-title"]) == HOSTILE


def test_the_table_is_text_and_numbers_never_a_formula(light):
    (button,) = [each for each in row().buttons if each["data-chart-format"] == "csv"]
    data = b64decode(button["data-chart-table"]).decode("utf-8-sig")
    assert list(csv.reader(StringIO(data))) == [
        ["A", "B, %", "C"],
        ["'=1+1", "63.0", "5"],
        ["'-x", "not scored", "-5"],
    ]


def test_a_number_below_nought_is_one_in_the_file():
    table = pd.DataFrame([["\N{MINUS SIGN}1.2", "12.0"]], columns=["Lead, points", "B, %"])
    assert chart_view.as_csv(table).decode("utf-8-sig").splitlines()[1] == '"-1.2","12.0"'


def test_in_the_dark_a_picture_is_told_the_light_colours(monkeypatch):
    """Each dark colour with the one in its place, of which there is one only."""
    monkeypatch.setattr(session, "dark", lambda: True)
    colours = json.loads(row().buttons[0]["data-chart-colours"])

    for field in fields(palettes.Palette):
        dark, light = getattr(palettes.DARK, field.name), getattr(palettes.LIGHT, field.name)
        both = [(dark, light)] if isinstance(dark, str) else zip(dark, light, strict=True)
        assert all(colours[one.lower()] == other for one, other in both), field.name


def test_in_the_light_there_is_nothing_to_change(light):
    assert {button["data-chart-colours"] for button in row().buttons} == {"{}"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("section_bars demo-p05", "section-bars-demo-p05"),
        ("../../etc/passwd", "etc-passwd"),
        ("Zoë’s chart", "Zoë-s-chart"),
        ("…", "chart"),
        ("", "chart"),
        ("a" * 500, "a" * 100),
    ],
)
def test_a_file_name_is_letters_digits_and_hyphens(text, name):
    assert chart_view.safe_file_name(text) == name


def test_the_background_is_the_page_s():
    """As the settings of the theme have it."""
    settings = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    themes = tomllib.loads(settings)["theme"]
    wanted = [themes[name]["backgroundColor"] for name in ("light", "dark")]
    assert wanted == [palettes.LIGHT.paper, palettes.DARK.paper]


@pytest.mark.parametrize("fictional", [True, False])
def test_a_picture_says_what_it_is_about(fictional):
    made = Assessment(
        id="a",
        purchase=Purchase(id="p", title="Rotas", buyer="Us"),
        supplier=Supplier(name="Example Ltd"),
        answer_set=AnswerSet(as_of="2026-11-23"),
        fictional=fictional,
    )
    lines = chart_view.about(made)
    assert lines[:2] == ["Rotas · Us · Example Ltd", "as of 23 November 2026"]
    assert lines[2:] == ["Fictional demonstration data"] * fictional
