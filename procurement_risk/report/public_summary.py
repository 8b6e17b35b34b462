"""The public summary: what was asked before buying, answered and decided, for anybody to read.

What is withheld was taken out before by ``publication.publish``; the last part lists it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from procurement_risk.assessment import Answer
from procurement_risk.assessment.exemptions import exemption_label
from procurement_risk.assessment.overdue import in_order
from procurement_risk.assessment.publication import Published, Withheld
from procurement_risk.assessment.publication_fields import field_title, ground_label, kind_title
from procurement_risk.assessment.vocabulary import in_words
from procurement_risk.assessment.words import answer_text
from procurement_risk.framework import Framework, Question
from procurement_risk.framework import words as framework_words
from procurement_risk.framework.words import grade_label, named
from procurement_risk.language import _, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import day, listed
from procurement_risk.language.text import one_line
from procurement_risk.methods import AnyResult
from procurement_risk.methods.impact_mitigation import ImpactResult
from procurement_risk.methods.weakest_section import Result
from procurement_risk.profile import impact_words
from procurement_risk.profile import words as profile_words
from procurement_risk.profile.method_words import verdict
from procurement_risk.report import impact, red_flags, sections, subject
from procurement_risk.report.page import (
    EVERYTHING,
    Block,
    Facts,
    Line,
    Page,
    Paragraph,
    Part,
    Points,
    Table,
)
from procurement_risk.report.parts import pounds
from procurement_risk.report.subject import Found, Subject


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
            *_answers(about, published.answers),
            *_withheld(published, framework),
        ),
        foot=subject.foot(about),
        language=subject.language(),
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
    blocks = tuple(Paragraph(line=Line(line)) for line in lines)
    return Part(title=_("What this summary is, and is not"), side="whole", blocks=blocks)


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
    items = _facts(published, "purchase", facts)
    return Part(title=_("The purchase"), side="whole", blocks=(Facts(items=items),))


def _grown(value: int | None) -> str:
    return "" if value is None else pounds(value)


def _facts(published: Published, part: str, facts: dict[str, tuple[str, str]]) -> tuple[Line, ...]:
    """Return each fact that is known or withheld, with its name."""
    said = (
        (lead, published.shown(f"{part}.{name}", text)) for name, (lead, text) in facts.items()
    )
    return tuple(Line(text, lead) for lead, text in said if text)


def _supplier(about: Subject, published: Published) -> Part:
    seller = about.assessment.supplier
    facts = {
        "name": (_("Supplier"), about.text(seller.name)),
        "company_number": (_("Company number"), about.name(seller.company_number)),
        "group": (_("Group"), about.name(seller.group)),
        "jurisdiction": (_("Jurisdiction that controls it"), about.name(seller.jurisdiction)),
    }
    blocks: list[Block] = [Facts(items=_facts(published, "supplier", facts))]
    upstreams = tuple(subject.upstream_line(about, each) for each in about.assessment.upstreams)
    if upstreams:
        blocks.append(Points(items=upstreams))
    else:
        nothing = _("No model, host or cloud underneath is recorded.")
        blocks.append(Paragraph(line=Line(nothing)))
    return Part(
        title=_("The supplier, and what lies underneath"), side="whole", blocks=tuple(blocks)
    )


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
    blocks: list[Block] = [Points(items=tuple(lines))] if lines else []
    if left_out:
        words = ngettext(
            "{n} more stop or flag rests on an answer that is withheld.",
            "{n} more stops and flags rest on answers that are withheld.",
            left_out,
        )
        blocks.append(Paragraph(line=Line(words.format(n=left_out))))
    if not blocks:
        blocks.append(
            Paragraph(line=Line(_("No stop and no flag fired, and none may still fire.")))
        )
    return Part(title=_("Stops and flags"), side="whole", blocks=tuple(blocks))


def _weakest_section(about: Subject, result: Result, hidden: frozenset[str]) -> Found:
    return Found(
        headline=profile_words.recommendation(result),
        meaning=sections.meaning(about, result),
        top=(Line(sections.tier(about, result), _("How much is at stake")),),
        parts=(sections.bars(about, result), _red_flags(about, result, hidden)),
    )


def _impact_mitigation(about: Subject, result: ImpactResult, __: frozenset[str]) -> Found:
    sentences = impact_words.published_sentence(result), impact_words.hidden_sentence(result)
    bars = impact.point_bars(about, result)
    return Found(impact_words.headline(result), " ".join(sentences), (), (bars,))


FOUND: Mapping[str, Callable[[Subject, Any, frozenset[str]], Found]] = {
    "weakest-section": _weakest_section,
    "impact-mitigation": _impact_mitigation,
}


def _conditions(about: Subject) -> Part:
    every = about.assessment.answer_set.mitigations
    unmet = in_order((each for each in every if each.status != "verified"), about.as_of)
    blocks: list[Block] = []
    if unmet:
        rows = tuple(subject.condition_row(about, each) for each in unmet)
        columns = (_("Condition"), _("Owner"), _("Due"), _("Status"))
        title = _("Open conditions with owner, due date and status")
        blocks.append(Table(title=title, columns=columns, rows=rows, widths=(10, 6, 4, 4)))
    else:
        blocks.append(Paragraph(line=Line(_("No condition is open."))))
    if met := len(every) - len(unmet):
        words = ngettext(
            "{n} condition is verified as met.", "{n} conditions are verified as met.", met
        )
        blocks.append(Paragraph(line=Line(words.format(n=grouped(met)))))
    return Part(title=_("Open conditions"), side="whole", blocks=tuple(blocks))


def _triggers(about: Subject) -> Iterator[Part]:
    found = [each for each in about.assessment.triggers if not each.resolved_at]
    if found:
        items = []
        for each in found:
            words = _("{what}, {date}").format(
                what=about.name(in_words(each.what)), date=about.date(each.at)
            )
            items.append(Line(f"{words}: {about.text(each.note)}" if each.note else words))
        points = Points(items=tuple(items))
        yield Part(title=_("Reasons to look again"), side="whole", blocks=(points,))


# --- Questions and answers ----------------------------------------------------------------


def _answers(about: Subject, hidden: frozenset[str]) -> Iterator[Part]:
    facts = [q for q in about.framework.facts if about.outcome.applies[q.id] is not False]
    groups = [(_("facts"), facts)]
    for section in about.framework.sections:
        asked = [q for q in section.questions if _is_told(about, q, hidden)]
        groups.append((about.text(section.title), asked))
    for title, questions in groups:
        if questions:
            table = Table(
                title=_("Questions, answers and evidence: {section}").format(section=title),
                columns=(_("Question"), _("Answer"), _("Evidence")),
                rows=tuple(_answer_row(about, question) for question in questions),
                widths=(11, 9, 5),
            )
            name = _("Asked and answered: {section}").format(section=title)
            yield Part(title=name, side="whole", blocks=(table,))


def _is_told(about: Subject, question: Question, hidden: frozenset[str]) -> bool:
    """Whether it is asked, or declared not applicable; a withheld answer does not show which."""
    answer = about.assessment.answer_set.answers.get(question.id)
    declared = answer is not None and answer.state == "not_applicable"
    told = declared or question.id in hidden
    return about.outcome.counts(question.id) or (told and about.outcome.in_pack(question.id))


def _answer_row(about: Subject, question: Question) -> tuple[str, ...]:
    answer = about.assessment.answer_set.answers.get(question.id)
    said = about.text(answer_text(question, answer))
    if answer is not None and answer.state == "not_applicable" and answer.reason:
        said = _("{state}: {reason}").format(state=said, reason=about.text(answer.reason))
    asked = about.text(question.ask)
    if not question.is_fact:
        asked = _("{question}: {words}").format(question=question.id, words=asked)
    return asked, said, _evidence(about, question, answer)


def _evidence(about: Subject, question: Question, answer: Answer | None) -> str:
    if answer is None or answer.state != "answered" or not answer.evidence or question.is_fact:
        return ""
    grade = grade_label(answer.evidence)
    if answer.valid_until and answer.valid_until < about.as_of:
        words = _("{grade}; ran out on {date}, counts as E0")
        return words.format(grade=grade, date=about.date(answer.valid_until))
    return grade


# --- What is withheld ---------------------------------------------------------------------


def _withheld(published: Published, framework: Framework) -> Iterator[Part]:
    if published.withheld:
        table = Table(
            title=_("Withheld fields, with ground, reason and end date"),
            columns=(_("Withheld"), _("Ground"), _("Why"), _("Until")),
            rows=tuple(withheld_rows(published.withheld, framework)),
            widths=(12, 4, 7, 4),
        )
        yield Part(title=_("What is withheld"), side="whole", blocks=(table,))
    if published.ended:
        items = tuple(_ended(each, framework) for each in _grouped(published.ended))
        yield Part(title=_("No longer withheld"), side="whole", blocks=(Points(items=items),))


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
