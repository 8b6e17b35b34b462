"""What is withheld from a public summary: the ground, why, and until when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from procurement_risk.assessment.exemptions import exemption_label
from procurement_risk.assessment.publication_fields import field_title, ground_label, kind_title
from procurement_risk.assessment.published import Published, Withheld
from procurement_risk.framework import Framework
from procurement_risk.framework.words import named
from procurement_risk.language import _
from procurement_risk.language.phrases import day
from procurement_risk.language.text import one_line
from procurement_risk.report.page import Line, Part, Points, Table


def withheld_parts(published: Published, framework: Framework) -> Iterator[Part]:
    """Yield what is withheld, and what no longer is, where there is any."""
    if published.withheld:
        table = Table(
            title=_("Withheld fields, with ground, reason and end date"),
            columns=(_("Withheld"), _("Ground"), _("Why"), _("Until")),
            rows=tuple(withheld_rows(published.withheld, framework)),
            widths=(12, 4, 7, 4),
        )
        yield Part(title=_("What is withheld"), blocks=(table,))
    if published.ended:
        items = tuple(_ended(each, framework) for each in _grouped(published.ended))
        yield Part(title=_("No longer withheld"), blocks=(Points(items=items),))


def withheld_rows(
    withheld: Iterable[Withheld], framework: Framework
) -> Iterator[tuple[str, str, str, str]]:
    """Yield what is withheld, the ground, why, and until when; alike fields in one row."""
    for group in _grouped(withheld):
        first = group[0]
        until = day(first.until) if first.until else _("no end date")
        ground = ground_label(first.ground)
        if first.exemption:
            words = _("{ground}: {exemption}")
            ground = words.format(ground=ground, exemption=exemption_label(first.exemption))
        yield _fields(group, framework), ground, one_line(first.reason), until


def _ended(group: list[Withheld], framework: Framework) -> Line:
    words = _("{fields}: was withheld as commercial, and that ended on {date}.")
    return Line(words.format(fields=_fields(group, framework), date=day(group[0].until)))


def _fields(group: list[Withheld], framework: Framework) -> str:
    place = group[0].place
    if not place.question:
        return field_title(group[0].path)
    words = kind_title(place.kind)
    words = words[:1].upper() + words[1:]
    names = ", ".join(named(framework, each.place.question) for each in group)
    return _("{field}: {questions}").format(field=words, questions=names)


def _grouped(withheld: Iterable[Withheld]) -> list[list[Withheld]]:
    groups: dict[tuple[str, ...], list[Withheld]] = {}
    for each in withheld:
        key = (each.place.kind, each.ground, each.reason, each.until, each.exemption)
        groups.setdefault(key, []).append(each)
    return list(groups.values())
