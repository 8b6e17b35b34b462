"""The format of frameworks that count points, and texts in several languages."""

import json

import pytest

from procurement_risk.framework import AllOf, AnyOf, Atom, Never, NotAtom
from procurement_risk.framework.document import SCHEMA, check_framework, framework_from_document
from procurement_risk.framework.files import load_framework
from procurement_risk.framework.languages import GROUPS_OF_TEXTS, TEXTS
from tests.support.framework_documents import (
    IMPACT,
    SMALL,
    WRONG,
    at,
    changed,
    held_with,
    kinds,
    without,
)
from tests.support.places import TESTS

FILE = TESTS / "frameworks" / "small-impact.yaml"
KINDS = kinds(IMPACT)


def messages(document):
    return " ".join(fault.message for fault in check_framework(document))


def test_the_small_instrument_has_no_faults():
    assert check_framework(IMPACT) == []
    assert load_framework(FILE).method == "impact-mitigation"


@pytest.mark.parametrize("path", KINDS, ids=str)
def test_values_of_a_wrong_kind_are_refused_at_every_place(path):
    value = at(IMPACT, path)
    for wrong in (7.5, [[]], {"zzz": {}}):
        if not isinstance(wrong, type(value)):
            faults = check_framework(changed(path, wrong, IMPACT))

            assert any(fault.path[: len(path)] == path for fault in faults), wrong


@pytest.mark.parametrize("path", KINDS, ids=str)
def test_nothing_is_raised_whatever_stands_where(path):
    for wrong in WRONG:
        check_framework(held_with(path, wrong, IMPACT))


@pytest.mark.parametrize("path", [p for p in KINDS if isinstance(at(IMPACT, p), dict)], ids=str)
def test_unknown_keys_are_refused_everywhere(path):
    faults = check_framework(changed((*path, "zzz"), "x", IMPACT))

    assert faults[0].path == (*path, "zzz")


@pytest.mark.parametrize(
    "path",
    [
        ("method",),
        ("policy",),
        ("policy", "phases"),
        ("policy", "mitigation_from"),
        ("policy", "mitigation_takes_off"),
        ("policy", "levels"),
        ("policy", "levels", 0, "up_to"),
        ("policy", "levels", 0, "level"),
        ("policy", "levels", 0, "label"),
        ("sections", 0, "id"),
        ("sections", 0, "title"),
        ("sections", 0, "questions"),
        ("sections", 0, "questions", 1, "id"),
        ("sections", 0, "questions", 1, "ask"),
        ("sections", 0, "questions", 1, "options"),
        ("sections", 0, "questions", 1, "options", 0, "points"),
    ],
    ids=str,
)
def test_required_keys_are_missed(path):
    assert check_framework(without(path, IMPACT))


def test_without_packs_there_is_one_with_every_question():
    """So that the whole of it can be asked for by the name "full"."""
    framework = framework_from_document(without(("packs",), IMPACT))

    assert [(pack.id, pack.questions) for pack in framework.packs] == [("full", None)]
    assert check_framework(without(("packs",), SMALL))


# ---------------------------------------------------------------- conditions


def test_a_section_s_condition_is_part_of_each_question_s():
    framework = framework_from_document(IMPACT)
    own = Atom(question="effect", options=frozenset({"far-4"}))
    around = Atom(question="phase", options=frozenset({"design"}))

    assert framework.by_id["harms"].when == own
    assert framework.by_id["tested-design"].when == around

    both = changed(
        ("sections", 1, "questions", 0, "when"),
        {"question": "effect", "in": ["far-4"]},
        IMPACT,
    )
    assert framework_from_document(both).by_id["tested-design"].when == AllOf(parts=(around, own))


def test_conditions_become_nouns():
    framework = framework_from_document(IMPACT)

    assert framework.by_id["gone"].when == Never(because="It was taken out.")
    assert framework.by_id["words"].when == AllOf(
        parts=(
            NotAtom(question="harms", options=frozenset({"staff-1"})),
            AnyOf(parts=(Atom(question="library", options=frozenset({"yes"})),)),
        )
    )


def test_a_section_may_not_rest_on_its_own_question():
    """Nobody could ever answer the question that would open the section."""
    inside = {"question": "tested-live", "in": ["yes-5"]}

    assert "go round in a circle" in messages(changed(("sections", 2, "when"), inside, IMPACT))


def test_a_never_is_not_put_together_with_anything():
    mixed = {"never": "No.", "question": "effect", "in": ["far-4"]}
    path = ("sections", 0, "questions", 2, "when")

    assert "never stands alone" in messages(changed(path, mixed, IMPACT))


# ---------------------------------------------------------------- languages


def test_a_text_is_shown_in_the_language_asked_for():
    french = framework_from_document(IMPACT, "fr")

    assert french.language == "fr"
    assert french.title == "Petite évaluation inventée"
    assert french.by_id["phase"].ask == "Quelle phase?"
    assert french.clauses[0].pointers == ("Partie 2",)


def test_what_is_missing_is_shown_in_the_first_language_and_counted():
    """A string alone is the same in every language, so it is not missing."""
    document = without(("sections", 0, "questions", 0, "ask", "fr"), IMPACT)
    french = framework_from_document(document, "fr")

    assert french.by_id["phase"].ask == "Which phase?"
    assert french.untranslated == 1
    assert framework_from_document(IMPACT, "fr").untranslated == 0


def test_a_language_it_lacks_gives_the_first():
    framework = framework_from_document(IMPACT, "de")

    assert (framework.language, framework.languages) == ("en", ("en", "fr"))


def test_every_text_needs_the_first_language():
    lacking = without(("sections", 0, "title", "en"), IMPACT)

    assert "Every text is needed in en" in messages(lacking)


def test_a_language_that_is_not_listed_is_refused():
    assert '"de" is not among the languages' in messages(
        changed(("sections", 0, "title", "de"), "Über", IMPACT)
    )


def test_the_document_keeps_every_language():
    """A record carries the framework in full, whatever somebody reads it in."""
    assert framework_from_document(IMPACT, "fr").document == IMPACT


def test_the_texts_are_those_of_the_schema():
    """Otherwise a text would be left as one string for each language."""
    texts, groups = set(), set()

    def is_text(part):
        name = part.get("$ref", "") if isinstance(part, dict) else ""
        return name.rpartition("/")[2] in ("line", "text", "long_text")

    def walk(part):
        if isinstance(part, list):
            for each in part:
                walk(each)
        elif isinstance(part, dict):
            for key, value in part.get("properties", {}).items():
                if is_text(value):
                    texts.add(key)
                if is_text(value.get("items")) or is_text(value.get("additionalProperties")):
                    groups.add(key)
            for value in part.values():
                walk(value)

    walk(json.loads(SCHEMA.read_text("utf-8")))
    assert (texts, groups) == (set(TEXTS), set(GROUPS_OF_TEXTS))
