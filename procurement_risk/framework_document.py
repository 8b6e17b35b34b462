"""Is this document a framework, and if so, which one?

    document ── shape    keys, kinds of value, lengths: schemas/framework.schema.json
             ── meaning  what no schema can say: ids that exist, scales that rise, no circles
             ── Framework

Both steps always run, so that an author sees every fault at once; whatever the meaning step
cannot make sense of, the shape step has spoken about. Nothing here knows about files or lines: a
fault carries a path, which ``loading`` turns into a line.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from graphlib import CycleError, TopologicalSorter
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, cast

from jsonschema import Draft202012Validator, validators
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator

from procurement_risk.errors import path_text, shorten
from procurement_risk.framework import (
    DECISIONS,
    GRADES,
    AllOf,
    AnyOf,
    Atom,
    Band,
    Clause,
    Condition,
    Framework,
    NotAtom,
    Option,
    Pack,
    Policy,
    Question,
    RedFlag,
    RiskAtom,
    Section,
    Source,
    Tier,
    TierAdjustment,
    TierBase,
    TierRule,
)

SCHEMA = Path(__file__).parent.parent / "schemas" / "framework.schema.json"
CHOICE_TYPES = ("single", "multiple")
MAX_DEPTH = 40
MAX_VALUES = 1_000_000
MAX_CIRCLES = 20
# Enough for any file a person wrote; each shape error takes about a tenth of a millisecond.
MAX_FAULTS = 2_000
MAX_NAMED = 12

Where = tuple[str | int, ...]
Names = Mapping[str, None]  # in order, quick to look up


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a document: the path to it, and what to write instead.

    Attributes:
        path: Keys and list indexes that lead to it.
        message: What is wrong and what to write instead.
        other: The path of another place that the fault is about, such as an id's first use.
    """

    path: Where
    message: str
    other: Where | None = None

    @property
    def where(self) -> str:
        """The path as text, e.g. ``sections[0].questions[2].options``."""
        return path_text(self.path)


def check_framework(document: object) -> list[Fault]:
    """Return everything wrong with ``document``, shape first. Empty: it is a framework.

    Each of the two steps stops at ``MAX_FAULTS``.
    """
    unfit = _unfit(document)
    if unfit:
        return [Fault((), unfit)]
    speller = _Speller()
    shape = _shape_faults(document, speller)
    spoken_of = {fault.path for fault in shape}
    meaning = _Meaning(_Node((), document if isinstance(document, dict) else {}), speller)
    found = islice(meaning.faults(), MAX_FAULTS)
    rest = [fault for fault in found if fault.path not in spoken_of]
    return list(dict.fromkeys([*shape, *rest]))


def _unfit(document: object) -> str:
    """Return why the document cannot even be looked at: too deep or too large for the checks."""
    level: list[Any] = [document]
    count = 0
    for _ in range(MAX_DEPTH):
        level = [part for value in level for part in _parts(value)]
        count += len(level)
        if not level:
            return ""
        if count > MAX_VALUES:
            return f"This holds more than {MAX_VALUES:,} values: split it."
    return f"This is nested deeper than {MAX_DEPTH} levels: a framework needs fewer."


def _parts(value: object) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


# ---------------------------------------------------------------- wording


@dataclass(slots=True)
class _Speller:
    """Finds what a misspelt word may have meant, as long as ``budget`` comparisons last."""

    budget: int = 10_000

    def guess(self, word: object, known: Collection[str]) -> str:
        """Return the one of ``known`` that looks most like ``word``, or an empty text."""
        if not isinstance(word, str) or len(word) > 60 or len(known) > self.budget:
            return ""
        self.budget -= len(known)
        folded = {each.lower(): each for each in known}
        near = get_close_matches(word.lower(), folded, n=1)
        return folded[near[0]] if near else ""

    def hint(self, word: object, known: Collection[str]) -> str:
        """Return the end of a sentence that says what to write instead of ``word``."""
        if not known:
            return "none is defined."
        if len(known) > self.budget:
            return "use one that is defined."
        guess = self.guess(word, known)
        if guess:
            return f'did you mean "{shorten(guess)}"?'
        return f"use one of {_listed(known)}."


