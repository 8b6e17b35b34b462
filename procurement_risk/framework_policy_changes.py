"""What changed in how answers are judged from one version of a framework to another."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import TypeVar

from procurement_risk.condition_changes import condition_words, meaning
from procurement_risk.framework import GRADES, Level, Policy, Tier
from procurement_risk.framework_changes import (
    Change,
    Raw,
    Side,
    by_id,
    merged,
    order_change,
    text_change,
    text_changes,
    value_change,
)
from procurement_risk.wording import decision

Key = TypeVar("Key", int, str)
Part = tuple[Side, Raw]

MEANT = ("label", "meaning", "sign_off", "review")


def policy_changes(old: Side, new: Side) -> Iterator[Change]:
    """Yield every change of the policy. Where the methods differ, the two have nothing in common.

    That the method changed is said elsewhere.
    """
    if old.framework.method != new.framework.method:
        return
    raws = (old, old.framework.document["policy"]), (new, new.framework.document["policy"])
    if old.framework.method == "impact-mitigation":
        yield from _impact(*raws)
    else:
        yield from _weakest_section(*raws)
    yield from text_changes("policy", "policy: ", ["adopted_by"], *raws)


def _value(where: str, before: object, after: object) -> Iterator[Change]:
    yield from value_change("policy", f"policy: {where}", before, after, affects=True)


def _each(what: str, old: Mapping[Key, str], new: Mapping[Key, str]) -> Iterator[Key | Change]:
    """Yield each key that both have, and a change for each that only one of them has.

    The values say what is new or gone.
    """
    for key in merged(old, list(new)):
        if key in old and key in new:
            yield key
        else:
            yield from _value(f"{what} {key}", old.get(key), new.get(key))


# --- impact-mitigation --------------------------------------------------------------------


def _impact(old: Part, new: Part) -> Iterator[Change]:
    for key in ("phases", "mitigation_from", "mitigation_takes_off"):
        yield from _value(key.replace("_", " "), old[1][key], new[1][key])
    raws = [{each["level"]: each for each in raw["levels"]} for raw in (old[1], new[1])]
    nouns = [side.framework.impact_policy.levels for side in (old[0], new[0])]
    words = [{each.number: f"{each.label}, {_end(each)}" for each in levels} for levels in nouns]
    for each in _each("level", *words):
        if isinstance(each, Change):
            yield each
            continue
        was, now = raws[0][each], raws[1][each]
        ends = (_end(levels[each - 1]) for levels in nouns)
        yield from _value(f"level {each}, end", *ends)
        owner = f"policy: level {each}, "
        yield from text_changes("policy", owner, MEANT, (old[0], was), (new[0], now))


def _end(level: Level) -> str:
    return "without an end" if level.up_to is None else f"up to {level.up_to} per cent"


# --- weakest-section ----------------------------------------------------------------------


def _weakest_section(old: Part, new: Part) -> Iterator[Change]:
    yield from _bands(old, new)
    before, after = old[0].framework, new[0].framework
    yield from _value("band of a stop or flag", before.policy.flag_band, after.policy.flag_band)
    yield from _value(
        "help of an agreed mitigation",
        before.policy.agreed_mitigation_helps,
        after.policy.agreed_mitigation_helps,
    )
    yield from _tiers(old, new)
    yield from _tier_rule(old, new)


def _bands(old: Part, new: Part) -> Iterator[Change]:
    raws = by_id(old[1], "bands"), by_id(new[1], "bands")
    words = [
        {each.id: f"{each.label}, from {each.start}" for each in side.framework.policy.bands}
        for side in (old[0], new[0])
    ]
    for each in _each("band", *words):
        if isinstance(each, Change):
            yield each
            continue
        was, now = raws[0][each], raws[1][each]
        yield from _value(f"band {each}, start", was["from"], now["from"])
        owner = f"policy: band {each}, "
        yield from text_changes("policy", owner, ["label"], (old[0], was), (new[0], now))


def _tiers(old: Part, new: Part) -> Iterator[Change]:
    words = [
        {each.number: f"{each.label}, from {each.start}" for each in side.framework.policy.tiers}
        for side in (old[0], new[0])
    ]
    for each in _each("tier", *words):
        if isinstance(each, Change):
            yield each
            continue
        yield from _tier(f"tier {each}", old[0].framework.tier(each), new[0].framework.tier(each))
        was, now = ((side, raw["tiers"][each - 1]) for side, raw in (old, new))
        owner = f"policy: tier {each}, "
        yield from text_changes("policy", owner, MEANT, was, now)
        notes = was[1].get("notes", {}), now[1].get("notes", {})
        for band in merged(notes[0], list(notes[1])):
            texts = (old[0], notes[0].get(band)), (new[0], notes[1].get(band))
            yield from text_change("policy", f"{owner}note at {band}", *texts)


def _tier(name: str, before: Tier, after: Tier) -> Iterator[Change]:
    yield from _value(f"{name}, start", before.start, after.start)
    if set(before.packs) != set(after.packs):
        packs = ", ".join(before.packs), ", ".join(after.packs)
        yield from _value(f"{name}, packs that are enough", *packs)
    yield from order_change("policy", f"policy: {name}, order of packs", before.packs, after.packs)
    for grade, one, other in zip(GRADES, before.floors, after.floors, strict=True):
        yield from _value(f"{name}, floor at {grade}", one, other)
    for band in merged(before.decisions, list(after.decisions)):
        pair = (tier.decisions.get(band) for tier in (before, after))
        was, now = (decision(each) if each else None for each in pair)
        yield from _value(f"{name}, decision at {band}", was, now)


# --- Tier rule ----------------------------------------------------------------------------


def _tier_rule(old: Part, new: Part) -> Iterator[Change]:
    bases = _bases(old[0].framework.policy), _bases(new[0].framework.policy)
    if sorted(bases[0]) != sorted(bases[1]):
        yield from _value("tier rule, base", *map("; ".join, bases))
    for was, now in _adjustment_pairs(old, new):
        shown = now or was
        assert shown is not None
        where = f"tier rule, adjustment {shown.place}"
        if was is None or now is None or was.does != now.does:
            yield from _value(where, was.words if was else None, now.words if now else None)
        if was and now:
            texts = (old[0], was.raw.get("because")), (new[0], now.raw.get("because"))
            yield from text_change("policy", f"policy: {where}, reason", *texts)


def _bases(policy: Policy) -> list[str]:
    return [
        f"{base.question} less {base.subtract}" if base.subtract else base.question
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
    return [
        _Adjustment(
            place,
            (noun.add, meaning(framework, noun.when)),
            f"{noun.add:+d} if {condition_words(framework, noun.when)}",
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
