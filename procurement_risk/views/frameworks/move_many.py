"""Assessments on other versions of a questionnaire, or on its kin, moved to it in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from procurement_risk.framework import Framework
from procurement_risk.framework.versions.likely import Renaming
from procurement_risk.language import _
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import plain, told_apart
from procurement_risk.portfolio import moving_many
from procurement_risk.portfolio.moving_many import Planned
from procurement_risk.storage import Summary
from procurement_risk.views.shared import forms, offered, renaming, session, tables

MOST = 200  # moved in one go
LONGEST_REASON = 1_000


def draw(framework: Framework) -> None:
    """Draw the choice of assessments, what moving them does, and the button that moves them."""
    if not session.may("describe"):
        return
    refused = offered.refusal(framework, session.store())
    found = moving_many.movable(session.store(), framework)
    if refused or not found:
        st.info(plain(refused) or _("Every assessment on this questionnaire is on this version."))
        return
    st.markdown(
        _(
            "Choose what to move to version {version}. Nothing moves before you have seen what "
            "becomes of it."
        ).format(version=plain(framework.version))
    )
    elsewhere = found[_choose_from(framework, found)][:MOST]
    chosen = _choose(framework, elsewhere)
    if not chosen:
        return
    said = _ask_renamed(framework, [each for each in elsewhere if each.id in chosen])
    planned = moving_many.plan_many(
        session.store(), chosen, framework, lambda old, _new: said.get(old.version, Renaming())
    )
    _draw_overview(planned)
    reason = st.text_input(
        _("Why they are moved, for the history"), max_chars=LONGEST_REASON, key="why-many"
    )
    label = counted(len(planned), "Move {n} assessment", "Move {n} assessments")
    stand = "-".join(str(each.stored.revision) for each in planned)
    if st.button(label, type="primary", key=f"move-many-{framework.version}-{stand}"):
        _carry_out(planned, framework, reason or "")


def _choose_from(framework: Framework, found: Mapping[str, Sequence[Summary]]) -> str:
    """Return the id of the questionnaire to move from: asked where it may be another one."""
    if list(found) == [framework.id]:
        return framework.id
    labels = {}
    for name, those in found.items():
        number = counted(len(those), "{n} assessment", "{n} assessments")
        labels[name] = f"{_relation(framework, name)}: {number}"
    key = session.in_language(f"move-from-{framework.id}")
    return forms.choose(_("Where they stand now"), labels, key, next(iter(labels)))


def _relation(framework: Framework, name: str) -> str:
    """Return what the questionnaire of the id ``name`` is to ``framework``, in words."""
    if name == framework.id:
        return _("Another version of it")
    other = session.spoken(session.store().known_frameworks(name)[-1])
    words = _("{title}, which extends the same")
    if framework.based_on is not None and framework.based_on.id == name:
        words = _("{title}, which it extends")
    elif other.based_on is not None and other.based_on.id == framework.id:
        words = _("{title}, which extends it")
    return words.format(title=other.title)


def _choose(framework: Framework, elsewhere: Sequence[Summary]) -> list[str]:
    words = _("{title} · {supplier} · version {version}")
    labels = told_apart(
        {
            each.id: words.format(
                title=each.purchase.title,
                supplier=each.supplier.name,
                version=each.framework_version,
            )
            for each in elsewhere
        }
    )
    stand = elsewhere[0].framework_id
    key = session.in_language(f"move-which-{framework.id}-{stand}")
    if st.button(_("Choose all of them"), key=f"all-{key}"):
        st.session_state[key] = list(labels)
    return st.multiselect(
        _("Assessments"),
        list(labels),
        format_func=session.worded(labels, labels.__getitem__),
        key=key,
    )


def _ask_renamed(new: Framework, chosen: Sequence[Summary]) -> dict[str, Renaming]:
    """Return what was only renamed since each of the versions that the chosen ones stand on."""
    wanted = {each.framework_version for each in chosen}
    known = session.store().known_frameworks(chosen[0].framework_id)
    return {
        old.version: renaming.draw(old, new, f"many-{old.version}-{new.version}")
        for old in known
        if old.version in wanted
    }


def _draw_overview(planned: Sequence[Planned]) -> None:
    st.markdown(plain(moving_many.overview(planned)))
    columns = [
        _("Assessment"),
        _("From version"),
        _("Carried over"),
        _("To look at"),
        _("Dropped"),
        _("Newly asked"),
        _("Recommended now"),
        _("Recommended then"),
    ]
    rows = [
        [
            f"{each.stored.assessment.purchase.title} · {each.stored.assessment.supplier.name}",
            each.stored.framework.version,
            moving_many.carried(each),
            moving_many.to_look_at(each),
            len(each.move.dropped),
            len(each.move.newly_asked),
            each.before,
            each.after if each.changes_recommendation else _("the same"),
        ]
        for each in planned
    ]
    tables.draw(_("What moving them does"), columns, rows)


def _carry_out(planned: Sequence[Planned], new: Framework, why: str) -> None:
    done = moving_many.carry_out(session.store(), planned, new, session.actor(), why)
    left = [(each, refused) for each, refused in done if refused]
    for each, refused in left:
        title = each.stored.assessment.purchase.title
        st.error(plain(f"{title}: {refused}"))
    moved = counted(
        len(done) - len(left), "{n} assessment was moved.", "{n} assessments were moved."
    )
    if left:
        st.success(moved)
        return
    session.flash(moved)
    st.rerun()
