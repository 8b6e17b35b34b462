"""Everything wrong with a framework's file: its kind, slips of the hand, YAML, shape and rules.

text ── other kind? ── slips, YAML, shape, rules ── problems by line, those alike told together
                         └── a copy without the slips shows what stood behind them
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from procurement_risk.errors import Problem
from procurement_risk.framework.checks.in_files import (
    days_of_no_calendar,
    extends_misspelt,
    misnamed,
    sections_among_questions,
)
from procurement_risk.framework.document import MAX_FAULTS, Fault, check_framework
from procurement_risk.framework.overlay.reading import Files, is_overlay, whole
from procurement_risk.framework.strict_yaml import Parsed, read_yaml
from procurement_risk.framework.yaml_foreign import foreign, of_something_else
from procurement_risk.framework.yaml_slips import cut_texts, indents_mended, slips_in
from procurement_risk.framework.yaml_source import MAX_BYTES, in_another_encoding
from procurement_risk.language import _, ngettext
from procurement_risk.language.numbers import grouped

MAX_LISTED = 500
MAX_ALIKE = 5  # problems that say the same of one line after the other
_NUMBER = re.compile(r"\d+")


def checked(text: str | bytes, stem: str, files: Files = tuple) -> tuple[Parsed, list[Problem]]:
    """Return what was read in ``text`` and everything wrong with it, by line.

    Where there are problems, what was read is of no use. An overlay is read with what it extends.

    Args:
        text: A file.
        stem: The id that the file's place asks for, or empty where it asks for none.
        files: Gives the files among which an overlay's base is looked for.
    """
    if other := foreign(text):
        return Parsed(), other
    if other_encoding := in_another_encoding(text):
        as_text, problem = other_encoding
        parsed, problems = checked(as_text, stem, files)
        return parsed, sorted([problem, *problems], key=lambda each: (each.line, each.column))
    parsed, problems, are_all = _read_and_checked(text, stem, files)
    try:
        source = text if isinstance(text, str) else text.decode("utf-8")
    except UnicodeDecodeError:
        return parsed, problems
    if len(source) > MAX_BYTES:
        return parsed, problems
    if problems and (
        other := of_something_else(parsed.data if parsed.is_complete else None, source)
    ):
        return parsed, other
    if problems:
        problems, are_all = _with_slips(source, stem, files, problems, are_all=are_all)
    return parsed, _listed([*cut_texts(source), *problems], are_all=are_all)


def _with_slips(
    source: str, stem: str, files: Files, problems: list[Problem], *, are_all: bool
) -> tuple[list[Problem], bool]:
    """Return ``problems`` as they are once the slips of the hand are seen, and whether all."""
    slips = slips_in(source)
    text, further = source, problems
    if slips.problems:
        text = slips.text
        parsed, further, are_all = _read_and_checked(text, stem, files)
    else:
        parsed = read_yaml(text)
    if not parsed.is_complete:
        indents = indents_mended(text)
        if indents.problems and read_yaml(indents.text).is_complete:
            slips.problems += indents.problems
            slips.lines |= indents.lines
            parsed, further, are_all = _read_and_checked(indents.text, stem, files)
    if not parsed.is_complete and any(problem.line in slips.lines for problem in further):
        further = []  # what was mended is not what was meant: say no more than what is certain
    return [*slips.problems, *(p for p in further if p.line not in slips.lines)], are_all


def _read_and_checked(
    text: str | bytes, stem: str, files: Files
) -> tuple[Parsed, list[Problem], bool]:
    parsed = read_yaml(text)
    problems = list(parsed.problems)
    are_all = True
    if parsed.is_complete:
        written = parsed.data
        if is_overlay(written):
            read = whole(written, files)
            parsed.data, faults = read.document, read.faults
        else:
            faults = extends_misspelt(written) or check_framework(written)
        faults = [*sections_among_questions(written, faults), *days_of_no_calendar(written)]
        # Half, because what merely follows from another fault was counted and then left out.
        are_all = 2 * len(faults) < MAX_FAULTS
        if all(fault.path != ("id",) for fault in faults):
            faults += misnamed(written, stem)
        # A value that could not be read is spoken about once, not once more for what it lacks.
        kept = [fault for fault in faults if fault.path not in parsed.refused]
        problems += [problem_at(parsed, fault) for fault in kept]
    return parsed, problems, are_all


def problem_at(parsed: Parsed, fault: Fault) -> Problem:
    """Return ``fault`` as a problem with its line in the file that was read."""
    line, column = parsed.place(fault.path)
    message = fault.message
    if fault.other is not None:
        first = _("The first is on line {line}.").format(line=parsed.place(fault.other)[0])
        message = f"{message} {first}"
    return Problem(fault.where, message, line, column)


def _listed(problems: Iterable[Problem], *, are_all: bool) -> list[Problem]:
    """Return ``problems`` by line, each once, the list cut short where nobody would read it.

    ``are_all`` says whether the checks went on to the end.
    """
    unique = dict.fromkeys(problems)
    ordered = _told_together(
        sorted(unique, key=lambda problem: (problem.line, problem.column)), are_all=are_all
    )
    if len(ordered) <= MAX_LISTED:
        return ordered
    last = ordered[MAX_LISTED]
    words = _more(len(ordered) - MAX_LISTED, are_all=are_all)
    return [*ordered[:MAX_LISTED], Problem("", words, last.line, last.column)]


def _told_together(problems: list[Problem], *, are_all: bool) -> list[Problem]:
    """Return ``problems`` with those that say the same of many lines told for the first few."""
    alike: dict[str, list[Problem]] = {}
    for problem in problems:
        alike.setdefault(_NUMBER.sub("", problem.message), []).append(problem)
    told: list[Problem] = []
    for same in alike.values():
        more = len(same) - MAX_ALIKE
        if more <= 1:
            told += same
            continue
        next_one = same[MAX_ALIKE]
        message = ngettext(
            "The same is wrong from here on in {n} more line, the last is line {last}.",
            "The same is wrong from here on in {n} more lines, the last is line {last}.",
            more,
        )
        if not are_all:
            message = _(
                "The same is wrong from here on in {n} more lines at least, to line {last}."
            )
        words = message.format(n=grouped(more), last=same[-1].line)
        told += [*same[:MAX_ALIKE], Problem("", words, next_one.line, next_one.column)]
    return sorted(told, key=lambda problem: (problem.line, problem.column))


def _more(more: int, *, are_all: bool) -> str:
    if are_all:
        message = ngettext(
            "From here on there is {n} more problem: put those above right first.",
            "From here on there are {n} more problems: put those above right first.",
            more,
        )
    else:
        message = ngettext(
            "From here on there is at least {n} more problem: put those above right first.",
            "From here on there are at least {n} more problems: put those above right first.",
            more,
        )
    return message.format(n=grouped(more))
