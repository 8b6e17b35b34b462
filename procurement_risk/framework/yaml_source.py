"""A file as text that the YAML parser can take: in UTF-8, not too large, all of it printable."""

from __future__ import annotations

import re

from procurement_risk.errors import Problem
from procurement_risk.language import _, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.language.text import shorten

MAX_BYTES = 1_000_000
_UTF16 = (b"\xff\xfe", b"\xfe\xff")  # how such a file begins, mostly
_NEAR = 1_000  # bytes at the start of a file that tell its encoding

Place = tuple[int, int]
"""Line and column, from 1."""

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BEHIND = re.compile(rf"(?<=[\x21-\x7e]){_UNPRINTABLE.pattern}+")  # what is left means the same
# Thousands of these take the C parser minutes, because it compares each with all before it.
_DIRECTIVE = re.compile(r"^%(?:YAML|TAG)\b.*", re.MULTILINE)


def decoded(source: str | bytes, problems: list[Problem]) -> str | None:
    """Return ``source`` as text that the parser can take, or None where it is hopeless.

    What is wrong with it is added to ``problems``.
    """
    size = len(source)
    if size <= MAX_BYTES and isinstance(source, str):
        size = len(source.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        message = ngettext(
            "The file is larger than {n} byte: split it or shorten its texts.",
            "The file is larger than {n} bytes: split it or shorten its texts.",
            MAX_BYTES,
        )
        problems.append(Problem("", message.format(n=grouped(MAX_BYTES)), 1, 1))
        return None
    text = source if isinstance(source, str) else _from_utf8(source, problems)
    if text is None:
        return None
    text = text.removeprefix("\ufeff")
    return _without_directives(_without_unprintable(text, problems), problems)


def in_another_encoding(source: str | bytes) -> tuple[str, Problem] | None:
    """Return the text of a file that is saved in another encoding, and what to say of that.

    None where it is UTF-8, and where it is no text in any encoding that is known here.
    """
    if isinstance(source, str) or len(source) > MAX_BYTES:
        return None
    if source.startswith(_UTF16) or source[:_NEAR].count(0) * 3 > len(source[:_NEAR]):
        low = source[:2] == _UTF16[0] or source[1:_NEAR:2].count(0) > source[:_NEAR:2].count(0)
        text = source.decode("utf-16-le" if low else "utf-16-be", "replace").removeprefix("\ufeff")
        words = _("The file is saved as UTF-16: save it with the encoding UTF-8.")
        found = Problem("", words, 1, 1)
    else:
        problems: list[Problem] = []
        if _from_utf8(source, problems) is not None:
            return None
        (found,) = problems
        text = source.decode("cp1252", "replace")
    return None if _UNPRINTABLE.search(text) else (text, found)


def _from_utf8(source: bytes, problems: list[Problem]) -> str | None:
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError as error:
        before = source[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - before.rfind(b"\n")
        message = _("Byte {byte} is not UTF-8: save the file with the encoding UTF-8.")
        words = message.format(byte=f"{source[error.start]:#04x}")
        problems.append(Problem("", words, line, column))
        return None


def _without_unprintable(text: str, problems: list[Problem]) -> str:
    first = _UNPRINTABLE.search(text)
    if first is None:
        return text
    count = len(_UNPRINTABLE.findall(text))
    cleaned = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", _BEHIND.sub("", text))
    message = _("Delete the unprintable character {code} here.")
    if count > 1:
        message = ngettext(
            "Delete the unprintable character {code} here. The file holds {n} more such.",
            "Delete the unprintable character {code} here. The file holds {n} more such.",
            count - 1,
        )
    words = message.format(code=f"U+{ord(first.group()):04X}", n=grouped(count - 1))
    problems.append(Problem("", words, *_place_of(text, first.start())))
    return cleaned


def _without_directives(text: str, problems: list[Problem]) -> str:
    first = _DIRECTIVE.search(text)
    if first is None:
        return text
    message = _('Delete this line, "{line}": directives are not used here.')
    words = message.format(line=shorten(first.group()))
    problems.append(Problem("", words, *_place_of(text, first.start())))
    return _DIRECTIVE.sub("#", text)


def _place_of(text: str, index: int) -> Place:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)
