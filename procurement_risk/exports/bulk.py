"""Many assessments in one file, one after the other, without ever holding them all.

    Store -> choose -> Chosen, ... -> write_many -> a ZIP of one file each, with manifest.json
                                                 -> or the format's own form for many

Names come from what is in them, and no clock is read here: records of the same assessments are the
same bytes. Audit packs, Word documents, workbooks and what is published state their day.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from procurement_risk.assessment import Assessment
from procurement_risk.errors import Damaged, Problem, UsageError
from procurement_risk.exports import json_record
from procurement_risk.exports.export import Export, Exported, chosen_twice, naming, stem_of
from procurement_risk.exports.gather import Worded, gather
from procurement_risk.exports.zips import Zip
from procurement_risk.framework.shipped import SOFTWARE
from procurement_risk.language import _
from procurement_risk.storage import Store

KIND = "ai-procurement-risk-files"
AT_ONCE = 20
"""How many assessments are read from the store at once."""

Told = Callable[[int], None]


@dataclass(frozen=True, slots=True, order=True)
class Chosen:
    """An assessment that was chosen: the name it gets, without an ending, and its id."""

    name: str
    id: str


def choose(
    store: Store, ids: Collection[str] | None = None, *, archived: bool = False
) -> list[Chosen]:
    """Return the assessments ``ids``, or all there are, in order of their names.

    Args:
        store: Where they are.
        ids: Which; None for all.
        archived: Whether all includes those that were set aside.
    """
    wanted = None if ids is None else set(ids)
    return sorted(
        Chosen(stem_of(each.id, each.purchase, each.supplier), each.id)
        for each in store.summaries()
        if (archived or not each.archived if wanted is None else each.id in wanted)
    )


def exported(
    store: Store,
    chosen: Iterable[Chosen],
    export: Export,
    worded: Worded = lambda framework: framework,
    faulty: list[Problem] | None = None,
) -> Iterator[Exported]:
    """Yield what ``export`` is written from, of each of ``chosen``, reading a few at once.

    What can no longer be read is listed in ``faulty``, which ``write_many`` takes; without that,
    it ends all.
    """
    waiting = [each.id for each in chosen]
    damaged: list[Damaged] | None = None if faulty is None else []
    for start in range(0, len(waiting), AT_ONCE):
        yield from gather(store, waiting[start : start + AT_ONCE], export.wants, worded, damaged)
        if damaged and faulty is not None:
            faulty += [Problem(each.name, str(each)) for each in damaged]
            damaged.clear()


def ending_of(export: Export) -> str:
    """Return the ending, without the dot, of a file that holds many in this format."""
    return "zip" if export.one_each else export.ending


def write_many(
    export: Export,
    assessments: Iterable[Exported],
    file: BinaryIO,
    told: Told = lambda done: None,
    faulty: list[Problem] | None = None,
) -> tuple[Problem, ...]:
    """Write ``assessments``, which come in order of their names, into ``file``.

    A format that holds one assessment a file makes a ZIP of such files with a manifest; one with
    a form of its own for many takes that.

    Args:
        export: The format.
        assessments: Read one after the other, where the format allows that.
        file: Open for writing.
        told: Called with the number of assessments done, after each. What it raises ends all.
        faulty: Where whoever reads ``assessments`` lists what is wrong with those that cannot be.

    Returns:
        What is wrong with each that cannot be written. Each is named, and the rest goes on.

    Raises:
        UsageError: If there is no assessment, or if none can be written.
    """
    faulty = [] if faulty is None else faulty
    counted = _counted(assessments, told)
    first = next(counted, None)
    if first is None and faulty:
        raise UsageError(_none_fits(faulty))
    if first is None:
        raise UsageError(_("Choose at least one assessment."))
    every = chain([first], counted)
    if export.write_into is not None:
        export.write_into(_fitting(every, faulty), file)
    elif export.one_each:
        _write_zip(export, every, file, faulty)
    else:
        file.write(export.write(list(every)))
    return tuple(faulty)


def _fitting(assessments: Iterable[Exported], faulty: list[Problem]) -> Iterator[Exported]:
    """Yield each of which a record can be made, and list the others.

    Raises:
        UsageError: If that is none.
    """
    some = False
    for each in assessments:
        try:
            with naming(each.assessment.id):
                json_record.write([each])
        except UsageError as error:
            faulty.append(Problem(each.assessment.id, str(error)))
        else:
            some = True
            yield each
    if not some:
        raise UsageError(_none_fits(faulty))


def _none_fits(faulty: list[Problem]) -> str:
    return "\n".join(dict.fromkeys(problem.message for problem in faulty))


def _counted(assessments: Iterable[Exported], told: Told) -> Iterator[Exported]:
    """Yield each; whoever asks for the next one is done with the one before."""
    done = 0
    for each in assessments:
        if done:
            told(done)
        yield each
        done += 1
    told(done)


def _write_zip(
    export: Export, assessments: Iterable[Exported], file: BinaryIO, faulty: list[Problem]
) -> None:
    listed: dict[str, dict[str, str | int]] = {}
    left_out: list[dict[str, str]] = []
    read: set[str] = set()
    with Zip(file) as packed:
        for exported in assessments:
            assessment = exported.assessment
            read.add(assessment.id)
            if assessment.id in listed:
                raise UsageError(chosen_twice(assessment.id))
            reason = export.unfit(assessment, exported.framework) if export.unfit else ""
            if reason:
                left_out.append({"id": _told(export, assessment), "why": reason})
                continue
            shown = export.named(assessment)
            name = stem_of(assessment.id, shown.purchase, shown.supplier)
            try:
                with naming(assessment.id):
                    data = export.write([exported])
            except UsageError as error:
                faulty.append(Problem(assessment.id, str(error)))
                left_out.append({"id": _told(export, assessment), "why": _("It is at fault.")})
                continue
            said = packed.put(f"{name}.{export.ending}", data)
            about = {"id": _told(export, assessment), "as_of": assessment.answer_set.as_of}
            listed[assessment.id] = {**said, **about}
        for each in faulty:
            if each.where not in read:
                name = _digest(each.where) if export.is_published else each.where
                left_out.append({"id": name, "why": _("It is at fault.")})
        if not listed and faulty:
            raise UsageError(_none_fits(faulty))
        if not listed:
            raise UsageError(" ".join(dict.fromkeys(each["why"] for each in left_out)))
        head = {"kind": KIND, "format": export.name, "software": SOFTWARE}
        packed.put_manifest({**head, "files": list(listed.values()), "left_out": left_out})


def _told(export: Export, assessment: Assessment) -> str:
    """Return the id for a manifest; its digest where something is withheld that it may name."""
    is_withheld = any(each.ground != "public" for each in assessment.markings.values())
    if not export.is_published or not is_withheld:
        return assessment.id
    return _digest(assessment.id)


def _digest(assessment_id: str) -> str:
    return hashlib.sha256(assessment_id.encode()).hexdigest()[:12]
