"""Files of another kind, by how they begin: what one of them is, and what to do with it."""

from __future__ import annotations

import difflib
import json
import re

from procurement_risk.errors import Problem
from procurement_risk.language import N_, _

PICTURE = N_("This is a picture, not a questionnaire: type its questions into a YAML file.")
BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", N_("This is a PDF, not a questionnaire: copy its questions into a YAML file.")),
    (
        b"\xd0\xcf\x11\xe0",
        N_(
            "This is an old Office file, not a questionnaire: save it as .xlsx, .csv "
            "or .docx first."
        ),
    ),
    (
        b"{\\rtf",
        N_("This is a text in RTF, not a questionnaire: copy its questions into a YAML file."),
    ),
    (
        b"\x1f\x8b",
        N_(
            "This is a packed file, not a questionnaire: unpack it and choose the YAML file in it."
        ),
    ),
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (
        b"SQLite format 3",
        N_("This is a database, not a questionnaire: restore it, or move what is in it."),
    ),
    (b"<", N_("This is a web page or XML, not a questionnaire: look for the YAML file itself.")),
)
INSIDE_ZIP: tuple[tuple[bytes, str], ...] = (
    (
        b"xl/",
        N_(
            "This is an Excel workbook, not a questionnaire. Where questions are answered in it, "
            "it is brought in as a supplier's answers; a list of questions becomes one with "
            "convert spreadsheet FILE -o NEW.yaml, or on the page Questionnaires."
        ),
    ),
    (
        b"word/",
        N_("This is a Word file, not a questionnaire: copy its questions into a YAML file."),
    ),
    (
        b"ppt/",
        N_("These are slides, not a questionnaire: copy its questions into a YAML file."),
    ),
    (
        b"opendocument.text",
        N_("This is a text document, not a questionnaire: copy its questions into a YAML file."),
    ),
    (
        b"Index/Document.iwa",
        N_("This is a Numbers or Pages file, not a questionnaire: export it as .xlsx or .csv."),
    ),
    (
        b"opendocument.spreadsheet",
        N_(
            "This is an OpenDocument spreadsheet, not a questionnaire: turn it into one with "
            "convert spreadsheet FILE -o NEW.yaml, or on the page Questionnaires."
        ),
    ),
)
ZIP = N_("This is a ZIP archive, not a questionnaire: unpack it and choose the YAML file in it.")
SURVEYJS = N_(
    "This is a questionnaire of SurveyJS, not one of the toolkit: turn it into one with "
    "convert surveyjs FILE -o NEW.yaml, or on the page Questionnaires."
)
RECORD = N_(
    "This is a record or other JSON of an assessment, not a questionnaire: import it instead."
)


_MERGE = b"<<<<<<<"  # a merge that is not done: the questionnaire stands behind it
MOST_NAMES = 50  # at the top of a file that is to be told from ours
_OURS = frozenset({"schema_version", "method", "policy", "sections", "facts", "packs", "extends"})
_CONTENT = re.compile(r"^\s*[^\s#]", re.M)
_OUR_LINE = re.compile(r"^[^\w\n]*(?:schema_version|sections|questions|extends|policy)\b", re.M)


def of_something_else(data: object, text: str) -> list[Problem]:
    """Return what to say of YAML or text that is no questionnaire; nothing where it may be one.

    Args:
        data: What was read; None where the text could not be read to its end.
        text: The text.
    """
    if isinstance(data, dict):
        names = [str(name).lower() for name in data]
        near = any(difflib.get_close_matches(name, _OURS, 1, 0.75) for name in names)
        is_else = 0 < len(names) <= MOST_NAMES and not near and not {"id", "title"} <= set(names)
    else:
        is_else = data is None and bool(_CONTENT.search(text)) and not _OUR_LINE.search(text)
    if not is_else:
        return []
    words = _(
        "This is no questionnaire, which begins with a line such as schema_version: 1. A table "
        "becomes one with convert spreadsheet FILE -o NEW.yaml, or on the page Questionnaires."
    )
    return [Problem("", words, 1, 1)]


def foreign(source: str | bytes) -> list[Problem]:
    """Return what to say of a file that is of another kind; nothing where it may be YAML."""
    data = source.encode("utf-8", "replace") if isinstance(source, str) else source
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    said = _of_zip(data) if data.startswith(b"PK\x03\x04") else _of_json(start)
    for sign, message in BEGINNINGS if not start.startswith(_MERGE) else ():
        said = said or (message if start.startswith(sign) else "")
    return [Problem("", _(said), 1, 1)] if said else []


def _of_zip(data: bytes) -> str:
    return next((message for sign, message in INSIDE_ZIP if sign in data), ZIP)


def _of_json(start: bytes) -> str:
    if not start.startswith(b"{"):
        return ""
    try:
        document = json.loads(start)
    except (ValueError, RecursionError):
        return ""
    if isinstance(document, dict) and document.keys() & {"pages", "elements"}:
        return SURVEYJS
    is_record = isinstance(document, dict) and {"assessment", "framework"} <= document.keys()
    return RECORD if is_record else ""
