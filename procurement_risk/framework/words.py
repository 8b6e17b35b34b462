"""The words for what every framework has: decisions, grades, uses, who answers.

The tables in capitals are in English: translate them where they are shown.
"""

from __future__ import annotations

from collections.abc import Mapping

from procurement_risk.framework.model import Framework
from procurement_risk.framework.policies import BandId, Decision
from procurement_risk.framework.questions import Question, Section
from procurement_risk.language import N_, _
from procurement_risk.language.phrases import in_quotes, label
from procurement_risk.language.text import shorten

DECISION_LABELS: Mapping[str, str] = {
    "proceed": N_("Proceed"),
    "conditions": N_("Proceed with conditions"),
    "escalate": N_("Escalate"),
    "do_not_proceed": N_("Do not proceed"),
    "not_ready": N_("Not ready"),
}


def version_words(framework: Framework) -> str:
    """Return a framework's title and version."""
    words = _("{framework}, version {version}")
    return words.format(framework=framework.title, version=framework.version)


def mixed_cases(framework: Framework) -> str:
    """Return the rule for an answer that fits two lines or none; empty where none has an order."""
    if not framework.scale_max:
        return ""
    return _(
        "If two lines are true, take the lower; if none fits, take the next lower and say why."
    )


GRADE_LABELS: Mapping[str, str] = {
    "E0": N_("unsupported"),
    "E1": N_("supplier's written statement"),
    "E2": N_("document or contract draft"),
    "E3": N_("independent evidence"),
    "E4": N_("checked by us, or a signed clause"),
}


USE_LABELS: Mapping[str, str] = {
    "internal": N_("Internal"),
    "information": N_("Information only"),
    "mandatory": N_("Mandatory requirement"),
    "award": N_("May support an award criterion"),
    "term": N_("Contract term"),
}


USE_MEANINGS: Mapping[str, str] = {
    "internal": N_("You answer this about yourselves. Never use it to rank bidders."),
    "information": N_("Ask for it and read it, but do not score it in a tender."),
    "mandatory": N_("Can be published as a pass or fail requirement, or as a condition."),
    "award": N_("Can support an award criterion, if that criterion was published."),
    "term": N_("Becomes a term of the contract."),
}


ANSWERED_BY_LABELS: Mapping[str, str] = {
    "buyer": N_("You, the buyer"),
    "supplier": N_("The supplier"),
    "joint": N_("You and the supplier together"),
    "tool": N_("Worked out from other answers"),
}


def named(framework: Framework, name: str) -> str:
    """Return what a question is called in a sentence: its id; of a fact, what it asks, shortened.

    Ids of questions stand on the paper; those of facts are for conditions alone.
    """
    asked = framework.by_id.get(name)
    return in_quotes(shorten(asked.ask)) if asked is not None and asked.is_fact else name


def as_asked(question: Question) -> str:
    """Return a question as a list names it: ``DP-02 What …?``; of a fact what it asks alone."""
    return question.ask if question.is_fact else f"{question.id} {question.ask}"


def decision(value: str) -> str:
    """Return the words for a decision or for ``not_ready``; an unknown value as it stands."""
    return label(DECISION_LABELS, value)


def short_title(section: Section) -> str:
    """Return the section's short title, or its title where it has none."""
    return section.short_title or section.title


def band_label(framework: Framework, band_id: BandId) -> str:
    """Return the band's label, such as ``High``; the id where there is no such band."""
    labels = {band.id: band.label for band in framework.policy.bands}
    return labels.get(band_id, band_id)


def decision_range(low: Decision, high: Decision) -> str:
    """Return ``Escalate``, or ``between Proceed and Escalate``."""
    one, other = decision(low), decision(high)
    return one if one == other else _("between {low} and {high}").format(low=one, high=other)


def grade_label(grade: str) -> str:
    """Return ``E3 independent evidence``."""
    return f"{grade} {grade_meaning(grade)}" if grade in GRADE_LABELS else grade


def grade_meaning(grade: str) -> str:
    """Return ``independent evidence`` for ``E3``."""
    return label(GRADE_LABELS, grade)


def use_label(use: str) -> str:
    """Return what kind of procurement use a question has, in two or three words."""
    return label(USE_LABELS, use)


def use_meaning(use: str) -> str:
    """Return what that procurement use allows, as one sentence."""
    return _(USE_MEANINGS.get(use, ""))


def answered_by(who: str) -> str:
    """Return who answers a question."""
    return label(ANSWERED_BY_LABELS, who)
