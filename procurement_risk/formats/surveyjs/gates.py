"""The conditions of a survey: where each stands, whom it concerns, and what becomes of it.

A condition that a scored question depends on, even over other questions, is carried exactly or the
survey is refused. Any other that cannot be carried is left out, and a note says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from procurement_risk.formats.surveyjs.expression import ExpressionError, parse
from procurement_risk.formats.surveyjs.logic import (
    ALWAYS,
    MOST_LEVELS,
    Chosen,
    Condition,
    Joined,
    Never,
    levels,
)
from procurement_risk.formats.surveyjs.notes import Path, Report
from procurement_risk.formats.surveyjs.reading import Element
from procurement_risk.formats.surveyjs.tree import Tree, variables
from procurement_risk.formats.surveyjs.visibility import (
    HIDDEN,
    Answerable,
    Converter,
    Inexpressible,
)

ALL_TEXT_LIMIT = 500_000


@dataclass(slots=True, eq=False)
class Gate:
    """A condition at one place.

    Attributes:
        path: Where it stands.
        text: The expression; empty where the place is hidden for good.
        questions: The ids of the questions that are asked only where it holds.
        tree: The expression as a tree, once it was parsed.
        condition: What it became.
    """

    path: Path
    text: str
    questions: list[str] = field(default_factory=list)
    tree: Tree | None = None
    condition: Condition = ALWAYS


def gate_of(element: Element, report: Report) -> Gate | None:
    """Return the condition on ``element`` itself, if it has one."""
    path = (*element.path, "visibleIf")
    text = element.data.get("visibleIf")
    if text is not None and not isinstance(text, str):
        report.refuse(path, "A condition must be a text in quotes.")
        return None
    if text and text.strip():
        return Gate(path, text)
    if element.data.get("visible") is False:
        return Gate((*element.path, "visible"), "")
    return None


class Gates:
    """Works out all conditions of one survey together."""

    def __init__(
        self,
        gates: Iterable[Gate],
        known: Mapping[str, Answerable],
        scored: Iterable[str],
        report: Report,
    ) -> None:
        self.gates = [gate for gate in gates if gate.questions]
        self.scored = list(scored)
        self.report = report
        self.converter = Converter(known)
        self.decisive: set[str] = set()

    def work_out(self) -> None:
        """Set the condition of every gate, and report what could not be carried."""
        faults = self._parsed()
        self.decisive = self._decisive()
        for gate in self.gates:
            if gate in faults:
                self._give_up(gate, faults[gate])
            elif gate.tree is not None:
                self._convert(gate, gate.tree)
            else:
                gate.condition = Never(HIDDEN)
                self.report.note(gate.path, "The survey never shows this, so it is never asked.")
        self._break_circles()

    def _parsed(self) -> dict[Gate, str]:
        faults: dict[Gate, str] = {}
        if sum(len(gate.text) for gate in self.gates) > ALL_TEXT_LIMIT:
            message = f"All conditions together are longer than {ALL_TEXT_LIMIT:,} characters."
            self.report.refuse((), message)
            return faults
        for gate in self.gates:
            if not gate.text:
                continue
            try:
                gate.tree = parse(gate.text)
            except ExpressionError as error:
                faults[gate] = str(error)
        return faults

    def _decisive(self) -> set[str]:
        """Return the questions that are scored, or decide whether such a one is asked."""
        on: dict[str, list[Gate]] = {}
        for gate in self.gates:
            for question in gate.questions:
                on.setdefault(question, []).append(gate)
        names = {gate: self._named(gate) for gate in self.gates}
        decisive: set[str] = set()
        pending = list(self.scored)
        while pending:
            question = pending.pop()
            if question not in decisive:
                decisive.add(question)
                pending += [name for gate in on.get(question, ()) for name in names[gate]]
        return decisive

    def _named(self, gate: Gate) -> list[str]:
        if gate.tree is None:
            return []
        found = [self.converter.find(name) for name in variables(gate.tree)]
        return [question.id for question in found if question]

    def _convert(self, gate: Gate, tree: Tree) -> None:
        try:
            condition = self.converter.convert(tree)
            if levels(condition) > MOST_LEVELS - 1:
                raise Inexpressible("it nests and and or too often")
        except Inexpressible as error:
            self._give_up(gate, f"The condition cannot be carried over: {error}.")
            return
        if self.converter.versions_differ:
            message = (
                "Versions of SurveyJS read this condition differently: write each value exactly "
                "as the option has it, capitals and spaces included."
            )
            self._say(gate, message, f"{message} It was read as newer versions do.")
        for remark in self.converter.remarks:
            self.report.note(gate.path, f"About this condition: {remark}.")
        gate.condition = condition

    def _say(self, gate: Gate, refusal: str, note: str) -> None:
        """Refuse what a scored question depends on; note anything else."""
        if self.decisive.isdisjoint(gate.questions):
            self.report.note(gate.path, note)
        else:
            self.report.refuse(gate.path, refusal)

    def _give_up(self, gate: Gate, fault: str) -> None:
        self._say(
            gate,
            f"{fault} A scored question depends on it: rewrite it, or delete it.",
            f"{fault} It was left out: what it stands on is asked without it.",
        )

    def _break_circles(self) -> None:
        """Give up the conditions that go round in circles, a question deciding about itself."""
        needs: dict[str, set[str]] = {}
        for gate in self.gates:
            for question in gate.questions:
                needs.setdefault(question, set()).update(named_in(gate.condition))
        circling = _in_circles(needs)
        for gate in self.gates:
            if circling.intersection(gate.questions) and circling & named_in(gate.condition):
                fault = "The condition goes round in a circle: it depends on what it stands on."
                self._give_up(gate, fault)
                gate.condition = ALWAYS


def named_in(condition: Condition) -> set[str]:
    """Return the questions that ``condition`` looks at."""
    if isinstance(condition, Chosen):
        return {condition.question}
    if isinstance(condition, Joined):
        return set().union(*(named_in(part) for part in condition.parts))
    return set()


def _in_circles(needs: Mapping[str, set[str]]) -> set[str]:
    """Return what is left of ``needs`` once all is gone that leads into or out of no circle."""
    left = {question: set(needed) for question, needed in needs.items()}
    while True:
        needed_by_some = set().union(*left.values()) if left else set()
        ends = [
            question
            for question, needed in left.items()
            if not needed & left.keys() or question not in needed_by_some
        ]
        if not ends:
            return set(left)
        for question in ends:
            del left[question]
