"""A condition of SurveyJS as a condition of a framework.

    tree ── and, or, ! ──────────────── kept as they are
         ── anything about one question ── tried with every answer: these options, or none of those

A question of which one option is chosen has few answers, so whatever stands there can be tried
with each of them by the rules of SurveyJS itself; where several can be chosen, each operator is
turned over by hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from math import prod

from procurement_risk.formats.surveyjs.evaluation import OPPOSITE, evaluate, written
from procurement_risk.formats.surveyjs.logic import (
    ALWAYS,
    Chosen,
    Condition,
    Never,
    all_of,
    any_of,
    opposite,
)
from procurement_risk.formats.surveyjs.tree import (
    Binary,
    Call,
    Constant,
    ListOf,
    Tree,
    Unary,
    Variable,
    parts_of,
    variables,
    walk,
)
from procurement_risk.formats.surveyjs.values import Value, equal, is_empty, is_true, is_truthy

DEPTH_LIMIT = 60
TRIALS_LIMIT = 2_000_000
PAIRS_LIMIT = 400
HIDDEN = "the survey never shows this"

_ARITHMETIC = ("plus", "minus", "mul", "div", "mod", "power")
_ABOUT_LISTS = frozenset(
    {"equal", "notequal", "contains", "notcontains", "anyof", "noneof", "allof", "in"}
)
_TURNED = {"notequal": "equal", "noneof": "anyof", "notcontains": "contains"}
_FOREIGN = ("in", "not")


class Inexpressible(Exception):
    """A condition that cannot be carried over exactly; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answerable:
    """What an expression can know about a question.

    Attributes:
        id: The question's id in the framework.
        is_multiple: Whether several options may be chosen.
        options: Each option's id and the value an answer holds.
        obstacle: Why a condition cannot name the question; empty where it can.
    """

    id: str
    is_multiple: bool = False
    options: tuple[tuple[str, Value], ...] = ()
    obstacle: str = ""

    @property
    def option_ids(self) -> tuple[str, ...]:
        """The ids of all options, in reading order."""
        return tuple(option for option, _ in self.options)


