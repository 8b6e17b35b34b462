"""Somebody's list of questions as the document of a framework.

    Book, Mapped ── items ── drafts ── conditions ── document and notes

The policy, the tiers and the one context question are those of a new framework: a list says
nothing of them. What is only proposed is said to be to be set, in the sources of its question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from procurement_risk.canonical import refuse
from procurement_risk.errors import InvalidDocument, Problem
from procurement_risk.formats.workbook.plain import Book
from procurement_risk.formats.workbook.questionnaire import as_written
from procurement_risk.formats.workbook.questionnaire.above import title_above, unread_above
from procurement_risk.formats.workbook.questionnaire.back import is_own, read_own
from procurement_risk.formats.workbook.questionnaire.choices import spread
from procurement_risk.formats.workbook.questionnaire.conditions import (
    Options,
    Unread,
    leading_condition,
    read_condition,
)
from procurement_risk.formats.workbook.questionnaire.counts import HIGHEST, weights_of
from procurement_risk.formats.workbook.questionnaire.drafts import Draft, drafts_of
from procurement_risk.formats.workbook.questionnaire.items import Item, items_in
from procurement_risk.formats.workbook.questionnaire.mapping import Mapped
from procurement_risk.formats.workbook.questionnaire.notes import Note, Notes
from procurement_risk.formats.workbook.questionnaire.proposal import propose
from procurement_risk.formats.workbook.questionnaire.texts import place
from procurement_risk.framework.document import check_framework, framework_from_document
from procurement_risk.framework.naming import Ids, slug_from
from procurement_risk.framework.proposals import TO_BE_SET, to_be_set
from procurement_risk.framework.starter import starter
from procurement_risk.framework.strict_yaml import read_yaml
from procurement_risk.framework.yaml_source import MAX_BYTES
from procurement_risk.framework.yaml_writing import write_yaml
from procurement_risk.language import _, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.language.text import one_line, shorten

USUAL_TOP = 4
LONGEST_TEXT, LONGEST_LINE = 5_000, 1_000


@dataclass(frozen=True, slots=True)
class Converted:
    """What became of a list of questions.

    Attributes:
        document: The framework's document.
        mapped: How the columns were read.
        notes: What was changed or left out.
        to_set: How many questions have something to be set.
    """

    document: dict[str, Any]
    mapped: Mapped
    notes: tuple[Note, ...]
    to_set: int

    def yaml(self, name: str) -> str:
        """Return the framework file, which says how ``name`` became it and what was noted."""
        called = one_line(name)
        if not self.mapped.sheets:
            return write_yaml(self.document, as_written.comment_on_own(called, self.notes))
        mapping = self.mapped.yaml()
        lines = as_written.comment(called, self.to_set, TO_BE_SET, mapping, self.notes)
        return write_yaml(self.document, lines)


def from_spreadsheet(
    book: Book,
    name: str,
    mapped: Mapped | None = None,
    title: str = "",
    version: str = "",
    id_: str = "",
) -> Converted:
    """Return the list of questions in ``book`` as a framework of the method weakest-section.

    Args:
        book: What stands in the file.
        name: What the file is called.
        mapped: How the columns are read; None: as they seem to be meant.
        title: The framework's title; left out: what stands above the headings, or the name.
        version: Its version; left out: 1.
        id_: What its id is made from; left out: the name.

    Raises:
        InvalidDocument: If nothing in it looks like questions, or it is too large.
    """
    notes = Notes()
    for problem in book.problems:
        notes.add("", problem.message)
    if is_own(book):
        own = read_own(book, name)
        own |= {"title": title} if title else {}
        own |= {"version": version} if version else {}
        return Converted(own, Mapped(()), notes.all(), 0)
    mapped = mapped or propose(book)
    above = title_above(book, mapped)
    items = _items(book, mapped, name, notes)
    _note_above(book, mapped, above, notes)
    drafts = drafts_of(items, mapped, notes)
    stem = PurePath(name).stem
    title = title or above
    document = _head(id_ or stem, title or stem, version)
    _add(document, drafts, notes, one_line(name))
    faults = check_framework(document)
    if faults:
        raise InvalidDocument(name, [Problem(fault.where, fault.message) for fault in faults])
    to_set = len(to_be_set(framework_from_document(document)))
    converted = Converted(document, mapped, notes.all(), to_set)
    if len(converted.yaml(name).encode()) > MAX_BYTES:
        message = _("{n} questions are too many for one questionnaire: choose fewer sheets.")
        refuse(name, message.format(n=grouped(len(items))))
    return converted


def _items(book: Book, mapped: Mapped, name: str, notes: Notes) -> list[Item]:
    sheets = {sheet.name: sheet for sheet in book.sheets}
    read = {each.sheet for each in mapped.sheets}
    for sheet in book.sheets:
        if sheet.name not in read and sheet.rows:
            why = (
                _("The sheet is hidden") if sheet.form.hidden else _("No questions are read here")
            )
            notes.add(one_line(sheet.name), f"{why}.")
    items: list[Item] = []
    for each in mapped.sheets:
        if each.sheet not in sheets:
            refuse(name, _("There is no sheet {name}.").format(name=shorten(each.sheet)))
        sheet = sheets[each.sheet]
        found = items_in(sheet, each, notes)
        for item in found:
            item.section = item.section or one_line(sheet.name)
        items += found
    if not items:
        message = _(
            "Nothing in the file looks like questions. Put a heading such as Question over the "
            "column that holds them, or say in a mapping which column that is."
        )
        refuse(name, message)
    return items


def _note_above(book: Book, mapped: Mapped, title: str, notes: Notes) -> None:
    """Say what stands above the questions of a sheet and is carried nowhere."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    for each in mapped.sheets:
        for row, column, text in unread_above(sheets[each.sheet], each.first_row, title):
            message = _("{text}: stands above the questions, and was not read.")
            notes.add(place(each.sheet, row, column), message.format(text=shorten(text)))


