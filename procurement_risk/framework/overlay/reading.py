"""An overlay read: the whole framework that it makes of its base, or everything wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeGuard

from procurement_risk.canonical import digest_of
from procurement_risk.framework.checks.faults import Fault, Node, Speller
from procurement_risk.framework.checks.shape import shape_faults
from procurement_risk.framework.document import check_framework
from procurement_risk.framework.languages import written_out
from procurement_risk.framework.model import DEFAULT_LANGUAGE
from procurement_risk.framework.overlay.bases import Candidate, Name, candidates, name_in
from procurement_risk.framework.overlay.merging import Merged, merge
from procurement_risk.framework.shipped import SCHEMAS
from procurement_risk.language import _
from procurement_risk.language.phrases import listed
from procurement_risk.language.text import shorten

SCHEMA = SCHEMAS / "overlay.schema.json"
MOST_STEPS = 5
"""So many overlays may stand one on the other."""

NOT_MERGED = ("extends", "extends_digest", "based_on")  # the last is refused by the schema

Document = Mapping[str, Any]
Files = Callable[[], Iterable[Path]]
"""Gives the files of frameworks that an overlay may rest on."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What an overlay and its base make together.

    Attributes:
        document: The whole questionnaire; the overlay as it is where there is no base.
        faults: Everything wrong, by the paths of the overlay.
        base: The whole base, or None where there is none.
    """

    document: Document
    faults: list[Fault] = field(default_factory=list)
    base: Document | None = None


def is_overlay(document: object) -> TypeGuard[dict[str, Any]]:
    """Whether ``document`` says that it changes another one."""
    return isinstance(document, dict) and "extends" in document


def whole(document: Document, files: Files, above: tuple[Name, ...] = ()) -> Whole:
    """Return the framework that the overlay ``document`` makes, with everything wrong with it.

    Args:
        document: An overlay, in whatever state.
        files: Where its base is looked for.
        above: The overlays that rest on it.
    """
    faults = shape_faults(document, Speller(), SCHEMA)
    name = name_in(document.get("extends"))
    spoken = {fault.path for fault in faults}
    if name is None:
        message = _(
            "Write the id of what is extended and its version, such as extends: "
            "ai-supplier-core@2026.2."
        )
        wrong = [] if ("extends",) in spoken else [Fault(("extends",), message)]
        return Whole(document, [*faults, *wrong])
    own = Name(str(document.get("id", "")), str(document.get("version", "")))
    digest = "" if ("extends_digest",) in spoken else str(document.get("extends_digest", ""))
    base, why = _base(name, digest, files, (*above, own))
    if base is None:
        return Whole(document, [*faults, Fault(("extends",), why)])
    return _laid(document, base, name, faults)


def _laid(document: Document, base: Document, name: Name, faults: list[Fault]) -> Whole:
    """Return ``document`` laid over ``base``."""
    own = {key: document[key] for key in document if key not in NOT_MERGED}
    merged = merge(_to_be_translated(base, own), own, name.said)
    based_on = {"id": name.id, "version": name.version, "digest": digest_of(dict(base))}
    merged.document["based_on"] = based_on
    faults = [*faults, *merged.faults, *_pack_faults(base, merged), *_same_id(document, name)]
    spoken = {fault.path for fault in faults}
    for fault in _in_overlay(check_framework(merged.document), merged):
        if fault.path not in spoken:
            faults.append(fault)
    return Whole(merged.document, faults, base)


def _to_be_translated(base: Document, own: Document) -> Document:
    """Return ``base``, its texts by language where the overlay ``own`` adds a language."""
    held = base.get("languages", [DEFAULT_LANGUAGE])
    added = own.get("languages")
    if isinstance(added, list) and any(each not in held for each in added):
        return {**written_out(base, held)}
    return base


def _same_id(document: Document, name: Name) -> Iterator[Fault]:
    if document.get("id") == name.id:
        message = _(
            'An overlay needs an id of its own: "{id}" is what it extends. Write another, such as '
            "id: our-{id}."
        )
        yield Fault(("id",), message.format(id=shorten(name.id)))


def _in_overlay(faults: Iterable[Fault], merged: Merged) -> Iterator[Fault]:
    """Yield ``faults`` of the whole where the overlay makes them."""
    for fault in faults:
        other = merged.place(fault.other) if fault.other else ("extends",)
        first = None if other == ("extends",) else other  # in the base: no line of this file
        yield Fault(merged.place(fault.path), fault.message, first)


# ---------------------------------------------------------------- the base


def _base(
    name: Name, digest: str, files: Files, above: tuple[Name, ...]
) -> tuple[Document | None, str]:
    """Return the whole framework that ``name`` stands for, or why there is none."""
    if name in above:
        chain = " → ".join(each.said for each in (*above[above.index(name) :], name))
        message = _("This goes round in a circle: {chain}. Extend another one.")
        return None, message.format(chain=shorten(chain, 300))
    if len(above) > MOST_STEPS:
        message = _(
            "More than {n} overlays stand one on the other: extend one further down, and write "
            "what the others change into this one."
        )
        return None, message.format(n=MOST_STEPS)
    paths = list(files())
    found = list(candidates(name.id, paths))
    same = [each for each in found if each.document.get("version") == name.version]
    if not same:
        return None, _missing(name, found, [path.stem for path in paths])
    return _chosen(name, digest, same, files, above)


def _missing(name: Name, found: Iterable[Candidate], known: list[str]) -> str:
    """Say that ``name`` is not here, and what is; ``known`` are what the files are called."""
    versions = sorted({str(each.document.get("version")) for each in found})
    if not versions and (guess := Speller().guess(name.id, known)):
        message = _('There is no questionnaire "{id}" here: did you mean "{guess}"?')
        return message.format(id=shorten(name.id), guess=shorten(guess))
    if not versions:
        message = _(
            'There is no questionnaire "{id}" in the folders of frameworks: put its file there, '
            "or write the id of one that is."
        )
        return message.format(id=shorten(name.id))
    message = _(
        "{base} is not here, but {id} {versions} is. Write extends: {id}@{newest} and look at "
        "what that changes, or put the file of version {version} into the folder versions, beside "
        "the others."
    )
    return message.format(
        base=shorten(name.said),
        id=shorten(name.id),
        versions=listed(versions),
        newest=versions[-1],
        version=shorten(name.version),
    )


def _chosen(
    name: Name, digest: str, same: list[Candidate], files: Files, above: tuple[Name, ...]
) -> tuple[Document | None, str]:
    """Return the one that is meant of those that go by the same name."""
    found: dict[str, tuple[Document, Path]] = {}
    why = ""
    for each in same:
        document, broken = whole_of(each, files, above)
        if document is None:
            why = why or broken
        else:
            found.setdefault(digest_of(dict(document)), (document, each.path))
    if not found:
        return None, why
    matching = [key for key in found if key.startswith(digest)]
    if len(matching) == 1:
        return found[matching[0]][0], ""
    held = listed([f"{key[:12]} ({path.name})" for key, (__, path) in found.items()])
    if not matching:
        message = _(
            "{base} is here with another content than extends_digest says: {held}. Look at what "
            "is different, then write its digest, or delete extends_digest."
        )
    else:
        message = _(
            "{base} is here with several contents: {held}. Say which with extends_digest, or take "
            "the others out."
        )
    return None, message.format(base=shorten(name.said), held=held)


def whole_of(
    each: Candidate, files: Files, above: tuple[Name, ...] = ()
) -> tuple[Document | None, str]:
    """Return the whole framework in a file, or why it is of no use."""
    message = _("{file} has problems of its own: run check on it, and put it right first.")
    words = message.format(file=each.path.name)
    if not each.is_sound:
        return None, words
    if not is_overlay(each.document):
        return each.document, ""
    read = whole(each.document, files, above)
    if not read.faults:
        return read.document, ""
    first = next((f for f in read.faults if f.path == ("extends",)), None)
    return None, first.message if first else words


# Which packs an overlay may call enough to decide: fewer, or ones of its own that ask as much.


def _pack_faults(base: Document, merged: Merged) -> Iterator[Fault]:
    """Yield each pack that a tier calls enough though it asks less than the base's do there."""
    document = Node((), merged.document)
    asked = {pack.text("id"): _asked(document, pack) for pack in document.nodes("packs")}
    before = {each["tier"]: each["packs"] for each in base["policy"].get("tiers", ())}
    for tier in document.node("policy").nodes("tiers"):
        known = before.get(tier.number("tier"), ())
        for path, name in tier.texts("packs"):
            if name in known or name not in asked:
                continue
            if not any(asked.get(each, frozenset()) <= asked[name] for each in known):
                message = _(
                    'The pack "{pack}" asks less than {known}, which are enough to decide here, '
                    "and an overlay may only be stricter: take it out, or have it ask all that "
                    "one of them asks."
                )
                words = message.format(pack=shorten(name), known=listed(known))
                yield Fault(merged.place(path), words)


def _asked(document: Node, pack: Node) -> frozenset[str]:
    """Return the ids that a pack asks, as far as they can be read."""
    questions = [q for section in document.nodes("sections") for q in section.nodes("questions")]
    if pack.text("questions") == "all":
        return frozenset(q.text("id") for q in questions)
    if pack.text("questions") == "core":
        return frozenset(q.text("id") for q in questions if q.data.get("core") is True)
    return frozenset(name for __, name in pack.texts("questions"))
