"""The command ``score``: what answers come to, for people or for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, cast

import click

from procurement_risk.cli.shared import exported, fail
from procurement_risk.cli.terminal import say, say_json
from procurement_risk.errors import InvalidAnswers, InvalidDocument, Problem

LONGEST_LINE = 1_000_000
PARTS_SHOWN = 2  # of a leadership page: its figures by section, and what stops it


@click.command()
@click.option("--framework", "name", help="A framework's id, or a YAML file: ANSWERS are scored.")
@click.option("--pack", default="full", show_default=True, help="Which pack to score.")
@click.option("--gate", default="", help="For which gate, where a line names none.")
@click.option("--json", "as_json", is_flag=True, help="Of records: one JSON result a line.")
@click.argument("inputs", nargs=-1, required=True, metavar="RECORDS | ANSWERS")
@click.pass_context
def score(
    context: click.Context,
    name: str | None,
    pack: str,
    gate: str,
    as_json: bool,
    inputs: tuple[str, ...],
) -> None:
    """Score RECORDS (record files, or ids in the store), in words.

    With --framework, score ANSWERS instead: a file with one JSON object a line ("-" for standard
    input); one JSON result a line is written.
    """
    if name is None:
        for each in inputs:
            _score_record(each, as_json=as_json, several=len(inputs) > 1)
        return
    if len(inputs) > 1:
        raise click.UsageError("With --framework, name one file of answers.")
    file = click.File("rb").convert(inputs[0], None, context)
    _score_answers(name, pack, gate, cast(BinaryIO, file))


def _score_record(name: str, *, as_json: bool, several: bool) -> None:
    from procurement_risk.cli.page_text import lines_of
    from procurement_risk.exports.sealed import matter
    from procurement_risk.methods import score_to_document
    from procurement_risk.report.page import EVERYTHING

    found = exported(name, {"words"})
    if as_json:
        scored = score_to_document(found.framework, found.assessment.answer_set)
        say_json({"id": found.assessment.id, **scored})
        return
    page = matter(found).page(EVERYTHING)
    for line in lines_of(page, page.parts[:PARTS_SHOWN]):
        say(line)
    if several:
        say("")


def _score_answers(name: str, pack: str, gate: str, answers: BinaryIO) -> None:
    from procurement_risk.assessment.answers import check_answers
    from procurement_risk.framework.files import load_framework
    from procurement_risk.framework.proposals import proposal_words
    from procurement_risk.methods import score_to_document

    framework = load_framework(name)
    if framework.pack(pack) is None:
        allowed = ", ".join(p.id for p in framework.packs)
        fail([Problem("pack", f"There is no pack '{pack}'. Choose one of: {allowed}.")], "score")
    if gate and framework.gate(gate) is None:
        allowed = ", ".join(each.id for each in framework.gates) or "none"
        fail([Problem("gate", f"There is no gate '{gate}'. Choose one of: {allowed}.")], "score")
    checked, problems = [], []
    for number, line in _lines(answers):
        try:
            checked.append(check_answers(framework, _at(gate, _json_object(line)), pack))
        except InvalidAnswers as error:
            problems += [Problem(p.where, f"line {number}: {p.message}") for p in error.problems]
    if problems:
        fail(problems, str(getattr(answers, "name", "-")))
    if proposed := proposal_words(framework, pack):
        say(f"Note: {proposed}", err=True)
    for answer_set in checked:
        say_json(score_to_document(framework, answer_set))


def _at(gate: str, document: object) -> object:
    """Return the line for ``gate``, where it names none itself."""
    return {"gate": gate, **document} if gate and isinstance(document, dict) else document


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            problem = Problem("", f"line {number}: longer than {LONGEST_LINE:,} bytes.")
            fail([problem], "answers")
        if line.strip():
            yield number, line


def _json_object(line: bytes) -> object:
    from procurement_risk.canonical import read_json

    try:
        return read_json(line.strip())
    except InvalidDocument as error:
        raise InvalidAnswers("line", error.problems) from error


COMMANDS = (score,)
