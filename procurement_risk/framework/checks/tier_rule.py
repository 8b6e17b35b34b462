"""The rules for the tier rule: it rests on facts, and on questions of the context."""

from __future__ import annotations

from collections.abc import Iterator

from procurement_risk.framework.checks.faults import Fault, Node
from procurement_risk.framework.checks.named import NO_QUESTION, Named, atoms
from procurement_risk.language import N_, _
from procurement_risk.language.text import shorten


def tier_rule_faults(names: Named) -> Iterator[Fault]:
    """Yield what is wrong with the base of the tier rule and with its adjustments."""
    rule = names.policy.node("tier_rule")
    for base in rule.nodes("base"):
        yield from _context_question(names, base)
    for adjustment in rule.nodes("adjustments"):
        for atom in atoms(adjustment.node("when")):
            if "not_in" in atom.data:
                yield from _fact(names, atom)
            else:
                yield from _context_question(names, atom)
                yield from _risk_range(names, atom)


def _fact(names: Named, atom: Node) -> Iterator[Fault]:
    named = atom.text("question")
    asked = names.asked.get(named)
    if asked is None:
        words = N_('There is no fact "{name}": {hint}')
        yield from names.unknown(atom.at("question"), words, named, names.fact_ids)
    elif asked.role:
        message = _(
            'not_in is for facts, but "{name}" is a question: use risk_at_least or '
            "risk_at_most, or name a fact."
        )
        yield Fault(atom.at("question"), message.format(name=shorten(named)))
    else:
        yield from names.options_of(atom, "not_in", named, asked)


def _context_question(names: Named, node: Node) -> Iterator[Fault]:
    named = node.text("question")
    if not named:
        return
    asked = names.asked.get(named)
    if asked is None:
        yield from names.unknown(node.at("question"), NO_QUESTION, named, names.question_ids)
        return
    if not asked.role:
        message = _(
            '"{name}" is a fact and has no risk value: use it with not_in, or name a single '
            "choice question of a context section."
        )
    elif asked.role in ("decisive", "challenge"):
        message = _(
            '"{name}" stands in a {role} section: the tier rests on context, so name a single '
            "choice question of a context section."
        )
    elif asked.type != "single":
        message = _(
            '"{name}" has the type {type}, which gives no risk value: name a single choice '
            "question of a context section."
        )
    else:
        return
    places = {"name": shorten(named), "role": asked.role, "type": shorten(asked.type)}
    yield Fault(node.at("question"), message.format_map(places))


def _risk_range(names: Named, atom: Node) -> Iterator[Fault]:
    yield from names.on_scale(atom, "risk_at_least")
    yield from names.on_scale(atom, "risk_at_most")
    least, most = atom.number("risk_at_least"), atom.number("risk_at_most")
    if least is not None and most is not None and least > most:
        message = _("No risk value is at least {least} and at most {most}: swap the two.")
        yield Fault(atom.at("risk_at_least"), message.format(least=least, most=most))
