"""What of an assessment may be published: markings, the rules where there are none, redaction.

    Assessment, day -> publish -> Published ─┬─ assessment   what is withheld stands as a remark
                                             ├─ withheld     what, on which ground, why, until when
                                             └─ ended        markings that withhold no longer

The record is never touched: what is withheld is left out of what is made from it.
``docs/publishing.md`` states the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, NamedTuple

from procurement_risk.assessment import Answer, Assessment
from procurement_risk.language import N_, _

Kept = Literal["commercial", "personal", "security", "colleagues", "inside"]
"""Why a field is withheld: a marked ground, or one of the rules."""

# Every field that can be marked, by the part it stands in, with its name in a sentence.
FIELDS: Mapping[str, Mapping[str, str]] = {
    "purchase": {
        "title": N_("what is bought"),
        "buyer": N_("who buys it"),
        "description": N_("description of the purchase"),
        "capability": N_("capability"),
        "committed_value": N_("committed value"),
        "value_if_scaled": N_("value if it grows to full use"),
        "route": N_("how it is bought"),
        "notice_id": N_("notice id"),
        "ocid": N_("ocid"),
        "embedded": N_("whether it is a feature of an existing product"),
        "decision_due": N_("when the decision is needed"),
        "contract_start": N_("start of the contract"),
        "contract_end": N_("end of the contract"),
        "break_dates": N_("break dates"),
        "jurisdiction": N_("jurisdiction of the purchase"),
        "chosen_supplier": N_("chosen supplier"),
    },
    "supplier": {
        "name": N_("supplier"),
        "company_number": N_("company number"),
        "group": N_("the supplier's group"),
        "jurisdiction": N_("jurisdiction of the supplier"),
    },
    "upstreams": {
        "name": N_("names of models, hosts and clouds"),
        "maker": N_("makers of models, hosts and clouds"),
        "jurisdiction": N_("jurisdictions of models, hosts and clouds"),
    },
    "answers": {
        "answer": N_("answer"),
        "text": N_("text of the answer"),
        "reason": N_("reason why it does not apply"),
        "note": N_("note on the answer"),
        "link": N_("link to evidence"),
        "by": N_("who answered"),
    },
    "mitigations": {
        "owner": N_("owner of the condition"),
        "clause": N_("clause of the condition"),
        "note": N_("note on the condition"),
    },
    "decision": {"by": N_("who decided"), "reason": N_("reason for the decision")},
    "overrides": {
        "by": N_("who overrode the stop"),
        "reason": N_("reason for overriding the stop"),
    },
    "triggers": {
        "what": N_("reasons to look again"),
        "note": N_("notes on reasons to look again"),
    },
}
BY_QUESTION = frozenset({"answers", "mitigations", "overrides"})

# Fields that no one need mark: notes and links are written for colleagues, and these name people.
FOR_COLLEAGUES = frozenset({"answers.note", "answers.link", "mitigations.note", "triggers.note"})
NAMES_A_PERSON = frozenset({"answers.by", "decision.by", "overrides.by"})
MAY_NAME_A_PERSON = "mitigations.owner"
# Withheld names are left out of other texts as well.
NAMES = NAMES_A_PERSON | {
    MAY_NAME_A_PERSON, "purchase.title", "purchase.buyer", "purchase.chosen_supplier",
    "supplier.name", "supplier.group", "upstreams.name", "upstreams.maker",
}  # fmt: skip
SHORTEST_NAME = 3

GROUND_LABELS: Mapping[str, str] = {
    "public": N_("Public"),
    "commercial": N_("Commercial"),
    "personal": N_("Personal"),
    "security": N_("Security"),
    "colleagues": N_("For colleagues"),
    "inside": N_("Names a withheld field"),
}
RULE_REASONS: Mapping[str, str] = {
    "colleagues": N_("Notes and links are for colleagues, unless they are marked public."),
    "personal": N_("Names of persons are personal, unless they are marked public."),
    "inside": N_("A withheld name stands in this text and is left out of it."),
}

# An owner is a post or a team, and no person, where every word is one of these.
POSTS = frozenset(
    """
    a access accessibility command line named not accountable accounting adviser advisor agency ai an analyst and
    architect architecture assurance authority benefits board body business buyer casework chair
    chief clinical commercial commissioner committee complaints compliance contract contractor
    contracts controller coordinator corporate council counter counsel customer cyber data delivery
    department deputy design development digital directorate director dpo engineer engineering
    enterprise equalities equality estates ethics evaluation executive finance financial fictional
    for fraud governance group head housing human improvement information infrastructure internal
    it joint lawyer lead leader legal management manager managers manager's member of office
    officer officers operating operational operations organisation our owner panel partner people
    performance planning policy principal privacy procurement product professional programme
    project protection provider public quality records research resources responsible risk sales
    security senior service services solicitor specialist sro staff strategy supplier supplier's
    suppliers support team teams technical technology testing the training transformation unit
    user vendor with
    """.split()
)


class Place(NamedTuple):
    """A field's name in its pieces: ``answers.DP-02.note`` is answers, DP-02 and note."""

    part: str
    question: str
    name: str

    @property
    def kind(self) -> str:
        """What sort of field it is, whatever the question: ``answers.note``."""
        return f"{self.part}.{self.name}"