def _listed(names: Collection[str]) -> str:
    shown = ", ".join(shorten(name) for name in list(names)[:MAX_NAMED])
    more = len(names) - MAX_NAMED
    return f"{shown} and {more} more" if more > 0 else shown


def _name(path: Where) -> str:
    """Return what to call the value at ``path`` at the start of a sentence."""
    if not path:
        return "The document"
    if isinstance(path[-1], str):
        return f'"{shorten(path[-1])}"'
    return f"Item {path[-1] + 1} of {_name(path[:-1])}"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int | float):
        return f'"{shorten(value)}"' if isinstance(value, str) else shorten(str(value))
    return _kind_of(value)


def _kind_of(value: object) -> str:
    kinds = {dict: "a group of keys", list: "a list", str: "a text", bool: "true or false"}
    return kinds.get(type(value), "nothing" if value is None else "a number")


# ---------------------------------------------------------------- shape


@dataclass(frozen=True, slots=True)
class _Misfit:
    """A schema error: ``instance`` at ``path`` breaks ``keyword: value`` of ``schema``.

    ``word`` is the key or item in question, for the keywords that are about one.
    """

    path: Where
    keyword: str
    value: Any
    instance: Any
    schema: Mapping[str, Any]
    word: str


def _required(
    _: object, required: list[str], instance: object, __: object
) -> Iterator[ValidationError]:
    """Yield one error for each missing key, with the key as its message."""
    if isinstance(instance, dict):
        yield from (ValidationError(key) for key in required if key not in instance)


