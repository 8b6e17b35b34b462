"""What of an assessment may be published: markings, the rules where there are none, redaction.

    Assessment, day -> publish -> Published ─┬─ assessment   what is withheld stands as a remark
                                             ├─ withheld     what, on which ground, why, until when
                                             └─ ended        markings that withhold no longer

The record is never touched: what is withheld is left out of what is made from it.
``docs/publishing.md`` states the rules.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, TypeVar

from procurement_risk.assessment import (
    Answer,
    Assessment,
    Marking,
    Mitigation,
    Purchase,
    RecordedDecision,
    StopOverride,
    Supplier,
    Trigger,
    Upstream,
)
from procurement_risk.assessment.publication_fields import (
    FIELDS,
    FOR_COLLEAGUES,
    MAY_NAME_A_PERSON,
    NAMES,
    NAMES_A_PERSON,
    RULE_REASONS,
    SHORTEST_NAME,
    Place,
    ground_label,
    is_a_post,
    place_of,
    values_of,
)
from procurement_risk.assessment.publication_follows import NUMBER, number_goes_with
from procurement_risk.assessment.vocabulary import written_out
from procurement_risk.language import _

Noun = TypeVar(
    "Noun",
    Purchase,
    Supplier,
    Upstream,
    Answer,
    Mitigation,
    RecordedDecision,
    StopOverride,
    Trigger,
)

Kept = Literal["commercial", "personal", "security", "colleagues", "inside"]
"""Why a field is withheld: a marked ground, or one of the rules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """One field that is left out, or that was.

    Attributes:
        path: The field, such as ``answers.DP-02.note``.
        ground: The marked ground, or the rule.
        reason: Why, in words.
        until: The last day on which it is withheld, for commercial grounds; else empty.
        exemption: The id of the section relied on, or empty.
    """

    path: str
    ground: Kept
    reason: str
    until: str = ""
    exemption: str = ""

    @property
    def place(self) -> Place:
        """The field's name in its pieces."""
        return place_of(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What may be published of an assessment on one day.

    Attributes:
        assessment: The assessment, in which a remark stands for whatever is withheld.
        withheld: What is withheld, in the order of the fields.
        ended: Commercial markings whose end date has passed.
        day: The ISO day it was made for.
    """

    assessment: Assessment
    withheld: tuple[Withheld, ...]
    ended: tuple[Withheld, ...]
    day: str

    def shown(self, path: str, words: str) -> str:
        """Return ``words`` for a field, or the remark that it is withheld."""
        for each in self.withheld:
            if each.path == path and each.ground != "inside":
                return remark(each.ground)
        return words

    @property
    def answers(self) -> frozenset[str]:
        """Ids of the questions whose answer is withheld."""
        return frozenset(
            each.place.question
            for each in self.withheld
            if each.place.kind == "answers.answer" and each.ground != "inside"
        )


def remark(ground: str) -> str:
    """Return what stands in place of a withheld field: ``[withheld: commercial]``."""
    return _("[withheld: {ground}]").format(ground=ground_label(ground).lower())


def publish(assessment: Assessment, day: str) -> Published:
    """Return what may be published of ``assessment`` on the ISO day ``day``."""
    assessment = written_out(assessment)
    values = values_of(assessment)
    withheld, ended = {}, []
    for path, texts in values.items():
        marking = assessment.markings.get(path)
        ground = _rule(path, texts)
        if marking is None:
            if ground:
                reason = _(RULE_REASONS[ground])
                withheld[path] = Withheld(path=path, ground=ground, reason=reason)
        elif marking.ground == "public":
            continue
        elif marking.until and marking.until < day:
            ended.append(_marked(path, marking))
            if ground:
                reason = _(RULE_REASONS[ground])
                withheld[path] = Withheld(path=path, ground=ground, reason=reason)
        else:
            withheld[path] = _marked(path, marking)
    leading = number_goes_with(assessment, withheld)
    if leading:
        withheld[NUMBER] = replace(withheld[leading], path=NUMBER)
    return _redacted(assessment, values, withheld, ended, day)


def _marked(path: str, marking: Marking) -> Withheld:
    assert marking.ground != "public"
    return Withheld(
        path=path,
        ground=marking.ground,
        reason=marking.reason,
        until=marking.until,
        exemption=marking.exemption,
    )


def _rule(path: str, texts: tuple[str, ...]) -> Literal["colleagues", "personal", ""]:
    """Return the rule that withholds a field nobody marked, or empty."""
    kind = place_of(path).kind
    if kind in FOR_COLLEAGUES:
        return "colleagues"
    if kind in NAMES_A_PERSON or (kind == MAY_NAME_A_PERSON and not all(map(is_a_post, texts))):
        return "personal"
    return ""


# --- Redaction ----------------------------------------------------------------------------


def _redacted(
    assessment: Assessment,
    values: Mapping[str, tuple[str, ...]],
    withheld: dict[str, Withheld],
    ended: list[Withheld],
    day: str,
) -> Published:
    pen = _Pen(withheld, _names(values, withheld))
    scored, decision = assessment.answer_set, assessment.decision
    marked = {place.question for place in map(place_of, withheld) if place.name == "answer"}
    answers = {name: Answer(state="unanswered") for name in sorted(marked)} | dict(scored.answers)
    mitigations = tuple(pen.over(f"mitigations.{m.question}", m) for m in scored.mitigations)
    shown = replace(
        assessment,
        purchase=pen.over("purchase", assessment.purchase),
        supplier=pen.over("supplier", assessment.supplier),
        upstreams=tuple(pen.over("upstreams", each) for each in assessment.upstreams),
        answer_set=replace(
            scored,
            answers={name: pen.over(f"answers.{name}", each) for name, each in answers.items()},
            mitigations=mitigations,
        ),
        decision=pen.over("decision", decision) if decision else None,
        overrides=tuple(pen.over(f"overrides.{o.question}", o) for o in assessment.overrides),
        triggers=tuple(pen.over("triggers", each) for each in assessment.triggers),
        markings={},
        known_risks={
            topic: replace(
                risk, why=pen.without_names(risk.why), risk=pen.without_names(risk.risk)
            )
            for topic, risk in assessment.known_risks.items()
        },
        benefits=(),
        sign_offs=(),
        carried={},
        handovers={},
        reviews={},
        comments={},
        owner="",
        created_by="",
    )
    reason = _(RULE_REASONS["inside"])
    every = withheld | {p: Withheld(path=p, ground="inside", reason=reason) for p in pen.inside}
    return Published(
        assessment=shown,
        withheld=tuple(pen.spoken(every[path]) for path in values if path in every),
        ended=tuple(map(pen.spoken, ended)),
        day=day,
    )


class _Pen:
    """Strikes out withheld fields, and withheld names in the texts of others.

    Args:
        withheld: What is withheld, by field.
        names: Finds each withheld name; None where there is none.
    """

    def __init__(self, withheld: Mapping[str, Withheld], names: re.Pattern[str] | None) -> None:
        self._withheld, self._names = withheld, names
        self.inside: set[str] = set()
        """Fields that are shown, but for a name in them."""

    def over(self, where: str, noun: Noun) -> Noun:
        """Return ``noun``, which stands at ``where``, without what is withheld of it."""
        changes: dict[str, Any] = {}
        known = {each.name for each in fields(noun)}
        for name in FIELDS[where.partition(".")[0]]:
            path = f"{where}.{name}"
            if name in known:
                changes[name] = self._changed(path, getattr(noun, name))
        if where == "upstreams" and "upstreams.maker" in self._withheld:
            changes |= {"own": False, "maker": remark(self._withheld["upstreams.maker"].ground)}
        if f"{where}.answer" in self._withheld:
            said = remark(self._withheld[f"{where}.answer"].ground)
            changes |= {"state": "answered", "options": (), "text": said, "reason": ""}
            changes |= {"evidence": "", "valid_until": ""}
        return replace(noun, **changes)

    def _changed(self, path: str, value: object) -> object:
        if path in self._withheld:
            return _instead(value, self._withheld[path].ground)
        if not isinstance(value, str):
            return value
        struck = self.without_names(value)
        if struck != value:
            self.inside.add(path)
        return struck

    def spoken(self, each: Withheld) -> Withheld:
        """Return the entry for the list of what is withheld: reasons are published too."""
        return replace(each, reason=self.without_names(each.reason))

    def without_names(self, text: str) -> str:
        """Return ``text`` without the withheld names in it."""
        return self._names.sub(lambda _match: _("[withheld]"), text) if self._names else text


def _instead(value: object, ground: str) -> object:
    """Return what stands for a withheld value: a remark where it is text, else nothing."""
    if isinstance(value, bool):
        return False
    if isinstance(value, tuple):
        return (remark(ground),)
    if ground == "colleagues" or not value:
        return type(value)() if isinstance(value, str) else None
    return remark(ground) if isinstance(value, str) else None


def _names(
    values: Mapping[str, tuple[str, ...]], withheld: Mapping[str, Withheld]
) -> re.Pattern[str] | None:
    """Return a pattern for each withheld name, in capitals or not, however it is spaced."""
    names = {
        r"\s+".join(map(re.escape, text.split()))
        for path in withheld
        if place_of(path).kind in NAMES
        for text in values[path]
        if len(text.strip()) >= SHORTEST_NAME
        # Else "Procurement" as who answered would empty half the texts.
        and (not is_a_post(text) or withheld[path].reason != _(RULE_REASONS["personal"]))
    }
    if not names:
        return None
    longest_first = "|".join(sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{longest_first})(?!\w)", re.IGNORECASE)