def place_of(path: str) -> Place:
    """Return the pieces of a field's name."""
    part, _dot, rest = path.partition(".")
    question, _dot, name = rest.rpartition(".")
    return Place(part, question, name)


def field_title(path: str) -> str:
    """Return the words for a field, such as ``DP-02: note on the answer``."""
    place = place_of(path)
    words = kind_title(place.kind)
    return f"{place.question}: {words}" if place.question else words


def kind_title(kind: str) -> str:
    """Return the words for a sort of field, such as ``note on the answer``."""
    part, _dot, name = kind.partition(".")
    return _(FIELDS[part][name])


def ground_label(ground: str) -> str:
    """Return the words for a ground."""
    return _(GROUND_LABELS[ground])


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """One field that is left out, or that was.

    Attributes:
        path: The field, such as ``answers.DP-02.note``.
        ground: The marked ground, or the rule.
        reason: Why, in words.
        until: The last day on which it is withheld, for commercial grounds; else empty.
    """

    path: str
    ground: Kept
    reason: str
    until: str = ""

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
            old = Withheld(
                path=path, ground=marking.ground, reason=marking.reason, until=marking.until
            )
            ended.append(old)
            if ground:
                reason = _(RULE_REASONS[ground])
                withheld[path] = Withheld(path=path, ground=ground, reason=reason)
        else:
            withheld[path] = Withheld(
                path=path, ground=marking.ground, reason=marking.reason, until=marking.until
            )
    return _redacted(assessment, values, withheld, ended, day)


def _rule(path: str, texts: tuple[str, ...]) -> Literal["colleagues", "personal", ""]:
    """Return the rule that withholds a field nobody marked, or empty."""
    kind = place_of(path).kind
    if kind in FOR_COLLEAGUES:
        return "colleagues"
    if kind in NAMES_A_PERSON or (kind == MAY_NAME_A_PERSON and not all(map(is_a_post, texts))):
        return "personal"
    return ""


def is_a_post(text: str) -> bool:
    """Whether ``text`` names a post or a team and nobody: every word is one that such names use.

    A word that is not known counts as a person's name.
    """
    words = re.findall(r"[^\W_]+(?:['\u2019]s)?", text.lower())
    return bool(words) and all(word.replace("\u2019", "'") in POSTS for word in words)


# --- The fields ---------------------------------------------------------------------------


def values_of(assessment: Assessment) -> dict[str, tuple[str, ...]]:
    """Return each field that can be marked and is filled, with its texts, in reading order."""
    found: dict[str, list[str]] = {}
    for path, value in _values(assessment):
        if value is not None and value not in ("", ()):
            texts = value if isinstance(value, tuple) else (value,)
            found.setdefault(path, []).extend(map(str, texts))
    return {path: tuple(texts) for path, texts in found.items()}


