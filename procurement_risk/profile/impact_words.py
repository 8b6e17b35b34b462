"""The words for what ``impact-mitigation`` found. Numbers go in, plain English comes out."""

from __future__ import annotations

from procurement_risk.framework import Framework, Level
from procurement_risk.language import _, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import percent
from procurement_risk.methods.impact_mitigation import ImpactResult
from procurement_risk.methods.impact_points import Bounds


def level_of(framework: Framework, number: int | None) -> Level | None:
    """Return the level with this number, or None where there is none."""
    levels = framework.impact_policy.levels
    return levels[number - 1] if number is not None else None


def level_label(framework: Framework, number: int | None) -> str:
    """Return ``Level II``, or that nothing is scored."""
    level = level_of(framework, number)
    return level.label if level else _("No level: nothing is scored")


def level_words(framework: Framework, number: int | None) -> str:
    """Return ``Level II: moderate impact``."""
    level = level_of(framework, number)
    if level is None or not level.meaning:
        return level_label(framework, number)
    words = _("{level}: {meaning}")
    return words.format(level=level.label, meaning=level.meaning)


def headline(result: ImpactResult) -> str:
    """Return the level where it is settled, else what it lies between."""
    outlook = result.outlook.level
    if outlook is None or result.is_settled:
        return level_words(result.framework, result.level)
    return _("Not ready: between {low} and {high}").format(
        low=level_label(result.framework, outlook.low),
        high=level_label(result.framework, outlook.high),
    )


def open_words(result: ImpactResult) -> str:
    """Return how many open questions could still change the result."""
    number = len(result.open)
    return ngettext(
        "{n} open question could still change the result.",
        "{n} open questions could still change the result.",
        number,
    ).format(n=grouped(number))


def bounds_words(bounds: Bounds) -> str:
    """Return ``12 to 40``, or one number where both ends are the same."""
    if bounds.low == bounds.high:
        return grouped(bounds.low)
    return _("{low} to {high}").format(low=grouped(bounds.low), high=grouped(bounds.high))


def level_bounds_words(framework: Framework, bounds: Bounds | None) -> str:
    """Return ``Level I to Level III``, or one level where both ends are the same."""
    if bounds is None:
        return level_label(framework, None)
    low, high = level_label(framework, bounds.low), level_label(framework, bounds.high)
    return low if low == high else _("{low} to {high}").format(low=low, high=high)


def stakes(result: ImpactResult) -> str:
    """Return the level, or the levels it lies between."""
    return level_bounds_words(result.framework, result.outlook.level)


def published_sentence(result: ImpactResult) -> str:
    """Return the result as the published tool states it, in one sentence."""
    return _(
        "As published: {raw} of {max_raw} impact points, {mitigation} of {max_mitigation} "
        "mitigation points, {current} after the reduction: {level}."
    ).format(
        raw=result.raw,
        max_raw=result.max_raw,
        mitigation=result.mitigation,
        max_mitigation=result.max_mitigation,
        current=result.current,
        level=level_label(result.framework, result.level),
    )


def hidden_sentence(result: ImpactResult) -> str:
    """Return what the published figure hides about open questions."""
    if not result.open:
        return _("Every question that counts is answered: nothing is hidden.")
    return _(
        "The published figure counts every open question as nothing. Answered one way or "
        "another, the impact comes to {raw} points, mitigation to {mitigation}, and the level to "
        "{levels}."
    ).format(
        raw=bounds_words(result.outlook.raw),
        mitigation=bounds_words(result.outlook.mitigation),
        levels=stakes(result),
    )


def cliff_sentence(result: ImpactResult) -> str:
    """Return how far mitigation stands from where it starts to count, and what that changes."""
    policy, framework = result.framework.impact_policy, result.framework
    if not result.max_mitigation:
        return _(
            "No question scores mitigation, so the published rule takes {share} off in every case."
        ).format(share=percent(policy.mitigation_takes_off))
    distance = result.mitigation - result.needed
    other, other_level = result.without
    changed = (
        _("and the level {level}").format(level=level_label(framework, other_level))
        if other_level != result.level
        else _("and the level the same")
    )
    if distance == 0:
        stands = _("Mitigation stands exactly at the {share} from which it counts.")
        effect = _("Below it, the figure would be {other} {level}.")
    elif result.is_reduced:
        stands = ngettext(
            "Mitigation stands {n} point above the {share} from which it counts.",
            "Mitigation stands {n} points above the {share} from which it counts.",
            distance,
        )
        effect = _("Below it, the figure would be {other} {level}.")
    else:
        stands = ngettext(
            "Mitigation stands {n} point below the {share} from which it counts.",
            "Mitigation stands {n} points below the {share} from which it counts.",
            -distance,
        )
        effect = _("From there on, the figure would be {other} {level}.")
    parts = [
        stands.format(n=abs(distance), share=percent(policy.mitigation_from)),
        _("All {share} come off at once, or nothing does.").format(
            share=percent(policy.mitigation_takes_off)
        ),
    ]
    if other != result.current:
        parts.append(effect.format(other=other, level=changed))
    return " ".join(parts)
