"""The pages around the questions: what this is, what is still open, and the end of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from procurement_risk.errors import Problem
from procurement_risk.formats.workbook import layout
from procurement_risk.formats.workbook.layout import SIGNED, STATES, Asked
from procurement_risk.framework import Framework, Section
from procurement_risk.imports.answer_link import cells
from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import counted, day
from procurement_risk.server.supplier.frame import lines, text
from procurement_risk.storage.answer_links import Answers
from procurement_risk.storage.operations.answer_linking import Asking

Parts = Sequence[tuple[Section, Sequence[Asked]]]
"""The questions of a link by their sections."""


def about(asking: Asking, framework: Framework) -> str:
    """Return what it is about, as the workbook's first sheet says it."""
    stamp, contact = asking.draft.sent["stamp"], asking.draft.sent["contact"]
    said = [
        _("{title}, for {buyer}").format(title=asking.title, buyer=asking.buyer),
        _("{framework}, version {version}; as of {date}").format(
            framework=framework.title, version=framework.version, date=day(stamp["issued_at"])
        ),
        _("Issue {number}. Quote it when you write to us.").format(number=stamp["issue"]),
        _("Please submit it by {date}; the link ends then.").format(
            date=day(asking.draft.link.until)
        ),
    ]
    if contact:
        said.append(_("Questions about it: {contact}").format(contact=contact))
    title = _("Questions for {supplier}").format(supplier=asking.supplier)
    fictional = text(_("Fictional demonstration data"))
    notice = f'<p class="note">{fictional}</p>' if asking.fictional else ""
    drawn = "".join(f"<li>{text(each)}</li>" for each in said)
    return f"<h1>{text(title)}</h1>{notice}<ul class=plain>{drawn}</ul>"


def overview(asking: Asking, framework: Framework, parts: Parts, base: str) -> str:
    """Return the page that the link opens."""
    answers = asking.draft.answers
    count = sum(len(asked) for _section, asked in parts)
    done = sum(each.question.id in answers for _section, asked in parts for each in asked)
    states = " · ".join(_(words) for words in STATES.values())
    told = [
        _("Every answer is kept once you press Save, and you can come back by the same link."),
        _("Whoever has the link can read and change what is written here until it is submitted. "
          "Pass it on only to colleagues who answer."),
        _(layout.ORDER),
        _(
            "If two choices are true, take the less favourable; if none fits, take the nearest "
            "less favourable one and say why in your comment."
        ),
        _("You may always answer with one of these, where it is offered: {states}.").format(
            states=states
        ),
        _(layout.EVIDENCE),
        _(layout.CONFIDENTIAL),
        _("A question left empty changes nothing: an answer you gave us before still stands."),
        _(layout.BEFORE),
        _(layout.PERSONAL),
    ]  # fmt: skip
    rows = "".join(
        f'<li><a href="{base}/{number}">{text(section.title)}</a> '
        f"<span>{text(_progress(asked, answers))}</span></li>"
        for number, (section, asked) in enumerate(parts, start=1)
    )
    progress = _("{done} of {questions} have an answer.").format(
        done=grouped(done), questions=counted(count, "{n} question", "{n} questions")
    )
    guide = "".join(f"<li>{text(each)}</li>" for each in told)
    sections, submit, how = (
        text(each) for each in (_("Sections"), _("Check and submit"), _("How to answer"))
    )
    return (
        f"{about(asking, framework)}<h2>{sections}</h2><p>{text(progress)}</p>"
        f'<ol class="sections">{rows}</ol>'
        f'<p><a class="button" href="{base}/submit">{submit}</a></p>'
        f"<h2>{how}</h2><ul>{guide}</ul>"
    )


def _progress(asked: Sequence[Asked], answers: Answers) -> str:
    done = sum(each.question.id in answers for each in asked)
    return _("{done} of {all}").format(done=grouped(done), all=grouped(len(asked)))


def check(
    asking: Asking,
    parts: Parts,
    base: str,
    mark: str,
    problems: Sequence[Problem],
    signed: Mapping[str, str],
    fault: str,
) -> str:
    """Return the page on which everything is read once more and submitted."""
    said = dict[str, list[str]]()
    for each in problems:
        said.setdefault(each.where, []).append(each.message)
    change, back = text(_("Change")), text(_("Back to the sections"))
    drawn = "".join(
        f'<h2>{text(section.title)} <a href="{base}/{number}">{change}</a></h2>'
        f"<dl>{''.join(_line(each, asking.draft.answers, said) for each in asked)}</dl>"
        for number, (section, asked) in enumerate(parts, start=1)
    )
    title = _("Check your answers and submit")
    way_back = f'<p class="back"><a href="{base}">{back}</a></p>'
    end = _to_put_right(said) if problems else _declaration(base, mark, asking, signed, fault)
    return f"{way_back}<h1>{text(title)}</h1>{drawn}{end}"


def _line(each: Asked, answers: Answers, said: Mapping[str, Sequence[str]]) -> str:
    name = each.question.id
    value = cells(each.question, answers[name]) if name in answers else {}
    shown = [value.get("answer", "") or _("Not answered")]
    shown += [value[field] for field in layout.FILLED[1:] if value.get(field)]
    faults = "".join(f'<p class="fault">{text(words)}</p>' for words in said.get(name, ()))
    return (
        f"<dt>{text(name)} {lines(each.question.ask)}</dt>"
        f"<dd>{'<br>'.join(map(lines, shown))}{faults}</dd>"
    )


def _to_put_right(said: Mapping[str, Sequence[str]]) -> str:
    message = counted(
        len(said),
        "{n} answer has to be put right before you can submit.",
        "{n} answers have to be put right before you can submit.",
    )
    return f'<p class="fault" role="alert">{text(message)}</p>'


def _declaration(
    base: str, mark: str, asking: Asking, signed: Mapping[str, str], fault: str
) -> str:
    labels = {name: text(_(SIGNED[name])) for name in ("name", "role")}
    fields = "".join(
        f'<label for="{name}">{label}</label>'
        f'<input id="{name}" name="{name}" autocomplete="off" maxlength="200" '
        f'value="{text(signed.get(name, ""))}">'
        for name, label in labels.items()
    )
    error = f'<p class="fault" role="alert">{text(fault)}</p>' if fault else ""
    once = _(
        "You can submit once. Nothing can be changed after that, and the link shows no answers "
        "any more."
    )
    title, button = _("Who answers for what is sent back, on behalf of the supplier"), _("Submit")
    agreed = _("I answer for what is sent back, on behalf of the supplier")
    return (
        f"<h2>{text(title)}</h2>{error}"
        f'<form method="post" action="{base}/submit">'
        f'<input type="hidden" name="mark" value="{mark}">'
        f'<input type="hidden" name="seen" value="{asking.draft.seen}">{fields}'
        f'<div class="choice"><input type="checkbox" id="agreed" name="agreed" value="yes">'
        f'<label for="agreed">{text(agreed)}</label></div>'
        f"<p>{text(once)}</p><button>{text(button)}</button></form>"
    )


def closed(asking: Asking) -> str:
    """Return the page after it was submitted, which says nothing of what was answered."""
    link = asking.draft.link
    words = _("Submitted on {date} by {person}. Thank you: nothing more is asked of you here.")
    said = words.format(date=day(link.submitted_at), person=link.signed)
    issue = _("Issue {number}. Quote it when you write to us.").format(
        number=asking.draft.sent["stamp"]["issue"]
    )
    title = _("Your answers were submitted")
    return f"<h1>{text(title)}</h1><p>{text(said)}</p><p>{text(issue)}</p>"
