"""The rules for conditions: they name what has options, and do not go round in a circle."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from graphlib import CycleError, TopologicalSorter

from procurement_risk.framework.checks.faults import MAX_NAMED, Fault, Node
from procurement_risk.framework.checks.named import Named, atoms
from procurement_risk.language import N_, _
from procurement_risk.language.text import shorten

OTHER_TYPES = ("text", "number", "date")  # an unknown one has been spoken about
MAX_CIRCLES = 20


def condition_faults(names: Named, owner: Node) -> Iterator[Fault]:
    """Yield what is wrong with the condition of a question or section."""
    for atom in atoms(owner.node("when")):
        named = atom.text("question")
        asked = names.asked.get(named)
        if asked is None:
            known = {**names.fact_ids, **names.question_ids}
            words = N_('There is no question or fact "{name}": {hint}')
            yield from names.unknown(atom.at("question"), words, named, known)
        elif asked.type in OTHER_TYPES:
            message = _(
                '"{name}" has no options to look at, because its type is {type}: name a '
                "question of type single or multiple."
            )
            places = {"name": shorten(named), "type": shorten(asked.type)}
            yield Fault(atom.at("question"), message.format_map(places))
        else:
            yield from names.options_of(atom, "in", named, asked)
            yield from names.options_of(atom, "not_in", named, asked)


def circle_faults(names: Named) -> Iterator[Fault]:
    """Yield the circles that conditions go round in, ``MAX_CIRCLES`` at most."""
    graph = {
        q.text("id"): _rested_on(names, section) | _rested_on(names, q)
        for section in names.sections
        for q in section.nodes("questions")
        if q.text("id")
    }
    for __ in range(MAX_CIRCLES):
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            circle = error.args[1][:0:-1]
            yield _circle(names, circle)
            for name in circle:
                graph[name] = set()
        else:
            return


def _rested_on(names: Named, owner: Node) -> set[str]:
    found = (atom.text("question") for atom in atoms(owner.node("when")))
    return {name for name in found if name in names.asked}


def _circle(names: Named, circle: list[str]) -> Fault:
    first = min(range(len(circle)), key=lambda i: names.asked[circle[i]].node.path)
    turned = [*circle[first:], *circle[:first]]
    shown = turned if len(turned) <= MAX_NAMED else [*turned[:MAX_NAMED], "…"]
    needs = _("{one} needs {other}")
    way = reduce(lambda one, other: needs.format(one=one, other=other), [*shown, turned[0]])
    start = names.asked[turned[0]].node
    # A question without a condition of its own stands in a section that has one.
    owner = start if "when" in start.data else Node(start.path[:2], {})
    message = _(
        "Conditions go round in a circle, so none of these is ever asked: {way}. "
        "Delete one of the conditions."
    )
    return Fault(owner.at("when"), message.format(way=way))
