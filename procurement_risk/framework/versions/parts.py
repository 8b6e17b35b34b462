"""What changed in a framework itself, its sections, packs, clauses and sources.

Its questions and its policy have modules of their own; here they are put in order.
"""

from __future__ import annotations

from collections.abc import Iterator

from procurement_risk.framework import Pack, Section
from procurement_risk.framework.versions.change import (
    KEY_WORDS,
    Change,
    Side,
    by_id,
    can_move_result,
    merged,
    order_change,
    owned,
    text_change,
    text_changes,
    value_change,
)
from procurement_risk.framework.versions.policy import policy_changes
from procurement_risk.framework.versions.questions import never_reasons, question_changes
from procurement_risk.language import N_, _, ngettext
from procurement_risk.language.phrases import listed


def framework_changes(old: Side, new: Side) -> Iterator[Change]:
    """Yield every change from ``old`` to ``new``, in the order in which one reads them."""
    yield from _framework(old, new)
    yield from _facts(old, new)
    yield from _sections(old, new)
    yield from _packs(old, new)
    yield from policy_changes(old, new)
    yield from _registry(old, new, CLAUSES, ("heading", "purpose", "outcome"))
    yield from _registry(old, new, SOURCES, ("title", "meaning", "status"))


def _framework(old: Side, new: Side) -> Iterator[Change]:
    before, after = old.framework, new.framework
    documents = (old, before.document), (new, after.document)
    owner = _("framework")
    yield from text_changes("method", owned(owner, ""), ["title", "description"], *documents)
    for where, one, other, affects in (
        (_("method"), before.method, after.method, True),
        (_("top of the scale"), before.scale_max or None, after.scale_max or None, True),
        (_("subject"), before.subject, after.subject, False),
        (_("languages"), ", ".join(before.languages), ", ".join(after.languages), False),
    ):
        yield from value_change("method", owned(owner, where), one, other, affects=affects)


# --- Facts and sections -------------------------------------------------------------------


def _facts(old: Side, new: Side) -> Iterator[Change]:
    before = [fact.id for fact in old.framework.facts]
    after = [fact.id for fact in new.framework.facts]
    yield from order_change("section", owned(_("facts"), _("order")), before, after)
    yield from _questions(old, new, before, after)


def _questions(old: Side, new: Side, before: list[str], after: list[str]) -> Iterator[Change]:
    """Yield the changes of what stands here now, and of what stood here and is gone."""
    known = new.framework.by_id
    here = set(after)
    for name in merged([n for n in before if n in here or n not in known], after):
        yield from question_changes(old, new, name)


def _sections(old: Side, new: Side) -> Iterator[Change]:
    before = {section.id: section for section in old.framework.sections}
    after = {section.id: section for section in new.framework.sections}
    yield from order_change("section", owned(_("sections"), _("order")), before, after)
    for name in merged(before, list(after)):
        was, now = before.get(name), after.get(name)
        if was and now:
            yield from _section(old, new, was, now)
        else:
            yield _section_came_or_went(old, new, was, now)
        ids = ([q.id for q in each.questions] if each else [] for each in (was, now))
        yield from _questions(old, new, *ids)


def _section_came_or_went(
    old: Side, new: Side, before: Section | None, after: Section | None
) -> Change:
    section, side = (after, new) if after else (before, old)
    assert section is not None
    return Change(
        kind="section",
        where=_("section {section}").format(section=section.id),
        before=before.title if before else "",
        after=after.title if after else "",
        affects_result=any(can_move_result(side, q.id) for q in section.questions),
    )


def _section(old: Side, new: Side, before: Section, after: Section) -> Iterator[Change]:
    owner = _("section {section}").format(section=after.id)
    raws = (old, old.sections[before.id]), (new, new.sections[after.id])
    yield from text_changes("section", owned(owner, ""), ("title", "short_title", "intro"), *raws)
    roles = before.role or None, after.role or None
    yield from value_change("section", owned(owner, _("role")), *roles, affects=True)
    pillars = before.pillar, after.pillar
    yield from value_change("section", owned(owner, _("pillar")), *pillars)
    reasons = [never_reasons(raw) for __, raw in raws]
    if len(reasons[0]) == len(reasons[1]):
        for pair in zip(*reasons, strict=True):
            texts = (old, pair[0]), (new, pair[1])
            where = owned(owner, _("reason for never asking"))
            yield from text_change("section", where, *texts)
    yield from order_change(
        "section",
        owned(owner, _("order of questions")),
        [question.id for question in before.questions],
        [question.id for question in after.questions],
    )


