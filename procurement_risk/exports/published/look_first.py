"""What somebody should look at before a file goes out: words that stand again, security, hosts.

Sources:
    Freedom of Information Act 2000, sections 24 and 31: whatever helps an attacker.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from procurement_risk.assessment.publication_again import Again, stands_again
from procurement_risk.assessment.publication_fields import field_title
from procurement_risk.assessment.published import Published
from procurement_risk.exports.export import Exported
from procurement_risk.exports.published.today import published
from procurement_risk.framework import Framework, Question
from procurement_risk.language import _, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.language.text import one_line

SECURITY = re.compile(
    r"secur|sécur|sicherheit|diogel|cyber|attack|vulnerab|penetration|encrypt|password|intru",
    re.IGNORECASE,
)
UNDERNEATH = ("host", "cloud")


@dataclass(frozen=True, slots=True)
class LookFirst:
    """What a published file of one assessment shows that somebody has to look at.

    Attributes:
        again: Where a marked text stands in a field that is shown.
        security: Ids of the questions about security whose answers are shown.
        hosts: Names of hosts and clouds that are shown.
    """

    again: tuple[Again, ...]
    security: tuple[str, ...]
    hosts: tuple[str, ...]

    @property
    def any(self) -> bool:
        """Whether there is anything to look at."""
        return bool(self.again or self.security or self.hosts)


def look_first(exported: Exported) -> LookFirst:
    """Return what to look at before a file of this assessment is published today."""
    shown = published(exported)
    return LookFirst(
        again=stands_again(exported.assessment, shown),
        security=tuple(_security(exported.framework, shown)),
        hosts=tuple(_hosts(exported, shown)),
    )


def _security(framework: Framework, shown: Published) -> Iterator[str]:
    """Yield questions about security whose answer is shown and that nobody marked public."""
    for question in framework.questions():
        answer = shown.assessment.answer_set.answers.get(question.id)
        is_told = answer is not None and answer.state == "answered"
        if is_told and question.id not in shown.answers and _is_of_security(framework, question):
            yield question.id


def _is_of_security(framework: Framework, question: Question) -> bool:
    section = "" if question.is_fact else framework.section(question.section).title
    return any(SECURITY.search(text) for text in (section, question.ask))


def _hosts(exported: Exported, shown: Published) -> Iterator[str]:
    if "upstreams.name" in {each.path for each in shown.withheld if each.ground != "inside"}:
        return
    for each in exported.assessment.upstreams:
        if each.kind in UNDERNEATH:
            yield one_line(each.name)


def sentences(found: LookFirst) -> Iterator[str]:
    """Yield what to look at, a sentence each."""
    for each in found.again:
        words = _("“{text}” is withheld as “{field}” and stands again in “{place}”.")
        field, _comma, is_reason = each.shown_in.partition(", ")
        place = field_title(field)
        if is_reason:
            place = _("{field}: the reason for withholding it").format(field=place)
        yield words.format(text=one_line(each.text), field=field_title(each.path), place=place)
    if found.security:
        number = len(found.security)
        words = ngettext(
            "{n} answer about security is shown: {questions}.",
            "{n} answers about security are shown: {questions}.",
            number,
        )
        yield words.format(n=grouped(number), questions=_some(found.security))
    if found.hosts:
        words = _("The names of hosts and clouds are shown: {names}.")
        yield words.format(names=_some(found.hosts))


def _some(names: Iterable[str], most: int = 10) -> str:
    every = list(names)
    first = ", ".join(every[:most])
    if len(every) <= most:
        return first
    words = _("{names} ({shown} of {n} shown)")
    return words.format(names=first, shown=most, n=grouped(len(every)))
