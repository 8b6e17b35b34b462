"""The list of assessments, narrowed and sorted as on the page, a part at a time."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Any
from weakref import WeakKeyDictionary

from fastapi import Query
from pydantic import BaseModel, Field, create_model

from procurement_risk.assessment.today import today
from procurement_risk.canonical import read_json, write_json
from procurement_risk.errors import InvalidDocument, Problem
from procurement_risk.portfolio.finding import matching
from procurement_risk.portfolio.narrowing import FACETS, LABELS, SORTS, Narrowing
from procurement_risk.portfolio.part_of_list import part_of
from procurement_risk.portfolio.worklist import Row, rows
from procurement_risk.server.api.operation import Asking, Operation, Reply
from procurement_risk.storage import Store
from procurement_risk.storage.people.acting import behind, visible

MOST, USUAL, LONGEST = 200, 50, 300


class Listed(BaseModel):
    """One assessment in the list."""

    id: str
    title: str
    buyer: str
    supplier: str
    state: str
    recommendation: str = Field(description="Its id; empty where it is not known or not said.")
    tier: str
    answered: int
    asked: int
    waiting: str = Field(description="What comes next.")
    due: str
    is_late: bool
    owner: str
    changed: str
    fictional: bool
    committed: int | None = Field(description="Whole pounds; null where not known.")
    models: list[str]
    questionnaire: str
    version: str
    is_damaged: bool = Field(description="Whether it can no longer be read.")


class Page(BaseModel):
    """A part of the list."""

    assessments: list[Listed]
    total: int = Field(description="How many the filters let through.")
    next: str | None = Field(description="The cursor of the part that follows; null at the end.")


class _Asked(BaseModel, extra="forbid"):
    q: str = Field("", max_length=LONGEST, description="Words, each found anywhere in it.")
    sort: str = Field(
        "changed", pattern=f"^({'|'.join(SORTS)})$", description="What they are sorted by."
    )
    turned: bool = Field(False, description="The other way round.")
    set_aside: bool = Field(False, description="Those that were set aside, and only those.")
    limit: int = Field(USUAL, ge=1, le=MOST, description="How many at once.")
    cursor: str = Field("", max_length=400, description="What came as `next` of the part before.")


_FACETS: dict[str, Any] = {
    name: (str | None, Field(None, max_length=LONGEST, description=f"{LABELS[name]}."))
    for name in FACETS
}
Filters: Any = create_model("Filters", __base__=_Asked, **_FACETS)


def _list(asking: Asking, asked: Annotated[Filters, Query()]) -> Reply:
    store = asking.store
    chosen = {name: said for name in FACETS if (said := getattr(asked, name)) is not None}
    narrowing = Narrowing(chosen, asked.sort, asked.turned)
    if not asked.set_aside:
        place, last = _read(asked.cursor) if asked.cursor else (0, "")
        part = part_of(store, narrowing, today(), asked.limit, place, last, asked.q)
        if part is not None:
            return _page(part.rows, part.start, part.total)
    every = _rows_of(store, set_aside=asked.set_aside)
    found = narrowing.of(matching(store, every, asked.q))
    start = _start(found, asked.cursor)
    return _page(found[start : start + asked.limit], start, len(found))


def _page(shown: list[Row], start: int, total: int) -> Reply:
    ends = start + len(shown)
    following = _cursor(ends, shown[-1].id) if shown and ends < total else None
    page = {"assessments": [_listed(row) for row in shown], "total": total}
    return Reply({**page, "next": following})


_whole: WeakKeyDictionary[Store, dict[bool, tuple[object, list[Row]]]] = WeakKeyDictionary()


def _rows_of(store: Store, *, set_aside: bool) -> list[Row]:
    """Return the rows that the caller sees. They are made once for everybody until one changes."""
    everybody, seen = behind(store), visible(store)
    kept = _whole.setdefault(everybody, {})
    stand = everybody.stamp(), everybody.foreign(), today()
    if set_aside not in kept or kept[set_aside][0] != stand:
        summaries = everybody.summaries(archived=set_aside)
        kept[set_aside] = stand, rows(everybody, summaries, today())
    every = kept[set_aside][1]
    return every if seen is None else [row for row in every if row.id in seen]


def _listed(row: Row) -> dict[str, object]:
    own = {name: getattr(row, name) for name in Listed.model_fields if hasattr(row, name)}
    return {**own, "recommendation": row.decision, "models": list(row.models)}


def _cursor(place: int, last: str) -> str:
    return base64.urlsafe_b64encode(write_json([place, last])).decode().rstrip("=")


def _start(found: list[Row], cursor: str) -> int:
    """Return where the part begins: after what was shown last, wherever that stands by now."""
    if not cursor:
        return 0
    place, last = _read(cursor)
    return next((n for n, row in enumerate(found, 1) if row.id == last), place)


def _read(cursor: str) -> tuple[int, str]:
    """Return what ``_cursor`` wrote."""
    try:
        data = base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True)
        place, last = read_json(data, "cursor")
        if not isinstance(place, int) or place < 0 or not isinstance(last, str) or "\x00" in last:
            raise ValueError
    except (binascii.Error, InvalidDocument, TypeError, ValueError) as error:
        message = "This is no cursor. Send what came as next, or none to begin anew."
        raise InvalidDocument("query", [Problem("query.cursor", message)]) from error
    return place, last


LIST = Operation(
    method="GET",
    path="/assessments",
    action="read",
    summary="List assessments, as the page Assessments shows them.",
    answer=_list,
    gives=Page,
    cost=5,
)
