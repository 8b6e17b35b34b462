"""Files that suppliers sent back before and that are kept here, to be used again."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from procurement_risk.errors import ProcurementRiskError
from procurement_risk.formats.workbook.kinds import kind_of
from procurement_risk.language import _
from procurement_risk.language.phrases import day
from procurement_risk.language.text import plain, told_apart
from procurement_risk.storage import KeptReturn
from procurement_risk.views.shared import session, some_of_many

Draw = Callable[[bytes, str, str], None]


def draw(draw_file: Draw) -> None:
    """Offer what an assessment's supplier sent back before, for this assessment or another.

    ``draw_file`` draws what a file would change: its bytes, its name, the assessment's id.
    """
    chosen_before = [each for each in (st.session_state.get("return-into"),) if each]
    offered = some_of_many.assessments("return-into-words", chosen_before)
    summaries = {each.id: each for each in offered}
    if not summaries and not session.store().offered(limit=0).total:
        return
    titles = told_apart(
        {name: f"{s.purchase.title} · {s.supplier.name}" for name, s in summaries.items()}
    )
    if st.session_state.get("return-into") not in titles:
        st.session_state["return-into"] = None  # set aside since it was chosen
    chosen = st.selectbox(
        _("Or use a file that a supplier sent back before, for the assessment"),
        list(titles),
        format_func=session.worded(titles, titles.__getitem__),
        key="return-into",
        placeholder=_("Choose an assessment"),
        persist_state="session",
    )
    if chosen is None:
        return
    stored = session.store().load(chosen)
    kept = session.store().returns(stored.framework, stored.assessment.supplier)
    if not kept:
        st.info(
            _(
                "Nothing that this supplier sent back to this version of the "
                "questionnaire is kept here."
            )
        )
        return
    files = {each.digest: each for each in kept}
    digest = st.radio(
        _("File"),
        list(files),
        format_func=session.worded(files, lambda name: _title(files[name])),
        index=None,
        key=f"return-kept-{chosen}",
        persist_state="session",
    )
    if digest is not None:
        _draw_file(files[digest], chosen, draw_file)


def _title(kept: KeptReturn) -> str:
    words = _("{name}, taken in on {date} by {person} (SHA-256 {digest}…)")
    return words.format(
        name=plain(kept.name),
        date=plain(day(kept.at)),
        person=plain(kept.by),
        digest=kept.digest[:8],
    )


def _draw_file(kept: KeptReturn, into: str, draw_file: Draw) -> None:
    try:
        data = session.store().kept_file(kept.digest)
    except ProcurementRiskError as error:
        st.error(plain(str(error)))
        return
    with st.container(border=True):
        st.markdown(f"**{plain(kept.name)}**")
        st.text(_("SHA-256 {digest}").format(digest=kept.digest))
        st.download_button(
            _("Download the file as it came"),
            data=data,
            file_name=f"{kept.digest[:12]}.{kind_of(data, kept.name)}",
            mime="application/octet-stream",
            key=f"return-download-{kept.digest[:12]}-{into}",
            on_click="ignore",
        )
        draw_file(data, kept.name, into)
