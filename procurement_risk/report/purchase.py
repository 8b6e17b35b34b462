"""What is committed, what a purchase depends on, and what of it is public."""

from __future__ import annotations

from collections.abc import Iterator

from procurement_risk.assessment import Upstream
from procurement_risk.assessment.vocabulary import UPSTREAM_KINDS
from procurement_risk.framework.words import decision
from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import counted, from_to, listed, share
from procurement_risk.report.page import Facts, Line, Part, Points
from procurement_risk.report.parts import and_more, part, pounds, said
from procurement_risk.report.portfolio.facts import UpstreamShare
from procurement_risk.report.subject import Subject, answers_on

# Questions are found by the clause that a poor answer pulls in, whatever the framework.
EXIT = ("exit-schedule", "exit-assistance")
PUBLIC_RECORD = ("transparency-record",)


def money(subject: Subject) -> Part:
    """Return what is committed, when it ends, and what the answers say about leaving."""
    purchase = subject.assessment.purchase
    lines = [Line(pounds(purchase.committed_value), _("Committed"))]
    if purchase.value_if_scaled is not None:
        lines.append(Line(pounds(purchase.value_if_scaled), _("If it grows to full use")))
    start, end = purchase.contract_start, purchase.contract_end
    if start or end:
        ends = [subject.date(each) if each else _("not recorded") for each in (start, end)]
        lines.append(Line(from_to(*ends), _("Contract")))
    breaks = [subject.date(each) for each in purchase.break_dates]
    shown = listed(breaks[:3])
    if len(breaks) > 3:
        shown = f"{shown} {and_more(len(breaks) - 3)}"
    lines.append(Line(shown or _("none recorded"), _("Can be left on")))
    lines += answers_on(subject, EXIT)
    finding = _("How much is committed is not known")
    if purchase.committed_value is not None:
        finding = _("{value} is committed").format(value=pounds(purchase.committed_value))
    facts = Facts(items=tuple(lines))
    return part(_("Money and the way out"), facts, side="left", finding=finding)


def dependency(subject: Subject) -> Part:
    """Return what stands underneath, who makes it, and how much else hangs on it."""
    room, upstreams = subject.room, subject.assessment.upstreams
    items = tuple(upstream_line(subject, each) for each in upstreams[: room.rows])
    underneath = Points(items=items, more=and_more(len(upstreams) - len(items)))
    beside = Points(items=(*_shares(subject), *_similar(subject), *_organisation(subject)))
    nothing = said(_("No model, host or cloud underneath is recorded."))
    named = [upstream_line(subject, each).text for each in upstreams[:1]]
    finding = _("It rests on {name}").format(name=named[0]) if named else ""
    if len(upstreams) > 1:
        more = counted(len(upstreams) - 1, "{n} more", "{n} more")
        finding = _("{words}, and on {more}").format(words=finding, more=more)
    blocks = underneath if items else nothing, beside
    return part(_("What it depends on"), *blocks, side="left", finding=finding)


def upstream_line(subject: Subject, each: Upstream) -> Line:
    """Return one model, host or cloud: its name, who makes it, whose law holds there."""
    kind = _(UPSTREAM_KINDS[each.kind])
    parts = [subject.name(each.name)]
    if each.own:
        parts.append(_("the supplier's own"))
    elif each.maker:
        parts.append(_("made by {maker}").format(maker=subject.name(each.maker)))
    if each.jurisdiction:
        parts.append(subject.name(each.jurisdiction))
    return Line(", ".join(parts), kind)


def _shares(subject: Subject) -> Iterator[Line]:
    facts = subject.portfolio
    for found in facts.upstreams[: subject.room.rows] if facts else ():
        yield Line(_share(subject, found), _("In the portfolio"))


def _share(subject: Subject, found: UpstreamShare) -> str:
    rest_on = _("{n} of {all} purchases rest on {model}").format(
        n=grouped(found.purchases), all=grouped(found.of), model=subject.name(found.model)
    )
    parts = [rest_on]
    if found.of_value is not None:
        parts.append(_("{share} of committed value").format(share=share(found.of_value)))
    if found.of_value_if_scaled is not None:
        scaled = share(found.of_value_if_scaled)
        parts.append(_("{share} if the pilots scale").format(share=scaled))
    return ", ".join(parts)


def _similar(subject: Subject) -> Iterator[Line]:
    similar = subject.portfolio.similar if subject.portfolio else ()
    shown = [subject.name(each) for each in similar[: min(3, subject.room.rows)]]
    if shown:
        words = "; ".join(shown)
        if len(similar) > len(shown):
            words = f"{words}; {and_more(len(similar) - len(shown))}"
        yield Line(words, _("Bought already for the same need"))


def _organisation(subject: Subject) -> Iterator[Line]:
    found = subject.assessment.organisation
    if found is not None:
        yield Line(
            _("{recommendation}, as of {date}").format(
                recommendation=subject.name(decision(found.recommendation)),
                date=subject.date(found.as_of),
            ),
            _("The supplier as an organisation"),
        )


def public_position(subject: Subject) -> Part:
    """Return what is on the public record, and what the answers say about publishing."""
    purchase = subject.assessment.purchase
    lines = [
        Line(subject.name(purchase.notice_id) or _("none recorded"), _("Notice")),
        Line(subject.name(purchase.ocid) or _("none recorded"), _("Contracting process (OCID)")),
        *answers_on(subject, PUBLIC_RECORD),
    ]
    finding = _("No notice is recorded")
    if purchase.notice_id:
        finding = _("Notice {name} is on record").format(name=subject.name(purchase.notice_id))
    facts = Facts(items=tuple(lines))
    return part(_("Public position"), facts, side="left", finding=finding)
