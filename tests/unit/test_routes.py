"""What the route that a purchase takes already answers in the core questionnaire."""

from dataclasses import replace

import pytest

from procurement_risk.assessment import routes
from procurement_risk.assessment.routes import carried_anew, carried_over
from procurement_risk.assessment.vocabulary import (
    NO_LONGER_OFFERED,
    ROUTES,
    in_words,
    offered_routes,
)
from procurement_risk.framework.document import framework_from_document
from procurement_risk.framework.shipped_data import shipped_data
from tests.support.framework_documents import SMALL
from tests.support.leadership_examples import CORE

DATA = shipped_data(routes.__file__)
UNANSWERED = {"route.provider_selection"}


def carried(route, framework=CORE):
    return carried_over(route, framework, by="Ana", at="2026-11-23T09:00:00Z")


def test_every_route_answers_the_question_but_those_it_does_not_describe():
    assert set(DATA["ai-supplier-core"]["options"]) == set(ROUTES) - UNANSWERED
    for route in ROUTES:
        assert bool(carried(route)) == (route not in UNANSWERED)


@pytest.mark.parametrize(
    ("route", "label"),
    [
        ("route.open_or_flexible", "Open, competitive flexible or another procedure"),
        ("route.ai_dps", "Framework or dynamic-market call-off with competition"),
        ("route.g_cloud", "Call-off without competition, below threshold quotes"),
        ("Direct award with transparency notice", "Direct award with its notices; or"),
        ("route.memorandum", "No procurement at all"),
    ],
)
def test_it_answers_in_the_words_of_the_question(route, label):
    ((question, answer),) = carried(route).items()
    assert CORE.by_id[question].option(answer.option).label.startswith(label)
    assert question == "CX-11"
    assert answer.note.endswith(ROUTES.get(route, route))
    assert (answer.by, answer.evidence) == ("Ana", "E0")


@pytest.mark.parametrize("route", ["", "By lot", "route.unheard_of"])
def test_what_is_no_route_answers_nothing(route):
    assert carried(route) == {}


def test_another_questionnaire_is_not_answered_by_it():
    assert carried("route.g_cloud", framework_from_document(SMALL)) == {}


def test_nothing_is_carried_where_the_option_is_gone(monkeypatch):
    gone = {CORE.id: {"question": "CX-11", "options": {"route.g_cloud": "z"}}}
    monkeypatch.setattr(routes, "shipped_data", lambda _module: gone)
    assert carried("route.g_cloud") == {}


def test_what_is_told_apart_by_now_is_offered_only_where_it_stands():
    assert not set(NO_LONGER_OFFERED) & set(offered_routes(""))
    assert "route.trial" in offered_routes("Free trial, pilot or memorandum")
    assert offered_routes("By lot")[-1] == "By lot"
    assert in_words("By lot") == "By lot"


def changed(answers, before, after):
    return carried_anew(answers, (before, after), CORE, by="Ben", at="2026-12-01T09:00:00Z")


def test_what_a_route_gave_follows_it_when_it_changes():
    given = carried("route.g_cloud")
    now = changed(given, "route.g_cloud", "route.ai_dps")["CX-11"]
    assert (now.option, now.by, "changed since" in now.note) == ("b", "Ben", True)
    again = changed({"CX-11": now}, "route.ai_dps", "route.pilot")["CX-11"]
    assert again.option == "e"
    assert changed({"CX-11": now}, "route.ai_dps", "route.provider_selection") == {"CX-11": None}
    assert changed({}, "", "route.pilot")["CX-11"].option == "e"


def test_what_somebody_touched_is_left_alone():
    given = carried("route.g_cloud")
    assert changed(given, "route.g_cloud", "route.g_cloud") == {}
    for by_hand in ({"options": ("d",)}, {"note": "As legal says"}, {"evidence": "E2"}):
        touched = {"CX-11": replace(given["CX-11"], **by_hand)}
        assert changed(touched, "route.g_cloud", "route.pilot") == {}
    assert changed({}, "route.g_cloud", "route.pilot") == {}  # cleared by hand