@dataclass(slots=True)
class Converter:
    """Turns trees into conditions.

    Attributes:
        known: What each name in braces stands for.
        remarks: What was odd about the tree converted last, as sentences.
        versions_differ: Whether versions of SurveyJS read that tree differently.
    """

    known: Mapping[str, Answerable]
    remarks: list[str] = field(default_factory=list)
    versions_differ: bool = False
    trials: int = 0
    _spellings: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look names up as SurveyJS does: without regard to capitals."""
        for name in self.known:
            self._spellings.setdefault(name.lower(), []).append(name)

    def convert(self, tree: Tree) -> Condition:
        """Return the condition that holds where SurveyJS finds ``tree`` true.

        Raises:
            Inexpressible: If a framework has no words for it.
        """
        self.remarks, self.versions_differ = [], False
        self._check(tree)
        return self._tested(tree, strictly_true=True)

    # -- what can be said about the whole tree

    def _check(self, tree: Tree) -> None:
        for node in walk(tree):
            if isinstance(node, Call):
                raise Inexpressible(f"it calls the function {node.name}")
            if isinstance(node, Binary) and node.operator in _ARITHMETIC:
                raise Inexpressible(
                    "it calculates (a value that holds a hyphen or another sign must stand in "
                    "quotes)"
                )
            if isinstance(node, Variable):
                self._check_name(node.name)
            if isinstance(node, Binary | Unary) and node.operator in _FOREIGN:
                self._remark(f'SurveyJS has no word "{node.operator}"; it was read as it sounds')

    def find(self, name: str) -> Answerable | None:
        """Return what ``{name}`` stands for, in capitals or not, if anything."""
        names = self._spellings.get(name.lower(), [])
        return self.known[names[0]] if names else None

    def _check_name(self, name: str) -> None:
        found = self.find(name)
        if found and len(self._spellings[name.lower()]) > 1:
            raise Inexpressible(f"several questions are named {{{name}}} but for capitals")
        if found and found.obstacle:
            raise Inexpressible(found.obstacle)
        if found:
            return
        if self.find(name.strip()):
            raise Inexpressible(f"{{{name}}} has spaces inside the braces")
        parts = re.split(r"[.\[]", name)
        for count in range(1, len(parts)):
            start = name[: sum(map(len, parts[:count])) + count - 1]
            if self.find(start):
                raise Inexpressible(f"{{{name}}} looks inside the answer to {{{start}}}")
        if name.startswith(("panel.", "row.", "#", "$")) or name.endswith(".length"):
            raise Inexpressible(f"{{{name}}} is no question")

    # -- and, or, !

    def _tested(self, tree: Tree, strictly_true: bool) -> Condition:
        """Return where ``tree`` is true: really true, or only taken for true as after !."""
        if isinstance(tree, Binary) and tree.operator in ("and", "or"):
            return self._joined(_chain(tree), tree.operator, strictly_true)
        if isinstance(tree, Unary) and tree.operator in OPPOSITE:
            return opposite(self._tested(tree.operand, strictly_true=False), _holds_always(tree))
        return self._leaf(tree, strictly_true)

    def _joined(self, parts: list[Tree], operator: str, strictly_true: bool) -> Condition:
        """Return where ``a and b`` or ``a or b`` is true.

        Its value is that of ``b``, or of ``a`` where that decides, not simply true or false.
        """
        self._check_bare(parts)
        last = self._tested(parts[-1], strictly_true)
        taken = [self._tested(part, strictly_true=False) for part in parts[:-1]]
        if operator == "and":
            return all_of([*taken, last])
        if not strictly_true:
            return any_of([*taken, last])
        choices = []
        none_before: list[Condition] = []
        for part, holds in zip(parts[:-1], taken, strict=True):
            if _is_claim(part):
                choices.append(all_of([*none_before, holds]))
            else:
                really = self._tested(part, strictly_true=True)
                choices.append(all_of([*none_before, really]))
                none_before.append(opposite(holds, "another part holds always"))
        return any_of([*choices, all_of([*none_before, last])])

    def _check_bare(self, parts: list[Tree]) -> None:
        """Refuse a list beside another bare value: newer versions take no answer for a list."""
        bare = [part for part in parts if not _is_claim(part)]
        names = [name for part in bare for name in variables(part)]
        if len(bare) > 1 and any(
            question.is_multiple for name in names if (question := self.find(name))
        ):
            raise Inexpressible("it takes a list for true or false; write {…} notempty instead")

    # -- one comparison

    def _leaf(self, tree: Tree, strictly_true: bool) -> Condition:
        names = variables(tree)
        for name in names:
            if not self.find(name):
                self._remark(f"the survey has no question {{{name}}}, so it counts as unanswered")
        asked = {name: question for name in names if (question := self.find(name))}
        if any(question.is_multiple for question in asked.values()):
            found = self._several(tree, strictly_true)
        else:
            found = self._single(tree, asked, strictly_true)
        if isinstance(found, Never) and not _is_written_out(tree):
            self._remark(found.reason)
        return found

    def _remark(self, sentence: str) -> None:
        if sentence not in self.remarks:
            self.remarks.append(sentence)

    def _single(
        self, tree: Tree, asked: Mapping[str, Answerable], strictly_true: bool
    ) -> Condition:
        """Return where ``tree`` is true by trying every answer to the questions in it."""
        if _depth(tree) > DEPTH_LIMIT:
            raise Inexpressible("it is too long")
        if len(asked) > 1:
            return self._combinations(tree, asked, strictly_true)
        none = self._holds(tree, {}, strictly_true)
        if not asked:
            return ALWAYS if none else Never(_cannot_hold(tree))
        ((name, question),) = asked.items()
        chosen = tuple(
            option
            for option, value in question.options
            if self._holds(tree, {name: value}, strictly_true)
        )
        return _choice(question, chosen, none, tree)

    def _combinations(
        self, tree: Tree, asked: Mapping[str, Answerable], strictly_true: bool
    ) -> Condition:
        """Return where ``tree`` is true by trying all answers to two or more questions."""
        questions = list(asked.values())
        domains = [[("", None), *question.options] for question in questions]
        if prod(map(len, domains)) > PAIRS_LIMIT:
            raise Inexpressible("it compares questions that have many options with each other")
        choices: list[Condition] = []
        for answers in product(*domains):
            values = {name: value for name, (_, value) in zip(asked, answers, strict=True)}
            if self._holds(tree, values, strictly_true):
                parts = [
                    Chosen(question.id, (option,) if option else question.option_ids, bool(option))
                    for question, (option, _) in zip(questions, answers, strict=True)
                ]
                choices.append(all_of(parts))
        return any_of(choices) if choices else Never(_cannot_hold(tree))

    def _holds(self, tree: Tree, values: Mapping[str, Value], strictly_true: bool) -> bool:
        """Return whether ``tree`` is true; where versions differ, as the newer ones have it."""
        self._count()
        judge = is_true if strictly_true else is_truthy
        older = judge(evaluate(tree, values, strictly=True))
        newer = judge(evaluate(tree, values, strictly=False))
        self.versions_differ |= older != newer
        return newer

    def _count(self) -> None:
        self.trials += 1
        if self.trials > TRIALS_LIMIT:
            raise Inexpressible("the survey has too many conditions on too many options")

    # -- questions of which several options may be chosen

    def _several(self, tree: Tree, strictly_true: bool) -> Condition:
        operator, question, right = self._sides(tree)
        answered = Chosen(question.id, question.option_ids)
        unanswered = Chosen(question.id, question.option_ids, wanted=False)
        if operator == "value":
            return self._just_one(question, tree) if strictly_true else answered
        if operator in ("empty", "notempty"):
            return answered if operator == "notempty" else unanswered
        if operator not in _TURNED:
            return self._compared(operator, question, right, tree)
        value = evaluate(right, {}, strictly=False)
        if operator == "notcontains" and is_empty(value):
            return Never(_cannot_hold(tree)) if value == [] else answered
        holds = self._compared(_TURNED[operator], question, right, tree)
        return opposite(holds, _cannot_hold(tree))

    def _sides(self, tree: Tree) -> tuple[str, Answerable, Tree]:
        """Return the operator, the question and what it is compared with."""
        operator, left = "value", tree
        right: Tree = Constant(None)
        if isinstance(tree, Unary):
            operator, left = tree.operator, tree.operand
        elif isinstance(tree, Binary) and tree.operator in _ABOUT_LISTS:
            operator, left, right = tree.operator, tree.left, tree.right
            if operator in ("equal", "notequal") and isinstance(right, Variable):
                left, right = right, left
        question = self.find(left.name) if isinstance(left, Variable) else None
        if question and not variables(right):
            return operator, question, right
        raise Inexpressible(
            "it does more with a question of several choices than look which are chosen"
        )

    def _compared(self, operator: str, question: Answerable, right: Tree, tree: Tree) -> Condition:
        if operator == "equal":
            return self._exactly(question, right, tree)
        items = right.items if isinstance(right, ListOf) else (right,)
        parts = [self._has(question, item, tree) for item in items]
        if operator in ("anyof", "in"):
            is_nothing = is_empty(evaluate(right, {}, strictly=False))
            return ALWAYS if is_nothing else any_of(parts)
        if not parts and operator == "contains":
            return Chosen(question.id, question.option_ids)
        return all_of(parts)

    def _has(self, question: Answerable, item: Tree, tree: Tree) -> Condition:
        """Return where one of the options that equal ``item`` is chosen."""
        found = self._matches(question, item)
        return Chosen(question.id, found) if found else Never(_cannot_hold(tree))

    def _matches(self, question: Answerable, item: Tree) -> tuple[str, ...]:
        older_item, newer_item = (evaluate(item, {}, strictly) for strictly in (True, False))
        matches = []
        for option, value in question.options:
            self._count()
            newer = equal(value, newer_item, strictly=False)
            self.versions_differ |= equal(value, older_item, strictly=True) != newer
            if newer:
                matches.append(option)
        return tuple(matches)

    def _just_one(self, question: Answerable, tree: Tree) -> Condition:
        """Return where a list alone is true: it then holds a single 1."""
        ones = [option for option, value in question.options if is_true(value)]
        choices = [self._only(question, [option]) for option in ones]
        return any_of(choices) if choices else Never(_cannot_hold(tree))

    def _exactly(self, question: Answerable, right: Tree, tree: Tree) -> Condition:
        """Return where exactly the options in ``right`` are chosen."""
        if not isinstance(right, ListOf):
            if evaluate(right, {}, strictly=False) in (None, ""):
                return Chosen(question.id, question.option_ids, wanted=False)
            return Never(_cannot_hold(tree))
        wanted: list[str] = []
        for item in right.items:
            wanted += self._matches(question, item) or ("",)
        if not wanted or "" in wanted:
            return Never(_cannot_hold(tree))
        if len(set(wanted)) != len(right.items) or len(wanted) != len(right.items):
            raise Inexpressible("it compares with a list that repeats an option")
        return self._only(question, wanted)

    def _only(self, question: Answerable, wanted: list[str]) -> Condition:
        """Return where every one of ``wanted`` is chosen, and no other option."""
        others = tuple(option for option in question.option_ids if option not in wanted)
        parts = [Chosen(question.id, (option,)) for option in wanted]
        return all_of([*parts, *([Chosen(question.id, others, wanted=False)] if others else [])])


def _choice(
    question: Answerable, chosen: tuple[str, ...], unanswered: bool, tree: Tree
) -> Condition:
    """Return where one of ``chosen`` is the answer, or there is none if that counts too."""
    if not unanswered:
        return Chosen(question.id, chosen) if chosen else Never(_cannot_hold(tree))
    others = tuple(option for option in question.option_ids if option not in chosen)
    return Chosen(question.id, others, wanted=False) if others else ALWAYS


def _chain(tree: Binary) -> list[Tree]:
    """Return the parts of ``a and b and c``, which the parser nests to the left."""
    parts: list[Tree] = []
    node: Tree = tree
    while isinstance(node, Binary) and node.operator == tree.operator:
        parts.append(node.right)
        node = node.left
    return [node, *reversed(parts)]


def _is_claim(tree: Tree) -> bool:
    """Whether the value of ``tree`` is true or false and nothing else."""
    if isinstance(tree, Binary) and tree.operator in ("and", "or"):
        return all(_is_claim(part) for part in _chain(tree))
    if isinstance(tree, Constant):
        return isinstance(tree.value, bool)
    return isinstance(tree, Binary | Unary)


def _is_written_out(tree: Tree) -> bool:
    """Whether an author who wrote ``tree`` meant it never to hold."""
    return isinstance(tree, Constant) and tree.value is False


def _depth(tree: Tree) -> int:
    level, depth = [tree], 0
    while level:
        depth += 1
        level = [part for node in level for part in parts_of(node)]
    return depth


def _cannot_hold(tree: Tree) -> str:
    if _is_written_out(tree):
        return HIDDEN
    return f"no answer makes this true: {written(tree)}"


def _holds_always(tree: Tree) -> str:
    return f"every answer makes the opposite true: {written(tree)}"
