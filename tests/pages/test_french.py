"""The French catalogue: whole on the pages where one answers and decides, and called a draft.

Whoever adds a sentence to these pages need not write French: it shows in English, `make words`
lists it, and the walk below allows for some. The words of the menu are always there.
"""

import json
import os
import re
from pathlib import Path

import pytest

from procurement_risk.assessment import Answer
from procurement_risk.formats.surveyjs import from_surveyjs
from procurement_risk.framework.document import framework_from_document
from procurement_risk.language import catalogue as language
from procurement_risk.views import frame
from procurement_risk.views.profile import impact, page
from procurement_risk.views.shared import menu
from scripts import translations, words
from tests.support.answer_sets import CORE
from tests.support.framework_documents import IMPACT
from tests.support.pseudo_language import shown
from tests.support.small_app import draw, said

FRENCH = {"language": "fr"}
REFERENCE = os.environ.get("PROCUREMENT_RISK_REFERENCE", "")
WORST = {
    each.id: Answer(options=(each.options[-1].id,), evidence="E2")
    for each in (*CORE.facts, *CORE.questions())
    if each.options
}
SHEETS = ("guide", "layout", "matching", "reading", "signature", "writing")
MOST_ENGLISH = 5  # per cent of the messages that a walk asks for


class Asked:
    """The French catalogue, which remembers what it was asked for."""

    def __init__(self, catalogue):
        self.catalogue, self.names = catalogue, set()

    def gettext(self, message):
        self.names.add((message, None))
        return self.catalogue.gettext(message)

    def ngettext(self, one, many, number):
        self.names.add(((one, many), None))
        return self.catalogue.ngettext(one, many, number)

    def pgettext(self, context, message):
        self.names.add((message, context))
        return self.catalogue.pgettext(context, message)

    def english(self):
        """Return what was asked for and is not in French."""
        return self.names & {(each.id, each.context) for each in untranslated()}


def untranslated():
    catalogue = translations.read(translations.LOCALES / "fr/LC_MESSAGES/procurement_risk.po")
    standing = translations.standing(catalogue, words.committed())
    return [*standing.missing, *standing.fuzzy]


@pytest.fixture
def asked(monkeypatch):
    found = Asked(language._read(language._files(language.LOCALES)["fr"]))
    monkeypatch.setattr(language, "_read", lambda file: found)
    yield found
    language.use(language.ENGLISH)


def is_whole(asked):
    return 100 * len(asked.english()) <= MOST_ENGLISH * len(asked.names)


def walk(name, tabs, sections):
    """Start, then every section, every tab and the decision."""
    draw("start", FRENCH)
    for section in sections:
        draw("answer", FRENCH, assessment=name, section=section)
    for tab in tabs:
        draw("profile", FRENCH, assessment=name, show=tab)
    draw("decision", FRENCH, assessment=name)


# --- Whole ---


def test_the_words_of_the_menu_are_in_french(asked):
    """Every page's name and every group's, whoever adds one."""
    language.use("fr")
    for each in frame.PAGES:
        each.title()
    for title in menu.GROUPS.values():
        language._(title)

    assert len(asked.names) > 10
    assert asked.english() == set()


def test_a_questionnaire_that_counts_points_is_answered_in_french(app, asked):
    app.create(IMPACT, {"phase": "design", "effect": "far-4"})
    walk("case", impact.TABS, ["about"])

    assert len(asked.names) > 150
    assert is_whole(asked), asked.english()


def test_a_questionnaire_with_sections_is_answered_in_french(app, asked):
    app.create(CORE, WORST)
    walk("case", list(page.TABS)[:3], ["CX"])

    assert len(asked.names) > 200
    assert is_whole(asked), asked.english()


def names_in(*places):
    """Return the messages of these modules and rooms, as the catalogue names them."""
    return {
        (each.id, each.context)
        for each in words.committed()
        if each.id and any(file.startswith(places) for file, _ in each.locations)
    }


