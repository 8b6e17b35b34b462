"""What one place of a framework may name in another: questions, options, bands, packs, clauses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from procurement_risk.framework.checks.faults import Fault, Names, Node, Speller, Where
from procurement_risk.language import N_, _
from procurement_risk.language.text import shorten

NO_QUESTION = N_('There is no question "{name}": {hint}')
NO_OPTION = N_('"{question}" has no option "{name}": {hint}')


@dataclass(frozen=True, slots=True)
class Asked:
    """A fact or question that others may name. A fact's ``role`` is empty."""

    node: Node
    role: str
    type: str
    options: Names


def _asked(node: Node, role: str) -> Asked:
    return Asked(node, role, node.text("type") or "single", node.ids("options"))


def atoms(condition: Node) -> Iterator[Node]:
    """Yield the parts of ``condition`` that name a question."""
    parts = [*condition.nodes("any"), *condition.nodes("all")]
    if parts:
        for part in parts:
            yield from atoms(part)
    elif condition.text("question"):
        yield condition


class Named:
    """What a document holds that can be named, whatever state it is in."""

    def __init__(self, document: Node, speller: Speller) -> None:
        self.document, self.speller = document, speller
        self.policy = document.node("policy")
        self.facts = document.nodes("facts")
        self.sections = document.nodes("sections")
        self.questions = [q for section in self.sections for q in section.nodes("questions")]
        self.tiers = self.policy.nodes("tiers")
        self.packs = document.nodes("packs")
        self.band_ids, self.pack_ids = self.policy.ids("bands"), document.ids("packs")
        self.clause_ids = document.ids("clauses") if "clauses" in document.data else {}
        self.fact_ids = document.ids("facts") if "facts" in document.data else {}
        maximum = document.number("scale_max")
        self.scale_max = 10 if maximum is None else maximum
        self.asked = {fact.text("id"): _asked(fact, "") for fact in reversed(self.facts)}
        for section in self.sections:
            for question in section.nodes("questions"):
                asked = _asked(question, section.text("role") or "unknown")
                self.asked.setdefault(question.text("id"), asked)
        self.question_ids = self._question_ids()

    def _question_ids(self) -> Names:
        sections = self.document.data.get("sections")
        names = {name: None for section in self.sections for name in section.ids("questions")}
        is_readable = isinstance(sections, list) and len(sections) == len(self.sections)
        return names if is_readable else {**names, "": None}

    def unknown(
        self, path: Where, words: str, name: str, known: Names, question: str = ""
    ) -> Iterator[Fault]:
        """Yield the fault of a ``name`` that is not among ``known``, if that is sure.

        ``words`` are still in English. They have places for the name, for a hint, and perhaps for
        a ``question``.
        """
        if name and name not in known and "" not in known:
            hint = self.speller.hint(name, known)
            places = {"name": shorten(name), "hint": hint, "question": shorten(question)}
            yield Fault(path, _(words).format_map(places))

    def options_of(self, node: Node, key: str, named: str, asked: Asked) -> Iterator[Fault]:
        """Yield the faults of options in the list at ``key`` that ``named`` does not offer."""
        for path, option in node.texts(key):
            yield from self.unknown(path, NO_OPTION, option, asked.options, named)

    def on_scale(self, node: Node, key: str) -> Iterator[Fault]:
        """Yield the fault of a number at ``key`` above the scale."""
        value = node.number(key)
        if value is not None and self.scale_max < value:
            message = _(
                '"{key}" is {value}, above scale_max: write a whole number from 0 to {most}.'
            )
            yield Fault(node.at(key), message.format(key=key, value=value, most=self.scale_max))
