"""The rules of a framework that no schema can say.

Ids that exist, conditions without circles, scales that rise, red flags on the worst options. What
these checks cannot make sense of they leave alone: ``framework_shape`` speaks about it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from procurement_risk.framework import DECISIONS, GRADES
from procurement_risk.framework.checks.faults import (
    MAX_NAMED,
    Fault,
    Names,
    Node,
    Speller,
    Where,
    listed,
)
from procurement_risk.framework.checks.points_and_languages import (
    language_faults,
    level_faults,
    point_faults,
)
from procurement_risk.language import N_, _
from procurement_risk.language.text import shorten

NO_BAND = N_('There is no band "{name}": {hint}')
NO_QUESTION = N_('There is no question "{name}": {hint}')
NO_OPTION = N_('"{question}" has no option "{name}": {hint}')

CHOICE_TYPES = ("single", "multiple")
MAX_CIRCLES = 20


def rule_faults(document: object, speller: Speller) -> Iterator[Fault]:
    """Yield what ``document`` says that cannot be meant."""
    top = Node((), document if isinstance(document, dict) else {})
    yield from _Rules(top, speller).faults()


@dataclass(frozen=True, slots=True)
class _Asked:
    """A fact or question that others may name. A fact's ``role`` is empty."""

    node: Node
    role: str
    type: str
    options: Names


def _asked(node: Node, role: str) -> _Asked:
    return _Asked(node, role, node.text("type") or "single", node.ids("options"))


def _atoms(condition: Node) -> Iterator[Node]:
    """Yield the parts of ``condition`` that name a question."""
    parts = [*condition.nodes("any"), *condition.nodes("all")]
    if parts:
        for part in parts:
            yield from _atoms(part)
    elif condition.text("question"):
        yield condition


