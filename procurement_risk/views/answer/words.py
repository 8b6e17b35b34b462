"""What stands on screen for one question in one language, escaped once: that is what costs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from weakref import WeakKeyDictionary

from procurement_risk.framework import Framework, Question
from procurement_risk.framework.sources import cited
from procurement_risk.framework.words import answered_by, named, use_label
from procurement_risk.language import N_, _, current
from procurement_risk.language.phrases import in_quotes
from procurement_risk.language.text import plain
from procurement_risk.views.answer.fields import NOT_APPLICABLE, STATE

UNKNOWN, WITHHELD = STATE + "unknown", STATE + "withheld"
STATE_LABELS = {
    UNKNOWN: N_("We don't know yet"),
    WITHHELD: N_("Supplier will not say"),
    NOT_APPLICABLE: N_("Not applicable, because…"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """One question's words.

    Attributes:
        ask: The question, as Markdown, with who answers it and what for below it.
        name: The same as plain text, for a screen reader: it is not shown.
        called: What it is called in a sentence.
        options: Each option's label.
        states: The label of each way to leave it without a value.
        guidance: Why it is asked, what good looks like, and its sources.
    """

    ask: str
    name: str
    called: str
    options: dict[str, str]
    states: dict[str, str]
    guidance: str


_words: WeakKeyDictionary[Framework, dict[tuple[str, str], Words]] = WeakKeyDictionary()


def words_of(framework: Framework, question: Question) -> Words:
    """Return the question's words in the language in use."""
    known, place = _words.setdefault(framework, {}), (current(), question.id)
    if place not in known:
        known[place] = Words(
            ask=_ask(question),
            name=question.ask if question.is_fact else f"{question.id} · {question.ask}",
            called=plain(named(framework, question.id)) if question.is_fact else question.id,
            options={name: plain(label) for name, label in option_labels(question).items()},
            states=_states(framework, question),
            guidance="" if question.is_fact else _guidance(framework, question),
        )
    return known[place]


def option_labels(question: Question) -> dict[str, str]:
    """Return each option's label; with its id where two read alike, as browsers send labels."""
    labels = [option.label for option in question.options]
    return {
        option.id: f"{option.label} ({option.id})"
        if labels.count(option.label) > 1
        else option.label
        for option in question.options
    }


def _states(framework: Framework, question: Question) -> dict[str, str]:
    states = [UNKNOWN, WITHHELD] if question.asks_supplier else [UNKNOWN]
    if framework.may_be_inapplicable(question):
        states.append(NOT_APPLICABLE)
    return {state: _(STATE_LABELS[state]) for state in states}


def _ask(question: Question) -> str:
    about = plain(question.why) if question.is_fact else _who_and_what_for(question)
    text = f"**{'' if question.is_fact else question.id + ' · '}{plain(question.ask)}**"
    return f"{text}  \n:small[{about}]" if about else text


def _who_and_what_for(question: Question) -> str:
    parts = [plain(question.help)] if question.help else []
    if question.answered_by:
        parts.append(_("For: {who}").format(who=answered_by(question.answered_by)))
    if question.procurement_use:
        parts.append(use_label(question.procurement_use))
    flag = question.red_flag
    if flag is not None:
        labels = [in_quotes(plain(o.label)) for o in question.options if o.id in flag.options]
        if flag.stop_from_tier:
            words = _("Stop from tier {tier} up, flag below, at {options}")
        else:
            words = _("Stop at {options}") if flag.stop else _("Flag at {options}")
        parts.append(words.format(tier=flag.stop_from_tier, options=reduce(_either, labels, "")))
    return " · ".join(parts)


def _either(one: str, other: str) -> str:
    return _("{one} or {other}").format(one=one, other=other) if one else other


def _guidance(framework: Framework, question: Question) -> str:
    """Return why ``question`` is asked, what good looks like, and its sources, as Markdown."""
    parts = [
        words.format(text=plain(text))
        for words, text in (
            (_("**Why we ask.** {text}"), question.why),
            (_("**What good looks like.** {text}"), question.good),
            (_("**Evidence to ask for.** {text}"), question.evidence),
        )
        if text
    ]
    clauses = [clause for name in question.clauses if (clause := framework.clause(name))]
    if clauses:
        headings = "; ".join(plain(clause.heading) for clause in clauses)
        words = _("**Contract clause.** {headings}. Ask your legal adviser for the wording.")
        parts.append(words.format(headings=headings))
    lines = [f"- {plain(cited(framework, text))}" for text in question.sources]
    if lines:
        parts.append(_("**Sources.**") + "\n\n" + "\n".join(lines))
    return "\n\n".join(parts)
