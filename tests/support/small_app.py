"""The app over small frameworks and a database of its own, for the tests of its pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from procurement_risk.assessment import Answer, AnswerSet, Assessment, Purchase, Supplier
from procurement_risk.framework import Framework
from procurement_risk.framework.document import framework_from_document
from procurement_risk.framework.yaml_writing import write_yaml
from procurement_risk.storage import Store
from tests.support.places import ROOT

AS_OF = "2026-11-23"
ACTOR = "Ana"


@dataclass(frozen=True, slots=True)
class App:
    """The store that the pages use, and the folder in place of ``frameworks/``."""

    store: Store
    folder: Path

    def offer(self, *documents: dict[str, Any]) -> None:
        """Put frameworks into the folder."""
        for document in documents:
            path = self.folder / f"{document['id']}.yaml"
            path.write_text(write_yaml(document), encoding="utf-8")

    def create(
        self,
        framework: Framework | dict[str, Any],
        answers: Mapping[str, Answer | str] | None = None,
        **more: Any,
    ) -> str:
        """Put an assessment into the store, ``case`` unless it has another id; return its id."""
        if isinstance(framework, dict):
            framework = framework_from_document(framework)
        stored = assessment(answers, **more)
        self.store.create(stored, framework, ACTOR)
        return stored.id


def assessment(
    answers: Mapping[str, Answer | str] | None = None, pack: str = "full", **more: Any
) -> Assessment:
    """Return the assessment ``case``; an answer may be given as the option's id alone."""
    given = {
        name: Answer(options=(answer,)) if isinstance(answer, str) else answer
        for name, answer in (answers or {}).items()
    }
    fields: dict[str, Any] = {
        "id": "case",
        "purchase": Purchase(id="p", title="Case triage", buyer="Borough of Example"),
        "supplier": Supplier(name="Example AI Ltd"),
        "answer_set": AnswerSet(as_of=more.pop("as_of", AS_OF), pack=pack, answers=given),
    }
    return Assessment(**{**fields, **more})


def draw(page: str, state: Mapping[str, Any] | None = None, **query: str) -> AppTest:
    """Return the app after it has drawn one page."""
    test = new_test(state or {}, query)
    test._page_hash = calc_hash(page)  # as by a typed address
    test.run()
    assert not test.exception
    if "pages" in test.session_state:  # the browser knows by now where it was led
        test._page_hash = test.session_state["pages"][page]._script_hash
    return test


def away_and_back(test: AppTest) -> None:
    """Go to the Help page and return by the menu, which keeps nothing in the address."""
    here = test._page_hash
    for page in (calc_hash("help"), here):
        test.query_params.clear()
        test._page_hash = page
        test.run()
        assert not test.exception


def new_test(state: Mapping[str, Any], query: Mapping[str, str]) -> AppTest:
    """Return the app before it has drawn anything."""
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    test.session_state["actor"] = ACTOR
    for key, value in state.items():
        test.session_state[key] = value
    for key, value in query.items():
        test.query_params[key] = value
    return test


def press(test: AppTest, label: str) -> AppTest:
    """Click the one button of that label, and run the page again."""
    (button,) = [each for each in test.button if unescaped(each.label) == label]
    button.click().run()
    assert not test.exception
    return test


# ``:gray[words]``, ``:blue-badge[:material/check: words]`` and the like.
_COLOURED = re.compile(r"(?<!\\):[a-z]+(?:-badge)?\[((?:[^\]\\]|\\.)*)\]")
_ICON = re.compile(r"(?<!\\):material/\w+: ?")


def unescaped(text: object) -> str:
    """Return Markdown as a person reads it: without icons, colours, escapes and word joiners."""
    plain = _COLOURED.sub(r"\1", _ICON.sub("", str(text)))
    return plain.replace("\\", "").replace("\u2060", "")


# A link that stands in a text of ours; see ``session.html_link``.
_TO_PAGE = re.compile(r'<a class="to-page" href="([^"?]*)\??([^"]*)">(.*?)</a>', re.DOTALL)
_TAG, _LINE = re.compile(r"<[^>]*>"), re.compile(r"<br>|</(?:p|li|div|h2|a)>")


def texts(test: AppTest) -> list[str]:
    """Return the texts of ours that hold lists of links, as HTML."""
    return [each.proto.body for each in test.get("html") if "<li>" in each.proto.body]


def linked(test: AppTest) -> list[tuple[str, str]]:
    """Return what the links in these say, and what is asked of the page each leads to."""
    return [
        (unescape(words), unescape(query))
        for text in texts(test)
        for _page, query, words in _TO_PAGE.findall(text)
    ]


def as_read(text: str) -> str:
    """Return a text in HTML as a person reads it, a line each."""
    return unescape(_TAG.sub("", _LINE.sub("\n", text))).strip()


def rows(test: AppTest) -> list[str]:
    """Return the lines of a list of assessments as a person reads them."""
    return [as_read(line) for text in texts(test) for line in text.split("</li>")[:-1]]


def said(test: AppTest) -> str:
    """Return everything the page says, a line each, tables and folded parts left out."""
    kinds = (
        test.title, test.header, test.subheader, test.markdown, test.caption, test.text,
        test.error, test.warning, test.info, test.success,
    )  # fmt: skip
    words = [unescaped(element.value) for kind in kinds for element in kind]
    return "\n".join([*words, *map(as_read, texts(test))])


def tables(test: AppTest) -> list[list[list[str]]]:
    """Return the cells of every small table, row by row."""
    return [
        [[unescaped(cell) for cell in row] for row in table.value.to_numpy().tolist()]
        for table in test.table
    ]


def folded(test: AppTest) -> list[str]:
    """Return the titles of what is folded away."""
    return [unescaped(expander.label) for expander in test.expander]