class _Rules:
    """The checks that need more than one place of the document. Each yields its faults."""

    def __init__(self, document: Node, speller: Speller) -> None:
        self.document, self.speller = document, speller
        self.policy = document.node("policy")
        self.method_rules = METHOD_RULES.get(document.text("method"), _Rules._weakest_section)
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

    def faults(self) -> Iterator[Fault]:
        yield from self._ids()
        for section in self.sections:
            yield from self._condition(section)
        for question in self.questions:
            yield from self._condition(question)
            yield from self._clauses(question)
        yield from self._circles()
        yield from self.method_rules(self)
        yield from self._cited_twice()
        yield from language_faults(self.document)

    def _weakest_section(self) -> Iterator[Fault]:
        yield from self._packs(has_core=any(q.data.get("core") is True for q in self.questions))
        yield from self._sections()
        for question in self.questions:
            yield from self._options(question)
            yield from self._red_flag(question)
        yield from self._bands()
        yield from self._tiers()
        yield from self._tier_rule()

    def _impact(self) -> Iterator[Fault]:
        yield from self._packs(has_core=False)
        for question in self.questions:
            yield from point_faults(question)
        yield from level_faults(self.policy.nodes("levels"))

    # -- ids

    def _ids(self) -> Iterator[Fault]:
        yield from _repeated([*self.facts, *self.questions])
        yield from _repeated(self.sections)
        yield from _repeated(self.packs)
        yield from _repeated(self.policy.nodes("bands"))
        yield from _repeated(self.document.nodes("clauses"))
        yield from _repeated(self.document.nodes("sources"))
        for asked in (*self.facts, *self.questions):
            yield from _repeated(asked.nodes("options"))

    def _unknown(
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

    def _cited_twice(self) -> Iterator[Fault]:
        first: dict[str, Where] = {}
        for source in self.document.nodes("sources"):
            for path, text in source.texts("cited_as"):
                if first.setdefault(text, path)[:2] != path[:2]:
                    message = _('"{name}" already stands for another source: delete one.')
                    yield Fault(path, message.format(name=shorten(text)), first[text])

    # -- sections and questions

    def _sections(self) -> Iterator[Fault]:
        if self.sections and not any(s.text("role") == "decisive" for s in self.sections):
            message = _("No section is decisive: write role: decisive in at least one section.")
            yield Fault(("sections",), message)

    def _options(self, question: Node) -> Iterator[Fault]:
        before = None
        for option in question.nodes("options"):
            risk = option.number("risk")
            if risk is None:
                continue
            yield from self._on_scale(option, "risk")
            if before is not None and risk <= before:
                message = _(
                    "Risk must rise from option to option, but {here} follows {before}: list the "
                    "options from best to worst, each with a higher risk."
                )
                yield Fault(option.at("risk"), message.format(here=risk, before=before))
            before = risk

    def _on_scale(self, node: Node, key: str) -> Iterator[Fault]:
        value = node.number(key)
        if value is not None and self.scale_max < value <= 10:
            message = _(
                '"{key}" is {value}, above scale_max: write a whole number from 0 to {most}.'
            )
            yield Fault(node.at(key), message.format(key=key, value=value, most=self.scale_max))

    def _condition(self, owner: Node) -> Iterator[Fault]:
        """Yield what is wrong with the condition of a question or section."""
        for atom in _atoms(owner.node("when")):
            named = atom.text("question")
            asked = self.asked.get(named)
            if asked is None:
                known = {**self.fact_ids, **self.question_ids}
                words = N_('There is no question or fact "{name}": {hint}')
                yield from self._unknown(atom.at("question"), words, named, known)
            elif asked.type not in CHOICE_TYPES:
                message = _(
                    '"{name}" has no options to look at, because its type is {type}: name a '
                    "question of type single or multiple."
                )
                places = {"name": shorten(named), "type": shorten(asked.type)}
                yield Fault(atom.at("question"), message.format_map(places))
            else:
                yield from self._options_of(atom, "in", named, asked)
                yield from self._options_of(atom, "not_in", named, asked)

    def _options_of(self, node: Node, key: str, named: str, asked: _Asked) -> Iterator[Fault]:
        for path, option in node.texts(key):
            yield from self._unknown(path, NO_OPTION, option, asked.options, named)

    def _circles(self) -> Iterator[Fault]:
        graph = {
            q.text("id"): self._rested_on(section) | self._rested_on(q)
            for section in self.sections
            for q in section.nodes("questions")
            if q.text("id")
        }
        for __ in range(MAX_CIRCLES):
            try:
                TopologicalSorter(graph).prepare()
            except CycleError as error:
                circle = error.args[1][:0:-1]
                yield self._circle(circle)
                for name in circle:
                    graph[name] = set()
            else:
                return

    def _rested_on(self, owner: Node) -> set[str]:
        names = (atom.text("question") for atom in _atoms(owner.node("when")))
        return {name for name in names if name in self.asked}

    def _circle(self, circle: list[str]) -> Fault:
        first = min(range(len(circle)), key=lambda i: self.asked[circle[i]].node.path)
        turned = [*circle[first:], *circle[:first]]
        shown = turned if len(turned) <= MAX_NAMED else [*turned[:MAX_NAMED], "…"]
        needs = _("{one} needs {other}")
        way = reduce(lambda one, other: needs.format(one=one, other=other), [*shown, turned[0]])
        start = self.asked[turned[0]].node
        # A question without a condition of its own stands in a section that has one.
        owner = start if "when" in start.data else Node(start.path[:2], {})
        message = _(
            "Conditions go round in a circle, so none of these is ever asked: {way}. "
            "Delete one of the conditions."
        )
        return Fault(owner.at("when"), message.format(way=way))

    def _red_flag(self, question: Node) -> Iterator[Fault]:
        flag = question.node("red_flag")
        if "red_flag" in question.data and question.text("type") == "multiple":
            message = _(
                "A red flag needs a single-choice question: delete it, or make the question "
                "single."
            )
            yield Fault(flag.path, message)
        options = question.ids("options")
        named = {option for __, option in flag.texts("options")}
        for path, option in flag.texts("options"):
            words = N_('There is no option "{name}": {hint}')
            yield from self._unknown(path, words, option, options)
        worst = list(options)[-len(named) :]
        if named and named <= options.keys() and "" not in options and named != set(worst):
            message = _(
                "A red flag fires on the worst options, which stand last: write [{worst}]."
            )
            yield Fault(flag.at("options"), message.format(worst=listed(worst)))
        tier = flag.number("stop_from_tier")
        if tier is not None and 1 <= tier <= 10 and self.tiers and tier > len(self.tiers):
            message = _("There is no tier {tier}: write a number from 1 to {most}.")
            words = message.format(tier=tier, most=len(self.tiers))
            yield Fault(flag.at("stop_from_tier"), words)

    def _clauses(self, question: Node) -> Iterator[Fault]:
        for path, clause in question.texts("clauses"):
            words = N_('There is no clause "{name}": {hint}')
            yield from self._unknown(path, words, clause, self.clause_ids)

    # -- packs

    def _packs(self, *, has_core: bool) -> Iterator[Fault]:
        for pack in self.packs:
            for path, name in pack.texts("questions"):
                if name in self.fact_ids and name not in self.question_ids:
                    message = _('Delete "{name}": facts are always asked, in every pack.')
                    yield Fault(path, message.format(name=shorten(name)))
                else:
                    yield from self._unknown(path, NO_QUESTION, name, self.question_ids)
            if pack.text("questions") == "core" and not has_core:
                message = _(
                    "No question is marked core: write core: true in some, or list ids here."
                )
                yield Fault(pack.at("questions"), message)

    # -- bands and tiers

    def _bands(self) -> Iterator[Fault]:
        bands = self.policy.nodes("bands")
        starts = [band.number("from") for band in bands]
        if bands and starts[0] not in (0, None):
            message = _("The first band must start at 0, not at {start}: write from: 0.")
            yield Fault(bands[0].at("from"), message.format(start=starts[0]))
        for band, (before, start) in zip(bands[1:], pairwise(starts), strict=True):
            if before is not None and start is not None and start <= before:
                message = _("Bands must rise, but {here} follows {last}: write more than {last}.")
                yield Fault(band.at("from"), message.format(here=start, last=before))
        flag_band = self.policy.text("flag_band")
        path = self.policy.at("flag_band")
        yield from self._unknown(path, NO_BAND, flag_band, self.band_ids)
        yield from self._on_scale(self.policy, "agreed_mitigation_helps")

    def _tiers(self) -> Iterator[Fault]:
        for index, tier in enumerate(self.tiers):
            before = self.tiers[index - 1] if index else None
            number = tier.number("tier")
            if number is not None and number != index + 1:
                message = _("Tiers are numbered 1, 2, 3 in order: write tier: {number} here.")
                yield Fault(tier.at("tier"), message.format(number=index + 1))
            yield from _tier_start(tier, before)
            for path, pack in tier.texts("packs"):
                words = N_('There is no pack "{name}": {hint}')
                yield from self._unknown(path, words, pack, self.pack_ids)
            yield from self._floors(tier, before)
            yield from self._decisions(tier, before)

    def _floors(self, tier: Node, before: Node | None) -> Iterator[Fault]:
        floors = tier.node("evidence_floor")
        for grade in GRADES:
            yield from self._on_scale(floors, grade)
        for worse, better in pairwise(GRADES):
            high, low = floors.number(better), floors.number(worse)
            if high is not None and low is not None and high > low:
                message = _(
                    "Better evidence cannot have a higher floor, but {better} has {high} and "
                    "{worse} has {low}: write at most {low}."
                )
                words = message.format(better=better, high=high, worse=worse, low=low)
                yield Fault(floors.at(better), words)
        for grade in GRADES if before else ():
            least = before.node("evidence_floor").number(grade) if before else None
            here = floors.number(grade)
            if least is not None and here is not None and here < least:
                message = _(
                    "A higher tier cannot have a lower floor, but {grade} has {here} here and "
                    "{least} in the tier before: write at least {least}."
                )
                words = message.format(grade=grade, here=here, least=least)
                yield Fault(floors.at(grade), words)

    def _decisions(self, tier: Node, before: Node | None) -> Iterator[Fault]:
        decisions = tier.node("decisions")
        known = [band for band in self.band_ids if band]
        for table in (decisions, tier.node("notes")):
            for band in table.data:
                yield from self._unknown(table.at(band), NO_BAND, str(band), self.band_ids)
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

    # -- tier rule

    def _tier_rule(self) -> Iterator[Fault]:
        rule = self.policy.node("tier_rule")
        for base in rule.nodes("base"):
            yield from self._context_question(base)
        for adjustment in rule.nodes("adjustments"):
            for atom in _atoms(adjustment.node("when")):
                if "not_in" in atom.data:
                    yield from self._fact(atom)
                else:
                    yield from self._context_question(atom)
                    yield from self._risk_range(atom)

    def _fact(self, atom: Node) -> Iterator[Fault]:
        named = atom.text("question")
        asked = self.asked.get(named)
        if asked is None:
            words = N_('There is no fact "{name}": {hint}')
            yield from self._unknown(atom.at("question"), words, named, self.fact_ids)
        elif asked.role:
            message = _(
                'not_in is for facts, but "{name}" is a question: use risk_at_least or '
                "risk_at_most, or name a fact."
            )
            yield Fault(atom.at("question"), message.format(name=shorten(named)))
        else:
            yield from self._options_of(atom, "not_in", named, asked)

    def _context_question(self, node: Node) -> Iterator[Fault]:
        named = node.text("question")
        if not named:
            return
        asked = self.asked.get(named)
        if asked is None:
            yield from self._unknown(node.at("question"), NO_QUESTION, named, self.question_ids)
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

    def _risk_range(self, atom: Node) -> Iterator[Fault]:
        yield from self._on_scale(atom, "risk_at_least")
        yield from self._on_scale(atom, "risk_at_most")
        least, most = atom.number("risk_at_least"), atom.number("risk_at_most")
        if least is not None and most is not None and least > most:
            message = _("No risk value is at least {least} and at most {most}: swap the two.")
            yield Fault(atom.at("risk_at_least"), message.format(least=least, most=most))


METHOD_RULES: Mapping[str, Callable[[_Rules], Iterator[Fault]]] = {
    "weakest-section": _Rules._weakest_section,
    "impact-mitigation": _Rules._impact,
}


def _repeated(nodes: Iterable[Node]) -> Iterator[Fault]:
    """Yield a fault for each id that stands twice, or differs from another only in case."""
    first: dict[str, Node] = {}
    for node in nodes:
        name = node.text("id")
        other = first.setdefault(name.lower(), node) if name else node
        if other is node:
            continue
        message = _('The id "{name}" is used twice: give one of the two another id.')
        if other.text("id") != name:
            message = _(
                'The id "{name}" differs from "{other}" only in capital letters: give one of the '
                "two another id."
            )
        words = message.format(name=shorten(name), other=shorten(other.text("id")))
        yield Fault(node.at("id"), words, other.at("id"))


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
