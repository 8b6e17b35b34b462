"""What changed in how answers are judged from one version of a framework to another."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from procurement_risk.framework import GRADES, Level, Policy, Tier
from procurement_risk.framework.versions.change import (
    Change,
    Key,
    Raw,
    Side,
    by_id,
    merged,
    order_change,
    owned,
    text_change,
    text_changes,
    value_change,
)
from procurement_risk.framework.versions.conditions import condition_words, meaning
from procurement_risk.framework.words import decision
from procurement_risk.language import _

Part = tuple[Side, Raw]

MEANT = ("label", "meaning", "sign_off", "review")


def policy_changes(old: Side, new: Side) -> Iterator[Change]:
    """Yield every change of the policy. Where the methods differ, the two have nothing in common.

    That the method changed is said elsewhere.
    """
    if old.framework.method != new.framework.method:
        return
    raws = (old, old.framework.document["policy"]), (new, new.framework.document["policy"])
    yield from POLICIES[old.framework.method](*raws)
    yield from text_changes("policy", _owned(""), ["adopted_by"], *raws)


def _value(where: str, before: object, after: object) -> Iterator[Change]:
    yield from value_change("policy", _owned(where), before, after, affects=True)


def _owned(where: str) -> str:
    return owned(_("policy"), where)


def _each(
    what: str,
    old: Mapping[Key, str],
    new: Mapping[Key, str],
    *,
    inside: Callable[[Key], Iterator[Change]],
) -> Iterator[Change]:
    """Yield what changed inside each key that both have, and each that only one of them has.

    The values say what is new or gone; ``what`` has the key in the place ``{key}``.
    """
    for key in merged(old, list(new)):
        if key in old and key in new:
            yield from inside(key)
        else:
            yield from _value(what.format(key=key), old.get(key), new.get(key))


# --- impact-mitigation --------------------------------------------------------------------


def _impact(old: Part, new: Part) -> Iterator[Change]:
    for key, where in (
        ("phases", _("phases")),
        ("mitigation_from", _("mitigation from")),
        ("mitigation_takes_off", _("mitigation takes off")),
    ):
        yield from _value(where, old[1][key], new[1][key])
    raws = [{each["level"]: each for each in raw["levels"]} for raw in (old[1], new[1])]
    nouns = [side.framework.impact_policy.levels for side in (old[0], new[0])]
    words = [{each.number: f"{each.label}, {_end(each)}" for each in levels} for levels in nouns]
    level = _("level {key}")

    def inside(each: int) -> Iterator[Change]:
        was, now = raws[0][each], raws[1][each]
        ends = (_end(levels[each - 1]) for levels in nouns)
        yield from _value(_("level {key}, end").format(key=each), *ends)
        owner = _owned(f"{level.format(key=each)}, ")
        yield from text_changes("policy", owner, MEANT, (old[0], was), (new[0], now))

    yield from _each(level, *words, inside=inside)


def _end(level: Level) -> str:
    if level.up_to is None:
        return _("without an end")
    return _("up to {number} per cent").format(number=level.up_to)


# --- weakest-section ----------------------------------------------------------------------


def _weakest_section(old: Part, new: Part) -> Iterator[Change]:
    yield from _bands(old, new)
    before, after = old[0].framework, new[0].framework
    yield from _value(_("band of a stop or flag"), before.policy.flag_band, after.policy.flag_band)
    yield from _value(
        _("help of an agreed mitigation"),
        before.policy.agreed_mitigation_helps,
        after.policy.agreed_mitigation_helps,
    )
    yield from _tiers(old, new)
    yield from _tier_rule(old, new)


def _bands(old: Part, new: Part) -> Iterator[Change]:
    raws = by_id(old[1], "bands"), by_id(new[1], "bands")
    words = [
        {each.id: _starts(each.label, each.start) for each in side.framework.policy.bands}
        for side in (old[0], new[0])
    ]
    band = _("band {key}")

    def inside(each: str) -> Iterator[Change]:
        was, now = raws[0][each], raws[1][each]
        yield from _value(_("band {key}, start").format(key=each), was["from"], now["from"])
        owner = _owned(f"{band.format(key=each)}, ")
        yield from text_changes("policy", owner, ["label"], (old[0], was), (new[0], now))

    yield from _each(band, *words, inside=inside)


def _starts(label: str, start: int) -> str:
    return _("{label}, from {start}").format(label=label, start=start)


def _tiers(old: Part, new: Part) -> Iterator[Change]:
    words = [
        {each.number: _starts(each.label, each.start) for each in side.framework.policy.tiers}
        for side in (old[0], new[0])
    ]
    tier = _("tier {key}")

    def inside(each: int) -> Iterator[Change]:
        yield from _tier(old[0].framework.tier(each), new[0].framework.tier(each))
        was, now = ((side, raw["tiers"][each - 1]) for side, raw in (old, new))
        owner = _owned(f"{tier.format(key=each)}, ")
        yield from text_changes("policy", owner, MEANT, was, now)
        notes = was[1].get("notes", {}), now[1].get("notes", {})
        for band in merged(notes[0], list(notes[1])):
            texts = (old[0], notes[0].get(band)), (new[0], notes[1].get(band))
            where = _("tier {tier}, note at {band}").format(tier=each, band=band)
            yield from text_change("policy", _owned(where), *texts)

    yield from _each(tier, *words, inside=inside)


def _tier(before: Tier, after: Tier) -> Iterator[Change]:
    tier = before.number
    where = _("tier {tier}, start").format(tier=tier)
    yield from _value(where, before.start, after.start)
    if set(before.packs) != set(after.packs):
        packs = ", ".join(before.packs), ", ".join(after.packs)
        where = _("tier {tier}, packs that are enough").format(tier=tier)
        yield from _value(where, *packs)
    where = _("tier {tier}, order of packs").format(tier=tier)
    yield from order_change("policy", _owned(where), before.packs, after.packs)
    for grade, one, other in zip(GRADES, before.floors, after.floors, strict=True):
        where = _("tier {tier}, floor at {grade}").format(tier=tier, grade=grade)
        yield from _value(where, one, other)
    for band in merged(before.decisions, list(after.decisions)):
        pair = (tier.decisions.get(band) for tier in (before, after))
        was, now = (decision(each) if each else None for each in pair)
        where = _("tier {tier}, decision at {band}").format(tier=tier, band=band)
        yield from _value(where, was, now)


# --- Tier rule ----------------------------------------------------------------------------


def _tier_rule(old: Part, new: Part) -> Iterator[Change]:
    bases = _bases(old[0].framework.policy), _bases(new[0].framework.policy)
    if sorted(bases[0]) != sorted(bases[1]):
        yield from _value(_("tier rule, base"), *map("; ".join, bases))
    for was, now in _adjustment_pairs(old, new):
        shown = now or was
        assert shown is not None
        where = _("tier rule, adjustment {place}").format(place=shown.place)
        if was is None or now is None or was.does != now.does:
            yield from _value(where, was.words if was else None, now.words if now else None)
        if was and now:
            texts = (old[0], was.raw.get("because")), (new[0], now.raw.get("because"))
            where = _("tier rule, adjustment {place}, reason").format(place=shown.place)
            yield from text_change("policy", _owned(where), *texts)


def _bases(policy: Policy) -> list[str]:
    less = _("{question} less {number}")
    return [
        less.format(question=base.question, number=base.subtract)
        if base.subtract
        else base.question
        for base in policy.tier_rule.base
    ]


@dataclass(frozen=True, slots=True)
class _Adjustment:
    """One adjustment of the tier rule.

    Attributes:
        place: Which one of the rule it is, from 1.
        does: What is equal for adjustments that do the same.
        words: The same in words.
        raw: Its part of the document.
    """

    place: int
    does: Hashable
    words: str
    raw: Raw


def _adjustments(side: Side, policy: Raw) -> list[_Adjustment]:
    framework = side.framework
    raws = policy["tier_rule"].get("adjustments", ())
    words = _("{number} if {when}")
    return [
        _Adjustment(
            place,
            (noun.add, meaning(framework, noun.when)),
            words.format(number=f"{noun.add:+d}", when=condition_words(framework, noun.when)),
            raw,
        )
        for place, (noun, raw) in enumerate(
            zip(framework.policy.tier_rule.adjustments, raws, strict=True), 1
        )
    ]


def _adjustment_pairs(
    old: Part, new: Part
) -> Iterator[tuple[_Adjustment | None, _Adjustment | None]]:
    """Yield those that do the same together, then the others in their order."""
    left, fresh = _adjustments(*old), []
    for now in _adjustments(*new):
        was = next((each for each in left if each.does == now.does), None)
        if was is None:
            fresh.append(now)
        else:
            left.remove(was)
            yield was, now
    yield from zip_longest(left, fresh)


# By the name of the method that both versions use.
POLICIES: Mapping[str, Callable[[Part, Part], Iterator[Change]]] = {
    "weakest-section": _weakest_section,
    "impact-mitigation": _impact,
}
