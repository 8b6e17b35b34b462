"""What becomes of an overlay on another version of its base: what holds, and what clashes.

our changes on the old base ─┬─ the same on the new one           still apply
our changes on the new base ─┼─ the base says otherwise now       still apply, look again
├─ the base says the same now        no longer needed
└─ refused there                     clash, with their lines
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from procurement_risk.errors import InvalidDocument, Problem, UsageError
from procurement_risk.framework.document import framework_from_document
from procurement_risk.framework.file_checks import problem_at
from procurement_risk.framework.overlay.bases import candidates, name_in
from procurement_risk.framework.overlay.reading import Files, Whole, is_overlay, whole
from procurement_risk.framework.strict_yaml import read_yaml
from procurement_risk.framework.versions.change import Change
from procurement_risk.framework.versions.compare import change_line, compare
from procurement_risk.language import _
from procurement_risk.language.phrases import counted

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Onto:
    """What becomes of an overlay on another base.

    Attributes:
        old: The base that it names now.
        new: The one that it was tried on.
        clashes: What the new base does not allow, by the overlay's lines.
        applies: Changes that are on the new base what they were.
        beside: Changes that still apply where the base says something else than it did; as they
            are on the new base.
        idle: Changes that make no difference any more.
        knows_old: Whether the base it names now is here; without it, all are in ``applies``.
    """

    old: str
    new: str
    clashes: tuple[Problem, ...]
    applies: tuple[Change, ...] = ()
    beside: tuple[Change, ...] = ()
    idle: tuple[Change, ...] = ()
    knows_old: bool = True


def onto(text: str | bytes, extends: str, files: Files) -> Onto:
    """Return what becomes of the overlay in ``text`` where it extends ``extends`` instead.

    Raises:
        UsageError: If it is no overlay, or there is no such base.
        InvalidDocument: If it cannot be read.
    """
    parsed = read_yaml(text)
    if not parsed.is_complete:
        raise InvalidDocument(_("The overlay"), parsed.problems)
    if not is_overlay(parsed.data):
        raise UsageError(_("This is no overlay: it has no line extends."))
    tried = whole(_extending(parsed.data, extends), files)
    if tried.base is None:
        raise UsageError(next(f.message for f in tried.faults if f.path == ("extends",)))
    held = whole(parsed.data, files)
    clashes = tuple(problem_at(parsed, fault) for fault in tried.faults)
    found = Onto(old=_said(parsed.data["extends"]), new=_said(extends), clashes=clashes)
    return found if clashes else _sorted(found, held, tried)


def _extending(document: Mapping[str, Any], extends: str) -> dict[str, Any]:
    kept = {key: value for key, value in document.items() if key != "extends_digest"}
    return {**kept, "extends": extends}


def _said(extends: object) -> str:
    name = name_in(extends)
    return name.said if name else str(extends)


def _sorted(found: Onto, held: Whole, tried: Whole) -> Onto:
    new = _ours(tried)
    if held.base is None or held.faults:
        return replace(found, applies=tuple(new.values()), knows_old=False)
    old = _ours(held)
    return replace(
        found,
        applies=tuple(change for key, change in new.items() if _is_same(old.get(key), change)),
        beside=tuple(c for key, c in new.items() if not _is_same(old.get(key), c)),
        idle=tuple(change for key, change in old.items() if key not in new),
    )


def _is_same(old: Change | None, new: Change) -> bool:
    return old is not None and old.before == new.before


def _ours(read: Whole) -> dict[Key, Change]:
    """Return what the overlay changes in its base, by what it is about."""
    assert read.base is not None
    base, made = framework_from_document(read.base), framework_from_document(read.document)
    about = _("{owner}: {what}").format(owner=_("framework"), what=_("based on"))
    changes = (each for each in compare(base, made).changes if each.where != about)
    return {(c.question, c.where, c.kind): c for c in changes}


# ---------------------------------------------------------------- in words


def newer(framework_id: str, version: str, files: Files) -> tuple[str, ...]:
    """Return the versions of a framework that are here and come after ``version``, in order."""
    found = {str(each.document.get("version")) for each in candidates(framework_id, files())}
    return tuple(sorted((v for v in found if _order(v) > _order(version)), key=_order))


def _order(version: str) -> list[tuple[int, str]]:
    parts = version.replace("-", ".").split(".")
    return [(int(p), "") if p.isascii() and p.isdigit() else (-1, p) for p in parts]


GROUPS: Mapping[str, Callable[[int], str]] = {
    "applies": lambda number: counted(
        number, "{n} change still applies:", "{n} changes still apply:"
    ),
    "beside": lambda number: counted(
        number,
        "{n} change still applies where the base now says something else; look at it again:",
        "{n} changes still apply where the base now says something else; look at them again:",
    ),
    "idle": lambda number: counted(
        number,
        "{n} change makes no difference any more; take it out:",
        "{n} changes make no difference any more; take them out:",
    ),
}
"""What is said above each kind of change."""


def clash_words(found: Onto) -> str:
    """Return how much of the overlay the new base does not allow."""
    return counted(
        len(found.clashes),
        "{n} thing clashes with it: put it right, then write the new version.",
        "{n} things clash with it: put them right, then write the new version.",
    )


def onto_lines(found: Onto, name: str) -> Iterator[str]:
    """Yield what becomes of an overlay as lines; ``name`` is its file's."""
    yield _("{old} -> {new}").format(old=found.old, new=found.new)
    if found.clashes:
        yield clash_words(found)
        yield from (problem.located(name) for problem in found.clashes)
        return
    yield _("Nothing clashes: write extends: {new}.").format(new="@".join(found.new.split(" ", 1)))
    if not found.knows_old:
        yield _("{old} is not here or not whole, so what it said is not compared.").format(
            old=found.old
        )
    for kind, words in GROUPS.items():
        changes = getattr(found, kind)
        if changes:
            yield words(len(changes))
            yield from (f"  {change_line(change)}" for change in changes)
