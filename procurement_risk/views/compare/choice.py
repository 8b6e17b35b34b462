"""Which purchase and which of its suppliers to compare, kept in the address and the visit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import streamlit as st

from procurement_risk import language
from procurement_risk.comparison import MOST_COMPARED, Comparison, Entry, compare
from procurement_risk.comparison.comparable import Sorted, counting, sort_entries
from procurement_risk.comparison.compare import labels_of
from procurement_risk.comparison.ordering import View, ranks_bids
from procurement_risk.language import _
from procurement_risk.methods import evaluate
from procurement_risk.portfolio.left_out import left_out
from procurement_risk.storage import Stored, Summary
from procurement_risk.views.shared import address, session, some_of_many

ADDRESS, WITHOUT, MEMORY = "purchase", "without", "comparison"


@dataclass(frozen=True, slots=True)
class Choice:
    """One purchase that several suppliers were assessed for."""

    title: str
    buyer: str
    summaries: tuple[Summary, ...]

    @property
    def suppliers(self) -> int:
        """How many suppliers there are."""
        return len({s.supplier_id for s in self.summaries})


@dataclass(slots=True)
class _Memory:
    """What is worked out for one purchase, as its assessments stand now."""

    key: object
    entries: tuple[Entry, ...]
    damaged: str = ""
    sorted: dict[View, Sorted] = field(default_factory=dict)
    comparisons: dict[tuple[View, tuple[str, ...]], Comparison] = field(default_factory=dict)


def offered() -> dict[str, Choice] | None:
    """Return the purchases to choose from, by id; None where there is none at all.

    Where there are very many, some that a few words find, and the one that the address names.
    """
    store = session.store()
    found = store.offered_compared("", some_of_many.MOST)
    if not found.total:
        return None
    asked, ids = some_of_many.words(found.total, "compare-words"), found.ids
    if asked is not None:
        if asked.strip():
            found = store.offered_compared(asked, some_of_many.SHOWN)
        ids = found.ids[: some_of_many.SHOWN]
        some_of_many.say(len(ids), found.total, asked)
    named = st.query_params.get(ADDRESS, "")
    return choices(store.summaries(store.of_purchases([*ids, *filter(None, [named])])))


def choices(summaries: Sequence[Summary]) -> dict[str, Choice]:
    """Return the purchases that more than one supplier was assessed for, by id."""
    by_purchase: dict[str, list[Summary]] = {}
    for summary in summaries:
        if summary.subject == "purchase" and not summary.archived:
            by_purchase.setdefault(summary.purchase.id, []).append(summary)
    found = {
        name: Choice(each[0].purchase.title, each[0].purchase.buyer, tuple(each))
        for name, each in by_purchase.items()
    }
    several = {name: choice for name, choice in found.items() if choice.suppliers > 1}
    return dict(sorted(several.items(), key=lambda pair: (pair[1].title, pair[0])))


def purchase(known: Mapping[str, Choice]) -> str | None:
    """Let a purchase be chosen, the one in the address first; None until one is."""
    asked = st.query_params.get(ADDRESS, "")
    if asked and asked not in known:
        st.warning(
            _(
                "The purchase in the address has no two suppliers to compare here. "
                "Choose another one."
            )
        )
    names = list(known)
    place = names.index(asked) if asked in known else (0 if len(names) == 1 else None)
    chosen = st.selectbox(
        _("Purchase"),
        names,
        index=place,
        format_func=lambda name: _("{title} · {buyer} · {n} suppliers").format(
            title=known[name].title, buyer=known[name].buyer, n=known[name].suppliers
        ),
        placeholder=_("Choose a purchase with several suppliers"),
    )
    if chosen is not None and chosen != asked:
        if asked:
            address.forget([WITHOUT])
        st.query_params[ADDRESS] = chosen
    return chosen


def damaged(choice: Choice) -> str:
    """Return which of the purchase's assessments can no longer be read, in words; or empty."""
    return _memory(choice).damaged


def view(choice: Choice) -> View:
    """Let the whole due diligence be shown where only what may rank bids orders them."""
    entries = _memory(choice).entries
    if not any(ranks_bids(each.framework, each.assessment) for each in entries):
        return "order"
    whole = st.toggle(
        _("Show the whole due diligence"),
        key="whole",
        bind="query-params",
        help=_("Counts questions that may never be used to rank bidders in a tender."),
    )
    return "full" if whole else "order"


def sorted_entries(choice: Choice, view: View) -> Sorted:
    """Return the purchase's assessments by whether they can be compared."""
    memory = _memory(choice)
    if view not in memory.sorted:
        memory.sorted[view] = sort_entries(memory.entries, view)
    return memory.sorted[view]


def comparison(choice: Choice, ids: Sequence[str], view: View) -> Comparison:
    """Return the assessments ``ids`` compared; worked out once for each choice of them."""
    memory = _memory(choice)
    wanted = (view, tuple(sorted(ids)))
    if wanted not in memory.comparisons:
        found = sorted_entries(choice, view).comparable
        comparable = [e for e, __ in found if e.assessment.id in ids]
        memory.comparisons[wanted] = compare(comparable, view=view)
    return memory.comparisons[wanted]


def _memory(choice: Choice) -> _Memory:
    key = (
        language.current(),
        session.wanted_language(),
        tuple((summary.id, summary.revision) for summary in choice.summaries),
        session.store().foreign(),
    )
    kept = st.session_state.get(MEMORY)
    if not isinstance(kept, _Memory) or kept.key != key:
        read = session.store().read_many([summary.id for summary in choice.summaries])
        session.store().note_opened([each.assessment.id for each in read.stored])
        kept = _Memory(key, tuple(_entries(choice, read.stored)), left_out(read.damaged))
        st.session_state[MEMORY] = kept
    return kept


def _entries(choice: Choice, read: Sequence[Stored]) -> list[Entry]:
    found = []
    foreign = session.store().foreign()
    named = {each.id: each.framework_digest for each in choice.summaries}
    for stored in read:
        framework = session.spoken(stored.framework)
        outcome = evaluate(framework, stored.assessment.answer_set)
        found.append(
            Entry(
                assessment=stored.assessment,
                framework=framework,
                outcome=outcome,
                foreign=named[stored.assessment.id] in foreign,
            )
        )
    return found


def suppliers(key: str, choice: Choice, found: Sorted) -> list[str]:
    """Let two to six of the comparable assessments be chosen; return their ids.

    At first it is the one of each supplier that stands, without those that the address names as
    taken out; it names whoever is taken out here.
    """
    entries = [entry for entry, __ in found.comparable]
    labels = dict(sorted(labels_of(entries).items(), key=lambda pair: pair[1]))
    stands = counting(entries, {s.id: s.supplier_id for s in choice.summaries})
    offered = [name for name in labels if name in stands]
    own = f"compare:{key}"

    def stays(without: list[str]) -> list[str]:
        return [name for name in offered if name not in without][:MOST_COMPARED]

    address.follow(WITHOUT, own, stays)
    st.session_state[own] = [name for name in st.session_state[own] if name in labels]
    return st.multiselect(
        _("Suppliers, two to six"),
        list(labels),
        max_selections=MOST_COMPARED,
        format_func=lambda name: labels.get(name, name),
        key=own,
        on_change=address.remember,
        args=(WITHOUT, own, lambda chosen: [name for name in offered if name not in chosen]),
    )
