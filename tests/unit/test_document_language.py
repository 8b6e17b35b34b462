"""A document is marked with the language that it is mostly in, whatever the app speaks."""

import re
from io import BytesIO

import pytest
from docx import Document

from procurement_risk import language
from procurement_risk.exports import EXPORTS, Exported
from procurement_risk.framework.document import framework_from_document
from procurement_risk.language.heard import listening, note
from tests.support.exchange_examples import example
from tests.support.framework_documents import IMPACT
from tests.support.small_app import assessment

CORE = example("p01-correspondence-drafting")  # in English


def points(code):
    """Return an assessment by a questionnaire that holds both languages."""
    return Exported(assessment({"phase": "design"}), framework_from_document(IMPACT, code))


@pytest.fixture
def french():
    language.use("fr")
    yield
    language.use(language.ENGLISH)


def language_of_html(exported, name="leadership-html"):
    (found,) = re.findall(r'<html lang="([^"]*)"', EXPORTS[name].write([exported]).decode())
    return found


def language_of_docx(exported):
    document = Document(BytesIO(EXPORTS["conditions"].write([exported])))
    return document.core_properties.language


def test_in_english_it_is_english():
    assert language_of_html(CORE) == "en"
    assert language_of_html(points("en")) == "en"
    assert language_of_docx(CORE) == "en-GB"


def test_words_and_most_texts_in_french_are_french(french):
    assert language_of_html(points("fr")) == "fr"


def test_a_translation_that_does_not_reach_a_document_leaves_it_english(french):
    """The words of Word documents are not in the draft, and the questionnaire is in English."""
    assert language_of_docx(CORE) == "en-GB"


def test_letters_decide_and_what_others_wrote_counts_for_the_questionnaire():
    with listening() as heard:
        note("fr", "a" * 10)
        note("en", "b" * 9)
    note("en", "nobody listens any more")

    assert heard.mostly() == "fr"
    assert heard.mostly(20, "en") == "fr"
    assert heard.mostly(30, "en") == "en"
    assert heard.mostly(30, "cy") == "cy"


def test_who_says_nothing_has_no_language():
    with listening() as heard:
        pass
    assert heard.mostly() == ""


def test_every_word_is_heard(french):
    """Translated, left in English, counted and told apart by context."""
    with listening() as heard:
        language._("Saved.")
    assert heard.mostly() == "fr"
    with listening() as heard:
        language._("Nobody has translated this sentence.")
        language.ngettext("{n} thing of no catalogue", "{n} things of no catalogue", 2)
    assert heard.mostly() == "en"
