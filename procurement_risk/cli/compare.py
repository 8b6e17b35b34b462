"""The command that compares suppliers: ``compare``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from procurement_risk.cli.shared import form_of, read, store, whose, write
from procurement_risk.cli.terminal import say, say_json
from procurement_risk.errors import InvalidDocument, ProcurementRiskError, UsageError

if TYPE_CHECKING:
    from procurement_risk.comparison import Candidate, Comparison, Entry

DEFAULT_SEED = 2026


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object instead of lines.")
@click.option("--smaa", "scores", type=click.Path(path_type=Path), help="A JSON file of scores.")
@click.option(
    "--seed", type=click.IntRange(0, 2**31), default=DEFAULT_SEED, show_default=True,
    help="What the random numbers start from.",
)  # fmt: skip
@click.option(
    "-o", "--output", type=click.Path(path_type=Path),
    help="Write the page instead: a file that ends in .pdf, .html or .pptx.",
)  # fmt: skip
@click.option("--full", is_flag=True, help="Order by everything, also by what may not rank bids.")
@click.argument("records", nargs=-1)
def compare(
    as_json: bool,
    scores: Path | None,
    seed: int,
    output: Path | None,
    full: bool,
    records: tuple[str, ...],
) -> None:
    """Compare RECORDS (record files, or ids in the store): suppliers for one purchase.

    With --smaa: suppliers, criteria, scores (less is better) and published_weights from a file.
    Exit 1 if fewer than two can be compared.
    """
    if scores is not None:
        if records or output is not None:
            raise click.UsageError("Name records, or a file of scores with --smaa; not both.")
        _compare_scores(scores, seed, as_json=as_json)
        return
    if len(records) < 2:
        raise click.UsageError("Name two or more record files, or ids in the store.")
    from procurement_risk.comparison import compare as compare_entries
    from procurement_risk.comparison.document import comparison_to_document

    found = compare_entries(_entries(records), seed=seed, view="full" if full else "order")
    if output is not None and found.is_possible:
        if kept := [each for each in records if not Path(each).is_file()]:
            store().exporting(kept, f"comparison{output.suffix}")
        _write_page(found, output)
    elif as_json:
        say_json(comparison_to_document(found), indent=2)
    else:
        for line in _lines(found):
            say(line)
    if not found.is_possible:
        raise ProcurementRiskError(
            "Fewer than two of these can be compared, so there is no order. "
            "What is stopped or stands apart is listed with the reason."
        )


def _write_page(found: Comparison, output: Path) -> None:
    from procurement_risk.exports.leadership import comparison

    forms = {".pdf": comparison.pdf, ".html": comparison.html, ".pptx": comparison.pptx}
    data = form_of(output, forms)(found)
    write(output, data)
    say(f"{output}: {len(data):,} bytes")


def _entries(names: Sequence[str]) -> list[Entry]:
    """Return what each name stands for, or say everything that is wrong with them."""
    found, wrong = [], []
    for name in names:
        try:
            found.append(_entry(name))
        except InvalidDocument as error:
            wrong += [problem.located(name) for problem in error.problems]
        except ProcurementRiskError as error:
            wrong.append(str(error) if name in str(error) else f"{name}: {error}")
    if wrong:
        raise UsageError("\n".join(wrong))
    return found


def _entry(name: str) -> Entry:
    from procurement_risk.assessment.record import read_record
    from procurement_risk.comparison import Entry
    from procurement_risk.methods import evaluate, score_to_document

    path = Path(name)
    if path.is_file():
        record = read_record(read(path), score_to_document)
        assessment, framework = record.assessment, record.framework
        found = whose(framework)
    elif path.suffix == ".json":
        raise UsageError(f"{name}: there is no such file. Check the name.")
    else:
        held = store()
        stored = held.load(name)
        assessment, framework = stored.assessment, stored.framework
        found = held.whose(framework)
    outcome = evaluate(framework, assessment.answer_set)
    return Entry(
        assessment=assessment, framework=framework, outcome=outcome, foreign=found.is_foreign
    )


# --- Words --------------------------------------------------------------------------------


def _lines(found: Comparison) -> list[str]:
    from procurement_risk.comparison import words
    from procurement_risk.profile import words as profile_words

    lines = []
    if found.candidates:
        purchase = found.candidates[0].assessment.purchase
        lines.append(f"{purchase.title}, {purchase.buyer}")
    lines += [profile_words.DUE_DILIGENCE]
    for entry, result in found.stopped:
        name = f"{entry.assessment.supplier.name} ({entry.assessment.id})"
        lines += ["", f"Stopped, and not ordered: {name}", *words.stop_words(entry, result)]
    for apart in found.apart:
        name = f"{apart.entry.assessment.supplier.name} ({apart.entry.assessment.id})"
        lines += ["", f"Not comparable: {name}: {words.apart_reason(apart)}."]
    if found.is_possible:
        lines += ["", *_order_lines(found)]
    return lines


def _order_lines(found: Comparison) -> list[str]:
    from procurement_risk.comparison import firmness_words, words
    from procurement_risk.framework.words import decision

    sections = words.scored_sections(found)
    lines = [firmness_words.leadership(found.firmness)]
    notes = [firmness_words.until(found.firmness)] if found.draws_open_answers else []
    notes += [words.view_note(found), words.may_turn(found), words.ranking_warning(found)]
    notes += [words.dominated(found, each) for each in found.candidates]
    lines += [note for note in notes if note]
    head = ["Supplier", "Ordering figure", *(s.id for s in sections), "Open", "Recommendation"]
    rows = [
        [
            candidate.label,
            words.index_words(candidate),
            *(_section(candidate, section.id) for section in sections),
            str(len(candidate.result.open)),
            decision(candidate.result.recommendation),
        ]
        for candidate in found.candidates
    ]
    lines += ["", *_columns([head, *rows]), "", words.INDEX_MEANING]
    lines += ["", "Questions on which they differ, the widest effect first:"]
    for each in found.differences[:10]:
        effect = words.signed(each.effect)
        lines.append(f"{effect:>6}  {each.question.id}  {each.question.ask}")
    return lines


def _section(candidate: Candidate, name: str) -> str:
    from procurement_risk.profile import words as profile_words

    scored = candidate.result.sections[name]
    return profile_words.percent_range(scored.residual) if scored else "not scored"


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


# --- A file of scores ---------------------------------------------------------------------


def _compare_scores(path: Path, seed: int, *, as_json: bool) -> None:
    from procurement_risk.comparison.smaa_file import answer, read_scores

    found = answer(read_scores(read(path), str(path)), seed)
    if as_json:
        say_json(found, indent=2)
        return
    for title, key in (("Within ±50 % of the weights", "within_50_percent"),
                       ("Over all weights", "any_weights")):  # fmt: skip
        ranks = found[key]["rank_acceptability"]
        head = ["Supplier", *(f"rank {place}" for place in range(1, len(ranks) + 1))]
        rows = [
            [name, *(f"{100 * share:.1f} %" for share in row)]
            for name, row in zip(found["suppliers"], ranks, strict=True)
        ]
        say("\n".join([title, *_columns([head, *rows]), ""]))
    for title, key in (("Weighted mean", "lambda_0"), ("Half worst, half mean", "lambda_half")):
        radius = found["stability_radius"][key]
        say(f"{title}: {radius['leader']} is lowest.")
        for name, moved in radius["rivals"].items():
            if moved is None:
                say(f"  {name} never draws level, whatever the weights")
            else:
                say(f"  {name} draws level once weights move by {100 * moved:.1f} %")


COMMANDS = (compare,)
