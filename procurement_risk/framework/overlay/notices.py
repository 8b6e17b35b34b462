"""What is worth knowing of a questionnaire that has no faults: what it extends, what it hides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from procurement_risk.canonical import digest_of
from procurement_risk.framework import Framework
from procurement_risk.framework.document import framework_from_document
from procurement_risk.framework.files import bases
from procurement_risk.framework.origin import digest, shipped
from procurement_risk.framework.overlay.bases import candidates
from procurement_risk.framework.overlay.onto import newer
from procurement_risk.framework.overlay.reading import whole_of
from procurement_risk.framework.versions.compare import compare
from procurement_risk.language import _
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import shorten


def base_file(framework: Framework) -> tuple[Path, Framework] | None:
    """Return what an overlay rests on and its file, where that is here as it was, or None."""
    named = framework.based_on
    for each in candidates(named.id, bases()) if named else ():
        document, _why = whole_of(each, bases)
        if named and document is not None and digest_of(dict(document)) == named.digest:
            return each.path, framework_from_document(document)
    return None


def extends_line(framework: Framework) -> str:
    """Return what an overlay extends and how far it does, or empty where it is none."""
    named, found = framework.based_on, base_file(framework)
    if named is None:
        return ""
    name = shorten(f"{named.id} {named.version}")
    if found is None:
        return _("extends {base}, which is not here").format(base=name)
    base = found[1]
    inherited = {each.id for each in base.questions()}
    added = sum(each.id not in inherited for each in framework.questions())
    changed = {c.question for c in compare(base, framework).changes} & inherited
    said = [
        counted(added, "{n} question of its own", "{n} questions of its own"),
        counted(len(changed), "{n} inherited and changed", "{n} inherited and changed"),
        counted(
            len(inherited) - len(changed),
            "{n} inherited as it is",
            "{n} inherited as they are",
        ),
    ]
    return _("extends {base}: {counts}").format(base=name, counts=", ".join(said))


def notices(framework: Framework) -> Iterator[str]:
    """Yield each thing worth knowing of a framework that stands in a file, as a sentence."""
    yield from _hides(framework)
    base = framework.based_on
    if base is None:
        return
    told = {key: name for key, name in shipped().items() if name == (base.id, base.version)}
    if told and base.digest not in told:
        message = _(
            "{base}, which it extends, is not as it was shipped: somebody changed the file and "
            "kept the version."
        )
        yield message.format(base=shorten(f"{base.id} {base.version}"))


def newer_base(framework: Framework) -> str:
    """Return the newest version of its base that is here and came later, or empty."""
    base = framework.based_on
    later = newer(base.id, base.version, bases) if base else ()
    return later[-1] if later else ""


def newer_words(framework: Framework) -> str:
    """Return that a newer version of its base is here, or empty."""
    base, version = framework.based_on, newer_base(framework)
    if base is None or not version:
        return ""
    message = _("It extends {id} {version}, and version {newest} is here.")
    return message.format(id=base.id, version=base.version, newest=shorten(version))


def _hides(framework: Framework) -> Iterator[str]:
    """Say so where ``framework`` goes by the id of a shipped one that it is not."""
    versions = [(version, key) for key, (id_, version) in shipped().items() if id_ == framework.id]
    if not versions or versions[-1][1] == digest(framework):
        return
    message = _(
        "It has the id of a questionnaire that the toolkit ships, {id} {version}: in a folder of "
        "frameworks it hides that one, and is used in its place. Where that is not meant, give it "
        "an id of its own, or extend the shipped one."
    )
    yield message.format(id=framework.id, version=versions[-1][0])
