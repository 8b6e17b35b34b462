"""What may be kept as evidence: how large, of which kind, under which name.

A file is judged by its first bytes and its ending together. It is never opened: what is inside
an archive or a document is neither unpacked nor shown by the server.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Mapping

from procurement_risk.errors import UsageError
from procurement_risk.language import N_, _
from procurement_risk.language.numbers import shown
from procurement_risk.language.text import without_unseen

MB_SETTING, TYPES_SETTING = "PROCUREMENT_RISK_EVIDENCE_MB", "PROCUREMENT_RISK_EVIDENCE_TYPES"
DEFAULT_MB, LONGEST_NAME = 10, 200

_HEAD = 1_024
_NO_NAME = re.compile(r"[^A-Za-z0-9]+")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def _begins(*starts: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(starts)


def _is_text(content: bytes) -> bool:
    return _CONTROLS.search(content) is None


_PDF = (N_("a PDF"), lambda content: b"%PDF-" in content[:_HEAD])
_PACKED = (N_("a document of that kind"), _begins(b"PK\x03\x04"))
_OLD = (N_("a document of that kind"), _begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
_TEXT = (N_("plain text"), _is_text)

KINDS: Mapping[str, tuple[str, Callable[[bytes], bool]]] = {
    "pdf": _PDF,
    **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods", "odp", "zip"), _PACKED),
    **dict.fromkeys(("doc", "xls", "ppt", "msg"), _OLD),
    **dict.fromkeys(("txt", "csv", "md", "json", "eml"), _TEXT),
    "png": (N_("a PNG picture"), _begins(b"\x89PNG\r\n\x1a\n")),
    "jpg": (N_("a JPEG picture"), _begins(b"\xff\xd8\xff")),
    "jpeg": (N_("a JPEG picture"), _begins(b"\xff\xd8\xff")),
    "tif": (N_("a TIFF picture"), _begins(b"II*\x00", b"MM\x00*")),
    "tiff": (N_("a TIFF picture"), _begins(b"II*\x00", b"MM\x00*")),
}
"""What a file of each ending has to be, in words, and how its first bytes show that."""


def most_bytes() -> int:
    """Return how many bytes a file may have. Raises UsageError where the setting is no number."""
    said = os.environ.get(MB_SETTING, "").strip() or str(DEFAULT_MB)
    if not re.fullmatch("[1-9][0-9]{0,3}", said):
        message = _("{setting} is no number of megabytes. Write a whole number such as 10.")
        raise UsageError(message.format(setting=MB_SETTING))
    return int(said) * 1_000_000


def allowed() -> tuple[str, ...]:
    """Return the endings that may be kept: all that are known, or those of the setting."""
    said = re.findall("[a-z0-9]+", os.environ.get(TYPES_SETTING, "").lower())
    return tuple(each for each in KINDS if each in said or not said)


def ending_of(name: str) -> str:
    """Return the ending of a file's name in small letters, without the dot; or empty."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def given_name(name: str) -> str:
    """Return a file's name as it is kept: without folders and without signs that do not show."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join(each if each.isprintable() else " " for each in without_unseen(last))
    words = " ".join(plain.split())
    stem, dot, ending = words.rpartition(".")
    if len(words) > LONGEST_NAME:
        words = f"{stem[: LONGEST_NAME - 12]}{dot}{ending[:10]}" if dot else words[:LONGEST_NAME]
    return words.strip(". ") and words


def safe_name(name: str, digest: str) -> str:
    """Return a name for a download that no system stumbles over; the digest keeps it unlike."""
    ending = ending_of(name) if ending_of(name) in KINDS else "bin"
    stem = unicodedata.normalize("NFKD", name.rpartition(".")[0] or name)
    plain = "".join(each for each in stem if not unicodedata.combining(each))
    slug = _NO_NAME.sub("-", plain).strip("-")[:60]
    return f"{slug or 'evidence'}-{digest[:8]}.{ending}"


def refuse(name: str, content: bytes) -> None:
    """Raise UsageError, which says why, where a file cannot be kept as evidence."""
    if problem := _problem(given_name(name), content):
        raise UsageError(problem)


def _problem(name: str, content: bytes) -> str:
    if not name:
        return _("The file has no name that could be kept. Give it one, and add it again.")
    if not content:
        return _("The file {name} is empty. Choose the one with the evidence.").format(name=name)
    if len(content) > (most := most_bytes()):
        message = _("The file {name} has {size} MB. Up to {most} MB can be kept here.")
        size = shown(f"{len(content) / 1_000_000:,.1f}")
        return message.format(name=name, size=size, most=most // 1_000_000)
    ending = ending_of(name)
    if ending not in allowed():
        message = _(
            "The file {name} is of no kind that is kept here. Save it as one of: {allowed}."
        )
        return message.format(name=name, allowed=", ".join(allowed()))
    what, fits = KINDS[ending]
    if not fits(content):
        message = _(
            "The file {name} is not what its name says: its content is not that of {what}. Ask "
            "whoever sent it, or save it again."
        )
        return message.format(name=name, what=_(what))
    return ""
