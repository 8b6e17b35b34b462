"""The fields of a question on a supplier's page, and what comes back of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from procurement_risk.errors import UsageError
from procurement_risk.formats.workbook import layout
from procurement_risk.formats.workbook.layout import STATES, Asked
from procurement_risk.formats.workbook.reading import LONGEST_LINK, LONGEST_REASON
from procurement_risk.framework import Framework, Question
from procurement_risk.imports.answer_link import FIELDS
from procurement_risk.language import N_, _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.text import without_unseen
from procurement_risk.server.supplier.frame import lines, text
from procurement_risk.storage.answer_links import named

LONGEST = {"answer": 5_000, "reason": 5_000, "note": 5_000}
LONGEST |= {"link": LONGEST_LINK, "claim_reason": LONGEST_REASON, "valid_until": 20}
STATE = "state:"
"""What stands before a state where it is chosen among the answers."""
SHOWN = "shown"
"""The field that names what the others held when the page was made."""

HOW: Mapping[str, str] = {
    "single": N_("Choose one."),
    "multiple": N_("Choose any number."),
    "text": N_("Write a text."),
    "number": N_("Write a number, in digits only."),
    "date": N_("Write a date, such as {date}."),
}
BESIDE: Mapping[str, str] = {
    "reason": N_("If it does not apply to you: why"),
    "link": N_("Evidence: the document, and the page in it"),
    "valid_until": N_("Evidence valid until, such as {date}"),
    "note": N_("Your comment"),
    "claim": N_("Confidential?"),
    "claim_reason": N_("If confidential: why"),
}
"""What stands beside the answer."""


def written(
    framework: Framework, asked: Iterable[Asked], sent: Mapping[str, list[str]]
) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """Return what a page sent, by question, and what each question held when it was made.

    Raises:
        UsageError: If it sent something that no field of the page could.
    """
    values: dict[str, dict[str, str]] = {}
    shown: dict[str, str] = {}
    known: set[str] = set()
    for each in asked:
        name = each.question.id
        keys = {field: f"{name}.{field}" for field in (*FIELDS, SHOWN)}
        known |= set(keys.values())
        if keys[SHOWN] not in sent:
            continue
        shown[name] = sent[keys[SHOWN]][0]
        given = {field: _cleaned(sent.get(keys[field], [])) for field in FIELDS}
        if given["answer"].startswith(STATE):  # one of the same group of choices
            given["answer"], given["state"] = "", given["answer"].removeprefix(STATE)
        values[name] = {field: value for field, value in given.items() if value}
        _refuse_unoffered(framework, each.question, values[name])
    if sent.keys() - known - {"mark", "then"}:
        raise UsageError(_("The page sent a field that is not its own. Open the link again."))
    return values, shown


def _cleaned(given: list[str]) -> str:
    one = "\n".join(given).replace("\r\n", "\n").replace("\r", "\n")
    return without_unseen(one).strip()


def _refuse_unoffered(framework: Framework, question: Question, value: Mapping[str, str]) -> None:
    offered = {
        "state": layout.states(framework, question),
        "claim": list(layout.CLAIMED),
    }
    if question.options:
        offered["answer"] = [option.id for option in question.options]
    for field, among in offered.items():
        if field in value and not set(value[field].split("\n")) <= set(among):
            raise UsageError(
                _("The page sent a choice that it did not offer. Open the link again.")
            )
    if question.type == "single" and "\n" in value.get("answer", ""):
        raise UsageError(_("The page sent a choice that it did not offer. Open the link again."))


def too_long(value: Mapping[str, str]) -> str:
    """Return what of an answer is too long to be kept, or empty. Nothing is cut."""
    message = _("{field}: the text has {n} characters. Shorten it to {most}.")
    for field, most in LONGEST.items():
        if len(value.get(field, "")) > most:
            label = _(BESIDE[field]) if field in BESIDE else _("Your answer")
            return message.format(
                field=label.format(date=layout.DATE_LIKE),
                n=grouped(len(value[field])),
                most=grouped(most),
            )
    return ""


def draw(
    framework: Framework,
    each: Asked,
    value: Mapping[str, str],
    stands: Mapping[str, str],
    fault: str,
) -> str:
    """Return the fields of one question as HTML.

    ``value`` is what stands in them, ``stands`` what is saved, ``fault`` what is wrong with it.
    """
    question = each.question
    name = text(question.id)
    told = [lines(line) for line in layout.guidance_of(each)]
    told.append(text(_(HOW[question.type]).format(date=layout.DATE_LIKE)))
    if question.evidence:
        told.append(text(_("Evidence: {evidence}").format(evidence=question.evidence)))
    hint = "".join(f"<p>{line}</p>" for line in told)
    before = text(_("To put right:"))
    error = (
        f'<p class="fault" id="{name}-fault"><strong>{before}</strong> {text(fault)}</p>'
        if fault
        else ""
    )
    return (
        f'<fieldset id="{name}" aria-describedby="{name}-hint'
        f'{f" {name}-fault" if fault else ""}"{" class=wrong" if fault else ""}>'
        f'<legend><span class="number">{name}</span> {lines(question.ask)}</legend>'
        f'<div class="hint" id="{name}-hint">{hint}</div>{error}'
        f'<input type="hidden" name="{name}.{SHOWN}" value="{named(dict(stands))}">'
        f"{_answer(question, value)}{_states(framework, question, value)}"
        f"{_beside(question, value)}</fieldset>"
    )


def _answer(question: Question, value: Mapping[str, str]) -> str:
    name, given = f"{text(question.id)}.answer", value.get("answer", "")
    if question.options:
        kind = "checkbox" if question.type == "multiple" else "radio"
        labels = sorted(
            layout.option_labels(question).items(), key=lambda each: each[1].casefold()
        )
        chosen = given.split("\n")
        return "".join(
            _choice(kind, name, option, label, option in chosen) for option, label in labels
        )
    words = text(_("Your answer"))
    label = f'<label for="{name}">{words}</label>'
    if question.type == "text":
        return f'{label}<textarea id="{name}" name="{name}" rows="5">{text(given)}</textarea>'
    mode = "decimal" if question.type == "number" else "text"
    return (
        f'{label}<input class="short" id="{name}" name="{name}" inputmode="{mode}" '
        f'autocomplete="off" value="{text(given)}">'
    )


def _states(framework: Framework, question: Question, value: Mapping[str, str]) -> str:
    is_one = question.type == "single"
    name, given = f"{text(question.id)}.{'answer' if is_one else 'state'}", value.get("state", "")
    before, is_none = (STATE, not (given or value.get("answer"))) if is_one else ("", not given)
    choices = layout.states(framework, question)
    drawn = "".join(
        _choice("radio", name, f"{before}{each}", _(STATES[each]), each == given)
        for each in choices
    )
    nothing = _("No answer yet") if is_one else _("None of these")
    drawn += _choice("radio", name, "", nothing, is_none)
    words = text(_("Or, instead of an answer:"))
    return f'<div class="instead" role="group" aria-label="{words}"><p>{words}</p>{drawn}</div>'


def _choice(kind: str, name: str, value: str, label: str, is_chosen: bool) -> str:
    key = f"{name}.{text(value) or 'none'}"
    checked = "checked" if is_chosen else ""
    return (
        f'<div class="choice"><input type="{kind}" id="{key}" name="{name}" '
        f'value="{text(value)}" {checked}><label for="{key}">{text(label)}</label></div>'
    )


def _beside(question: Question, value: Mapping[str, str]) -> str:
    drawn, is_open = "", any(value.get(field) for field in BESIDE)
    for field, words in BESIDE.items():
        name, given = f"{text(question.id)}.{field}", value.get(field, "")
        label = text(_(words).format(date=layout.DATE_LIKE))
        if field == "claim":
            said = {"": _("Not said"), **{key: _(each) for key, each in layout.CLAIMED.items()}}
            chosen = "".join(
                _choice("radio", name, key, each, key == given) for key, each in said.items()
            )
            drawn += f'<div role="group" aria-label="{label}"><p>{label}</p>{chosen}</div>'
        elif field == "valid_until":
            drawn += (
                f'<label for="{name}">{label}</label><input class="short" id="{name}" '
                f'name="{name}" autocomplete="off" value="{text(given)}">'
            )
        else:
            drawn += (
                f'<label for="{name}">{label}</label>'
                f'<textarea id="{name}" name="{name}" rows="2">{text(given)}</textarea>'
            )
    words = text(_("Reason, evidence, comment, confidentiality"))
    return f"<details {'open' if is_open else ''}><summary>{words}</summary>{drawn}</details>"
