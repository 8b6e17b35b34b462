"""Two implementations written apart must agree on every answer set, to the last digit."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from procurement_risk.assessment.answers import check_answers
from procurement_risk.framework.document import check_framework, framework_from_document
from procurement_risk.methods.weakest_section import output, score
from tests.support import reference_scoring
from tests.support.answer_sets import CORE, core_document, random_answers, varied_answers
from tests.support.reference_scoring import FIGURES
from tests.support.small_frameworks import at_a_gate, by_version_2, random_framework

CORE_DOCUMENT = core_document()
PACKS = [pack.id for pack in CORE.packs]


def core_lines(seed, number):
    rng = Random(seed)
    for _ in range(number):
        yield varied_answers(rng, CORE_DOCUMENT)


@pytest.mark.parametrize("seed", range(8))
def test_core_framework_in_every_pack(seed):
    """25 answer sets a seed, each in all six packs."""
    for line in core_lines(seed, 25):
        answers = check_answers(CORE, line)
        for pack in PACKS:
            ours = output(score(CORE, replace(answers, pack=pack)))

            assert ours == reference_scoring.score(CORE_DOCUMENT, line, pack)


def test_exact_figures_agree_too():
    """The same, before percentages are rounded to one decimal."""
    for line in core_lines("exact", 25):
        ours = score(CORE, check_answers(CORE, line))
        theirs = reference_scoring.score(CORE_DOCUMENT, line, percentage=Fraction)

        for name, section in ours.sections.items():
            for figure in FIGURES:
                found = getattr(section, figure) if section else None
                expected = theirs["sections"][name][figure] if section else None
                assert section is None or vars_of(found) == expected


def vars_of(figure):
    return {"low": figure.low, "central": figure.central, "high": figure.high}


def written(theirs):
    """What was scored exactly, as it is written: scoring it twice would take twice as long."""
    percentage = reference_scoring.percentage
    sections = {
        name: section
        and {
            **section,
            **{f: {end: percentage(n) for end, n in section[f].items()} for f in FIGURES},
            "complete": percentage(section["complete"]),
        }
        for name, section in theirs["sections"].items()
    }
    return {**theirs, "sections": sections}


@pytest.mark.parametrize("seed", range(10))
def test_small_frameworks(seed):
    """60 frameworks a seed with two answer sets each, in every pack.

    They have what the core framework has not: conditions on conditional questions, sections in
    which nothing is certain or nothing applies, and policies of every kind.
    """
    rng = Random(seed)
    for _ in range(60):
        document = random_framework(rng)
        framework = framework_from_document(document)
        for line in (varied_answers(rng, document), random_answers(rng, document)):
            answers = check_answers(framework, line)
            for pack in ("full", "core", "some"):
                ours = output(score(framework, replace(answers, pack=pack)))

                assert ours == reference_scoring.score(document, line, pack)


@pytest.mark.parametrize("seed", range(10))
def test_small_frameworks_by_version_2(seed):
    """The same with gates, a core pack and flags from a tier: exactly, and as it is written."""
    rng = Random(seed)
    for _ in range(60):
        document = by_version_2(rng, random_framework(rng))
        framework = framework_from_document(document)
        for drawn in (varied_answers(rng, document), random_answers(rng, document)):
            line = at_a_gate(rng, document, drawn)
            answers = check_answers(framework, line)
            for pack in ("full", "core", "some"):
                result = score(framework, replace(answers, pack=pack))

                theirs = reference_scoring.score(document, line, pack, percentage=Fraction)
                assert output(result) == written(theirs)
                for name, section in result.sections.items():
                    for figure in FIGURES if section else ():
                        assert (
                            vars_of(getattr(section, figure)) == theirs["sections"][name][figure]
                        )


def test_small_frameworks_are_frameworks():
    """What chance draws is what the checks of a framework let through."""
    for seed in range(100):
        rng = Random(seed)
        document = random_framework(rng)
        assert check_framework(document) == []
        assert check_framework(by_version_2(rng, document)) == []


def test_the_comparison_meets_every_kind_of_result():
    """Guards the tests above: every decision, fired and pending flags, unscored sections."""
    met = Counter()
    rng = Random(0)
    for _ in range(300):
        document = random_framework(rng)
        framework = framework_from_document(document)
        result = score(framework, check_answers(framework, varied_answers(rng, document)))
        met[result.recommendation] += 1
        met["challenge"] += result.challenge
        met["tier range"] += result.tier.low < result.tier.high
        met["pack too small"] += not result.pack_decides
        met["not scored"] += None in result.sections.values()
        scored = [section for section in result.sections.values() if section]
        met["nothing certain"] += any(not section.has_mandatory for section in scored)
        for kind in ("stops_fired", "stops_pending", "flags_fired", "flags_pending", "acting"):
            met[kind] += bool(getattr(result.red_flags, kind))
    kinds = {
        "proceed", "conditions", "escalate", "do_not_proceed", "not_ready", "challenge",
        "tier range", "not scored", "nothing certain",
        "stops_fired", "stops_pending", "flags_fired", "flags_pending", "acting",
    }  # fmt: skip

    assert {kind for kind in kinds if met[kind] < 3} == set()
