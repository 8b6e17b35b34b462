"""What the commands write: text that a terminal only shows, and JSON that a program can read.

A name from outside may hold the signs that move a cursor, change colours or ask a terminal for an
answer. They are left out of what is read by people, and escaped in what is read by programs.
"""

from __future__ import annotations

import json
import re
import sys

import click

from procurement_risk.language.text import without_unseen

_RAW = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def say(text: str, *, err: bool = False) -> None:
    """Write ``text`` and a line's end, without whatever is not to be seen in it."""
    click.echo(shown(text), err=err)


def shown(text: str) -> str:
    """Return ``text`` as a terminal may show it; a carriage return cannot write over a line."""
    return without_unseen(text.replace("\r\n", "\n").replace("\r", " "))


def say_json(document: object, indent: int | None = None) -> None:
    """Write ``document`` as JSON; what a terminal would act upon is written as its number."""
    text = json.dumps(document, ensure_ascii=False, indent=indent)
    click.echo(_RAW.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def write_over(text: str, *, is_last: bool) -> None:
    """Write ``text`` over the line before on standard error; the last one stays."""
    click.echo(f"\r{shown(text)}", err=True, nl=is_last)


def write_any_letter() -> None:
    """Make the standard streams take every letter, whatever code page a pipe on Windows has.

    A pipe gets UTF-8, which programs expect; a window that has another code page shows what it
    can, and the rest as numbers.
    """
    for stream in (sys.stdout, sys.stderr):
        encoding = (getattr(stream, "encoding", None) or "").lower().replace("-", "")
        if encoding == "utf8" or not hasattr(stream, "reconfigure"):
            continue
        if stream.isatty():
            stream.reconfigure(errors="backslashreplace")
        else:
            stream.reconfigure(encoding="utf-8")


def number_of(number: int, one: str, many: str) -> str:
    """Return ``1 file`` or ``1,200 files``."""
    return f"{number:,} {one if number == 1 else many}"
