"""The commands for files of evidence: adding, listing, reading, removing and checking them."""

from __future__ import annotations

from pathlib import Path

import click

from procurement_risk.cli.shared import actor, fail, store, write
from procurement_risk.cli.terminal import number_of, say, say_json
from procurement_risk.errors import ProcurementRiskError

ID = click.argument("assessment_id", metavar="ID")
DIGEST = click.argument("digest", metavar="SHA-256")


@click.group()
def evidence() -> None:
    """Keep files that show the answers of an assessment."""


@evidence.command()
@click.option("--question", "questions", multiple=True, help="Whose answer it shows, as DP-01.")
@click.option("--grade", default="E0", show_default=True, help="What it shows, E0 to E4.")
@click.option("--date", "dated", default="", help="The day that it is from.")
@click.option("--valid-until", default="", help="The day until which it counts.")
@click.option("--source", default="", help="Who made it, or where it is from.")
@ID
@click.argument("file", type=click.Path(path_type=Path))
def add(
    questions: tuple[str, ...],
    grade: str,
    dated: str,
    valid_until: str,
    source: str,
    assessment_id: str,
    file: Path,
) -> None:
    """Keep FILE for the assessment ID, and link it to answers. The same bytes are kept once."""
    said = {"grade": grade, "date": dated, "valid_until": valid_until, "source": source}
    digest = store().add_evidence(
        assessment_id,
        file.name,
        _bytes_of(file),
        actor(),
        about={name: value for name, value in said.items() if value},
        questions=questions,
    )
    say(f"{digest}  {file.name}")


def _bytes_of(file: Path) -> bytes:
    """Return the bytes of a file, no more than show that it is too large."""
    from procurement_risk.storage.evidence import limits

    try:
        with file.open("rb") as opened:
            return opened.read(limits.most_bytes() + 1)
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise ProcurementRiskError(f"{file}: {reason}. Check the name.") from error


@evidence.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@ID
def list_files(as_json: bool, assessment_id: str) -> None:
    """List the files of the assessment ID, each with the answers that it shows."""
    from procurement_risk.assessment.document import to_document
    from procurement_risk.assessment.evidence import shown_by
    from procurement_risk.language.text import one_line

    assessment = store().load(assessment_id).assessment
    for digest, file in assessment.files.items():
        shows = shown_by(assessment, digest)
        if as_json:
            say_json({"sha256": digest, **to_document(file), "questions": shows})
            continue
        until = f"until {file.valid_until}" if file.valid_until else "-"
        said = [digest, file.grade, until, one_line(file.name), ", ".join(shows) or "no answer"]
        say("  ".join(said))


@evidence.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write.")
@ID
@DIGEST
def get(output: Path | None, assessment_id: str, digest: str) -> None:
    """Write a file of the assessment ID, as it was added, to a file with a name that is safe."""
    from procurement_risk.storage.evidence import limits

    held = store()
    content = held.evidence_content(assessment_id, digest)
    name = held.load(assessment_id).assessment.files[digest].name
    path = output or Path(limits.safe_name(name, digest))
    if path.exists():
        raise ProcurementRiskError(f"{path} is there already. Choose another name with -o.")
    write(path, content)
    say(f"{path}: {len(content):,} bytes. It comes from somebody else: open it with care.")


@evidence.command()
@click.option("--reason", default="", help="Why; it stands in the history.")
@ID
@DIGEST
def remove(reason: str, assessment_id: str, digest: str) -> None:
    """Take a file off every answer of the assessment ID; its last use deletes it."""
    store().remove_evidence(assessment_id, digest, actor(), reason)
    say(f"{digest}: removed")


@evidence.command()
@click.argument("ids", nargs=-1)
def check(ids: tuple[str, ...]) -> None:
    """Check that the files of the assessments IDS, or of all, are as they were added.

    Exit 1 if one is gone or was altered.
    """
    held = store()
    named = ids or [each.id for each in held.summaries()]
    found = [each.inside(name) for name in named for each in held.check_evidence(name)]
    if found:
        fail(found, held.place)
    looked = number_of(len(named), "assessment", "assessments")
    say(f"{looked}: every file of evidence is as it was added.")


COMMANDS = (evidence,)
