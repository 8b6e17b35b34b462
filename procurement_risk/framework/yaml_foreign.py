"""Files of another kind, by how they begin: what one of them is, and what to do with it."""

from __future__ import annotations

import json

from procurement_risk.errors import Problem
from procurement_risk.language import N_, _

BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", N_("This is a PDF, not a questionnaire: copy its questions into a YAML file.")),
    (
        b"\xd0\xcf\x11\xe0",
        N_(
            "This is an old Office file, not a questionnaire: save it as .xlsx, .csv "
            "or .docx first."
        ),
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


def foreign(source: str | bytes) -> list[Problem]:
    """Return what to say of a file that is of another kind; nothing where it may be YAML."""
    data = source.encode("utf-8", "replace") if isinstance(source, str) else source
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    said = _of_zip(data) if data.startswith(b"PK\x03\x04") else _of_json(start)
    for sign, message in BEGINNINGS:
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
