"""Everything that is kept about a person, in one file, for whoever answers an access request.

person.html    every place with its whole text, to be read
person.json    the same for programs
files/         the files that suppliers sent back and that hold the name
README.txt     what to look at before it is given out
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from html import escape

from procurement_risk.canonical import Document, write_json
from procurement_risk.exports.zips import Zip
from procurement_risk.formats.workbook.kinds import kind_of
from procurement_risk.formats.workbook.safety import TEXTS
from procurement_risk.framework.shipped import SOFTWARE
from procurement_risk.language import _
from procurement_risk.language.heard import listening
from procurement_risk.language.numbers import grouped
from procurement_risk.language.text import without_unseen
from procurement_risk.storage import Place
from procurement_risk.storage.evidence.uses import Use
from procurement_risk.storage.place_words import where

STYLE = (
    "body{font:1rem/1.4 sans-serif;margin:1.5rem auto;max-width:70rem;padding:0 1rem;"
    "overflow-wrap:anywhere}table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #555;padding:.3em;text-align:start;vertical-align:top}"
)


def write(
    spellings: Sequence[str],
    places: Sequence[Place],
    files: Mapping[str, bytes],
    unread: Sequence[Use],
    day: str,
) -> bytes:
    """Return the ZIP.

    Args:
        spellings: How the name was looked for.
        places: Where it stands.
        files: The kept files that hold it, by digest.
        unread: Files of evidence of the same assessments: a person has to look through those.
        day: The day on which this is written.
    """
    packed = io.BytesIO()
    with Zip(packed) as archive:
        lines = [*_readme(spellings, places, day), *_to_look_at(unread)]
        archive.put("README.txt", "\n".join(lines).encode())
        archive.put("person.html", _html(spellings, places, day).encode())
        archive.put("person.json", write_json(_document(spellings, places, day)))
        for digest in sorted(files):
            archive.put(f"files/{digest}.{kind_of(files[digest], TEXTS[0])}", files[digest])
    return packed.getvalue()


def _document(spellings: Sequence[str], places: Sequence[Place], day: str) -> Document:
    return {
        "kind": "ai-procurement-risk-access-request",
        "version": 1,
        "software": SOFTWARE,
        "day": day,
        "looked_for": list(spellings),
        "places": [
            {
                "assessment": each.assessment_id,
                "table": each.table,
                "row": {name: str(value) for name, value in each.key.items()},
                "column": each.column,
                "path": each.path,
                "at": each.at,
                "text": each.text,
            }
            for each in places
        ],
    }


def _readme(spellings: Sequence[str], places: Sequence[Place], day: str) -> list[str]:
    named = ", ".join(map(without_unseen, spellings))
    return [
        _("What the toolkit holds about: {names}").format(names=named),
        _("Places: {n}. Looked up on {day}.").format(n=grouped(len(places)), day=day),
        "",
        _("Each text is given in full, so it may also speak of other people, or hold what is"),
        _("confidential: look at it before it is given out. Not looked through are backups,"),
        _("files that were exported earlier, and what stands behind links."),
        "",
    ]


def _to_look_at(unread: Sequence[Use]) -> list[str]:
    """Return the lines that name files of evidence, none where there are none."""
    if not unread:
        return []
    return [
        _("Nor were these files of evidence, which belong to the same assessments. Somebody has"),
        _("to look at each:"),
        *(without_unseen(f"{e.assessment_id}  {e.digest}  {e.file.name}") for e in unread),
        "",
    ]


def _html(spellings: Sequence[str], places: Sequence[Place], day: str) -> str:
    with listening() as heard:
        body = _body(spellings, places, day)
    code = escape(heard.mostly())
    return f'<!doctype html><html lang="{code}"><head><meta charset="utf-8">{body}</html>'


def _body(spellings: Sequence[str], places: Sequence[Place], day: str) -> str:
    title = _shown(_("What is held about {names}").format(names=", ".join(spellings)))
    heads = (_("Assessment"), _("Where"), _("When"), _("Text"))
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td>{_shown(cell)}</td>"
            for cell in (each.assessment_id, where(each), each.at, each.text)
        )
        + "</tr>"
        for each in places
    )
    head = "".join(f'<th scope="col">{_shown(each)}</th>' for each in heads)
    return (
        f"<title>{title}</title><style>{STYLE}</style></head><body><h1>{title}</h1>"
        f"<p>{_shown(day)}</p><table><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></body>"
    )


def _shown(text: str) -> str:
    return escape(without_unseen(text))
