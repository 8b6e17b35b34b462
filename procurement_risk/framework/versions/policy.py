"""What changed in how answers are judged from one version of a framework to another."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from procurement_risk.framework import GRADES, Framework
from procurement_risk.framework.versions.change import Change
from procurement_risk.framework.versions.conditions import condition_words, meaning
from procurement_risk.framework.versions.fields import (
    Pair,
    Part,
    Raw,
    Row,
    entries,
    inside,
    order,
    parts,
    text,
    text_changes,
    under,
    value,
)
from procurement_risk.framework.words import decision
from procurement_risk.language import N_, _

MEANT = (text("label"), text("meaning"), text("sign_off"), text("review"))


def policy_changes(old: Framework, new: Framework) -> Iterator[Change]:
    """Yield every change of the policy. Where the methods differ, the two have nothing in common.

    That the method changed is said elsewhere.
    """
    if old.method != new.method:
        return
    before, after = (Part(f, f.method_policy, f.document["policy"]) for f in (old, new))
    pair = Pair(old=before, new=after, kind="policy")
    yield from under(N_("policy"), *POLICIES[old.method], text("adopted_by"))(pair)


# --- impact-mitigation --------------------------------------------------------------------


def _end(part: Part) -> str:
    if part.noun.up_to is None:
        return _("without an end")
    return _("up to {number} per cent").format(number=part.noun.up_to)


IMPACT_MITIGATION: tuple[Row, ...] = (
    value(N_("phases"), lambda part: part.noun.phases, moves=True),
    value(N_("mitigation from"), lambda part: part.noun.mitigation_from, moves=True),
    value(N_("mitigation takes off"), lambda part: part.noun.mitigation_takes_off, moves=True),
    parts(
        N_("level {key}"),
        inside("levels"),
        lambda part: f"{part.noun.label}, {_end(part)}",
        (value(N_("end"), _end, moves=True), *MEANT),
        came=True,
        went=True,
    ),
)


# --- weakest-section ----------------------------------------------------------------------


def _starts(part: Part) -> str:
    return _("{label}, from {start}").format(label=part.noun.label, start=part.noun.start)


def _decisions(part: Part) -> Mapping[str, str]:
    return {band: decision(each) for band, each in part.noun.decisions.items()}


START = value(N_("start"), lambda part: part.noun.start, moves=True)
TIER: tuple[Row, ...] = (
    START,
    value(
        N_("packs that are enough"),
        lambda part: ", ".join(part.noun.packs),
        equal=lambda part: set(part.noun.packs),
        moves=True,
    ),
    order(N_("order of packs"), lambda part: part.noun.packs),
    entries(N_("floor at {key}"), lambda part: dict(zip(GRADES, part.noun.floors, strict=True))),
    entries(N_("decision at {key}"), _decisions),
    *MEANT,
    entries(N_("note at {key}"), lambda part: part.raw.get("notes", {}), texts=True),
)


# --- Tier rule ----------------------------------------------------------------------------


def _bases(part: Part) -> list[str]:
    less = _("{question} less {number}")
    return [
        less.format(question=base.question, number=base.subtract)
        if base.subtract
        else base.question
        for base in part.noun.tier_rule.base
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


def _adjustments(part: Part) -> list[_Adjustment]:
    framework = part.framework
    raws = part.raw["tier_rule"].get("adjustments", ())
    words = _("{number} if {when}")
    return [
        _Adjustment(
            place,
            (noun.add, meaning(framework, noun.when)),
            words.format(number=f"{noun.add:+d}", when=condition_words(framework, noun.when)),
            raw,
        )
        for place, (noun, raw) in enumerate(
            zip(part.noun.tier_rule.adjustments, raws, strict=True), 1
        )
    ]


def _adjusting(pair: Pair) -> Iterator[Change]:
    for was, now in _adjustment_pairs(pair):
        shown = now or was
        assert shown is not None
        where = _("tier rule, adjustment {place}").format(place=shown.place)
        if was is None or now is None or was.does != now.does:
            ends = (each.words if each else None for each in (was, now))
            yield pair.change(where, *ends, moves=True)
        if was and now:
            where = _("tier rule, adjustment {place}, reason").format(place=shown.place)
            reasons = (each.raw.get("because") for each in (was, now))
            yield from text_changes(pair, where, *reasons)


def _adjustment_pairs(pair: Pair) -> Iterator[tuple[_Adjustment | None, _Adjustment | None]]:
    """Yield those that do the same together, then the others in their order."""
    left, fresh = _adjustments(pair.old), []
    for now in _adjustments(pair.new):
        was = next((each for each in left if each.does == now.does), None)
        if was is None:
            fresh.append(now)
        else:
            left.remove(was)
            yield was, now
    yield from zip_longest(left, fresh)


WEAKEST_SECTION: tuple[Row, ...] = (
    parts(
        N_("band {key}"), inside("bands"), _starts, (START, text("label")), came=True, went=True
    ),
    value(N_("band of a stop or flag"), lambda part: part.noun.flag_band, moves=True),
    value(N_("core pack"), lambda part: part.noun.core_pack, moves=True),
    value(
        N_("help of an agreed mitigation"),
        lambda part: part.noun.agreed_mitigation_helps,
        moves=True,
    ),
    parts(N_("tier {key}"), inside("tiers"), _starts, TIER, came=True, went=True),
    value(
        N_("tier rule, base"),
        lambda part: "; ".join(_bases(part)),
        equal=lambda part: sorted(_bases(part)),
        moves=True,
    ),
    _adjusting,
)

# By the name of the method that both versions use.
POLICIES: Mapping[str, tuple[Row, ...]] = {
    "weakest-section": WEAKEST_SECTION,
    "impact-mitigation": IMPACT_MITIGATION,
}
