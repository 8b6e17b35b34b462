"""How decisions, bands and levels look: told apart, and readable on what is behind them."""

import tomllib
from itertools import pairwise

import pytest

from procurement_risk.assessment import AnswerSet
from procurement_risk.framework import DECISIONS
from procurement_risk.framework.document import framework_from_document
from procurement_risk.methods import evaluate
from procurement_risk.profile.looks import GRAVITIES, UNSETTLED, band_look, decision_look
from procurement_risk.profile.method_words import verdict
from tests.support.answer_sets import AS_OF, CORE
from tests.support.core_pages import settled_answers
from tests.support.framework_documents import IMPACT
from tests.support.places import ROOT

LOOKS = (*GRAVITIES, UNSETTLED)
THEMES = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]


def luminance(colour):
    """Return the relative luminance of ``#rrggbb``, as WCAG computes it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (x / 12.92 if x <= 0.03928 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_published():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("look", LOOKS)
def test_every_look_can_be_read(look):
    """On paper, and as a badge in both themes; on paper as on screen in the same colours."""
    assert contrast(look.ink, look.tint) >= 4.5
    assert contrast(look.ink, "#ffffff") >= 4.5
    for theme in (THEMES["light"], THEMES["dark"]):
        text, behind = (theme[f"{look.colour}{part}"] for part in ("TextColor", "BackgroundColor"))
        assert contrast(text, behind) >= 4.5
    assert THEMES["light"][f"{look.colour}TextColor"] == look.ink
    assert THEMES["light"][f"{look.colour}BackgroundColor"] == look.tint


def test_no_two_looks_are_alike():
    for part in ("colour", "icon", "sign", "ink", "tint"):
        assert len({getattr(look, part) for look in LOOKS}) == len(LOOKS)


def test_every_decision_has_its_own_look():
    assert [decision_look(each) for each in DECISIONS] == list(GRAVITIES)
    assert decision_look("not_ready") == decision_look("") == decision_look("new") == UNSETTLED


def test_bands_run_from_the_best_look_to_the_worst():
    looks = [band_look(CORE.policy, band.id) for band in CORE.policy.bands]
    assert (looks[0], looks[-1]) == (GRAVITIES[0], GRAVITIES[-1])
    places = [GRAVITIES.index(look) for look in looks]
    assert all(one <= other for one, other in pairwise(places))


def test_a_verdict_is_a_decision_and_open_answers_leave_it_unsettled():
    assert verdict(evaluate(CORE, settled_answers())) == ("Proceed", GRAVITIES[0])
    assert verdict(evaluate(CORE, AnswerSet(as_of=AS_OF))) == ("Not ready", UNSETTLED)
    name, option = next(
        (each.id, min(each.red_flag.options))
        for each in CORE.questions()
        if each.red_flag and each.red_flag.stop and not each.red_flag.stop_from_tier
    )
    stopped = evaluate(CORE, settled_answers(**{name: option}))
    assert verdict(stopped) == ("Do not proceed", GRAVITIES[-1])


def test_points_come_to_a_level_once_it_is_settled():
    assert verdict(evaluate(framework_from_document(IMPACT), AnswerSet(as_of=AS_OF))) == (
        "Not ready",
        UNSETTLED,
    )