def test_what_a_supplier_is_shown_is_in_french(asked):
    """The pages of a link and the workbook, in the language of whoever sent them."""
    package = "procurement_risk"
    rooms = (f"{package}/server/supplier/", f"{package}/imports/answer_link.py")
    asked.names = names_in(*rooms, *(f"{package}/formats/workbook/{each}.py" for each in SHEETS))
    assert len(asked.names) > 120
    assert is_whole(asked), asked.english()

    asked.names = names_in(f"{package}/views/administration/")  # which is not translated yet
    assert not is_whole(asked)


@pytest.mark.skipif(not REFERENCE, reason="PROCUREMENT_RISK_REFERENCE is not set")
def test_canada_s_questionnaire_is_whole_in_french(app, asked):
    """Its texts, its levels, its pack, and the app around them."""
    folder = Path(REFERENCE) / "aia"
    data = (folder / "survey-enfr.json").read_bytes()
    document = from_surveyjs(data, "survey-enfr.json").document
    case = json.loads((folder / "cases.jsonl").read_text("utf-8").splitlines()[0])
    framework = framework_from_document(document)
    answers = {
        name: Answer(options=tuple(given if isinstance(given, list) else [given]))
        for name, given in case["answers"].items()
        if given and framework.by_id[name].options
    }
    app.create(framework, answers)
    walk("case", impact.TABS, ["projectDetails", "impact"])

    assert is_whole(asked), asked.english()
    text = said(draw("profile", FRENCH, assessment="case"))
    assert "Niveau I" in text
    assert "Complet" in text
    assert "Level" not in text


def test_a_catalogue_that_says_nothing_is_not_whole(app, asked, monkeypatch):
    app.create(IMPACT)
    everything = [each for each in words.committed() if each.id]
    monkeypatch.setitem(globals(), "untranslated", lambda: everything)
    draw("decision", FRENCH, assessment="case")

    assert not is_whole(asked)


# --- Typography ---

ODD = re.compile(
    "[^\u00a0\u202f\\s:?!;][;?!](?=\\s|$)"  # no space that cannot be parted before ; ? !
    "|[^\u00a0\\s:]:(?=\\s|$)| [:;?!»]|«(?!\u00a0)|(?<!\u00a0)»|[\"'“”]|\\.\\.\\.| %"
)
CODE = re.compile(r"https?://\S+|\{[^}]*\}|`[^`]*`")
KEPT = {"Confidential?"}  # the heading of a column in workbooks that were sent out


def french():
    catalogue = translations.read(translations.LOCALES / "fr/LC_MESSAGES/procurement_risk.po")
    for each in catalogue:
        if each.id and each.id not in KEPT:
            yield from (each.string if isinstance(each.string, tuple) else [each.string])


def test_signs_stand_as_french_writes_them():
    odd = [text for text in french() if ODD.search(CODE.sub("X", text))]
    assert odd == []
    for wrong in ("Lequel?", "Lequel ?", "Oui: non", "« oui »", "l'un", "12 %"):
        assert ODD.search(wrong), wrong


# --- What a person sees of it ---


def test_a_page_in_french_says_that_the_translation_is_a_draft(app):
    notes = [each.value for each in draw("start", FRENCH).sidebar.caption]
    assert any("Traduction provisoire" in note for note in notes)
    assert not draw("start", {"language": "en"}).sidebar.caption


def test_numbers_and_days_on_a_page_are_french(app):
    app.create(CORE, WORST)
    texts = [
        text for _, text in shown(draw("profile", FRENCH, assessment="case", show="Graphiques"))
    ]
    assert any("100,0" in text for text in texts)
    assert not any("100.0" in text for text in texts)


def test_the_address_says_the_language_once_and_the_visit_keeps_it(app):
    test = draw("start", language="fr-CA")
    assert test.title[0].value == "Commencer une évaluation"
    assert "language" not in test.query_params
    test.run()
    assert test.title[0].value == "Commencer une évaluation"
    (box,) = [each for each in test.sidebar.selectbox if each.label == "Langue"]
    assert box.value == "fr"
    box.select("en").run()
    assert test.title[0].value == "Start an assessment"


def test_a_language_that_is_not_here_changes_nothing(app):
    test = draw("start", FRENCH, language="zz<script>")
    assert test.title[0].value == "Commencer une évaluation"
