"""The rules of a framework that no schema can say.

Ids that exist, conditions without circles, scales that rise, red flags on the worst options. What
these checks cannot make sense of they leave alone: ``shape`` speaks about it.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from itertools import pairwise

from procurement_risk.framework.checks.conditions import circle_faults, condition_faults
from procurement_risk.framework.checks.faults import Fault, Node, Speller, Where, listed
from procurement_risk.framework.checks.gates import (
    first_gate_faults,
    foreign_faults,
    version_faults,
)
from procurement_risk.framework.checks.named import NO_QUESTION, Named
from procurement_risk.framework.checks.points_and_languages import (
    language_faults,
    level_faults,
    point_faults,
)
from procurement_risk.framework.checks.policy_rules import band_faults, tier_faults
from procurement_risk.framework.checks.tier_rule import tier_rule_faults
from procurement_risk.language import N_, _
from procurement_risk.language.text import shorten


def rule_faults(document: object, speller: Speller) -> Iterator[Fault]:
    """Yield what ``document`` says that cannot be meant."""
    names = Named(Node((), document if isinstance(document, dict) else {}), speller)
    yield from _ids(names)
    for section in names.sections:
        yield from condition_faults(names, section)
    for question in names.questions:
        yield from condition_faults(names, question)
        yield from _clauses(names, question)
    yield from _earlier_questions(names)
    yield from circle_faults(names)
    yield from first_gate_faults(names)
    method_rules = METHOD_RULES.get(names.document.text("method"), _weakest_section)
    yield from method_rules(names)
    yield from _cited_twice(names)
    yield from language_faults(names.document)


def _weakest_section(names: Named) -> Iterator[Fault]:
    yield from _packs(names, has_core=any(q.data.get("core") is True for q in names.questions))
    yield from _sections(names)
    for question in names.questions:
        yield from _options(names, question)
        yield from _earlier_ids(question)
        yield from _red_flag(names, question)
    yield from band_faults(names)
    yield from tier_faults(names)
    yield from tier_rule_faults(names)
    yield from version_faults(names)


def _impact(names: Named) -> Iterator[Fault]:
    yield from _packs(names, has_core=False)
    for question in names.questions:
        yield from point_faults(question)
    yield from level_faults(names.policy.nodes("levels"))
    yield from foreign_faults(names)


METHOD_RULES: Mapping[str, Callable[[Named], Iterator[Fault]]] = {
    "weakest-section": _weakest_section,
    "impact-mitigation": _impact,
}


def _ids(names: Named) -> Iterator[Fault]:
    yield from _repeated([*names.facts, *names.questions])
    yield from _repeated(names.sections)
    yield from _repeated(names.packs)
    yield from _repeated(names.document.nodes("gates"))
    yield from _repeated(names.policy.nodes("bands"))
    yield from _repeated(names.document.nodes("clauses"))
    yield from _repeated(names.document.nodes("sources"))
    for asked in (*names.facts, *names.questions):
        yield from _repeated(asked.nodes("options"))


def _cited_twice(names: Named) -> Iterator[Fault]:
    first: dict[str, Where] = {}
    for source in names.document.nodes("sources"):
        for path, text in source.texts("cited_as"):
            if first.setdefault(text, path)[:2] != path[:2]:
                message = _('"{name}" already stands for another source: delete one.')
                yield Fault(path, message.format(name=shorten(text)), first[text])


def _sections(names: Named) -> Iterator[Fault]:
    roles = {section.text("role") for section in names.sections}
    if roles and "decisive" not in roles and roles <= {"context", "challenge"}:
        message = _("No section is decisive: write role: decisive in at least one section.")
        yield Fault(("sections",), message)


def _options(names: Named, question: Node) -> Iterator[Fault]:
    before = None
    options = question.nodes("options")
    risks = [option.number("risk") for option in options]
    known = [risk for risk in risks if risk is not None]
    if len(known) == len(risks) > 1 and all(one > next_ for one, next_ in pairwise(known)):
        message = _(
            "The risks fall from option to option, and 0 is the best: turn the options round, or "
            "the risks."
        )
        yield Fault(options[0].at("risk"), message)
        return
    for option, risk in zip(options, risks, strict=True):
        if risk is None:
            continue
        yield from names.on_scale(option, "risk")
        if not 0 <= risk <= names.scale_max:
            continue  # that much is said
        if before is not None and risk <= before:
            message = _(
                "Risk must rise from option to option, but {here} follows {before}: list the "
                "options from best to worst, each with a higher risk."
            )
            yield Fault(option.at("risk"), message.format(here=risk, before=before))
        before = risk


def _earlier_ids(question: Node) -> Iterator[Fault]:
    """Yield each earlier id of an option that is still an option's, or is claimed twice."""
    still = _('"{name}" is still the id of an option here: delete it from was.')
    twice = _('"{name}" already stands in was of another option: delete one.')
    yield from _claimed(question.ids("options"), question.nodes("options"), still, twice)


def _earlier_questions(names: Named) -> Iterator[Fault]:
    """Yield each earlier id of a question that is still a question's, or is claimed twice."""
    still = _('"{name}" is still the id of a question or fact here: delete it from was.')
    twice = _('"{name}" already stands in was of another question: delete one.')
    asked = [*names.facts, *names.questions]
    yield from _claimed(names.asked, asked, still, twice)


def _claimed(
    here: Container[str], parts: Iterable[Node], still: str, twice: str
) -> Iterator[Fault]:
    first: dict[str, Where] = {}
    for part in parts:
        for path, name in part.texts("was"):
            if name in here:
                yield Fault(path, still.format(name=shorten(name)))
            elif first.setdefault(name, path) != path:
                yield Fault(path, twice.format(name=shorten(name)), first[name])


def _red_flag(names: Named, question: Node) -> Iterator[Fault]:
    flag = question.node("red_flag")
    if "red_flag" in question.data and question.text("type") == "multiple":
        message = _(
            "A red flag needs a single-choice question: delete it, or make the question single."
        )
        yield Fault(flag.path, message)
    options = question.ids("options")
    named = {option for __, option in flag.texts("options")}
    for path, option in flag.texts("options"):
        words = N_('There is no option "{name}": {hint}')
        yield from names.unknown(path, words, option, options)
    worst = list(options)[-len(named) :]
    if named and named <= options.keys() and "" not in options and named != set(worst):
        message = _("A red flag fires on the worst options, which stand last: write [{worst}].")
        yield Fault(flag.at("options"), message.format(worst=listed(worst)))
    tier = flag.number("stop_from_tier")
    if tier is not None and 1 <= tier <= 10 and names.tiers and tier > len(names.tiers):
        message = _("There is no tier {tier}: write a number from 1 to {most}.")
        words = message.format(tier=tier, most=len(names.tiers))
        yield Fault(flag.at("stop_from_tier"), words)


def _clauses(names: Named, question: Node) -> Iterator[Fault]:
    for path, clause in question.texts("clauses"):
        words = N_('There is no clause "{name}": {hint}')
        yield from names.unknown(path, words, clause, names.clause_ids)


def _packs(names: Named, *, has_core: bool) -> Iterator[Fault]:
    for pack in names.packs:
        for path, name in pack.texts("questions"):
            if name in names.fact_ids and name not in names.question_ids:
                message = _('Delete "{name}": facts are always asked, in every pack.')
                yield Fault(path, message.format(name=shorten(name)))
            else:
                yield from names.unknown(path, NO_QUESTION, name, names.question_ids)
        if pack.text("questions") == "core" and not has_core:
            message = _("No question is marked core: write core: true in some, or list ids here.")
            yield Fault(pack.at("questions"), message)


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
