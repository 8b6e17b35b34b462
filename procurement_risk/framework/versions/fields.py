"""What two versions of a part may differ in, as rows of a table, and the changes they tell.

    table ── rows: value, text, order, entries, parts
    pair  ── the part of the old version beside that of the new
    changes_by(table, pair) ── Change, Change, …

Texts are compared as the documents hold them, in every language; everything else as the nouns
hold it, so that a value left out equals the default it stands for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from procurement_risk.framework import Framework
from procurement_risk.framework.versions.change import KEY_WORDS, Change, Key, Kind, merged
from procurement_risk.language import _
from procurement_risk.language.phrases import listed

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of one version: its noun, and what the document holds of it."""

    framework: Framework
    noun: Any
    raw: Raw = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One part in both versions.

    Attributes:
        old: The part of the old version.
        new: That of the new one.
        kind: What its changes are, where a row does not say otherwise.
        owner: What stands before the name of what changed: ``section TR: ``.
        question: The id of the question that it is or belongs to, or empty.
        option: The id of the option that it is, or empty.
        moves: Whether the answer to the question could move a result.
    """

    old: Part
    new: Part
    kind: Kind
    owner: str = ""
    question: str = ""
    option: str = ""
    moves: bool = False

    def change(
        self,
        what: str,
        before: object,
        after: object,
        *,
        kind: Kind | None = None,
        moves: Moves = False,
    ) -> Change:
        """Return the change of ``what``; nothing (None) is shown as empty."""
        return Change(
            kind=kind or self.kind,
            where=f"{self.owner}{what}",
            question=self.question,
            before="" if before is None else str(before),
            after="" if after is None else str(after),
            affects_result=moves(self) if callable(moves) else moves,
            option=self.option,
        )


Of = Callable[[Part], Any]
Moves = bool | Callable[[Pair], bool]
Row = Callable[[Pair], Iterator[Change]]


def inside(key: str) -> Callable[[Part], Mapping[Any, Part]]:
    """Return what gives the parts in the list ``key`` of a part, by their ids or numbers."""

    def parts_of(part: Part) -> Mapping[Any, Part]:
        nouns = getattr(part.noun, key)
        raws: Sequence[Raw] = part.raw.get(key, [{}] * len(nouns))  # packs may be left out
        each = zip(nouns, raws, strict=True)
        return {
            getattr(noun, "id", "") or noun.number: Part(part.framework, noun, raw)
            for noun, raw in each
        }

    return parts_of


def changes_by(table: Iterable[Row], pair: Pair) -> Iterator[Change]:
    """Yield what each row of ``table`` tells of ``pair``."""
    for row in table:
        yield from row(pair)


def as_answered(pair: Pair) -> bool:
    """Return whether the answer to the question could move a result."""
    return pair.moves


def value(
    what: str,
    of: Of,
    *,
    kind: Kind | None = None,
    equal: Of | None = None,
    moves: Moves = False,
) -> Row:
    """Return the row of one value.

    Args:
        what: What it is called, in English; ``{option}`` stands for the option's id.
        of: Gives what is shown of it.
        kind: What a change of it is.
        equal: Gives what is equal where nothing changed, if that is not what is shown.
        moves: Whether a change could move a result.
    """

    def row(pair: Pair) -> Iterator[Change]:
        before, after = of(pair.old), of(pair.new)
        if before != after and (equal is None or equal(pair.old) != equal(pair.new)):
            where = _(what).format(option=pair.option)
            yield pair.change(where, before, after, kind=kind, moves=moves)

    return row


def entries(what: str, of: Callable[[Part], Mapping[Key, Any]], *, texts: bool = False) -> Row:
    """Return the row of several values by ``{key}``, such as the floor for each grade.

    They could move a result, unless they are ``texts`` as the document holds them.
    """

    def row(pair: Pair) -> Iterator[Change]:
        old, new = of(pair.old), of(pair.new)
        for key in merged(old, list(new)):
            where, ends = _(what).format(key=key), (old.get(key), new.get(key))
            if texts:
                yield from text_changes(pair, where, *ends)
            elif ends[0] != ends[1]:
                yield pair.change(where, *ends, moves=True)

    return row


def order(what: str, of: Callable[[Part], Iterable[str]], *, kind: Kind | None = None) -> Row:
    """Return the row of the order of what both versions have. It moves no result."""

    def row(pair: Pair) -> Iterator[Change]:
        old, new = list(of(pair.old)), list(of(pair.new))
        both = set(old) & set(new)
        kept = [", ".join(each for each in side if each in both) for side in (old, new)]
        if kept[0] != kept[1]:
            yield pair.change(_(what), *kept, kind=kind)

    return row


def parts(
    what: str,
    of: Callable[[Part], Mapping[Key, Part]],
    shown: Of,
    table: Iterable[Row],
    *,
    came: bool = False,
    went: bool = False,
) -> Row:
    """Return the row of several parts, each with a table of its own.

    Args:
        what: What one is called, in English; ``{key}`` stands for its id or number.
        of: Gives the parts, by that.
        shown: What is said of one that only one version has.
        table: What two versions of one may differ in.
        came: Whether a new one could move a result.
        went: Whether one that is gone could.
    """

    def row(pair: Pair) -> Iterator[Change]:
        old, new = of(pair.old), of(pair.new)
        for key in merged(old, list(new)):
            name = _(what).format(key=key)
            if key in old and key in new:
                owner = f"{pair.owner}{name}, " if pair.owner else owned(name)
                inside = replace(pair, old=old[key], new=new[key], owner=owner)
                yield from changes_by(table, inside)
            else:
                ends = (shown(side[key]) if key in side else None for side in (old, new))
                yield pair.change(name, *ends, moves=came if key in new else went)

    return row


def under(owner: str, *table: Row) -> Row:
    """Return the rows of ``table`` as one, of what belongs to ``owner``."""

    def row(pair: Pair) -> Iterator[Change]:
        yield from changes_by(table, replace(pair, owner=owned(_(owner))))

    return row


def owned(owner: str) -> str:
    """Return ``section TR: ``. The first colon ends the owner, whatever the language."""
    return f"{owner.replace(':', '')}: "


# --- Texts --------------------------------------------------------------------------------


def text(key: str, *, kind: Kind | None = None) -> Row:
    """Return the row of the text that the document holds under ``key``."""
    return text_of(KEY_WORDS[key], lambda part: part.raw.get(key), kind=kind)


def text_of(what: str, of: Of, *, kind: Kind | None = None) -> Row:
    """Return the row of one text: None, one string for every language, or one for each."""

    def row(pair: Pair) -> Iterator[Change]:
        where = _(what).format(option=pair.option)
        yield from text_changes(pair, where, of(pair.old), of(pair.new), kind)

    return row


def text_changes(
    pair: Pair, what: str, before: object, after: object, kind: Kind | None = None
) -> Iterator[Change]:
    """Yield a change for each pair of texts that differ, with the languages it is in."""
    if not isinstance(before, dict) and not isinstance(after, dict):
        if before != after:
            yield pair.change(what, before, after, kind=kind)
        return
    codes = list(dict.fromkeys((*pair.new.framework.languages, *pair.old.framework.languages)))
    old, new = _said(pair.old, before), _said(pair.new, after)
    found: dict[tuple[str, str], list[str]] = {}
    for code in codes:
        ends = old.get(code, ""), new.get(code, "")
        if ends[0] != ends[1]:
            found.setdefault(ends, []).append(code)
    for ends, in_codes in found.items():
        where = what
        if len(codes) > 1:
            where = _("{text} in {languages}").format(text=what, languages=listed(in_codes))
        yield pair.change(where, *ends, kind=kind)


def _said(part: Part, said: object) -> Mapping[str, str]:
    if isinstance(said, dict):
        return said
    return {} if said is None else dict.fromkeys(part.framework.languages, str(said))