# --- Packs, clauses, sources --------------------------------------------------------------


def _packs(old: Side, new: Side) -> Iterator[Change]:
    before = {pack.id: pack for pack in old.framework.packs}
    after = {pack.id: pack for pack in new.framework.packs}
    yield from order_change("pack", owned(_("packs"), _("order")), before, after)
    raws = by_id(old.framework.document, "packs"), by_id(new.framework.document, "packs")
    for name in merged(before, list(after)):
        was, now = before.get(name), after.get(name)
        owner = _("pack {pack}").format(pack=name)
        if was is None or now is None:
            yield Change(
                kind="pack",
                where=owner,
                before=_pack_words(old, was),
                after=_pack_words(new, now),
                affects_result=now is None,
            )
            continue
        texts = [
            (side, raw.get(name, {"title": pack.title, "description": pack.description}))
            for side, raw, pack in ((old, raws[0], was), (new, raws[1], now))
        ]
        yield from text_changes("pack", owned(owner, ""), ("title", "description"), *texts)
        yield from _pack_questions(old, new, was, now)


def _pack_questions(old: Side, new: Side, was: Pack, now: Pack) -> Iterator[Change]:
    if was.questions is None and now.questions is None:
        return
    before, after = _asked_by(old, was), _asked_by(new, now)
    for where, names, side in (
        (_("questions in"), [n for n in after if n not in before], new),
        (_("questions out"), [n for n in before if n not in after], old),
    ):
        if names:
            words = listed(names)
            yield Change(
                kind="pack",
                where=owned(_("pack {pack}").format(pack=now.id), where),
                before=words if side is old else "",
                after=words if side is new else "",
                affects_result=any(can_move_result(side, name) for name in names),
            )


def _asked_by(side: Side, pack: Pack) -> dict[str, None]:
    return {q.id: None for q in side.framework.questions() if pack.asks(q.id)}


def _pack_words(side: Side, pack: Pack | None) -> str:
    if pack is None:
        return ""
    if pack.questions is None:
        return _("{pack} (every question)").format(pack=pack.title)
    number = len(pack.questions)
    words = ngettext("{pack} ({n} question)", "{pack} ({n} questions)", number)
    return words.format(pack=pack.title, n=f"{number:,}")


# Where they stand in the document, what one is called, what all are called.
CLAUSES = "clauses", N_("clause {id}"), N_("clauses")
SOURCES = "sources", N_("source {id}"), N_("sources")


def _registry(
    old: Side, new: Side, what: tuple[str, str, str], texts: tuple[str, ...]
) -> Iterator[Change]:
    """Yield the changes of the clauses or the sources; none of them enters a result."""
    part, one, all_ = what
    before, after = (by_id(side.framework.document, part) for side in (old, new))
    yield from order_change("details", owned(_(all_), _("order")), before, after)
    nouns = [{each.id: each for each in getattr(side.framework, part)} for side in (old, new)]
    for name in merged(before, list(after)):
        owner = _(one).format(id=name)
        if name not in before or name not in after:
            shown = [getattr(known[name], texts[0]) if name in known else None for known in nouns]
            yield from value_change("details", owner, *shown)
            continue
        pair = (old, before[name]), (new, after[name])
        yield from text_changes("details", owned(owner, ""), texts, *pair)
        for key in ("cited_as", "address", "checked"):
            values = (_joined(raw.get(key)) for __, raw in pair)
            yield from value_change("details", owned(owner, _(KEY_WORDS[key])), *values)
        pointers = [(side, raw.get("pointers", ())) for side, raw in pair]
        for place in range(max(len(each) for __, each in pointers)):
            at = [(side, each[place] if place < len(each) else None) for side, each in pointers]
            where = _("pointer {number}").format(number=place + 1)
            yield from text_change("details", owned(owner, where), *at)


def _joined(value: object) -> object:
    return "; ".join(value) if isinstance(value, list) else value
