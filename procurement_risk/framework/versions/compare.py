"""What changed from one version of a framework to another, question by question.

    old, new ─┬─ the framework itself: method, scale, languages
              ├─ facts, then each section and its questions
              ├─ packs, policy
              └─ clauses, sources

Parts are matched by their ids. Two frameworks with different ids can be compared as well.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import chain, groupby
from typing import Any

from procurement_risk.framework import Framework
from procurement_risk.framework.versions.change import KINDS, Change, Kind
from procurement_risk.framework.versions.parts import framework_changes
from procurement_risk.language import N_, _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import shorten

KIND_WORDS: Mapping[Kind, str] = {
    "added": N_("added"),
    "removed": N_("removed"),
    "moved": N_("moved"),
    "reworded": N_("reworded"),
    "reweighted": N_("reweighted"),
    "reconditioned": N_("reconditioned"),
    "options": N_("options changed"),
    "type": N_("type changed"),
    "red_flag": N_("red flag changed"),
    "details": N_("details changed"),
    "section": N_("section changed"),
    "pack": N_("pack changed"),
    "policy": N_("policy changed"),
    "method": N_("framework changed"),
}
LONGEST_SHOWN = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeGroup:
    """Every change of one question, section, pack or other part.

    Attributes:
        subject: What they are about: a question's id, or ``section TR``, ``policy``.
        question: The id of the question, or empty.
        changes: At least one.
    """

    subject: str
    question: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkComparison:
    """Everything that changed from ``old`` to ``new``, in the order in which one reads it.

    A change of the framework's id or version is no change of content; the properties tell.
    """

    old: Framework
    new: Framework
    groups: tuple[ChangeGroup, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every change, in order."""
        return tuple(chain.from_iterable(group.changes for group in self.groups))

    @property
    def summary(self) -> dict[Kind, int]:
        """How many changes there are of each kind that there is any of."""
        counted = Counter(change.kind for change in self.changes)
        return {kind: counted[kind] for kind in KINDS if counted[kind]}

    @property
    def affects_result(self) -> bool:
        """Whether the score of a stored answer could move because of any change."""
        return any(change.affects_result for change in self.changes)

    @property
    def is_same_framework(self) -> bool:
        """Whether both have the same id; otherwise neither is a version of the other."""
        return self.old.id == self.new.id

    @property
    def is_overlay(self) -> bool:
        """Whether the new one extends the old one, in whichever of its versions."""
        return self.new.based_on is not None and self.new.based_on.id == self.old.id

    @property
    def version_is_new(self) -> bool:
        """Whether the versions differ."""
        return self.old.version != self.new.version

    @property
    def same_version_changed(self) -> bool:
        """Whether id and version are the same and the documents are not."""
        same = self.is_same_framework and not self.version_is_new
        return same and self.old.document != self.new.document


def compare(old: Framework, new: Framework) -> FrameworkComparison:
    """Return what changed from ``old`` to ``new``: nothing where both say the same."""
    changes = framework_changes(old, new)
    groups = groupby(changes, key=lambda change: (change.subject, change.question))
    return FrameworkComparison(
        old=old,
        new=new,
        groups=tuple(
            ChangeGroup(subject=subject, question=question, changes=tuple(changes))
            for (subject, question), changes in groups
        ),
    )


# --- In words -----------------------------------------------------------------------------


def kind_words(kind: Kind) -> str:
    """Return what a kind of change is called: ``reworded``, ``options changed``."""
    return _(KIND_WORDS[kind])


def change_line(change: Change, limit: int = LONGEST_SHOWN) -> str:
    """Return ``DP-02 reweighted: 3 -> 5``, long texts cut to ``limit`` characters."""
    values = [
        f'"{shorten(v, limit)}"' if change.kind in _QUOTED else shorten(v, limit)
        for v in (change.before, change.after)
    ]
    what = " -> ".join(values)
    kind = kind_words(change.kind)
    if change.kind in ("added", "removed"):
        return f"{change.question} {kind}: {values[0 if change.before else 1]}"
    if not change.before:
        what = _("added {text}").format(text=values[1])
    elif not change.after:
        what = _("removed {text}").format(text=values[0])
    if not change.question:
        return f"{change.where}: {what}"
    part = "" if _is_obvious(change) else f" ({change.where})"
    return f"{change.question} {kind}{part}: {what}"


