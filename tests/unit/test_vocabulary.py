"""Words stored by an id: what was stored in English before is understood, and shown, alike."""

import re
from dataclasses import replace

import pytest

from procurement_risk.assessment import Trigger
from procurement_risk.assessment.publication import publish
from procurement_risk.assessment.record import read_record, verify_record
from procurement_risk.assessment.vocabulary import (
    ROUTES,
    TRIGGERS,
    UPSTREAM_KINDS,
    id_of,
    in_english,
    in_words,
    written_out,
)
from procurement_risk.canonical import read_json
from procurement_risk.exports import EXPORTS
from procurement_risk.language import catalogue as language
from procurement_risk.methods import score_to_document
from procurement_risk.views.shared.fields import Fields
from procurement_risk.views.shared.purchase_form import ask_purchase
from tests.support import pseudo_language
from tests.support.exchange_examples import example
from tests.support.pseudo_language import BRACKETS
from tests.support.stored_examples import FULL, record_of

WORDS = {**ROUTES, **TRIGGERS}
OWN = (
    "The mayor asked",
    "route.unheard_of",
    "route",
    "trial",
    "Model",
    "Saved.",
    "",
    "free TRIAL",
)
DAY = "2026-11-23"


def told(route, trigger, about=FULL):
    """Return an assessment that is bought by ``route`` and has one ``trigger``."""
    return replace(
        about,
        purchase=replace(about.purchase, route=route),
        triggers=(Trigger(what=trigger, at=DAY),),
    )


@pytest.mark.parametrize("name", WORDS)
def test_an_id_and_its_old_words_say_the_same(name):
    words = ROUTES if name in ROUTES else TRIGGERS
    label = words[name]

    assert id_of(name, words) == id_of(label, words) == name
    assert in_english(name) == in_english(label) == label
    assert in_words(name) == in_words(label) == label


def test_ids_are_unlike_anything_one_writes_and_no_two_words_are_one():
    assert all(re.fullmatch(r"(route|trigger)\.[a-z_]+", name) for name in WORDS)
    assert len({*WORDS, *WORDS.values()}) == 2 * len(WORDS)
    assert set(UPSTREAM_KINDS) == {"model", "host", "cloud"}


@pytest.mark.parametrize("text", OWN)
def test_what_somebody_wrote_stands_as_it_is(text):
    assert id_of(text, ROUTES) == id_of(text, TRIGGERS) == text
    assert in_english(text) == in_words(text) == text


def test_only_known_words_are_translated(locales, monkeypatch):
    monkeypatch.setattr(language, "LOCALES", locales)
    language.use(pseudo_language.CODE)
    try:
        assert all(BRACKETS.search(in_words(each)) for each in (*WORDS, *WORDS.values()))
        assert [in_words(text) for text in OWN] == list(OWN)
        assert in_english("route.trial") == "Free trial, pilot or memorandum"
    finally:
        language.use(language.ENGLISH)


@pytest.mark.parametrize(
    ("route", "trigger"),
    [
        ("route.direct_award", "trigger.pilot"),
        ("Direct award with transparency notice", "End of pilot"),
        ("By lot", "The mayor asked"),
    ],
)
def test_a_record_holds_with_ids_with_old_words_and_with_others(route, trigger):
    data = record_of(told(route, trigger))

    assert verify_record(data, score_to_document) == []
    kept = read_record(data, score_to_document).assessment
    assert (kept.purchase.route, kept.triggers[0].what) == (route, trigger)
    assert record_of(kept) == data
    assert read_json(data)["assessment"]["purchase"]["route"] == route


def test_what_is_published_says_the_words_also_where_a_name_in_them_is_withheld():
    with_ids = told("route.direct_award", "trigger.pilot")
    with_words = told("Direct award with transparency notice", "End of pilot")
    assert written_out(with_ids) == with_words == written_out(with_words)
    assert publish(with_ids, DAY) == publish(with_words, DAY)


# The record is what is stored; a pack holds it, and needs a history besides.
KEPT = {"json", "audit-pack"}


@pytest.mark.parametrize("name", sorted(EXPORTS.keys() - KEPT))
def test_an_export_of_ids_says_what_one_of_old_words_says(name):
    exported = example("p05-claims-fraud-scoring")
    ids, words = (
        replace(exported, assessment=told(*pair, exported.assessment))
        for pair in (
            ("route.direct_award", "trigger.pilot"),
            ("Direct award with transparency notice", "End of pilot"),
        )
    )
    new, old = (EXPORTS[name].write([each]) for each in (ids, words))

    for told_by_id in (b"route.direct_award", b"trigger.pilot"):
        assert told_by_id not in new
    for said in (b"Direct award with transparency notice", b"End of pilot"):
        assert (said in new) == (said in old)


def test_a_form_keeps_old_words_until_another_route_is_chosen():
    class Chosen(Fields):
        answer = None

        def choice(self, label, name, labels, initial=""):
            assert "Direct award with transparency notice" not in labels
            if name == "route" and self.answer is None:
                return initial
            return self.answer

        def text(self, label, name, initial="", *more, **others):
            return initial

        long_text = day = days = text

        def money(self, label, name, initial=None):
            return initial

        tick = money

    fields = Chosen("test-")
    for stored in ("Direct award with transparency notice", "route.trial", "By lot", ""):
        bought = replace(FULL.purchase, route=stored)
        assert ask_purchase(fields, bought).route == stored
    fields.answer = "route.trial"
    assert ask_purchase(fields, replace(FULL.purchase, route="By lot")).route == "route.trial"
