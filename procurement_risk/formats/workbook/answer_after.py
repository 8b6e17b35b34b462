"""What an answer becomes by what a supplier filled in: given anew, or more beside the same one."""

from __future__ import annotations

from dataclasses import replace

from procurement_risk.assessment import Answer
from procurement_risk.formats.workbook.reading import Filled
from procurement_risk.framework import GRADES

STATEMENT = "E1"


def anew(old: Answer, filled: Filled) -> Answer:
    """Return the answer that was given, in place of ``old``; only notes of ours are kept."""
    given = filled.given
    assert given is not None
    is_answer = given.state == "answered"
    declared = given.state == "not_applicable"
    return Answer(
        state=given.state,  # type: ignore[arg-type]  # one of the states in ``layout.STATES``
        options=given.options,
        text=given.text,
        evidence=STATEMENT if is_answer else "E0",
        valid_until=filled.valid_until if is_answer else "",
        link=filled.link or old.link,
        reason=filled.reason if declared else "",
        note=_noted(
            old.note,
            filled,
            reason="" if declared else filled.reason,
            valid_until="" if is_answer else filled.valid_until,
        ),
    )


def beside(old: Answer, filled: Filled) -> Answer:
    """Return ``old`` with what was filled in beside the same answer.

    A grade would come to rest on what nobody has looked at if their reference stood beside it: it
    goes into the note.
    """
    evidence = old.evidence
    if filled.given is not None and old.state == "answered" and rank(old) < 1:
        evidence = STATEMENT
    link = (filled.link or old.link) if rank(old) <= 1 else old.link
    until = old.valid_until
    if rank(old) <= 1 and old.state == "answered":
        until = filled.valid_until or until
    declared = old.state == "not_applicable"
    reason = (filled.reason or old.reason) if declared else old.reason
    note = _noted(
        old.note,
        filled,
        reason="" if declared else filled.reason,
        link=filled.link if filled.link != link else "",
        valid_until=filled.valid_until if filled.valid_until != until else "",
    )
    return replace(old, evidence=evidence, link=link, reason=reason, note=note, valid_until=until)


def _noted(
    note: str, filled: Filled, *, reason: str, link: str = "", valid_until: str = ""
) -> str:
    """Return ``note`` with what the supplier wrote under it, each only once, marked in English."""
    lines = [note] if note else []
    for words, text in (
        ("Supplier's comment:", filled.note),
        ("Supplier's note on a cell:", filled.pinned),
        ("Supplier's link leads to:", filled.address),
        ("Supplier's reason:", reason),
        ("Supplier's evidence:", link),
        ("Supplier's evidence valid until:", valid_until),
    ):
        if text and f"{words} {text}" not in note:
            lines.append(f"{words} {text}")
    return "\n".join(lines)


def rank(answer: Answer | None) -> int:
    """Return the place of an answer's grade of evidence, from 0 for none."""
    if answer is None or answer.evidence not in GRADES:
        return 0
    return GRADES.index(answer.evidence)
