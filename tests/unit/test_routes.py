"""What the route that a purchase takes already answers in the core questionnaire."""

import pytest

from procurement_risk.assessment import routes
from procurement_risk.assessment.routes import carried_over
from procurement_risk.assessment.vocabulary import (
    NO_LONGER_OFFERED,
    ROUTES,
    in_words,
    offered_routes,
)
from procurement_risk.framework.document import framework_from_document
from tests.support.framework_documents import SMALL
from tests.support.leadership_examples import CORE

DATA = routes._known()
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
        ("route.open_or_flexible", "Open or competitive flexible procedure"),
        ("route.ai_dps", "Framework or dynamic-market call-off with competition"),
        ("route.g_cloud", "Call-off without competition, or below threshold quotes"),
        ("Direct award with transparency notice", "Direct award with transparency notice; or"),
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
    monkeypatch.setattr(routes, "_known", lambda: gone)
    assert carried("route.g_cloud") == {}


def test_what_is_told_apart_by_now_is_offered_only_where_it_stands():
    assert not set(NO_LONGER_OFFERED) & set(offered_routes(""))
    assert "route.trial" in offered_routes("Free trial, pilot or memorandum")
    assert offered_routes("By lot")[-1] == "By lot"
    assert in_words("By lot") == "By lot"
