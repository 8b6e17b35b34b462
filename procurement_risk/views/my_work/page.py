"""My work: what waits for me and by when, what waits for anybody; the first look where empty."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from procurement_risk.assessment.colleagues import is_same_person
from procurement_risk.assessment.words import workflow_state
from procurement_risk.imports.demonstration import Example, examples
from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import counted, day
from procurement_risk.language.text import plain
from procurement_risk.portfolio.asked_of import asked_of
from procurement_risk.portfolio.kept import lines_coming
from procurement_risk.portfolio.part_of_waiting import Share, work_of
from procurement_risk.portfolio.submitted import Submitted, submitted
from procurement_risk.portfolio.unscored import damaged_in
from procurement_risk.portfolio.waiting import SOON_DAYS, Kind, Waiting
from procurement_risk.storage.people.mode import is_team
from procurement_risk.views.my_work import asked
from procurement_risk.views.records import BRING_IN, brought
from procurement_risk.views.shared import demonstration, session, still_to_make, unread
from procurement_risk.views.shared.badges import decision_badge
from procurement_risk.views.shared.paging import PAGE_SIZE
from procurement_risk.views.shared.whole_list import Whole, part_on_paper

OPENS: dict[Kind, str] = {"answers": "answer", "pack": "answer", "evidence": "answer"}
"""The page on which each kind is dealt with, where that is not the Overview."""

MEANWHILE = 5
"""How many of those changed last are led to while what waits is still being worked out."""


def page() -> None:
    """Draw the page."""
    st.title(_("My work"), anchor=False)
    making = lines_coming(session.store())
    person = session.named()
    work = work_of(session.store(), person, session.today())
    still_to_make.draw_how_far(making)
    unread.say(damaged_in(session.store()))
    if not work.scored and not making:
        _draw_first_look()
        return
    given = [
        each
        for each in submitted(session.store())
        if session.may("take_back", each.link.assessment_id)
    ]
    with st.container(horizontal=True, vertical_alignment="center"):
        if session.may("start") and st.button(_("Start an assessment"), type="primary"):
            session.go("start")
        number = session.store().offered(limit=0).total if making else work.scored
        words = counted(number, "All assessments: {n}", "All assessments: {n}")
        session.link("assessments", words)
        if is_team():
            session.link("notify-me", _("Notify me"))
    nothing = _("Not known yet: it is being worked out.") if making else ""
    mine_given = [each for each in given if is_same_person(each.link.by, person)]
    _draw_mine(work.mine, person, mine_given, nothing or _("Nothing waits for you."))
    others_given = [each for each in given if not is_same_person(each.link.by, person)]
    _draw_others(work.others, others_given, nothing or _("Nothing else waits."))
    if making:
        _draw_meanwhile()
    st.caption(
        _(
            "Conditions, reviews and evidence that runs out stand here from {n} days before their "
            "day."
        ).format(n=SOON_DAYS)
    )


def _draw_meanwhile() -> None:
    """Lead to what was worked at last, which is known before anything is worked out."""
    st.header(_("Changed last"), anchor=False)
    store = session.store()
    for each in store.summaries(store.offered(limit=MEANWHILE).ids):
        label = f"**{plain(each.purchase.title)}** · {plain(each.supplier.name)}"
        about = _("{state}, changed {date}")
        words = about.format(state=workflow_state(each.state), date=day(each.changed_at))
        with st.container(gap=None):
            session.link("profile", label, assessment=each.id)
            st.markdown(f":small[{plain(words)}]")


def _draw_mine(mine: Share, person: str, given: Sequence[Submitted], nothing: str) -> None:
    files = brought.not_accepted()
    if not person:
        st.info(
            _(
                "Write your name in the menu, and what waits for you stands here first: what you "
                "are responsible for, and the conditions that name you."
            )
        )
        _draw_files(files)
        return
    st.header(_("For {name}").format(name=plain(person)), anchor=False)
    found = asked_of(session.store(), person)
    late = sum(each.is_overdue(session.today()) for each in found)
    number = len(files) + len(given) + len(found) + mine.number.whole
    st.markdown(_number(number, late + mine.number.late) or nothing)
    _draw_files(files)
    _draw_submitted(given)
    asked.draw(found)
    _draw_page(mine, "mine")


def _draw_others(others: Share, given: Sequence[Submitted], nothing: str) -> None:
    st.header(_("For anybody"), anchor=False)
    number, late = others.number
    st.markdown(_number(number + len(given), late) or nothing)
    _draw_submitted(given)
    _draw_page(others, "anybody")


def _draw_page(share: Share, key: str) -> None:
    total = share.number.whole
    columns = (_("What waits"), _("Purchase"), _("Supplier"), _("By when"), _("Whose"))
    whole = Whole(
        columns,
        lambda: list(map(_row, share.part(total))),
        ids=lambda: [each.item.id for each in share.part(total)],
    )
    with part_on_paper(total, key, PAGE_SIZE, whole) as place:
        for each in share.part(place.stop - place.start, place.start) if total else ():
            _draw_one(each)


def _row(each: Waiting) -> tuple[str, ...]:
    about = each.what, each.item.purchase.title, each.item.supplier.name
    return (*about, _by_when(each), next(filter(None, each.people), ""))


def _number(waiting: int, late: int) -> str:
    """Return how much waits, and how much of it is late; empty where nothing does."""
    if not waiting:
        return ""
    words = counted(waiting, "{n} thing waits", "{n} things wait")
    return _("{things}, {n} late").format(things=words, n=grouped(late)) if late else words


def _draw_files(files: Sequence[str]) -> None:
    """Draw what suppliers sent back and this visit still holds."""
    for name in files:
        with st.container(gap=None):
            words, about = _("A file to accept"), _("brought in this visit, not accepted yet")
            label = f"**{words}** · {plain(name)}"
            session.link("records", label, records=BRING_IN)
            st.markdown(f":small[{about}]")


def _draw_submitted(given: Sequence[Submitted]) -> None:
    """Draw what suppliers submitted by a link and nobody has taken in yet."""
    for each in given:
        with st.container(gap=None):
            words, about = _("A supplier's answers to accept"), _("submitted by a link on {date}")
            label = f"**{words}** · {plain(each.purchase)} · {plain(each.supplier)}"
            session.link("records", label, records=BRING_IN)
            parts = [plain(about.format(date=day(each.link.submitted_at))), plain(each.link.by)]
            parts += [_("fictional")] * each.fictional
            st.markdown(f":small[{' · '.join(parts)}]")


def _draw_one(each: Waiting) -> None:
    item = each.item
    label = f"**{plain(each.what)}** · {plain(item.purchase.title)} · {plain(item.supplier.name)}"
    with st.container(gap=None):
        session.link(OPENS.get(each.kind, "profile"), label, assessment=item.id)
        st.markdown(f":small[{_about(each)}]")


def _by_when(each: Waiting) -> str:
    if not each.due:
        return _("no day set")
    words = _("{day}, past") if each.is_late else _("by {day}")
    return words.format(day=day(each.due))


def _about(each: Waiting) -> str:
    """Return by when, whose it is, and whether it is made up."""
    by = plain(_by_when(each))
    parts = [f":red[:material/event_busy: **{by}**]" if each.is_late else by]
    people = dict.fromkeys(filter(None, each.people))
    parts += [plain(name) for name in list(people)[:1]]
    parts += [_("fictional")] * each.item.fictional
    return " · ".join(parts)


# What this is and what to do first, where nothing has been assessed yet.


def _draw_first_look() -> None:
    """Draw it: two sentences, the first step, and three fictional purchases to look at."""
    if is_team() and not session.may("start"):
        st.markdown(_("Nothing waits here: no assessment has been started yet."))
        return
    st.markdown(
        _(
            "You are about to buy AI, or to switch it on: answer what has to be known about it, "
            "and see what it recommends, what stands in the way and what to ask the supplier. "
            "Every answer is saved at once, and makes a record that an auditor can recompute."
        )
    )
    st.markdown(
        _(
            "**First:** four fields about your purchase, then 15 questions. They say how much "
            "there is to ask."
        )
    )
    if session.may("start") and st.button(_("Start an assessment"), type="primary"):
        session.go("start")
    if is_team():  # nothing invented stands among what a team works on
        return
    st.header(_("Or look at three fictional purchases"), anchor=False)
    shown = examples()
    for box, example in zip(st.columns(len(shown) or 1), shown, strict=False):
        with box:
            _draw_card(example)
    demonstration.draw_load()


def _draw_card(example: Example) -> None:
    with st.container(border=True, height="stretch"):
        st.markdown(decision_badge(example.recommendation))
        st.markdown(f"**{plain(example.title)}**")
        st.caption(f"{plain(example.buyer)} · {plain(example.supplier)}")
        words = _("Open {purchase}").format(purchase=plain(example.title))
        if st.button(words, key=f"example-{example.id}"):
            demonstration.load()
            session.go("profile", assessment=example.id)
