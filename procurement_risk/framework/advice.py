"""What is allowed in a framework and is probably not meant: warnings, beside the faults.

What is still to be set; a source that nothing cites, or that nobody has looked at for a year; a
text too long to read while answering, or inside a word processor's quotes; a question that no
pack asks; a pack that decides nothing; context that changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from procurement_risk.framework.checks.faults import listed
from procurement_risk.framework.checks.shape_words import QUOTED
from procurement_risk.framework.model import Framework
from procurement_risk.framework.proposals import OWN, TO_BE_SET, to_be_set
from procurement_risk.framework.questions import Question
from procurement_risk.framework.sources import citations, is_old
from procurement_risk.language import _, ngettext
from procurement_risk.language.phrases import day
from procurement_risk.language.text import shorten

LONGEST = 300


def advice(framework: Framework, today: str = "") -> Iterator[str]:
    """Yield each warning as a sentence. How old a look is, is told where ``today`` is given."""
    yield from _to_be_set(framework)
    yield from _sources(framework, today)
    for question in framework.by_id.values():
        yield from _long(question)
    yield from _quotes(framework)
    yield from _packs(framework)
    yield from _context(framework)


def _to_be_set(framework: Framework) -> Iterator[str]:
    open_ones = to_be_set(framework)
    if open_ones:
        message = ngettext(
            "Something is still to be set in {n} question, so a result rests on a proposal: "
            'settle {questions}, and delete the source that begins with "{mark}".',
            "Something is still to be set in {n} questions, so a result rests on proposals: "
            'settle {questions}, and delete each source that begins with "{mark}".',
            len(open_ones),
        )
        named = listed(dict.fromkeys(open_ones))
        yield message.format(n=len(open_ones), questions=named, mark=TO_BE_SET)


def _sources(framework: Framework, today: str) -> Iterator[str]:
    cited_by = citations(framework)
    for source in framework.sources:
        name = shorten(source.title)
        if not cited_by[source.id]:
            message = _('Nothing cites the source "{name}": cite it, or take it out.')
            yield message.format(name=name)
        if today and is_old(source, today):
            message = _('The source "{name}" was last looked at on {day}: look at it again.')
            yield message.format(name=name, day=day(source.looked_at))
    yield from _not_listed(framework)


def _not_listed(framework: Framework) -> Iterator[str]:
    """Yield the citations that the list of sources lacks, where there is such a list."""
    cited = [text for question in framework.questions() for text in question.sources]
    unknown = [
        f'"{shorten(text)}"'
        for text in dict.fromkeys(cited)
        if text != OWN and not text.startswith(TO_BE_SET) and framework.source_of(text) is None
    ]
    if framework.sources and unknown:
        message = ngettext(
            "The list of sources lacks {n} citation: {names}. Add it, or put a citation with a "
            "comma in it in quotes.",
            "The list of sources lacks {n} citations: {names}. Add them, or put a citation with "
            "a comma in it in quotes.",
            len(unknown),
        )
        yield message.format(n=len(unknown), names=listed(unknown))


def _long(question: Question) -> Iterator[str]:
    read = [question.ask, question.help, *(option.label for option in question.options)]
    for text in read:
        if len(text) > LONGEST:
            message = _('"{question}" has a text of {n} characters: shorten it to {most}.')
            yield message.format(question=question.id, n=len(text), most=LONGEST)


def _quotes(framework: Framework) -> Iterator[str]:
    """Yield each text with signs that are part of it: a word processor's quotes, a last comma."""
    texts = [framework.version, framework.title]
    for question in framework.by_id.values():
        texts += [question.ask, question.why, question.good, question.help, question.evidence]
        texts += [option.label for option in question.options]
    for text in texts:
        if QUOTED.fullmatch(text):
            message = _("The quotes of {text} are part of the text: type straight ones, or none.")
            yield message.format(text=shorten(text))
        elif text.endswith(","):
            message = _('The comma at the end of "{text}" is part of the text: delete it.')
            yield message.format(text=shorten(text))


def _packs(framework: Framework) -> Iterator[str]:
    for question in framework.questions():
        if not any(pack.asks(question.id) for pack in framework.packs):
            message = _('No pack asks "{question}": add it to one, or take it out.')
            yield message.format(question=question.id)
    decisive = [
        question.id
        for section in framework.sections
        if section.role == "decisive"
        for question in section.questions
    ]
    for pack in framework.packs:
        if decisive and not any(pack.asks(name) for name in decisive):
            message = _('The pack "{pack}" asks nothing that decides: add such a question.')
            yield message.format(pack=shorten(pack.title))


def _context(framework: Framework) -> Iterator[str]:
    for section in framework.sections:
        for question in section.questions if section.role == "context" else ():
            if question.id not in framework.rested_on and question.red_flag is None:
                message = _(
                    '"{question}" sets the scene and changes nothing: no tier rule, condition or '
                    "red flag names it."
                )
                yield message.format(question=question.id)
