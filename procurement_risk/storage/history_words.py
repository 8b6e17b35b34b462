"""A line of history in words: what changed, from what to what."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from procurement_risk.assessment.parts import part_title
from procurement_risk.assessment.reviewing import ACCEPTED
from procurement_risk.framework import Framework
from procurement_risk.language import _
from procurement_risk.language.phrases import counted
from procurement_risk.storage.erasures import ERASURE
from procurement_risk.storage.history import HEADER, HistoryEntry
from procurement_risk.storage.history_then import Under
from procurement_risk.storage.history_values import fields_changed, in_words_of

LINKED = "Link for the supplier"
"""What the reason begins with of a line about such a link."""

_RECORD = re.compile(r"Imported from record ([0-9a-f]{12})[0-9a-f]{52}")
MANY = 4
"""How many changes of one moment, for one reason, still stand each by itself."""


def words(framework: Framework, entry: HistoryEntry, before: Framework | None = None) -> str:
    """Return what a line says, such as ``DP-03: No → Yes``; ids stand only for questions.

    Args:
        framework: The questionnaire it was written under.
        entry: The line.
        before: The one that what was there before was written under, where it is another.
    """
    if entry.part == HEADER:
        return _about_the_whole(entry, framework)
    title = title_of(entry, framework)
    if entry.part == ERASURE:
        return _("Something was struck out, for good")
    if entry.is_redacted:
        return _("{part}: struck out since").format(part=title)
    was = in_words_of(before or framework, entry.part, entry.before)
    now = in_words_of(framework, entry.part, entry.after)
    if was == now and entry.before != entry.after and before is not None:
        return _("{part}: {answer}, as before").format(part=title, answer=now)
    if was == now:
        said = fields_changed(entry.before, entry.after) or _("details changed")
        said = _("{part}: {change}").format(part=title, change=said)
    else:
        said = _("{part}: {before} → {after}").format(part=title, before=was, after=now)
    if supplier := _said_by(entry):
        words = _("{change}; said by {supplier}, accepted by {name}")
        return words.format(change=said, supplier=supplier, name=entry.by)
    return said


def _said_by(entry: HistoryEntry) -> str:
    """Return the supplier whose answer was accepted; empty where it is an answer of ours."""
    if not entry.reason.startswith(ACCEPTED) or not isinstance(entry.after, dict):
        return ""
    before = entry.before if isinstance(entry.before, dict) else {}
    # Beside an answer of ours a comment of theirs was accepted: that leaves all of these.
    told = ("by", "option", "options", "text", "state")
    is_theirs = any(before.get(each) != entry.after.get(each) for each in told)
    return str(entry.after.get("by") or "") if is_theirs else ""


def title_of(entry: HistoryEntry, framework: Framework) -> str:
    """Return what a line is about: a question, or a part of the assessment in words."""
    if entry.part == ERASURE:
        return _("what was struck out")
    return _("the assessment") if entry.part == HEADER else part_title(entry.part, framework)


def reason(entry: HistoryEntry) -> str:
    """Return why, as a person reads it; a digest is cut to what tells two records apart."""
    found = _RECORD.fullmatch(entry.reason)
    if found is None:
        return entry.reason
    return _("Brought in from a record, digest {digest}…").format(digest=found[1])


def words_under(entry: HistoryEntry, under: Mapping[int, Under], now: Framework) -> str:
    """Return what a line says, read with what ``under_each`` gives for it."""
    found = under.get(entry.seq, Under(now, now))
    return words(found.after, entry, found.before if found.before is not found.after else None)


def together(framework: Framework, entries: Sequence[HistoryEntry]) -> str:
    """Return what many changes of one moment come to, in one line."""
    whole = next((each for each in entries if each.part == HEADER), None)
    number = counted(len(entries), "{n} change at once", "{n} changes at once")
    return f"{words(framework, whole)}: {number}" if whole else number


def _about_the_whole(entry: HistoryEntry, framework: Framework) -> str:
    before, after = entry.before or {}, entry.after or {}
    if entry.is_redacted:
        return _("{part}: struck out since").format(part=title_of(entry, framework))
    if not before:
        return _("The assessment was made")
    if before == after and entry.reason.startswith(LINKED):
        return _("A link by which the supplier answers")
    if before == after:
        return _("Moved here from another place, with its history")
    if before.get("archived") != after.get("archived"):
        return _("Set aside") if after.get("archived") else _("Brought back")
    if before.get("framework_digest") != after.get("framework_digest"):
        return _("Moved to another version of its questionnaire")
    held = before.get("hold"), after.get("hold")
    return _("Legal hold lifted") if held[1] is None else _("Put under a legal hold")
