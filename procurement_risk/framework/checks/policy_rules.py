"""The rules for bands and tiers: scales that rise, decisions that do not get milder."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from procurement_risk.framework import DECISIONS, GRADES
from procurement_risk.framework.checks.faults import Fault, Node, Where, listed
from procurement_risk.framework.checks.named import Named
from procurement_risk.language import N_, _
from procurement_risk.language.text import shorten

NO_BAND = N_('There is no band "{name}": {hint}')


def band_faults(names: Named) -> Iterator[Fault]:
    """Yield where bands do not rise from 0, or the band of a flag is none of them."""
    bands = names.policy.nodes("bands")
    starts = [band.number("from") for band in bands]
    if bands and starts[0] not in (0, None):
        message = _("The first band must start at 0, not at {start}: write from: 0.")
        yield Fault(bands[0].at("from"), message.format(start=starts[0]))
    for band, (before, start) in zip(bands[1:], pairwise(starts), strict=True):
        if before is not None and start is not None and start <= before:
            message = _("Bands must rise, but {here} follows {last}: write more than {last}.")
            yield Fault(band.at("from"), message.format(here=start, last=before))
    flag_band = names.policy.text("flag_band")
    path = names.policy.at("flag_band")
    yield from names.unknown(path, NO_BAND, flag_band, names.band_ids)
    yield from names.on_scale(names.policy, "agreed_mitigation_helps")


def tier_faults(names: Named) -> Iterator[Fault]:
    """Yield what is wrong with the tiers: their order, packs, floors and decisions."""
    for index, tier in enumerate(names.tiers):
        before = names.tiers[index - 1] if index else None
        number = tier.number("tier")
        if number is not None and number != index + 1:
            message = _("Tiers are numbered 1, 2, 3 in order: write tier: {number} here.")
            yield Fault(tier.at("tier"), message.format(number=index + 1))
        yield from _tier_start(tier, before)
        for path, pack in tier.texts("packs"):
            words = N_('There is no pack "{name}": {hint}')
            yield from names.unknown(path, words, pack, names.pack_ids)
        yield from _floors(names, tier, before)
        yield from _decisions(names, tier, before)


def _floors(names: Named, tier: Node, before: Node | None) -> Iterator[Fault]:
    floors = tier.node("evidence_floor")
    for grade in GRADES:
        yield from names.on_scale(floors, grade)
    for worse, better in pairwise(GRADES):
        high, low = floors.number(better), floors.number(worse)
        if high is not None and low is not None and high > low:
            message = _(
                "Better evidence cannot have a higher floor, but {better} has {high} and "
                "{worse} has {low}: write at most {low}."
            )
            words = message.format(better=better, high=high, worse=worse, low=low)
            yield Fault(floors.at(better), words)
    earlier = before.node("evidence_floor") if before else floors
    in_order = [earlier.number(grade) or 0 for grade in GRADES]
    # What follows floors that rise is measured against nothing that was meant.
    for grade in GRADES if before and in_order == sorted(in_order, reverse=True) else ():
        least = before.node("evidence_floor").number(grade) if before else None
        here = floors.number(grade)
        if least is not None and here is not None and here < least:
            message = _(
                "A higher tier cannot have a lower floor, but {grade} has {here} here and "
                "{least} in the tier before: write at least {least}."
            )
            words = message.format(grade=grade, here=here, least=least)
            yield Fault(floors.at(grade), words)


def _decisions(names: Named, tier: Node, before: Node | None) -> Iterator[Fault]:
    decisions = tier.node("decisions")
    known = [band for band in names.band_ids if band]
    for table in (decisions, tier.node("notes")):
        for band in table.data:
            yield from names.unknown(table.at(band), NO_BAND, str(band), names.band_ids)
    missing = [band for band in known if band not in decisions.data]
    if missing and isinstance(tier.data.get("decisions"), dict):
        message = _("Every band needs a decision: add one for {bands}.")
        yield Fault(decisions.path, message.format(bands=listed(missing)))
    for milder, worse in pairwise(known):
        yield from _not_milder(
            decisions.at(worse), decisions.text(worse), decisions.text(milder), milder
        )
    for band in known if before else ():
        below = before.node("decisions").text(band) if before else ""
        here = decisions.text(band)
        yield from _not_milder(decisions.at(band), here, below)


def _tier_start(tier: Node, before: Node | None) -> Iterator[Fault]:
    start = tier.number("from")
    if before is None:
        if "from" in tier.data:
            message = _("Delete from: the first tier holds from the bottom up.")
            yield Fault(tier.at("from"), message)
        return
    if "from" not in tier.data:
        yield Fault(tier.path, _("Every tier but the first needs a start: add from."))
    last = before.number("from")
    if start is not None and last is not None and start <= last:
        message = _("Tiers must rise, but {here} follows {last}: write more than {last}.")
        yield Fault(tier.at("from"), message.format(here=start, last=last))


def _not_milder(path: Where, here: str, there: str, band: str = "") -> Iterator[Fault]:
    """Yield a fault where the decision ``here`` is milder than the one ``there``.

    That is the decision for the better ``band``, or for the same band of the tier before.
    """
    if here not in DECISIONS or there not in DECISIONS:
        return
    place = DECISIONS.index(there)
    if DECISIONS.index(here) < place:
        message = _(
            "{here} is milder than {there}, the decision for the tier before: write {allowed}."
        )
        if band:
            message = _(
                "{here} is milder than {there}, the decision for the better band {band}: write "
                "{allowed}."
            )
        allowed = _(" or ").join(DECISIONS[place:])
        places = {"here": here, "there": there, "band": shorten(band), "allowed": allowed}
        yield Fault(path, message.format_map(places))