_QUOTED = ("reworded", "added", "removed")


def _is_obvious(change: Change) -> bool:
    """Whether the kind already says which part of the question changed."""
    if change.kind == "reweighted":  # its weight, or else the points it scores
        return change.where == _("weight")
    return change.kind in ("moved", "type", "reconditioned", "red_flag")


def counts_line(comparison: FrameworkComparison) -> str:
    """Return the counts: ``3 changes: 1 reweighted, 2 reworded. 1 could move a result.``."""
    changes = comparison.changes
    counts = ", ".join(
        f"{grouped(number)} {kind_words(kind)}" for kind, number in comparison.summary.items()
    )
    moving = sum(change.affects_result for change in changes)
    moved = _("None could move a result.")
    if moving:
        moved = counted(moving, "{n} could move a result.", "{n} could move a result.")
    number = counted(len(changes), "{n} change", "{n} changes")
    return f"{number}: {counts}. {moved}"


def comparison_lines(comparison: FrameworkComparison) -> Iterator[str]:
    """Yield the counts, then a line for each change; ``No differences.`` where there are none."""
    old, new = comparison.old, comparison.new
    if comparison.is_overlay:
        yield _("{new} extends {old}: this is what it makes of it.").format(new=new.id, old=old.id)
    elif not comparison.is_same_framework:
        yield _(
            "Two questionnaires are compared, {old} and {new}: "
            "what has the same id in both is taken to be the same."
        ).format(old=old.id, new=new.id)
    if not comparison.changes:
        yield _("No differences.")
        return
    yield counts_line(comparison)
    for change in comparison.changes:
        yield change_line(change)


def comparison_to_document(comparison: FrameworkComparison) -> dict[str, Any]:
    """Return ``comparison`` with every text whole, ready to be written as JSON."""
    sides = (("old", comparison.old), ("new", comparison.new))
    return {
        **{name: {"id": each.id, "version": each.version} for name, each in sides},
        "is_same_framework": comparison.is_same_framework,
        "version_is_new": comparison.version_is_new,
        "same_version_changed": comparison.same_version_changed,
        "summary": comparison.summary,
        "changes": [asdict(change) for change in comparison.changes],
    }


# --- Versions -----------------------------------------------------------------------------


def refuse_unchanged_version(new: Framework, known: Iterable[Framework]) -> str:
    """Return why ``new`` cannot stand beside ``known`` under its version; empty where it can.

    It cannot where one of them has its id and version and another document: a version stands for
    one content, so that what was answered against it stays comparable.
    """
    versions = set()
    clash: Framework | None = None
    for each in known:
        if each.id == new.id:
            versions.add(each.version)
            if clash is None and each.version == new.version and each.document != new.document:
                clash = each
    if clash is None:
        return ""
    comparison = compare(clash, new)
    differs = _("it differs only in how the file is written.")
    if comparison.changes:
        first = "; ".join(change_line(change) for change in comparison.changes[:2])
        differs = _("it has {counts} {first}.")
        if len(comparison.changes) > 2:
            differs = _("it has {counts} First: {first}.")
        differs = differs.format(counts=counts_line(comparison), first=first)
    return _(
        "{framework} {version} is already in use with another content: {differs} "
        'Write a new version, such as "{suggested}".'
    ).format(
        framework=new.id,
        version=shorten(new.version),
        differs=differs,
        suggested=shorten(next_version(new.version, versions)),
    )


def next_version(version: str, taken: Iterable[str] = ()) -> str:
    """Return the version after ``version``, and after those ``taken`` that follow it.

    ``2026.1`` gives ``2026.2``, ``1.09`` gives ``1.10``, ``draft`` gives ``draft-2``.
    """
    used = {version, *taken}
    found = re.fullmatch(r"((?:[0-9]+\.)*)([0-9]{1,18})", version)
    start, number, width = (
        (found[1], int(found[2]), len(found[2])) if found else (f"{version}-", 1, 1)
    )
    suggested = version
    while suggested in used:
        number += 1
        suggested = f"{start}{number:0{width}}"
    return suggested
