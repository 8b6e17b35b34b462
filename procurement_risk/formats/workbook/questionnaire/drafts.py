"""The questions of a sheet on their way into a framework: ids, answers, what is to be settled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from procurement_risk.formats.workbook.questionnaire.choices import (
    Choice,
    asked_in,
    asks_for_text,
    choice,
    is_no_answer,
    is_yes_or_no,
    kind_of,
    looks_like_choices,
    part,
    rank,
)
from procurement_risk.formats.workbook.questionnaire.counts import Scale, scale_of
from procurement_risk.formats.workbook.questionnaire.items import Item
from procurement_risk.formats.workbook.questionnaire.mapping import Mapped
from procurement_risk.formats.workbook.questionnaire.notes import Notes
from procurement_risk.framework.naming import Ids, id_from
from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.text import shorten

MOST_ANSWERS = 11
"""Each answer is worse than the one before it, on a scale that ends at 10."""


@dataclass(slots=True)
class Draft:
    """A question on its way.

    Attributes:
        id: Its id in the framework.
        called: What the sheet calls it, or empty.
        kind: Its type.
        scale: Its answers, where it has any.
        to_set: What its owner has to settle, in words.
    """

    item: Item
    id: str
    called: str
    kind: str = "single"
    scale: Scale = field(default_factory=lambda: Scale(()))
    to_set: list[str] = field(default_factory=list)


def drafts_of(items: list[Item], mapped: Mapped, notes: Notes) -> list[Draft]:
    """Return a draft of each question: its id, its answers and what they count for."""
    ids = Ids()
    drafts: list[Draft] = []
    for number, item in enumerate(items, start=1):
        before = drafts[-1].called if drafts else ""
        called = _called(item, before, {each.called for each in drafts}, notes)
        wanted = id_from(called.strip().rstrip(".)"), "") or f"Q{number}"
        draft = Draft(item, ids.give(wanted), called)
        if called and draft.id.lower() != wanted.lower():
            message = _("{id} stands twice: this one is called {new}.")
            notes.add(item.place("id"), message.format(id=shorten(called), new=draft.id))
        _answers(draft, mapped, notes)
        drafts.append(draft)
    return drafts


def _called(item: Item, before: str, taken: set[str], notes: Notes) -> str:
    """Return what the sheet calls a question; 1.1 behind 1.9 is a number that lost its zero."""
    cell = item.cell("id")
    called = " ".join(item.text("id").split("\n")[0].split())
    if cell is None or cell.kind != "number" or called not in taken:
        return called
    whole, _point, rest = called.partition(".")
    if before == f"{whole}.{int(rest or 0) * 10 - 1}":
        meant = f"{whole}.{int(rest) * 10}"
        message = _("{n} behind {before} was taken for {meant}: as a number it loses its zero.")
        notes.add(item.place("id"), message.format(n=called, before=before, meant=meant))
        return meant
    return called


def _answers(draft: Draft, mapped: Mapped, notes: Notes) -> None:
    item = draft.item
    kind = kind_of(item.text("type")) or kind_of(item.text("options")) or _kind_of_answer(item)
    found, is_proposed = _offered(item, mapped, notes)
    choices = _kept(item, found, notes)
    if kind in ("date", "number", "text") and (is_proposed or len(choices) < 2):
        draft.kind = kind
        return
    if not choices:
        draft.kind = "text"
        message = _("Nothing to choose from stands here: it asks for a text and is not scored.")
        notes.add(item.place("question"), message)
        return
    if len(choices) == 1 or len(choices) > MOST_ANSWERS:
        draft.kind = "text"
        message = _(
            "{n} answers were left out, so it asks for a text: a question has 2 to {most}."
        )
        words = message.format(n=len(choices), most=MOST_ANSWERS)
        notes.add(
            item.place("options"), f"{words} ({shorten('; '.join(c.label for c in choices))})"
        )
        return
    if kind == "multiple":
        draft.kind = kind
        message = _("Several answers may be chosen here, so it is not scored.")
        notes.add(item.place("type"), message)
    draft.scale = scale_of(item, choices, mapped, notes)
    if is_proposed:
        draft.to_set.append(_("its answers"))
    is_turned = draft.scale.is_usual and choices[0].label == draft.scale.labels[-1]
    if is_turned and len(choices) > 2:
        message = _("The sheet has {first} first, and {best} was taken for the good answer.")
        places = {"first": shorten(choices[0].label), "best": shorten(draft.scale.labels[0])}
        notes.add(item.place("question"), message.format_map(places))
        draft.to_set.append(_("which answer is the good one"))
    elif draft.scale.is_usual and _looks_reversed(item.text("question"), draft.scale.labels):
        message = _("{best} may be the bad answer to this question: look which one is.")
        words = message.format(best=shorten(draft.scale.labels[0]))
        notes.add(item.place("question"), words)
        draft.to_set.append(_("which answer is the good one"))
    if draft.scale.risks is None and not draft.scale.is_ends and draft.kind == "single":
        draft.to_set.append(_("the risk of each answer"))


def _kind_of_answer(item: Item) -> str:
    said = f"{item.text('question')}\n{item.text('help')}"
    return "multiple" if re.search(r"\b(?:select|tick|check|choose) all\b", said, re.I) else ""


def _offered(item: Item, mapped: Mapped, notes: Notes) -> tuple[list[str], bool]:
    """Return the answers that a question offers, and whether they are only proposed."""
    for role in ("options", "option"):
        texts = [text for _row, _number, text in item.cells(role)]
        if kind_of("\n".join(texts)):
            continue
        parts = part(texts[0]) if len(texts) == 1 and role == "options" else texts
        if len(parts) > 1:
            return parts, False
        if parts:
            message = _("{text}: left out, since one answer is nothing to choose from.")
            notes.add(item.place(role), message.format(text=shorten(parts[0])))
    return _offered_beside(item, mapped, notes)


def _offered_beside(item: Item, mapped: Mapped, notes: Notes) -> tuple[list[str], bool]:
    """Return the same where no column of answers says it."""
    listed = item.offered()
    if listed:
        return list(listed), False
    if listed is not None:
        message = _("The drop-down list here cannot be read: a formula or another file makes it.")
        notes.add(item.place("answer"), message)
    answer = item.text("answer")
    if looks_like_choices(answer):
        return part(answer), False
    if answer:
        message = _("{text}: an answer stands here. A questionnaire holds none: left out.")
        notes.add(item.place("answer"), message.format(text=shorten(answer)))
    if len(item.mapping.ticks) > 1 and not asks_for_text(item.text("question")):
        return list(item.mapping.ticks.values()), False
    if asked := asked_in(item.text("question")):
        return asked, False
    return (list(mapped.answers), True) if is_yes_or_no(item.text("question")) else ([], True)


def _kept(item: Item, texts: list[str], notes: Notes) -> list[Choice]:
    """Return the answers without those that every question knows, and without any twice."""
    found: dict[str, Choice] = {}
    for text in texts:
        each = choice(" ".join(text.split()))
        if is_no_answer(each.label):
            message = _(
                "{text} was left out as an answer: every question can be marked as not known, or "
                "with a reason as not applicable."
            )
            notes.add("", message.format(text=shorten(each.label)))
        elif len(each.label) > 1_000:
            message = _("An answer of {n} characters was left out: shorten it to 1,000.")
            notes.add(item.place("options"), message.format(n=grouped(len(each.label))))
        elif each.label:
            found.setdefault(each.label.casefold(), each)
    return list(found.values())


# Questions where Yes may be the bad answer: named for their owner to look at, never turned round.
# Do you share …, Has there been a breach …, Is it not …: the words say so often enough to look,
# and not surely enough to decide.

_NEGATED = re.compile(
    r"\b(?:not|never|without|unable|cannot|fail(?:s|ed|ing|ures?)?|refused?|lack(?:s|ing)?|"
    r"(?:is|are|has|have|do|does|did|was|were|ca|could|wo|would)n['’]t)\b",
    re.IGNORECASE,
)
_HANDED_ON = re.compile(
    r"\b(?:you|supplier|it|system|service|product|tool|model|data|they|we)"
    r"(?: \w+){0,4}? (?:share[ds]?|sells?|sold|disclose[ds]?|transfer(?:red|s)?|passed on|"
    r"retain(?:ed|s)?|monetised?|profil(?:e[ds]?|ing)|sub-?contract(?:ed|s)?|outsourced?)\b"
    r"|\b(?:used?|uses|using) (?:\w+ ){0,5}?(?:to|for)(?: \w+){0,3}? "
    r"(?:re)?(?:train|advertis|market)\w*",
    re.IGNORECASE,
)
_BAD_NEWS = re.compile(
    r"\b(?:breach(?:es|ed)?|incidents?|complaints?|fine[ds]?|penalt(?:y|ies)|sanction(?:s|ed)?|"
    r"convict(?:ed|ions?)|offences?|litigation|lawsuits?|disputes?|insolven(?:t|cy)|"
    r"bankrupt(?:cy)?|enforcement|outages?|vulnerabilit(?:y|ies)|conflicts? of interest|lock-?in|"
    r"exclusions?|weakness(?:es)?|adverse|harmed|overdue|outstanding)\b",
    re.IGNORECASE,
)
_ABOUT_CARE = re.compile(
    r"\b(?:policy|policies|process(?:es)?|procedures?|plans?|insurance|register|log(?:ged|s)?|"
    r"report(?:ed|ing|s)?|notif(?:y|ied|ication)|manage[ds]?|management|respon[ds]\w*|test(?:ed|ing|s)?|"
    r"scan\w*|monitor\w*|prevent\w*|protect\w*|detect\w*|handle[ds]?|handling|remed\w*|mitigat\w*|"
    r"declare[ds]?|explain\w*|ensure[ds]?|only|encrypt\w*|deleted?)\b",
    re.IGNORECASE,
)
"""Words of somebody who takes care of what is bad: Is there a procedure for breaches?"""


def _looks_reversed(question: str, labels: Sequence[str]) -> bool:
    """Return whether the first of ``labels``, which sounds good, may be the bad answer here."""
    ranks = [rank(label) for label in labels]
    if 0 not in ranks or 2 not in ranks:
        return False
    if _NEGATED.search(question):
        return True
    found = _HANDED_ON.search(question) or _BAD_NEWS.search(question)
    return found is not None and not _ABOUT_CARE.search(question)
