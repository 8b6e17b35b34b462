"""What changed in a framework itself, its sections, packs, clauses and sources.

Its questions and its policy have modules of their own; here they are put in order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import zip_longest

from procurement_risk.framework import Framework, Pack
from procurement_risk.framework.versions.change import KEY_WORDS, Change, Kind, merged
from procurement_risk.framework.versions.fields import (
    Pair,
    Part,
    Row,
    changes_by,
    inside,
    order,
    owned,
    parts,
    text,
    text_changes,
    under,
    value,
)
from procurement_risk.framework.versions.policy import policy_changes
from procurement_risk.framework.versions.questions import (
    can_move_result,
    never_reasons,
    question_changes,
    question_parts,
    reason_changes,
)
from procurement_risk.language import N_, _, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import listed

# --- Questions and sections ---------------------------------------------------------------


def _questions(pair: Pair, before: list[str], after: list[str]) -> Iterator[Change]:
    """Yield the changes of what stands here now, and of what stood here and is gone."""
    old, new = (question_parts(part.framework) for part in (pair.old, pair.new))
    now = pair.new.framework.id_now
    old = {now(name): part for name, part in old.items()}  # a renamed one is beside its new self
    before, here = [now(name) for name in before], set(after)
    for name in merged([n for n in before if n in here or n not in new], after):
        yield from question_changes(old.get(name), new.get(name))


def _facts(pair: Pair) -> Iterator[Change]:
    yield from _questions(pair, *([q.id for q in p.noun.facts] for p in (pair.old, pair.new)))


def _sections(pair: Pair) -> Iterator[Change]:
    old, new = (inside("sections")(part) for part in (pair.old, pair.new))
    for name in merged(old, list(new)):
        was, now = old.get(name), new.get(name)
        where = _("section {section}").format(section=name)
        if was and now:
            yield from changes_by(SECTION, replace(pair, old=was, new=now, owner=owned(where)))
        else:
            titles = (each.noun.title if each else None for each in (was, now))
            yield pair.change(where, *titles, moves=_can_move(now or was))
        ids = ([q.id for q in each.noun.questions] if each else [] for each in (was, now))
        yield from _questions(pair, *ids)


def _can_move(section: Part | None) -> bool:
    assert section is not None
    return any(can_move_result(section.framework, q.id) for q in section.noun.questions)


def _reasons(pair: Pair) -> Iterator[Change]:
    if len(never_reasons(pair.old.raw)) == len(never_reasons(pair.new.raw)):
        yield from reason_changes(pair)


SECTION: tuple[Row, ...] = (
    text("title"),
    text("short_title"),
    text("intro"),
    value(N_("role"), lambda part: part.noun.role or None, moves=True),
    value(N_("pillar"), lambda part: part.noun.pillar),
    _reasons,
    order(N_("order of questions"), lambda part: [q.id for q in part.noun.questions]),
)


# --- Packs --------------------------------------------------------------------------------


def _packs(part: Part) -> Mapping[str, Part]:
    """Return the packs by id; that of a framework that defines none is not in the document."""
    return {
        name: each if each.raw else replace(each, raw=_as_written(each.noun))
        for name, each in inside("packs")(part).items()
    }


def _as_written(pack: Pack) -> Mapping[str, str]:
    return {"title": pack.title, "description": pack.description}


def _pack_words(part: Part) -> str:
    pack: Pack = part.noun
    if pack.questions is None:
        return _("{pack} (every question)").format(pack=pack.title)
    number = len(pack.questions)
    words = ngettext("{pack} ({n} question)", "{pack} ({n} questions)", number)
    return words.format(pack=pack.title, n=grouped(number))


def _pack_questions(pair: Pair) -> Iterator[Change]:
    if pair.old.noun.questions is None and pair.new.noun.questions is None:
        return
    before, after = _asked_by(pair.old), _asked_by(pair.new)
    came = [name for name in after if name not in before]
    went = [name for name in before if name not in after]
    for where, went_, came_, part in (
        (_("questions in"), [], came, pair.new),
        (_("questions out"), went, [], pair.old),
    ):
        if went_ or came_:
            moves = any(can_move_result(part.framework, name) for name in (*went_, *came_))
            yield pair.change(where, listed(went_), listed(came_), moves=moves)


def _asked_by(part: Part) -> dict[str, None]:
    return {q.id: None for q in part.framework.questions() if part.noun.asks(q.id)}


PACK: tuple[Row, ...] = (text("title"), text("description"), _pack_questions)


# --- Clauses and sources ------------------------------------------------------------------


def _joined(key: str) -> Row:
    return value(KEY_WORDS[key], lambda part: _one_text(part.raw.get(key)))


def _one_text(held: object) -> object:
    return "; ".join(held) if isinstance(held, list) else held


def _pointers(pair: Pair) -> Iterator[Change]:
    ends = (part.raw.get("pointers", ()) for part in (pair.old, pair.new))
    for number, (before, after) in enumerate(zip_longest(*ends), 1):
        where = _("pointer {number}").format(number=number)
        yield from text_changes(pair, where, before, after)


ENTRY: tuple[Row, ...] = (_joined("cited_as"), _joined("address"), _joined("checked"), _pointers)
CLAUSE: tuple[Row, ...] = (text("heading"), text("purpose"), text("outcome"), *ENTRY)
SOURCE: tuple[Row, ...] = (
    text("title"), text("meaning"), text("status"), *ENTRY, _joined("looked_at"),
)  # fmt: skip


# --- Gates --------------------------------------------------------------------------------


def _gates(part: Part) -> str:
    return ", ".join(gate.id for gate in part.noun.gates)


def _gate_labels(pair: Pair) -> Iterator[Change]:
    old, new = (
        {each["id"]: each["label"] for each in part.raw.get("gates", ())}
        for part in (pair.old, pair.new)
    )
    for gate in (each for each in new if each in old):
        where = _("label of gate {gate}").format(gate=gate)
        yield from text_changes(pair, where, old[gate], new[gate])


# --- What it extends ----------------------------------------------------------------------


def _based_on(part: Part) -> str:
    base = part.noun.based_on
    return f"{base.id} {base.version}" if base else ""


# --- The table ----------------------------------------------------------------------------


def _ids(key: str) -> Row:
    return order(N_("order"), lambda part: [each.id for each in getattr(part.noun, key)])


def framework_changes(old: Framework, new: Framework) -> Iterator[Change]:
    """Yield every change from ``old`` to ``new``, in the order in which one reads them."""
    before, after = (Part(each, each, each.document) for each in (old, new))
    pair = Pair(old=before, new=after, kind="method")
    for kind, row in FRAMEWORK:
        yield from row(replace(pair, kind=kind))


FRAMEWORK: tuple[tuple[Kind, Row], ...] = (
    (
        "method",
        under(
            N_("framework"),
            text("title"),
            text("description"),
            value(N_("based on"), _based_on),
            value(N_("method"), lambda part: part.noun.method, moves=True),
            value(N_("version of the method"), lambda part: part.noun.method_version, moves=True),
            value(N_("top of the scale"), lambda part: part.noun.scale_max or None, moves=True),
            value(N_("subject"), lambda part: part.noun.subject),
            value(N_("languages"), lambda part: ", ".join(part.noun.languages)),
        ),
    ),
    ("method", under(N_("framework"), value(N_("gates"), _gates, moves=True), _gate_labels)),
    ("section", under(N_("facts"), _ids("facts"))),
    ("details", _facts),
    ("section", under(N_("sections"), _ids("sections"))),
    ("section", _sections),
    ("pack", under(N_("packs"), _ids("packs"))),
    ("pack", parts(N_("pack {key}"), _packs, _pack_words, PACK, went=True)),
    ("policy", lambda pair: policy_changes(pair.old.framework, pair.new.framework)),
    ("details", under(N_("clauses"), _ids("clauses"))),
    (
        "details",
        parts(N_("clause {key}"), inside("clauses"), lambda part: part.noun.heading, CLAUSE),
    ),
    ("details", under(N_("sources"), _ids("sources"))),
    (
        "details",
        parts(N_("source {key}"), inside("sources"), lambda part: part.noun.title, SOURCE),
    ),
)
"""Everything in which two versions can differ, in the order in which one reads it."""
