"""How firm an order is, in words: whether it is settled, until when, and what turns it."""

from __future__ import annotations

from procurement_risk.comparison.firmness import Firmness
from procurement_risk.comparison.words import NEAR, about
from procurement_risk.language import _, ngettext
from procurement_risk.language.phrases import from_to, listed


def leadership(firmness: Firmness) -> str:
    """Return the one sentence or two for leadership: how firm the order is, and what turns it."""
    return f"{verdict(firmness)} {order_sentences(firmness)}"


def order_sentences(firmness: Firmness) -> str:
    """Return how firm the order is: by version 2 how often the leader comes first, and could."""
    if firmness.version > 1:
        return " ".join(filter(None, (_in_a_hundred(firmness), other_leaders(firmness))))
    return f"{until(firmness)} {_first(firmness)}"


def _in_a_hundred(firmness: Firmness) -> str:
    share = firmness.first_shares[0]
    words = {"name": firmness.leader, "n": of_hundred(share)}
    if not firmness.joint:
        return _("{name} comes first in {n} of 100 ways of weighting what matters.").format(
            **words
        )
    least = firmness.joint.intervals[0][0]
    if of_hundred(least) == of_hundred(share):
        return _(
            "{name} comes first in {n} of 100 ways of weighting what matters, however the open "
            "answers come out."
        ).format(**words)
    return ngettext(
        "{name} comes first in {n} of 100 ways of weighting what matters; one unanswered question "
        "could turn that to {least}.",
        "{name} comes first in {n} of 100 ways of weighting what matters; {open} unanswered "
        "questions could turn that to {least}.",
        firmness.joint.open,
    ).format(**words, open=firmness.joint.open, least=of_hundred(least))


def of_hundred(share: float) -> str:
    """Return how many of 100 a share is; never a rounded 0 or 100."""
    if 0 < share < 0.005:
        return _("fewer than 1")
    if 0.995 <= share < 1:
        return _("more than 99")
    return str(int(100 * share + 0.5))


def interval(firmness: Firmness, place: int) -> str:
    """Return ``86 (14 to 98)``: how often a supplier comes first, and could, of 100."""
    share = of_hundred(firmness.first_shares[place])
    if not firmness.joint:
        return share
    low, high = map(of_hundred, firmness.joint.intervals[place])
    return share if low == high == share else f"{share} ({from_to(low, high)})"


def other_leaders(firmness: Firmness) -> str:
    """Return who would lead if the worst section counted for more or less; empty where nobody."""
    by_name: dict[str, list[str]] = {}
    for share, name in firmness.other_leaders.items():
        by_name.setdefault(name, []).append(about(float(share)))
    parts = [
        _("{name} (at {shares})").format(name=name, shares=listed(shares))
        for name, shares in by_name.items()
    ]
    if not parts:
        return ""
    return _(
        "The worst section counts for half of the ordering figure; if it counted for more or "
        "less, the lead would go to {others}."
    ).format(others=listed(parts))


def verdict(firmness: Firmness) -> str:
    """Return whether the order is settled, leans, or has to be presented as a tie."""
    if firmness.verdict == "settled":
        return _("The order is settled in favour of {name}.").format(name=firmness.leader)
    if firmness.verdict == "leaning":
        return _("The order leans towards {name}.").format(name=firmness.leader)
    if firmness.verdict == "no_order_yet":
        named = [f"{each.question.id} ({each.whose})" for each in firmness.turns_on]
        return _("No order yet: it turns on {questions}.").format(questions=listed(named))
    names = dict.fromkeys((firmness.leader, *firmness.tied))
    return _("No order is settled: treat {names} as tied.").format(names=listed(list(names)))


def until(firmness: Firmness) -> str:
    """Return how far weights have to move until another supplier draws level."""
    nearest = firmness.nearest
    if nearest is None:
        return _("{leader} stays lowest-risk whatever the weights.").format(leader=firmness.leader)
    rival, moved = nearest
    if moved == 0:
        return _("{rival} is level with {leader} at the weights in use.").format(
            rival=rival, leader=firmness.leader
        )
    return _(
        "{leader} stays lowest-risk until weights move by {moved}, when {rival} draws level."
    ).format(leader=firmness.leader, moved=about(moved), rival=rival)


def _first(firmness: Firmness) -> str:
    leader, *others = zip(firmness.labels, firmness.first_shares, strict=True)
    others.sort(key=lambda pair: -pair[1])
    pairs = [_("{name} {share}").format(name=n, share=about(s)) for n, s in others]
    return _(
        "Across all weights within {near} of ours {leader} is first in {share} ({others})."
    ).format(near=_(NEAR), leader=leader[0], share=about(leader[1]), others=", ".join(pairs))
