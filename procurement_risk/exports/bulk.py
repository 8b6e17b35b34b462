"""Many assessments in one file, one after the other, without ever holding them all.

    Store -> choose -> Chosen, ... -> write_many -> a ZIP of one file each, with manifest.json
                                                 -> or the format's own form for many

Names come from what is in them, and no clock is read here: records of the same assessments are the
same bytes. Audit packs, Word documents, workbooks and what is published state their day.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import BinaryIO, TypeVar

from procurement_risk.errors import Damaged, Problem, UsageError
from procurement_risk.exports.export import Export, Exported, chosen_twice, stem_of
from procurement_risk.exports.gather import Facts, Worded, gather
from procurement_risk.exports.made import Made, make, name_for_all
from procurement_risk.exports.zips import Zip
from procurement_risk.framework.shipped import SOFTWARE
from procurement_risk.language import _
from procurement_risk.portfolio.kept import items_of
from procurement_risk.report.portfolio.facts import facts_of
from procurement_risk.storage import Store

KIND = "ai-procurement-risk-files"
AT_ONCE = 20
"""How many assessments are read from the store at once."""
LINES_AT_ONCE = 1_000
"""Of how many the lines of the list are read at once, for their names."""

Told = Callable[[int], None]
T = TypeVar("T")


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
    wanted = list(ids or ())
    if ids is None:
        wanted = store.offered(archived=None if archived else False).ids
    return sorted(
        Chosen(stem_of(each.id, each.purchase, each.supplier), each.id)
        for start in range(0, len(wanted), LINES_AT_ONCE)
        for each in store.summaries(wanted[start : start + LINES_AT_ONCE])
    )


def exported(
    store: Store,
    chosen: Iterable[Chosen],
    export: Export,
    worded: Worded = lambda framework: framework,
    faulty: list[Problem] | None = None,
    facts: Facts | None = None,
) -> Iterator[Exported]:
    """Yield what ``export`` is written from, of each of ``chosen``, reading a few at once.

    ``facts`` gives what the portfolio says of one, where that was worked out for all.
    What can no longer be read is listed in ``faulty``, which ``write_many`` takes; without that,
    it ends all.
    """
    waiting = [each.id for each in chosen]
    damaged: list[Damaged] | None = None if faulty is None else []
    for start in range(0, len(waiting), AT_ONCE):
        some = waiting[start : start + AT_ONCE]
        yield from gather(store, some, export.wants, worded, damaged, export.name, facts)
        if damaged and faulty is not None:
            faulty += [Problem(each.name, str(each)) for each in damaged]
            damaged.clear()


def facts_ahead(store: Store, export: Export) -> Facts | None:
    """Return what gives ``exported`` the facts of each, where ``export`` wants them of many.

    It reads the portfolio once; a server, which keeps it, has no need of that.
    """
    if "portfolio" not in export.wants:
        return None
    return partial(facts_of, items_of(store))


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
    if export.one_each or export.write_parts is not None:
        return write_made(export, (make(export, each) for each in assessments), file, told, faulty)
    faulty = [] if faulty is None else faulty
    file.write(export.write(list(_some_of(assessments, told, faulty))))
    return tuple(faulty)


def write_made(
    export: Export,
    made: Iterable[Made],
    file: BinaryIO,
    told: Told = lambda done: None,
    faulty: list[Problem] | None = None,
) -> tuple[Problem, ...]:
    """Do what ``write_many`` does with what was made of each assessment already."""
    faulty = [] if faulty is None else faulty
    every = _some_of(made, told, faulty)
    if export.write_parts is not None:
        export.write_parts((each.content for each in _fitting(every, faulty)), file)
    else:
        _write_zip(export, every, file, faulty)
    return tuple(faulty)


def _some_of(each: Iterable[T], told: Told, faulty: list[Problem]) -> Iterator[T]:
    """Return ``each``, counted.

    Raises:
        UsageError: If there is none.
    """
    counted = _counted(each, told)
    first = next(counted, None)
    if first is None and faulty:
        raise UsageError(_none_fits(faulty))
    if first is None:
        raise UsageError(_("Choose at least one assessment."))
    return chain([first], counted)


def _fitting(made: Iterable[Made], faulty: list[Problem]) -> Iterator[Made]:
    """Yield each that has no fault, and list the others.

    Raises:
        UsageError: If that is none.
    """
    some = False
    for each in made:
        if each.fault:
            faulty.append(Problem(each.id, each.fault))
        else:
            some = True
            yield each
    if not some:
        raise UsageError(_none_fits(faulty))


def _none_fits(faulty: list[Problem]) -> str:
    return "\n".join(dict.fromkeys(problem.message for problem in faulty))


def _counted(each: Iterable[T], told: Told) -> Iterator[T]:
    """Yield each; whoever asks for the next one is done with the one before."""
    done = 0
    for one in each:
        if done:
            told(done)
        yield one
        done += 1
    told(done)


def _write_zip(
    export: Export, made: Iterable[Made], file: BinaryIO, faulty: list[Problem]
) -> None:
    listed: dict[str, dict[str, str | int]] = {}
    left_out: list[dict[str, str]] = []
    read: set[str] = set()
    with Zip(file) as packed:
        for one in made:
            read.add(one.id)
            if one.id in listed:
                raise UsageError(chosen_twice(one.id))
            if one.fault:
                faulty.append(Problem(one.id, one.fault))
            if one.fault or one.unfit:
                left_out.append({"id": one.told, "why": one.unfit or _("It is at fault.")})
                continue
            said = packed.put_packed(f"{one.name}.{export.ending}", one.content)
            listed[one.id] = {**said, "id": one.told, "as_of": one.as_of}
        for each in faulty:
            if each.where not in read:
                name = name_for_all(each.where) if export.is_published else each.where
                left_out.append({"id": name, "why": _("It is at fault.")})
        if not listed and faulty:
            raise UsageError(_none_fits(faulty))
        if not listed:
            raise UsageError(" ".join(dict.fromkeys(each["why"] for each in left_out)))
        head = {"kind": KIND, "format": export.name, "software": SOFTWARE}
        packed.put_manifest({**head, "files": list(listed.values()), "left_out": left_out})