def _additional(
    validator: Validator, allowed: object, instance: object, schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    """Yield one error for each unknown key, with the key as its message."""
    known = schema.get("properties", ())
    for key in instance if isinstance(instance, dict) else ():
        if key in known:
            continue
        if allowed is False:
            yield ValidationError(str(key))
        else:
            yield from validator.descend(instance[key], allowed, path=key)  # type: ignore[attr-defined, index]


def _unique(_: object, __: object, instance: object, ___: object) -> Iterator[ValidationError]:
    """Yield an error for the first text that a list repeats. Time grows with its length only."""
    seen = set()
    for item in instance if isinstance(instance, list) else ():
        if isinstance(item, str):
            if item in seen:
                yield ValidationError(item)
                return
            seen.add(item)


def _is_integer(_: object, value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


@cache
def shape_validator() -> Validator:
    """Return the compiled schema, with one error for each missing, unknown or repeated name."""
    kind = validators.extend(  # type: ignore[no-untyped-call]
        Draft202012Validator,
        {"required": _required, "additionalProperties": _additional, "uniqueItems": _unique},
        type_checker=Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_integer),
    )
    schema = json.loads(SCHEMA.read_text("utf-8"))
    validator: Validator = kind(_written_out(schema, schema["$defs"], ()))
    return validator


def _written_out(part: Any, definitions: Mapping[str, Any], inside: tuple[str, ...]) -> Any:  # noqa: ANN401
    """Return ``part`` of the schema with what its references name in their place.

    Looking references up takes half of the time otherwise. Those inside themselves stay.
    """
    if isinstance(part, list):
        return [_written_out(each, definitions, inside) for each in part]
    if not isinstance(part, dict):
        return part
    name = str(part.get("$ref", "")).removeprefix("#/$defs/")
    if name and name not in inside:
        rest = {key: value for key, value in part.items() if key != "$ref"}
        return _written_out({**definitions[name], **rest}, definitions, (*inside, name))
    return {
        key: value if key == "$defs" else _written_out(value, definitions, inside)
        for key, value in part.items()
    }


def _misfits(document: object) -> Iterator[_Misfit]:
    for error in shape_validator().iter_errors(cast(Any, document)):
        schema = error.schema if isinstance(error.schema, dict) else {}
        word, value = str(error.validator), error.validator_value
        path = tuple(error.absolute_path)
        yield _Misfit(path, word, value, error.instance, schema, error.message)


def _shape_faults(document: object, speller: _Speller) -> list[Fault]:
    misfits = list(islice(_misfits(document), MAX_FAULTS))
    faults = []
    meant: set[Where] = set()  # what misspelt keys were probably meant to be
    around: set[Where] = set()  # mappings that hold an unknown key
    for misfit in misfits:
        if misfit.keyword == "additionalProperties":
            missing = [key for key in misfit.schema["properties"] if key not in misfit.instance]
            guess = speller.guess(misfit.word, missing)
            meant.add((*misfit.path, guess))
            around.add(misfit.path)
            faults.append(_unknown_key(misfit, guess))
    for misfit in misfits:
        if misfit.keyword != "additionalProperties" and not _follows(misfit, meant, around):
            faults.append(_shape_fault(misfit, speller))
    return faults


def _unknown_key(misfit: _Misfit, guess: str) -> Fault:
    path = (*misfit.path, misfit.word)
    start = f"There is no key {_name(path)} here"
    if guess:
        return Fault(path, f'{start}: did you mean "{guess}"?')
    return Fault(
        path, f"{start}: delete it, or use one of {', '.join(misfit.schema['properties'])}."
    )


def _follows(misfit: _Misfit, meant: set[Where], around: set[Where]) -> bool:
    """Whether ``misfit`` only says again that a key is misspelt."""
    if misfit.keyword not in ("required", "anyOf"):
        return False
    depends_on_other_keys = "properties" not in misfit.schema
    return (*misfit.path, misfit.word) in meant or (
        depends_on_other_keys and misfit.path in around
    )


def _shape_fault(misfit: _Misfit, speller: _Speller) -> Fault:
    if misfit.keyword == "enum":
        return Fault(misfit.path, _not_a_choice(misfit, speller))
    return Fault(misfit.path, _SENTENCES[misfit.keyword](misfit, _name(misfit.path)))


def _not_a_choice(misfit: _Misfit, speller: _Speller) -> str:
    guess = speller.guess(misfit.instance, misfit.value)
    hint = f' Did you mean "{guess}"?' if guess else ""
    either = misfit.schema.get("$comment", "one of")
    return (
        f"{_name(misfit.path)} cannot be {_shown(misfit.instance)}: "
        f"write {either} {', '.join(misfit.value)}.{hint}"
    )


def _wrong_type(misfit: _Misfit, name: str) -> str:
    wanted, how = {
        "object": ("a group of keys", "write its keys below it, each on a line of its own"),
        "array": ("a list", "write its items in brackets, [a, b], or on lines that begin with -"),
        "string": ("a text", "write it in quotes"),
        "integer": ("a whole number", "write digits without quotes or a point, such as 3"),
        "boolean": ("true or false", "write one of the two, without quotes"),
    }[misfit.value]
    return f"{name} must be {wanted}, not {_kind_of(misfit.instance)}: {how}."


def _missing_key(misfit: _Misfit, name: str) -> str:
    about = misfit.schema.get("properties", {}).get(misfit.word, {}).get("description", "")
    inside = name[0].lower() + name[1:]
    return f'The key "{misfit.word}" is missing in {inside}: add it. {about}'.strip()


def _out_of_range(misfit: _Misfit, name: str) -> str:
    low, high = misfit.schema["minimum"], misfit.schema["maximum"]
    return (
        f"{name} cannot be {_shown(misfit.instance)}: write a whole number from {low} to {high}."
    )


def _too_few(misfit: _Misfit, name: str) -> str:
    if not misfit.instance:
        return f"{name} is empty: write at least {misfit.value} here."
    return f"{name} needs at least {misfit.value} items: add what is missing."


def _too_many(misfit: _Misfit, name: str) -> str:
    what = {"maxItems": "items", "maxProperties": "keys", "maxLength": "characters"}
    return (
        f"{name} has {len(misfit.instance):,} {what[misfit.keyword]}: shorten it to at most "
        f"{misfit.value:,}."
    )


_SENTENCES: Mapping[str, Callable[[_Misfit, str], str]] = {
    "type": _wrong_type,
    "required": _missing_key,
    "minimum": _out_of_range,
    "maximum": _out_of_range,
    "minItems": _too_few,
    "maxItems": _too_many,
    "maxProperties": _too_many,
    "maxLength": _too_many,
    "uniqueItems": lambda m, name: (
        f'{name} names "{shorten(m.word)}" twice: delete one of the two.'
    ),
    "const": lambda m, name: f"{name} must be {m.value}: write that.",
    "pattern": lambda m, name: f"{name} cannot be {_shown(m.instance)}: {m.schema['$comment']}.",
    "not": lambda m, name: f"{name} cannot stand here: {m.schema['$comment']}.",
    "anyOf": lambda m, _: str(m.schema["$comment"]),
}


# ---------------------------------------------------------------- reading what may be broken


@dataclass(frozen=True, slots=True)
class _Node:
    """A mapping of the document. Whatever is not of the wanted kind reads as not there."""

    path: Where
    data: Mapping[Any, Any]

    def at(self, *steps: str | int) -> Where:
        return (*self.path, *steps)

    def node(self, key: str) -> _Node:
        value = self.data.get(key)
        return _Node(self.at(key), value if isinstance(value, dict) else {})

    def nodes(self, key: str) -> list[_Node]:
        return [_Node(p, value) for p, value in self._items(key) if isinstance(value, dict)]

    def ids(self, key: str) -> Names:
        """Return the ids of the mappings in a list, with "" where not all of them can be read."""
        items = self.data.get(key)
        names = [each.text("id") for each in self.nodes(key)]
        is_readable = isinstance(items, list) and len(items) == len(names)
        return dict.fromkeys(names if is_readable else [*names, ""])

    def texts(self, key: str) -> list[tuple[Where, str]]:
        return [(p, value) for p, value in self._items(key) if isinstance(value, str)]

    def text(self, key: str) -> str:
        value = self.data.get(key)
        return value if isinstance(value, str) else ""

    def number(self, key: str) -> int | None:
        value = self.data.get(key)
        return value if _is_integer(None, value) else None

    def _items(self, key: str) -> Iterator[tuple[Where, Any]]:
        value = self.data.get(key)
        for index, item in enumerate(value if isinstance(value, list) else ()):
            yield self.at(key, index), item


@dataclass(frozen=True, slots=True)
class _Asked:
    """A fact or question that others may name. A fact's ``role`` is empty."""

    node: _Node
    role: str
    type: str
    options: Names


def _asked(node: _Node, role: str) -> _Asked:
    return _Asked(node, role, node.text("type") or "single", node.ids("options"))


def _atoms(condition: _Node) -> Iterator[_Node]:
    """Yield the parts of ``condition`` that name a question."""
    parts = [*condition.nodes("any"), *condition.nodes("all")]
    if parts:
        for part in parts:
            yield from _atoms(part)
    elif condition.text("question"):
        yield condition


# ---------------------------------------------------------------- meaning


class _Meaning:
    """The checks that need more than one place of the document. Each yields its faults."""

    def __init__(self, document: _Node, speller: _Speller) -> None:
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

    def faults(self) -> Iterator[Fault]:
        yield from self._ids()
        yield from self._sections()
        for question in self.questions:
            yield from self._options(question)
            yield from self._condition(question)
            yield from self._red_flag(question)
            yield from self._clauses(question)
        yield from self._circles()
        yield from self._packs()
        yield from self._bands()
        yield from self._tiers()
        yield from self._tier_rule()
        yield from self._cited_twice()

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

    def _unknown(self, path: Where, start: str, word: str, known: Names) -> Iterator[Fault]:
        """Yield the fault of naming something that is not among ``known``, if that is sure."""
        if word and word not in known and "" not in known:
            message = f'{start} "{shorten(word)}": {self.speller.hint(word, known)}'
            yield Fault(path, message)

    def _cited_twice(self) -> Iterator[Fault]:
        first: dict[str, Where] = {}
        for source in self.document.nodes("sources"):
            for path, text in source.texts("cited_as"):
                if first.setdefault(text, path)[:2] != path[:2]:
                    yield Fault(
                        path,
                        f'"{shorten(text)}" already stands for another source: delete one.',
                        first[text],
                    )

    # -- sections and questions

    def _sections(self) -> Iterator[Fault]:
        if self.sections and not any(s.text("role") == "decisive" for s in self.sections):
            message = "No section is decisive: write role: decisive in at least one section."
            yield Fault(("sections",), message)

    def _options(self, question: _Node) -> Iterator[Fault]:
        before = None
        for option in question.nodes("options"):
            risk = option.number("risk")
            if risk is None:
                continue
            yield from self._on_scale(option, "risk")
            if before is not None and risk <= before:
                yield Fault(
                    option.at("risk"),
                    f"Risk must rise from option to option, but {risk} follows {before}: list the "
                    "options from best to worst, each with a higher risk.",
                )
            before = risk

    def _on_scale(self, node: _Node, key: str) -> Iterator[Fault]:
        value = node.number(key)
        if value is not None and self.scale_max < value <= 10:
            yield Fault(
                node.at(key),
                f'"{key}" is {value}, above scale_max: write a whole number from 0 to '
                f"{self.scale_max}.",
            )

    def _condition(self, question: _Node) -> Iterator[Fault]:
        for atom in _atoms(question.node("when")):
            named = atom.text("question")
            asked = self.asked.get(named)
            if asked is None:
                known = {**self.fact_ids, **self.question_ids}
                yield from self._unknown(
                    atom.at("question"), "There is no question or fact", named, known
                )
            elif asked.type not in CHOICE_TYPES:
                yield Fault(
                    atom.at("question"),
                    f'"{shorten(named)}" has no options to look at, because its type is '
                    f"{shorten(asked.type)}: name a question of type single or multiple.",
                )
            else:
                yield from self._options_of(atom, "in", named, asked)

    def _options_of(self, node: _Node, key: str, named: str, asked: _Asked) -> Iterator[Fault]:
        for path, option in node.texts(key):
            yield from self._unknown(
                path, f'"{shorten(named)}" has no option', option, asked.options
            )

    def _circles(self) -> Iterator[Fault]:
        graph = {
            q.text("id"): {
                name
                for name in (atom.text("question") for atom in _atoms(q.node("when")))
                if name in self.asked
            }
            for q in self.questions
            if q.text("id")
        }
        for _ in range(MAX_CIRCLES):
            try:
                TopologicalSorter(graph).prepare()
            except CycleError as error:
                circle = error.args[1][:0:-1]
                yield self._circle(circle)
                for name in circle:
                    graph[name] = set()
            else:
                return

    def _circle(self, circle: list[str]) -> Fault:
        first = min(range(len(circle)), key=lambda i: self.asked[circle[i]].node.path)
        turned = [*circle[first:], *circle[:first]]
        shown = turned if len(turned) <= MAX_NAMED else [*turned[:MAX_NAMED], "…"]
        way = " needs ".join([*shown, turned[0]])
        return Fault(
            self.asked[turned[0]].node.at("when"),
            f"Conditions go round in a circle, so none of these is ever asked: {way}. "
            "Delete one of the conditions.",
        )

    def _red_flag(self, question: _Node) -> Iterator[Fault]:
        flag = question.node("red_flag")
        options = question.ids("options")
        named = {option for _, option in flag.texts("options")}
        for path, option in flag.texts("options"):
            yield from self._unknown(path, "There is no option", option, options)
        worst = list(options)[-len(named) :]
        if named and named <= options.keys() and "" not in options and named != set(worst):
            yield Fault(
                flag.at("options"),
                "A red flag fires on the worst options, which stand last: write "
                f"[{_listed(worst)}].",
            )
        tier = flag.number("stop_from_tier")
        if tier is not None and 1 <= tier <= 10 and self.tiers and tier > len(self.tiers):
            yield Fault(
                flag.at("stop_from_tier"),
                f"There is no tier {tier}: write a number from 1 to {len(self.tiers)}.",
            )

    def _clauses(self, question: _Node) -> Iterator[Fault]:
        for path, clause in question.texts("clauses"):
            yield from self._unknown(path, "There is no clause", clause, self.clause_ids)

    # -- packs

    def _packs(self) -> Iterator[Fault]:
        for pack in self.packs:
            for path, name in pack.texts("questions"):
                if name in self.fact_ids and name not in self.question_ids:
                    message = f'Delete "{shorten(name)}": facts are always asked, in every pack.'
                    yield Fault(path, message)
                else:
                    yield from self._unknown(path, "There is no question", name, self.question_ids)
            if pack.text("questions") == "core" and not self._has_core():
                message = "No question is marked core: write core: true in some, or list ids here."
                yield Fault(pack.at("questions"), message)

    def _has_core(self) -> bool:
        return any(question.data.get("core") is True for question in self.questions)

    # -- bands and tiers

    def _bands(self) -> Iterator[Fault]:
        bands = self.policy.nodes("bands")
        starts = [band.number("from") for band in bands]
        if bands and starts[0] not in (0, None):
            message = f"The first band must start at 0, not at {starts[0]}: write from: 0."
            yield Fault(bands[0].at("from"), message)
        for band, (before, start) in zip(bands[1:], pairwise(starts), strict=True):
            if before is not None and start is not None and start <= before:
                yield Fault(
                    band.at("from"),
                    f"Bands must rise, but {start} follows {before}: write more than {before}.",
                )
        flag_band = self.policy.text("flag_band")
        path = self.policy.at("flag_band")
        yield from self._unknown(path, "There is no band", flag_band, self.band_ids)
        yield from self._on_scale(self.policy, "agreed_mitigation_helps")

    def _tiers(self) -> Iterator[Fault]:
        for index, tier in enumerate(self.tiers):
            before = self.tiers[index - 1] if index else None
            number = tier.number("tier")
            if number is not None and number != index + 1:
                message = f"Tiers are numbered 1, 2, 3 in order: write tier: {index + 1} here."
                yield Fault(tier.at("tier"), message)
            yield from _tier_start(tier, before)
            for path, pack in tier.texts("packs"):
                yield from self._unknown(path, "There is no pack", pack, self.pack_ids)
            yield from self._floors(tier, before)
            yield from self._decisions(tier, before)

    def _floors(self, tier: _Node, before: _Node | None) -> Iterator[Fault]:
        floors = tier.node("evidence_floor")
        for grade in GRADES:
            yield from self._on_scale(floors, grade)
        for worse, better in pairwise(GRADES):
            high, low = floors.number(better), floors.number(worse)
            if high is not None and low is not None and high > low:
                yield Fault(
                    floors.at(better),
                    f"Better evidence cannot have a higher floor, but {better} has {high} and "
                    f"{worse} has {low}: write at most {low}.",
                )
        for grade in GRADES if before else ():
            least = before.node("evidence_floor").number(grade) if before else None
            here = floors.number(grade)
            if least is not None and here is not None and here < least:
                yield Fault(
                    floors.at(grade),
                    f"A higher tier cannot have a lower floor, but {grade} has {here} here and "
                    f"{least} in the tier before: write at least {least}.",
                )

    def _decisions(self, tier: _Node, before: _Node | None) -> Iterator[Fault]:
        decisions = tier.node("decisions")
        known = [band for band in self.band_ids if band]
        for table in (decisions, tier.node("notes")):
            for band in table.data:
                yield from self._unknown(
                    table.at(band), "There is no band", str(band), self.band_ids
                )
        missing = [band for band in known if band not in decisions.data]
        if missing and isinstance(tier.data.get("decisions"), dict):
            message = f"Every band needs a decision: add one for {_listed(missing)}."
            yield Fault(decisions.path, message)
        for milder, worse in pairwise(known):
            yield from _not_milder(
                decisions.at(worse),
                decisions.text(worse),
                decisions.text(milder),
                f"the better band {shorten(milder)}",
            )
        for band in known if before else ():
            below = before.node("decisions").text(band) if before else ""
            here = decisions.text(band)
            yield from _not_milder(decisions.at(band), here, below, "the tier before")

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

    def _fact(self, atom: _Node) -> Iterator[Fault]:
        named = atom.text("question")
        asked = self.asked.get(named)
        if asked is None:
            yield from self._unknown(atom.at("question"), "There is no fact", named, self.fact_ids)
        elif asked.role:
            yield Fault(
                atom.at("question"),
                f'not_in is for facts, but "{shorten(named)}" is a question: use risk_at_least or '
                "risk_at_most, or name a fact.",
            )
        else:
            yield from self._options_of(atom, "not_in", named, asked)

    def _context_question(self, node: _Node) -> Iterator[Fault]:
        named = node.text("question")
        if not named:
            return
        asked = self.asked.get(named)
        if asked is None:
            yield from self._unknown(
                node.at("question"), "There is no question", named, self.question_ids
            )
            return
        shown = f'"{shorten(named)}"'
        if not asked.role:
            why = f"{shown} is a fact and has no risk value: use it with not_in, or name a"
        elif asked.role in ("decisive", "challenge"):
            why = f"{shown} stands in a {asked.role} section: the tier rests on context, so name a"
        elif asked.type != "single":
            why = f"{shown} has the type {shorten(asked.type)}, which gives no risk value: name a"
        else:
            return
        yield Fault(node.at("question"), f"{why} single choice question of a context section.")

    def _risk_range(self, atom: _Node) -> Iterator[Fault]:
        yield from self._on_scale(atom, "risk_at_least")
        yield from self._on_scale(atom, "risk_at_most")
        least, most = atom.number("risk_at_least"), atom.number("risk_at_most")
        if least is not None and most is not None and least > most:
            yield Fault(
                atom.at("risk_at_least"),
                f"No risk value is at least {least} and at most {most}: swap the two.",
            )


def _repeated(nodes: Iterable[_Node]) -> Iterator[Fault]:
    """Yield a fault for each id that stands twice, or differs from another only in case."""
    first: dict[str, _Node] = {}
    for node in nodes:
        name = node.text("id")
        other = first.setdefault(name.lower(), node) if name else node
        if other is node:
            continue
        message = f'The id "{shorten(name)}" is used twice'
        if other.text("id") != name:
            message = (
                f'The id "{shorten(name)}" differs from "{shorten(other.text("id"))}" only in '
                "capital letters"
            )
        yield Fault(node.at("id"), f"{message}: give one of the two another id.", other.at("id"))


def _tier_start(tier: _Node, before: _Node | None) -> Iterator[Fault]:
    start = tier.number("from")
    if before is None:
        if "from" in tier.data:
            yield Fault(tier.at("from"), "Delete from: the first tier holds from the bottom up.")
        return
    if "from" not in tier.data:
        yield Fault(tier.path, "Every tier but the first needs a start: add from.")
    last = before.number("from")
    if start is not None and last is not None and start <= last:
        message = f"Tiers must rise, but {start} follows {last}: write more than {last}."
        yield Fault(tier.at("from"), message)


def _not_milder(path: Where, here: str, there: str, what: str) -> Iterator[Fault]:
    """Yield a fault where the decision ``here`` is milder than the one ``there``."""
    if here not in DECISIONS or there not in DECISIONS:
        return
    place = DECISIONS.index(there)
    if DECISIONS.index(here) < place:
        allowed = " or ".join(DECISIONS[place:])
        message = f"{here} is milder than {there}, the decision for {what}: write {allowed}."
        yield Fault(path, message)


# ---------------------------------------------------------------- document to noun


def framework_from_document(document: Mapping[str, Any]) -> Framework:
    """Return the framework that ``document`` describes; ``check_framework`` must find no fault."""
    scale_max = document["scale_max"]
    sections = tuple(_section(each) for each in document["sections"])
    core = frozenset(q.id for section in sections for q in section.questions if q.core)
    return Framework(
        id=document["id"],
        version=document["version"],
        title=document["title"],
        method=document["method"],
        scale_max=scale_max,
        facts=tuple(_fact(each) for each in document.get("facts", ())),
        sections=sections,
        packs=tuple(_pack(each, core) for each in document["packs"]),
        policy=_policy(document["policy"], scale_max),
        description=document.get("description", ""),
        clauses=tuple(_clause(each) for each in document.get("clauses", ())),
        sources=tuple(_source(each) for each in document.get("sources", ())),
        document=document,
    )


def _tuples(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}


def _clause(raw: Mapping[str, Any]) -> Clause:
    return Clause(**_tuples(raw))


def _source(raw: Mapping[str, Any]) -> Source:
    return Source(**_tuples(raw))


def _fact(raw: Mapping[str, Any]) -> Question:
    options = tuple(Option(**option) for option in raw["options"])
    return Question(
        id=raw["id"], ask=raw["ask"], section="", why=raw.get("why", ""), options=options
    )


def _section(raw: Mapping[str, Any]) -> Section:
    questions = tuple(_question(each, raw["id"]) for each in raw["questions"])
    return Section(**{**raw, "questions": questions})


def _question(raw: Mapping[str, Any], section: str) -> Question:
    when, flag = raw.get("when"), raw.get("red_flag")
    changed = {
        "section": section,
        "options": tuple(Option(**option) for option in raw.get("options", ())),
        "when": _condition(when) if when else None,
        "red_flag": _red_flag(flag) if flag else None,
    }
    return Question(**{**_tuples(raw), **changed})


def _red_flag(raw: Mapping[str, Any]) -> RedFlag:
    return RedFlag(
        options=frozenset(raw["options"]),
        stop=raw["class"] == "stop",
        legal_duty=raw.get("legal_duty", False),
        stop_from_tier=raw.get("stop_from_tier"),
    )


def _condition(raw: Mapping[str, Any], scale_max: int = 0) -> Condition:
    if "any" in raw:
        return AnyOf(parts=tuple(_condition(part, scale_max) for part in raw["any"]))
    if "all" in raw:
        return AllOf(parts=tuple(_condition(part, scale_max) for part in raw["all"]))
    if "in" in raw:
        return Atom(question=raw["question"], options=frozenset(raw["in"]))
    if "not_in" in raw:
        return NotAtom(question=raw["question"], options=frozenset(raw["not_in"]))
    return RiskAtom(
        question=raw["question"],
        at_least=raw.get("risk_at_least", 0),
        at_most=raw.get("risk_at_most", scale_max),
    )


def _pack(raw: Mapping[str, Any], core: frozenset[str]) -> Pack:
    chosen = {"all": None, "core": core}
    named = raw["questions"]
    questions = chosen[named] if isinstance(named, str) else frozenset(named)
    return Pack(**{**raw, "questions": questions})


def _policy(raw: Mapping[str, Any], scale_max: int) -> Policy:
    return Policy(
        bands=tuple(Band(id=b["id"], label=b["label"], start=b["from"]) for b in raw["bands"]),
        tiers=tuple(_tier(each) for each in raw["tiers"]),
        tier_rule=_tier_rule(raw["tier_rule"], scale_max),
        agreed_mitigation_helps=raw["agreed_mitigation_helps"],
        flag_band=raw["flag_band"],
        adopted_by=raw.get("adopted_by", ""),
    )


def _tier(raw: Mapping[str, Any]) -> Tier:
    kept = ("label", "decisions", "meaning", "sign_off", "review")
    return Tier(
        number=raw["tier"],
        start=raw.get("from", 0),
        packs=tuple(raw["packs"]),
        floors=tuple(raw["evidence_floor"][grade] for grade in GRADES),
        notes=raw.get("notes", {}),
        **{key: raw[key] for key in kept if key in raw},
    )


def _tier_rule(raw: Mapping[str, Any], scale_max: int) -> TierRule:
    return TierRule(
        base=tuple(TierBase(**base) for base in raw["base"]),
        adjustments=tuple(
            TierAdjustment(
                add=each["add"],
                when=_condition(each["when"], scale_max),
                because=each.get("because", ""),
            )
            for each in raw.get("adjustments", ())
        ),
    )
