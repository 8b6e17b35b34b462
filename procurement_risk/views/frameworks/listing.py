"""Every questionnaire there is: in use, drafts, retired, not known here; and files left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import streamlit as st

from procurement_risk.framework import Framework
from procurement_risk.framework.files import FrameworkFile
from procurement_risk.framework.origin import digest
from procurement_risk.framework.proposals import to_be_set
from procurement_risk.framework.versions.whose import whose_words
from procurement_risk.framework.words import version_words
from procurement_risk.language import N_, _, ngettext
from procurement_risk.language.phrases import counted, day
from procurement_risk.language.text import plain
from procurement_risk.storage import Use
from procurement_risk.views.frameworks import begin_edit, check, drafts, notices, opened, use
from procurement_risk.views.frameworks.compare import draw_comparison
from procurement_risk.views.frameworks.known import Known
from procurement_risk.views.shared import offered, session, tables

MOST_USES = 200
DONE: Mapping[str, str] = {
    "in_use": N_("put in use"),
    "retired": N_("retired"),
    "brought_back": N_("brought back"),
}


def draw(known: Sequence[Known]) -> None:
    """Draw each kind under its heading; a kind of which there is none is left out."""
    retired = session.store().retired_questionnaires()
    uses = session.store().uses()
    put = _last_put_in_use(uses)
    here = [each for each in known if each.text and each.is_current]
    _draw_left_out(offered.files())
    drafts.draw()
    st.header(_("In use"), anchor=False)
    in_use = [each for each in here if each.framework.id not in retired]
    if not in_use:
        st.markdown(_("None. Bring one in, or bring a retired one back."))
    for each in in_use:
        _draw_one(each, put.get(each.framework.id))
    if gone := [each for each in here if each.framework.id in retired]:
        st.header(_("Retired"), anchor=False)
        for each in gone:
            _draw_retired(each, retired[each.framework.id])
    _draw_foreign()
    _draw_uses(uses)


def _draw_uses(uses: Sequence[Use]) -> None:
    """Draw what was done with questionnaires, the newest first: who, when and why."""
    if not uses:
        return
    columns = [_("Day"), _("Questionnaire"), _("What was done"), _("By"), _("Why")]
    rows = [
        [day(u.at[:10]), f"{u.framework_id} {u.version}", _(DONE[u.what]), u.by, u.reason]
        for u in uses[:MOST_USES]
    ]
    title = _("What was put in use and retired, by whom and why")
    with st.expander(title):
        tables.draw(title, columns, rows)


def _last_put_in_use(found: Sequence[Use]) -> dict[str, Use]:
    """Return how the version of each questionnaire that is in use came to be so."""
    last: dict[str, Use] = {}
    for each in found:
        if each.what == "in_use":
            last.setdefault(each.framework_id, each)
    return last


def _draw_one(each: Known, put: Use | None) -> None:
    framework = session.spoken(each.framework)
    refused = offered.refusal(framework, session.store())
    number = sum(1 for _q in framework.questions())
    asked = ngettext("{n} question", "{n} questions", number).format(n=number)
    whose, extends = _whose(framework, put), notices.extends(framework)
    with _card(framework, asked, _to_be_set(framework), whose, extends):
        _draw_read(each)
        begin_edit.draw(each, "list")
        use.draw_retire(framework)
    notices.draw_hidden(framework)
    if refused:
        st.error(plain(f"{framework.id}.yaml: {refused}"))


def _whose(framework: Framework, put: Use | None) -> str:
    if put is not None and put.version == framework.version:
        words = _("put in use by {name} on {date}")
        return words.format(name=put.by, date=day(put.at[:10]))
    found = session.store().whose(framework)
    return _("shipped") if found.origin.kind == "shipped" else whose_words(found)


def _to_be_set(framework: Framework) -> str:
    """Return in how many of its questions something is only proposed; empty for none."""
    number = len(to_be_set(framework))
    return counted(number, "{n} still to be set", "{n} still to be set") if number else ""


def _draw_retired(each: Known, retired: Use) -> None:
    framework = session.spoken(each.framework)
    words = _("retired by {name} on {date}").format(name=retired.by, date=day(retired.at[:10]))
    with _card(framework, words, retired.reason):
        _draw_read(each)
        use.draw_bring_back(framework)


@contextmanager
def _card(framework: Framework, *about: str) -> Iterator[None]:
    """Draw what a questionnaire is called and what there is to know; its buttons come beside."""
    version = _("version {version}").format(version=framework.version)
    line = " · ".join(filter(None, (version, *about)))
    with st.container(border=True):
        said, buttons = st.columns([5, 4], vertical_alignment="center")
        said.markdown(f"**{plain(framework.title)}**  \n{plain(line)}")
        with buttons.container(horizontal=True, horizontal_alignment="right", gap="small"):
            yield


def _draw_read(each: Known) -> None:
    st.button(
        _("Read it"), key=f"open-{each.name}", on_click=opened.opening(each.name, opened.READ)
    )


def _draw_left_out(files: Sequence[FrameworkFile]) -> None:
    """Say which files cannot be used, and why."""
    for file in files:
        if file.framework is not None:
            continue
        words = ngettext(
            "{file} has {n} problem, so it is not on offer.",
            "{file} has {n} problems, so it is not on offer.",
            len(file.problems),
        )
        with st.expander(words.format(file=plain(file.path.name), n=len(file.problems))):
            check.draw_problems(file.problems, file.text)


# Foreign questionnaires: they came in with records, and nobody here shipped or adopted them.


def _draw_foreign() -> None:
    """Draw each foreign questionnaire, what differs from ours, and the button that deletes it."""
    found = session.store().foreign_frameworks()
    if not found:
        return
    st.header(_("Not known here"), anchor=False)
    st.markdown(
        _(
            "These came in with records. Nothing can be started from them, and results that rest "
            "on them say so. To adopt one, bring its file in and put it in use. To delete one, "
            "delete the assessments that rest on it first."
        )
    )
    for framework in found:
        _draw_foreign_one(framework)


def _draw_foreign_one(framework: Framework) -> None:
    found = session.store().whose(framework)
    name = digest(framework)
    with st.container(border=True):
        st.markdown(f"**{plain(version_words(framework))}** ({plain(framework.id)})")
        st.markdown(plain(whose_words(found)))
        st.text(_("SHA-256 {digest}").format(digest=name))
        if found.comparison is not None and found.comparison.changes:
            with st.expander(_("What differs")):
                draw_comparison(found.comparison, key=name)
        may = session.may("keep_questionnaires")
        if may and st.button(_("Delete this questionnaire"), key=f"forget-{name}"):
            _forget(framework)


def _forget(framework: Framework) -> None:
    done = _("The questionnaire was deleted.")
    session.carry_out(lambda: session.store().forget_framework(framework), done)
