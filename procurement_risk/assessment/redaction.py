"""What is struck out of a published assessment, and what stands there instead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from procurement_risk.assessment import (
    Answer,
    Assessment,
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
    NAMES,
    RULE_REASONS,
    SHORTEST_NAME,
    is_a_post,
    place_of,
)
from procurement_risk.assessment.published import Published, Withheld, remark
from procurement_risk.assessment.two_answers import unsettled
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


def redacted(
    assessment: Assessment,
    values: Mapping[str, tuple[str, ...]],
    withheld: dict[str, Withheld],
    ended: list[Withheld],
    day: str,
) -> Published:
    """Return the assessment with a remark in place of whatever is withheld, and no one's name."""
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
            answers={name: pen.over_answer(name, each) for name, each in answers.items()},
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

    def over_answer(self, question: str, answer: Answer) -> Answer:
        """Return an answer without what is withheld of it.

        Where two people differ, the result rests on both choices, which stay; not who made them.
        """
        shown = self.over(f"answers.{question}", answer)
        both = () if f"answers.{question}.answer" in self._withheld else unsettled(answer)
        chosen = tuple(
            replace(each, text="", reason="", note="", link="", files=(), by="", at="")
            for each in both
        )
        return replace(shown, alone=chosen, agreed="")

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
