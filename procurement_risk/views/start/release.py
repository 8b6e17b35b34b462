"""Filling the Start page from an Open Contracting release: shown first, then filled on request."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from procurement_risk.assessment.vocabulary import in_words
from procurement_risk.errors import InvalidDocument
from procurement_risk.imports import IMPORTS
from procurement_risk.imports.ocds_prefill import Field, Filled, Prefill
from procurement_risk.imports.ocds_purchase import purchase_from
from procurement_risk.imports.ocds_release import Release, buyers_of, read_releases
from procurement_risk.language import N_, _
from procurement_risk.language.phrases import counted, day, in_pounds, listed
from procurement_risk.language.text import one_line, plain
from procurement_risk.views.shared import tables
from procurement_risk.views.shared.fields import Fields

MOST_SHOWN = 50

# The names of the form's fields, and what the person is told they are.
NAMES: dict[Field, str] = {
    "title": "title",
    "buyer": "buyer",
    "description": "description",
    "committed_value": "committed",
    "route": "route",
    "notice_id": "notice",
    "ocid": "ocid",
    "decision_due": "due",
    "contract_start": "begins",
    "contract_end": "ends",
    "supplier": "supplier",
    "company_number": "number",
}
LABELS: dict[Field, str] = {
    "title": N_("What is being bought"),
    "buyer": N_("Who is buying it"),
    "description": N_("Description"),
    "committed_value": N_("Committed value"),
    "route": N_("How it is being bought"),
    "notice_id": N_("Notice id"),
    "ocid": N_("ocid"),
    "decision_due": N_("Decision needed by"),
    "contract_start": N_("Contract starts on"),
    "contract_end": N_("Contract ends on"),
    "supplier": N_("Supplier"),
    "company_number": N_("Company number"),
}


def draw(fields: Fields) -> None:
    """Draw the upload; nothing typed is lost, and nothing is filled before the button."""
    done = fields.pop_note("release-done")
    if done:
        st.success(plain(done))
    with st.expander(_("Fill in from a published notice (OCDS file)")):
        st.markdown(
            _(
                "Find a Tender and other services publish each notice as an Open Contracting "
                "(OCDS) file. Choose one to fill in what it says of the purchase. It is read here "
                "and sent nowhere."
            )
        )
        file = st.file_uploader(
            _(IMPORTS["ocds"].title),
            type=list(IMPORTS["ocds"].endings),
            max_upload_size=IMPORTS["ocds"].largest,
            key=f"{fields.prefix}release-file",
        )
        if file is None:
            return
        try:
            releases = read_releases(file.getvalue(), file.name)
        except InvalidDocument as error:
            _draw_refused(error)
            return
        release = _choose(fields, releases)
        if release is not None:
            _draw_release(fields, release)


def _draw_refused(error: InvalidDocument) -> None:
    st.error(
        counted(
            len(error.problems),
            "Refused: {n} problem. Nothing was filled in, and nothing that you typed is lost.",
            "Refused: {n} problems. Nothing was filled in, and nothing that you typed is lost.",
        )
    )
    for problem in error.problems[:MOST_SHOWN]:
        st.markdown(f"- {plain(problem.message)}")


def _choose(fields: Fields, releases: Sequence[Release]) -> Release | None:
    """Return the release there is, or let the person choose among several; none until then."""
    if len(releases) == 1:
        return releases[0]
    is_sure = len({each.ocid for each in releases}) == 1 and len(buyers_of(releases)) < 2
    if not is_sure:
        st.info(
            _(
                "The file is about several purchases or several buyers. Choose the one that is "
                "meant."
            )
        )
    chosen = st.selectbox(
        _("Which release? The newest stands first"),
        range(len(releases)),
        format_func=[_label(number, each) for number, each in enumerate(releases, 1)].__getitem__,
        index=0 if is_sure else None,
        placeholder=_("Choose a release"),
        key=f"{fields.prefix}release-chosen",
    )
    return None if chosen is None else releases[chosen]


def _label(number: int, release: Release) -> str:
    parts = [
        release.title,
        release.buyer,
        release.ocid,
        day(release.date),
        ", ".join(release.tags),
    ]
    # The number tells apart what reads alike, since browsers send labels.
    return f"{number}. " + " · ".join(part for part in parts if part)[:200]


def _draw_release(fields: Fields, release: Release) -> None:
    found = purchase_from(release)
    for warning in found.warnings:
        st.warning(plain(warning))
    if not found.fields:
        st.info(_("This release says nothing that could be filled in."))
    replacing = _draw_table(fields, found)
    for note in found.notes[:MOST_SHOWN]:
        st.caption(plain(note))
    filled = [each for each in found.fields if replacing or not _typed(fields, each.field)]
    filled = [each for each in filled if not _is_same(fields, each)]
    if filled:
        st.button(
            counted(len(filled), "Fill in {n} field", "Fill in {n} fields"),
            on_click=_fill,
            args=(fields, filled),
            key=f"{fields.prefix}release-fill",
        )
    elif found.fields:
        st.info(_("Everything it says is filled in already."))


def _draw_table(fields: Fields, found: Prefill) -> bool:
    """Draw what each field has and would have; return whether typed values are to be replaced."""
    if not found.fields:
        return False
    differing = [
        each for each in found.fields if _typed(fields, each.field) and not _is_same(fields, each)
    ]
    replacing = bool(differing) and st.checkbox(
        counted(
            len(differing),
            "Also replace what is filled in already: {n} field",
            "Also replace what is filled in already: {n} fields",
        ),
        key=f"{fields.prefix}release-replace",
    )
    rows = []
    for each in found.fields:
        typed = _typed(fields, each.field)
        if _is_same(fields, each):
            outcome = _("the same already")
        elif typed and not replacing:
            outcome = _("kept as typed")
        else:
            outcome = _("will be replaced") if typed else _("will be filled in")
        rows.append([_(LABELS[each.field]), _shown(each), typed, outcome])
    columns = [_("Field"), _("In the file"), _("In the form now"), _("What happens")]
    tables.draw(_("What the file would fill in, field by field"), columns, rows)
    return replacing


def _typed(fields: Fields, name: Field) -> str:
    """Return what stands in a field of the form now, as it is shown."""
    value = fields.value(NAMES[name])
    if name == "committed_value":
        return in_pounds(int(value)) if isinstance(value, int | float) else ""
    return _short(str(value or ""), name)


def _is_same(fields: Fields, each: Filled) -> bool:
    return fields.value(NAMES[each.field]) == each.value


def _shown(each: Filled) -> str:
    if isinstance(each.value, int):
        return in_pounds(each.value)
    return _short(each.value, each.field)


def _short(text: str, name: Field) -> str:
    shown = in_words(text) if name == "route" else one_line(text)
    return shown if len(shown) <= 200 else f"{shown[:199]}…"


def _fill(fields: Fields, filled: Sequence[Filled]) -> None:
    """Put the values into the form, before the page draws it again."""
    for each in filled:
        fields.put(NAMES[each.field], each.value)
    names = listed([_(LABELS[each.field]) for each in filled])
    fields.put_note("release-done", _("Filled in from the file: {names}.").format(names=names))