def _values(assessment: Assessment) -> Iterator[tuple[str, Any]]:
    scored, markings = assessment.answer_set, assessment.markings
    yield from _each("purchase", assessment.purchase)
    yield from _each("supplier", assessment.supplier)
    for upstream in assessment.upstreams:
        yield from _each("upstreams", upstream)
        yield "upstreams.maker", "own" if upstream.own else ""
    for question, answer in scored.answers.items():
        is_open = answer.state == "unanswered" and f"answers.{question}.answer" not in markings
        chosen = answer.options or (answer.text or answer.state,)
        yield f"answers.{question}.answer", () if is_open else chosen
        yield from _each(f"answers.{question}", answer)
    for path in markings:  # that it is not answered is withheld like any answer
        place = place_of(path)
        if place.kind == "answers.answer" and place.question not in scored.answers:
            yield path, "unanswered"
    for mitigation in scored.mitigations:
        yield from _each(f"mitigations.{mitigation.question}", mitigation)
    if assessment.decision is not None:
        yield from _each("decision", assessment.decision)
    for override in assessment.overrides:
        yield from _each(f"overrides.{override.question}", override)
    for trigger in assessment.triggers:
        yield from _each("triggers", trigger)


def _each(where: str, noun: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401  any of the nouns
    part = where.partition(".")[0]
    for name in FIELDS[part]:
        if hasattr(noun, name):
            yield f"{where}.{name}", getattr(noun, name)


# --- Redaction ----------------------------------------------------------------------------


def _redacted(
    assessment: Assessment,
    values: Mapping[str, tuple[str, ...]],
    withheld: dict[str, Withheld],
    ended: list[Withheld],
    day: str,
) -> Published:
    hidden = _names(values, withheld)
    inside: set[str] = set()

    def clean(where: str, noun: Any) -> Any:  # noqa: ANN401  any of the nouns
        """Return the noun without what is withheld, and without withheld names in its texts."""
        part = where.partition(".")[0]
        changes: dict[str, Any] = {}
        for name in FIELDS[part].keys() & {each.name for each in fields(noun)}:
            path, value = f"{where}.{name}", getattr(noun, name)
            if path in withheld:
                changes[name] = _instead(value, withheld[path].ground)
            elif hidden is not None and isinstance(value, str):
                changes[name] = hidden.sub(lambda _match: _("[withheld]"), value)
                if changes[name] != value:
                    inside.add(path)
        if where == "upstreams" and "upstreams.maker" in withheld:
            changes |= {"own": False, "maker": remark(withheld["upstreams.maker"].ground)}
        if f"{where}.answer" in withheld:
            said = remark(withheld[f"{where}.answer"].ground)
            changes |= {"state": "answered", "options": (), "text": said, "reason": ""}
            changes |= {"evidence": "", "valid_until": ""}
        return replace(noun, **changes)

    scored, decision = assessment.answer_set, assessment.decision
    marked = {path_.question for path_ in map(place_of, withheld) if path_.name == "answer"}
    unanswered = {q: Answer(state="unanswered") for q in sorted(marked - scored.answers.keys())}
    answers = {
        q: clean(f"answers.{q}", answer) for q, answer in (dict(scored.answers) | unanswered).items()
    }
    mitigations = tuple(clean(f"mitigations.{m.question}", m) for m in scored.mitigations)
    shown = replace(
        assessment,
        purchase=clean("purchase", assessment.purchase),
        supplier=clean("supplier", assessment.supplier),
        upstreams=tuple(clean("upstreams", each) for each in assessment.upstreams),
        answer_set=replace(scored, answers=answers, mitigations=mitigations),
        decision=clean("decision", decision) if decision else None,
        overrides=tuple(clean(f"overrides.{o.question}", o) for o in assessment.overrides),
        triggers=tuple(clean("triggers", each) for each in assessment.triggers),
        markings={},
        created_by="",
    )
    for path in inside:
        withheld[path] = Withheld(path=path, ground="inside", reason=_(RULE_REASONS["inside"]))

    def spoken(each: Withheld) -> Withheld:
        if hidden is None:
            return each
        return replace(each, reason=hidden.sub(lambda _match: _("[withheld]"), each.reason))

    return Published(
        assessment=shown,
        withheld=tuple(spoken(withheld[path]) for path in values if path in withheld),
        ended=tuple(map(spoken, ended)),
        day=day,
    )


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
    """Return a pattern for every withheld name, however it is spaced and written large or small."""
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
