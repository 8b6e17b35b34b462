"""Our style sheets are cheap for a browser, which asks of each rule again whenever a page changes.

With each click a rule for what lies inside something that ``:has()`` something has all of that
looked at again, unless what it has is a class that seldom comes; and so has one for what lies
inside something whose class is looked at as text. On Questions that took half a click.
"""

import re

import pytest

from tests.support.places import ROOT

SHEETS = ("frame.css", "questions.css")
SMALL = (".stAppHeader", '[data-testid="stSidebarContent"]')  # little changes inside, with a click
HAS = re.compile(r"(?P<of>\S*?)(?::not\()?:has\((?P<what>[^()]*(?:\([^()]*\)[^()]*)*)\)+")


def selectors(style):
    """Return every selector of a style sheet, without what is for paper only."""
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.S)
    style = re.sub(r"@media[^{]*\{", "", style)
    for found in re.findall(r"([^{}]+)\{", style):
        for one in re.split(r",(?![^(]*\))", found):
            if one.strip():
                yield " ".join(one.split())


def dear(selector):
    """Whether a selector has much of a page looked at again with each click."""
    for found in HAS.finditer(selector):
        inside = selector[found.end() :].strip()
        kept = re.fullmatch(r"(> )?\.st-key-[\w-]+", found["what"])
        if inside and not kept and not found["of"].startswith(SMALL):
            return True
    return bool(re.search(r"\[class[*^$]=[^\]]*\][^\s]*\s", selector))


@pytest.mark.parametrize("sheet", SHEETS)
def test_no_rule_has_the_whole_page_looked_at_again(sheet):
    found = list(selectors((ROOT / "static" / sheet).read_text("utf-8")))
    assert len(found) > 20
    assert [each for each in found if dear(each)] == []


@pytest.mark.parametrize(
    "selector",
    [
        '.stApp:not(:has([data-testid="stExpandSidebarButton"])) [data-testid="stHeader"]',
        '.stApp:has([data-testid="stExpandSidebarButton"]) .stMainBlockContainer',
        '[data-testid="stColumn"]:has([class*="st-key-question-"]) h2',
        '[class*="st-key-question-"]:has([data-waiting]) [data-testid="stCaptionContainer"]',
        '[class*="st-key-question-"] [data-testid="stButtonGroup"] button',
    ],
)
def test_what_was_dear_is_refused(selector):
    assert dear(selector)
