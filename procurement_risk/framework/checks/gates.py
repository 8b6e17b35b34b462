"""The rules for version 2 of ``weakest-section``: gates, a core pack, flags from a tier."""

from __future__ import annotations

from collections.abc import Iterator

from procurement_risk.framework.checks.faults import Fault, Node
from procurement_risk.framework.checks.named import Named
from procurement_risk.language import N_, _

UNLISTED = dict.fromkeys(f"G{number}" for number in range(7))
"""The gates that a question may name where the framework lists none."""

NO_GATE = N_('"first_gate" cannot be "{name}": {hint}')
NO_PACK = N_('There is no pack "{name}": {hint}')


def first_gate_faults(names: Named) -> Iterator[Fault]:
    """Yield each question whose first gate is none of the framework's."""
    gates = names.document.ids("gates") if "gates" in names.document.data else UNLISTED
    for question in names.questions:
        gate = question.text("first_gate")
        yield from names.unknown(question.at("first_gate"), NO_GATE, gate, gates)


def foreign_faults(names: Named) -> Iterator[Fault]:
    """Yield what of this stands in a framework of another method."""
    for key in ("method_version", "gates"):
        if key in names.document.data:
            message = _('"{key}" belongs to weakest-section: delete it.')
            yield Fault(names.document.at(key), message.format(key=key))


def version_faults(names: Named) -> Iterator[Fault]:
    """Yield what only version 2 knows in a framework of version 1, and what is amiss in it."""
    core = names.policy.text("core_pack")
    yield from names.unknown(names.policy.at("core_pack"), NO_PACK, core, names.pack_ids)
    flags = [question.node("red_flag") for question in names.questions]
    for flag in flags:
        yield from _from_tier(names, flag)
    if names.document.data.get("method_version", 1) != 1:
        return
    places = [(names.document, "gates"), (names.policy, "core_pack")]
    for node, key in [*places, *((flag, "from_tier") for flag in flags)]:
        if key in node.data:
            message = _('"{key}" needs version 2 of the method: write method_version: 2.')
            yield Fault(node.at(key), message.format(key=key))


def _from_tier(names: Named, flag: Node) -> Iterator[Fault]:
    start, stop = flag.number("from_tier"), flag.number("stop_from_tier")
    if start is None or not 1 <= start <= 10:
        return  # the shape has spoken
    if names.tiers and start > len(names.tiers):
        message = _("There is no tier {tier}: write a number from 1 to {most}.")
        words = message.format(tier=start, most=len(names.tiers))
        yield Fault(flag.at("from_tier"), words)
    elif stop is not None and start > stop:
        message = _(
            "It counts from tier {start} and would stop from tier {stop}: write at most {stop}."
        )
        yield Fault(flag.at("from_tier"), message.format(start=start, stop=stop))