def _head(id_: str, title: str, version: str) -> dict[str, Any]:
    shown = one_line(title.replace("_", " "))[:LONGEST_LINE]
    made = starter(slug_from(id_, "questionnaire"), shown or _("Questionnaire"))
    document: dict[str, Any] = dict(read_yaml(made).data)
    document["version"] = " ".join(version.split())[:40] or "1"
    document["description"] = as_written.DESCRIPTION
    for key in ("facts", "clauses", "sources"):
        del document[key]
    document["packs"] = [pack for pack in document["packs"] if pack["id"] == "full"]
    for tier in document["policy"]["tiers"]:
        tier["packs"] = ["full"]
    document["sections"] = document["sections"][:1]
    return document


def _add(document: dict[str, Any], drafts: list[Draft], notes: Notes, name: str) -> None:
    """Put the questions into the document, in their sections, on one scale."""
    times, top = _scale(drafts, notes)
    document["scale_max"] = top
    if top != USUAL_TOP:
        for tier in document["policy"]["tiers"]:
            floors = tier["evidence_floor"]
            tier["evidence_floor"] = {g: floor * top // USUAL_TOP for g, floor in floors.items()}
    weights = weights_of([draft.item for draft in drafts], notes)
    if not weights:
        notes.add("", _("The sheet gives no weights: every question weighs the same."))
    ids = Ids()
    for draft in drafts:
        ids.give(draft.id)
    context = document["sections"][0]
    context["id"] = ids.give("CX")
    context["questions"][0]["id"] = ids.give("CX-1")
    context["questions"][0]["sources"] = [f"{TO_BE_SET} {as_written.OWN_CONTEXT}"]
    document["policy"]["tier_rule"]["base"] = [{"question": context["questions"][0]["id"]}]
    sections: dict[str, dict[str, Any]] = {}
    known: dict[str, tuple[str, Options]] = {}
    for index, draft in enumerate(drafts):
        title = one_line(draft.item.section)[:LONGEST_LINE]
        if title not in sections:
            section_id = ids.give(slug_from(title, "section")[:40])
            sections[title] = {
                "id": section_id,
                "title": title,
                "role": "decisive",
                "questions": [],
            }
        weight = weights.get(index)
        if weights and weight is None:
            draft.to_set.append(_("its weight"))
        made = _question(draft, weight or 1, times, top, known, notes, name)
        sections[title]["questions"].append(made)
        if draft.kind in ("single", "multiple"):
            offers = {option["label"].casefold(): option["id"] for option in made["options"]}
            known.setdefault(_folded(draft.called or draft.id), (draft.id, offers))
    document["sections"] += sections.values()


def _scale(drafts: list[Draft], notes: Notes) -> tuple[int, int]:
    """Return what risk values are taken times, and where the scale ends."""
    read = [max(draft.scale.risks) for draft in drafts if draft.scale.risks]
    most = max((len(each.scale.labels) - 1 for each in drafts if not each.scale.risks), default=1)
    if not read:
        return 1, max(USUAL_TOP, most)
    times = {1: 4, 2: 2, 3: 2}.get(max(read), 1)
    if times > 1:
        message = _("Every risk value was taken {n} times, so that the scale ends at {top}.")
        notes.add("", message.format(n=times, top=max(read) * times))
    return times, max(USUAL_TOP, max(read) * times, min(most, HIGHEST))


def _question(
    draft: Draft,
    weight: int,
    times: int,
    top: int,
    known: Mapping[str, tuple[str, Options]],
    notes: Notes,
    name: str,
) -> dict[str, Any]:
    item = draft.item
    found: dict[str, Any] = {"id": draft.id, "ask": _long(item, "question", notes)}
    if text := _long(item, "help", notes):
        found["help"] = text
    if draft.kind != "single":
        found["type"] = draft.kind
    when = _when(draft, known, notes)
    if when:
        found["when"] = when
    found["why"] = _long(item, "why", notes) or as_written.NO_WHY
    found["good"] = _long(item, "good", notes) or as_written.NO_GOOD
    found["evidence"] = _long(item, "evidence", notes) or as_written.NO_EVIDENCE
    found["sources"] = _sources(draft, name)
    found |= {"answered_by": "supplier", "first_gate": "G2", "procurement_use": "information"}
    found["weight"] = weight
    if draft.scale.labels:
        labels, risks = draft.scale.labels, draft.scale.risks
        values = [times * risk for risk in risks] if risks else spread(len(labels), top)
        found["options"] = [
            {"id": chr(97 + place), "risk": risk, "label": label}
            for place, (risk, label) in enumerate(zip(values, labels, strict=True))
        ]
    return found


def _sources(draft: Draft, name: str) -> list[str]:
    item = draft.item
    cell = item.place("question")
    lines = [f"{name[:200]}, {cell}"]
    lines += [line[:LONGEST_LINE] for line in item.text("sources").splitlines() if line.strip()]
    if draft.to_set:
        lines.append(f"{TO_BE_SET} {', '.join(draft.to_set)}")
    return list(dict.fromkeys(lines))[-50:]


def _when(
    draft: Draft, known: Mapping[str, tuple[str, Options]], notes: Notes
) -> dict[str, Any] | None:
    """Return the condition that the sheet states, of a question above; note one that cannot be."""
    role = "when" if draft.item.text("when") else "question"
    text = draft.item.text(role)
    if text.strip().casefold() in as_written.ALWAYS:
        return None
    read = read_condition if role == "when" else leading_condition
    try:
        return read(text, lambda called: known.get(_folded(called)))
    except Unread as error:
        message = _("{text}: left out, so the question is always asked: {why}.")
        words = message.format(text=shorten(text), why=error)
        notes.add(draft.item.place(role), words)
        return None


def _folded(called: str) -> str:
    return called.strip().rstrip(".):").casefold().removeprefix("q").strip(" .")


def _long(item: Item, role: str, notes: Notes) -> str:
    text = item.text(role)
    if len(text) > LONGEST_TEXT:
        message = ngettext(
            "The text has {n} character: what stands behind {most} was left out.",
            "The text has {n} characters: what stands behind {most} was left out.",
            len(text),
        )
        words = message.format(n=grouped(len(text)), most=grouped(LONGEST_TEXT))
        notes.add(item.place(role), words)
    return text[:LONGEST_TEXT].rstrip()
