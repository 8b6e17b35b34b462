"""The values in a line of history as people read them: ``Agreed, owner Ana, due 3 March 2027``.

A line of another store, or of an older version, may hold a value of another shape: that is not
read, and the line says only that something was written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from procurement_risk.assessment.document import answer_from_document
from procurement_risk.assessment.parts import (
    ANSWER,
    CARRIED,
    COMMENTS,
    FILE,
    HANDOVER,
    MITIGATION,
    REVIEW,
)
from procurement_risk.assessment.two_answers import unsettled
from procurement_risk.assessment.vocabulary import UPSTREAM_KINDS, in_words
from procurement_risk.assessment.words import answer_text, mitigation_status, workflow_state
from procurement_risk.canonical import JSON
from procurement_risk.framework import Framework
from procurement_risk.framework.words import decision
from procurement_risk.language import N_, _
from procurement_risk.language.phrases import counted, day, label, listed, pounds
from procurement_risk.language.text import shorten

LONGEST = 160
Said = Callable[[Framework, Any], str]

FIELDS: Mapping[str, str] = {
    "title": N_("what is bought"),
    "name": N_("name"),
    "buyer": N_("buyer"),
    "description": N_("description"),
    "capability": N_("capability"),
    "committed_value": N_("committed value"),
    "value_if_scaled": N_("value if scaled"),
    "route": N_("route"),
    "notice_id": N_("notice"),
    "embedded": N_("feature of an existing product"),
    "decision_due": N_("decision due"),
    "contract_start": N_("contract start"),
    "contract_end": N_("contract end"),
    "break_dates": N_("break dates"),
    "jurisdiction": N_("jurisdiction"),
    "chosen_supplier": N_("chosen supplier"),
    "company_number": N_("company number"),
    "group": N_("group"),
    "evidence": N_("evidence"),
    "valid_until": N_("evidence good until"),
    "link": N_("link"),
    "note": N_("note"),
    "reason": N_("reason"),
    "date": N_("date"),
    "grade": N_("grade"),
    "source": N_("source"),
    "files": N_("files"),
}
"""What a field is called where only it changed; ids, and who and when, are left out."""


def in_words_of(framework: Framework, part: str, value: JSON) -> str:
    """Return what a part held; ``written`` where it has no form that is known here."""
    if value is None:
        return _("nothing")
    try:
        return shorten(_said(part)(framework, value), LONGEST)
    except (AttributeError, KeyError, TypeError, ValueError):
        return _("written")


def fields_changed(before: JSON, after: JSON) -> str:
    """Return each field that differs, as ``note: A → B``; empty where no named one does."""
    if not (isinstance(before, dict) and isinstance(after, dict)):
        return ""
    words = _("{field}: {before} → {after}")
    return "; ".join(
        words.format(
            field=_(title),
            before=_field(name, before.get(name)),
            after=_field(name, after.get(name)),
        )
        for name, title in FIELDS.items()
        if before.get(name) != after.get(name)
    )


def _field(name: str, value: JSON) -> str:
    if value in (None, "", []):
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int):
        return pounds(value)
    if isinstance(value, list) and name == "files":
        return counted(len(value), "{n} file", "{n} files")
    if isinstance(value, list):
        return listed([day(str(each)) for each in value])
    return shorten(in_words(str(value)) if name == "route" else day(str(value)), LONGEST)


def _said(part: str) -> Said:
    """Return what words the values of ``part``."""
    if part.startswith(ANSWER):
        return lambda framework, value: _answer(framework, part.removeprefix(ANSWER), value)
    if part.startswith(CARRIED):
        return lambda framework, value: _carried(framework, part.removeprefix(CARRIED), value)
    begins = next((each for each in BY_PREFIX if part.startswith(each)), "")
    return BY_PREFIX[begins] if begins else BY_PART.get(part, _plain)


def _plain(_framework: Framework, value: Any) -> str:  # noqa: ANN401  JSON
    return value if isinstance(value, str) else _("written")


def _answer(framework: Framework, name: str, value: Any) -> str:  # noqa: ANN401  JSON
    question, answer = framework.by_id[name], answer_from_document(value)
    if both := unsettled(answer):
        said = [f"{answer_text(question, each)} ({each.by})" for each in both]
        return _("two answers: {answers}").format(answers=listed(said))
    words = answer_text(question, answer)
    if answer.agreed:
        words = _("{answer}; agreed: {reason}").format(answer=words, reason=answer.agreed)
    return words


def _carried(framework: Framework, name: str, value: Any) -> str:  # noqa: ANN401  JSON
    answer = value.get("answer")
    said = _answer(framework, name, answer) if answer else _("its mitigation")
    words = _("{answer}, from {date}, not confirmed")
    return words.format(answer=said, date=day((answer or {}).get("at") or value["as_of"]))


def _mitigation(_framework: Framework, value: Any) -> str:  # noqa: ANN401  JSON
    said = [mitigation_status(value["status"])]
    said += _with(value, owner=_("owner {value}"), clause=_("clause {value}"))
    return ", ".join([*said, *_with(value, due=_("due {value}"))])


def _decision(_framework: Framework, value: Any) -> str:  # noqa: ANN401  JSON
    said = _("{decision}, by {name}, {date}").format(
        decision=decision(value["decision"]), name=value["by"], date=day(value["at"])
    )
    more = _with(value, review_by=_("to be looked at by {value}"), reason=_("reason: {value}"))
    return "; ".join([said, *more])


def _with(value: Mapping[str, Any], **words: str) -> list[str]:
    """Return the words for each field that holds something."""
    return [each.format(value=day(value[name])) for name, each in words.items() if value.get(name)]


def _overrides(_framework: Framework, value: Sequence[Any]) -> str:
    words = _("{question} until {date}, by {name}: {reason}")
    return listed(
        [
            words.format(
                question=each["question"],
                date=day(each["until"]),
                name=each["by"],
                reason=each["reason"],
            )
            for each in value
        ]
    )


def _sign_offs(_framework: Framework, value: Sequence[Any]) -> str:
    words = _("signed off by {name}, {post}, {date}")
    last = value[-1]
    return words.format(name=last["by"], post=last["post"], date=day(last["at"]))


def _benefits(_framework: Framework, value: Sequence[Any]) -> str:
    only_promised, measured = _("{measure}: promised {said}"), _("{measure}: found {said}")
    return "; ".join(
        (measured if each.get("found") else only_promised).format(
            measure=each["measure"], said=each.get("found") or each.get("promised", "")
        )
        for each in value
    )


def _triggers(_framework: Framework, value: Sequence[Any]) -> str:
    open_words, dealt = _("{what}, {date}"), _("{what}, {date}, dealt with")
    return "; ".join(
        (dealt if each.get("resolved_at") else open_words).format(
            what=in_words(each["what"]), date=day(each["at"])
        )
        for each in value
    )


def _upstreams(_framework: Framework, value: Sequence[Any]) -> str:
    kinds = {str(kind): words for kind, words in UPSTREAM_KINDS.items()}
    return listed([f"{label(kinds, each['kind'])} {each['name']}" for each in value])


def _organisation(_framework: Framework, value: Any) -> str:  # noqa: ANN401  JSON
    words = _("{recommendation}, as of {date}")
    said = decision(value["recommendation"])
    return words.format(recommendation=said, date=day(value["as_of"]))


def _hand_over(_framework: Framework, value: Any) -> str:  # noqa: ANN401  JSON
    said = [_("with {name}").format(name=value["owner"])]
    said += _with(value, due=_("due {value}"), done_by=_("done, says {value}"))
    return ", ".join(said)


def _comments(_framework: Framework, value: Sequence[Any]) -> str:
    number = counted(len(value), "{n} comment", "{n} comments")
    last = value[-1]
    said = _("{name}: {text}").format(name=last["by"], text=last["text"])
    settled = [_("settled")] if last.get("resolved_at") else []
    return ", ".join([number, said, *settled])


def _file(_framework: Framework, value: Any) -> str:  # noqa: ANN401  JSON
    said = [value["name"], value.get("grade", "E0")]
    said += _with(value, date=_("from {value}"), valid_until=_("valid until {value}"))
    return ", ".join([*said, *_with(value, source=_("source: {value}"))])


def _review(_framework: Framework, value: Any) -> str:  # noqa: ANN401  JSON
    words = _("accepted by {name}") if value["verdict"] == "accepted" else _("returned by {name}")
    said = words.format(name=value["by"])
    return f"{said}: {value['note']}" if value.get("note") else said


def _pack(framework: Framework, value: str) -> str:
    pack = framework.pack(value)
    return pack.title if pack else value


def _gate(framework: Framework, value: str) -> str:
    gate = framework.gate(value)
    return gate.label if gate else value


BY_PART: Mapping[str, Said] = {
    "purchase": lambda _framework, value: f"{value['title']}, {value['buyer']}",
    "supplier": lambda _framework, value: str(value["name"]),
    "upstreams": _upstreams,
    "pack": _pack,
    "gate": _gate,
    "as_of": lambda _framework, value: day(value),
    "state": lambda _framework, value: workflow_state(value),
    "decision": _decision,
    "overrides": _overrides,
    "sign_offs": _sign_offs,
    "triggers": _triggers,
    "replaces": lambda _framework, _value: _("a look before this one"),
    "organisation": _organisation,
    "markings": lambda _f, value: counted(len(value), "{n} field marked", "{n} fields marked"),
    "benefits": _benefits,
    "known_risks": lambda _f, value: counted(len(value), "{n} known risk", "{n} known risks"),
}
BY_PREFIX: Mapping[str, Said] = {
    MITIGATION: _mitigation,
    HANDOVER: _hand_over,
    COMMENTS: _comments,
    FILE: _file,
    REVIEW: _review,
}
