"""The public summary: what was asked before buying, answered and decided, for anybody to read.

What is withheld was taken out before by ``publication.publish``; the last part lists it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from procurement_risk.assessment.overdue import in_order
from procurement_risk.assessment.published import Published
from procurement_risk.assessment.vocabulary import in_words
from procurement_risk.framework import Framework, words as framework_words
from procurement_risk.language import _, current, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import counted, day, listed
from procurement_risk.methods import AnyResult
from procurement_risk.methods.impact_mitigation import ImpactResult
from procurement_risk.methods.weakest_section import Result
from procurement_risk.profile import impact_words, words as profile_words
from procurement_risk.profile.method_words import verdict
from procurement_risk.report import impact, red_flags, sections, subject
from procurement_risk.report.conditions import condition_row
from procurement_risk.report.page import EVERYTHING, Facts, Line, Page, Part, Points, Table
from procurement_risk.report.parts import part, pounds, said
from procurement_risk.report.purchase import upstream_line
from procurement_risk.report.section_bars import bars
from procurement_risk.report.subject import Found, Subject
from procurement_risk.report.told import answers
from procurement_risk.report.withheld import withheld_parts


def public_summary(
    published: Published,
    framework: Framework,
    outcome: AnyResult,
    *,
    digest: str,
    foreign: str = "",
) -> Page:
    """Return the public summary of one assessment.

    Args:
        published: What may be published of it.
        framework: The framework it was answered against, in the language to be shown.
        outcome: What the framework's method computed from every answer, withheld ones included.
        digest: The SHA-256 of its record.
        foreign: What has to be known of a result on a foreign questionnaire, or empty.
    """
    about = Subject(
        assessment=published.assessment,
        framework=framework,
        outcome=outcome,
        digest=digest,
        foreign=foreign,
        earlier=None,
        portfolio=None,
        room=EVERYTHING,
    )
    found = FOUND[framework.method](about, outcome, published.answers)
    return Page(
        kind=_("Public summary"),
        title=subject.title(about),
        subtitle=subject.subtitle(about),
        notice=subject.notice(about),
        headline=found.headline,
        headline_lead=subject.headline_lead(about),
        meaning=found.meaning,
        top=(*_top(about), *found.top),
        parts=(
            _limits(published),
            *([_purchase(about, published)] if about.is_purchase else []),
            _supplier(about, published),
            *found.parts,
            _conditions(about),
            *_triggers(about),
            *answers(about, published.answers),
            *withheld_parts(published, framework),
        ),
        foot=subject.foot(about),
        language=current(),
        day=published.day,
        look=verdict(outcome).look,
    )


# --- The top ------------------------------------------------------------------------------


def _top(about: Subject) -> Iterator[Line]:
    yield Line(_decided(about), _("What was decided"))
    decision = about.assessment.decision
    if decision is not None and decision.reason:
        yield Line(about.text(decision.reason), _("Reason"))
    if decision is not None and decision.review_by:
        yield Line(about.date(decision.review_by), _("Look again by"))


def _decided(about: Subject) -> str:
    decision = about.assessment.decision
    if decision is None:
        return _("Nothing is recorded as decided yet.")
    words = _("{decision}, by {name}, {date}.").format(
        decision=about.name(framework_words.decision(decision.decision)),
        name=about.name(decision.by),
        date=about.date(decision.at),
    )
    if about.outcome.recommendation not in ("", decision.decision):
        words += " " + _("This differs from what is recommended.")
    return words


def _limits(published: Published) -> Part:
    lines = [
        _(
            "This says what was asked before buying, what was answered and what was decided. It "
            "is not legal advice, not a statement that any law or standard is complied with, and "
            "not a rating of the supplier beyond this use."
        )
    ]
    number = len(published.withheld)
    if number:
        words = ngettext(
            "{n} field is withheld from this summary of {date}. The last part says which, on "
            "which ground and why. Results rest on every answer, also on those withheld.",
            "{n} fields are withheld from this summary of {date}. The last part says which, on "
            "which ground and why. Results rest on every answer, also on those withheld.",
            number,
        )
    else:
        words = _("Nothing is withheld from this summary of {date}.")
    lines.append(words.format(n=grouped(number), date=day(published.day)))
    return part(_("What this summary is, and is not"), *map(said, lines))


# --- What is bought -----------------------------------------------------------------------


def _purchase(about: Subject, published: Published) -> Part:
    bought = about.assessment.purchase
    is_part = _("yes") if bought.embedded else _("no")
    facts = {
        "title": (_("What is bought"), about.text(bought.title)),
        "buyer": (_("By whom"), about.text(bought.buyer)),
        "description": (_("Description"), about.text(bought.description)),
        "capability": (_("Capability"), about.name(bought.capability)),
        "embedded": (_("A feature of a product in use already"), is_part),
        "route": (_("How it is bought"), about.name(in_words(bought.route))),
        "committed_value": (_("Committed value"), pounds(bought.committed_value)),
        "value_if_scaled": (_("If it grows to full use"), _grown(bought.value_if_scaled)),
        "jurisdiction": (_("Jurisdiction"), about.name(bought.jurisdiction)),
        "notice_id": (_("Notice"), about.name(bought.notice_id)),
        "ocid": (_("Contracting process (OCID)"), about.name(bought.ocid)),
        "decision_due": (_("Decision needed by"), about.date(bought.decision_due)),
        "contract_start": (_("Contract starts"), about.date(bought.contract_start)),
        "contract_end": (_("Contract ends"), about.date(bought.contract_end)),
        "break_dates": (
            _("Can be left on"),
            listed([about.date(each) for each in bought.break_dates]),
        ),
        "chosen_supplier": (_("Chosen supplier"), about.name(bought.chosen_supplier)),
    }
    return Part(title=_("The purchase"), blocks=(_facts(published, "purchase", facts),))


def _grown(value: int | None) -> str:
    return "" if value is None else pounds(value)


def _facts(published: Published, part: str, facts: dict[str, tuple[str, str]]) -> Facts:
    """Return each fact that is known or withheld, with its name."""
    shown = (
        (lead, published.shown(f"{part}.{name}", text)) for name, (lead, text) in facts.items()
    )
    return Facts(items=tuple(Line(text, lead) for lead, text in shown if text))


def _supplier(about: Subject, published: Published) -> Part:
    seller = about.assessment.supplier
    facts = {
        "name": (_("Supplier"), about.text(seller.name)),
        "company_number": (_("Company number"), about.name(seller.company_number)),
        "group": (_("Group"), about.name(seller.group)),
        "jurisdiction": (_("Jurisdiction that controls it"), about.name(seller.jurisdiction)),
    }
    upstreams = tuple(upstream_line(about, each) for each in about.assessment.upstreams)
    nothing = said(_("No model, host or cloud underneath is recorded."))
    underneath = Points(items=upstreams) if upstreams else nothing
    blocks = _facts(published, "supplier", facts), underneath
    return Part(title=_("The supplier, and what lies underneath"), blocks=blocks)


# --- Stops, flags, conditions -------------------------------------------------------------


def _red_flags(about: Subject, result: Result, hidden: frozenset[str]) -> Part:
    """Return stops and flags in words; where they give a withheld answer away, how many."""
    lines, left_out = [], 0
    for group in (*red_flags.fired(result), *red_flags.pending(result)):
        for name in group.questions:
            if name in hidden:
                left_out += 1
            else:
                overrides = about.assessment.overrides
                lines.append(red_flags.line(about, name, group.lead, overrides, reasons=True))
    words = ngettext(
        "{n} more stop or flag rests on an answer that is withheld.",
        "{n} more stops and flags rest on answers that are withheld.",
        left_out,
    )
    return part(
        _("Stops and flags"),
        Points(items=tuple(lines)),
        said(words.format(n=left_out) if left_out else ""),
        nothing=_("No stop and no flag fired, and none may still fire."),
    )


def _weakest_section(about: Subject, result: Result, hidden: frozenset[str]) -> Found:
    return Found(
        headline=profile_words.recommendation(result),
        meaning=sections.meaning(result),
        top=(Line(sections.tier(about, result), _("How much is at stake")),),
        parts=(bars(about, result), _red_flags(about, result, hidden)),
    )


def _impact_mitigation(about: Subject, result: ImpactResult, __: frozenset[str]) -> Found:
    sentences = impact_words.published_sentence(result), impact_words.hidden_sentence(result)
    points = impact.point_bars(about, result)
    return Found(impact_words.headline(result), " ".join(sentences), (), (points,))


FOUND: Mapping[str, Callable[[Subject, Any, frozenset[str]], Found]] = {
    "weakest-section": _weakest_section,
    "impact-mitigation": _impact_mitigation,
}


def _conditions(about: Subject) -> Part:
    every = about.assessment.answer_set.mitigations
    unmet = in_order((each for each in every if each.status != "verified"), about.as_of)
    rows = tuple(condition_row(about, each) for each in unmet)
    columns = (_("Condition"), _("Owner"), _("Due"), _("Status"))
    title = _("Open conditions with owner, due date and status")
    table = Table(title=title, columns=columns, rows=rows, widths=(10, 6, 4, 4))
    met = len(every) - len(unmet)
    words = counted(
        met, "{n} condition is verified as met.", "{n} conditions are verified as met."
    )
    open_ones = table if unmet else said(_("No condition is open."))
    return part(_("Open conditions"), open_ones, said(words if met else ""))


def _triggers(about: Subject) -> Iterator[Part]:
    found = [each for each in about.assessment.triggers if not each.resolved_at]
    if found:
        items = []
        for each in found:
            words = _("{what}, {date}").format(
                what=about.name(in_words(each.what)), date=about.date(each.at)
            )
            items.append(Line(f"{words}: {about.text(each.note)}" if each.note else words))
        yield part(_("Reasons to look again"), Points(items=tuple(items)))
