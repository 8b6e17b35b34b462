"""Purchases of which the database puts together those that are alike, as items for the rules.

store, frameworks ── AlikePurchases ──> few       by where they stand and what is advised
hanging   by who sells and what is underneath
tagged    by what they are for
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeVar

from procurement_risk.assessment import Purchase, RecordedDecision, Supplier, Upstream
from procurement_risk.framework import Framework
from procurement_risk.portfolio.items import Span
from procurement_risk.portfolio.same import MOST_REMEMBERED, times_of
from procurement_risk.portfolio.several import Several
from procurement_risk.storage import Store
from procurement_risk.storage.people.acting import behind
from procurement_risk.storage.purchase_lines import SHOWN, Alike, Sought

EVERYWHERE = (*SHOWN, "closed", "unbought")
FEW = (
    "place", "is_newest", "state", "recommendation", "decided", "framework_digest", "tier_low",
    "tier_high", "fictional", "is_foreign",
)  # fmt: skip
HANGS = ("place", "supplier_id", "supplier", "company_number", "hangs_on")

MOST = 8
"""Through how many filters it is remembered what was found."""
Found = TypeVar("Found")


class AlikePurchases:
    """The purchases of a store as one person sees it; what was asked is asked once.

    Attributes:
        few: Gives all of them by place, and the newest look at each whose supplier is open.
        hanging: Gives what is shown, by place: those of one supplier and the same models as one.
        tagged: Gives what is shown, by place: those of one capability as one.
    """

    def __init__(self, store: Store, frameworks: Mapping[str, Framework], every: Sought) -> None:
        self._store, self._frameworks, self._every = store, frameworks, every
        self._names = behind(store).names_of_suppliers()
        self.few = _remembering(self._ask_few)
        self.hanging = _remembering(self._ask_hanging)
        self.tagged = _remembering(self._ask_tagged)

    def named(self, column: str) -> Counter[str]:
        """Return how often each name stands in a column."""
        found = self._store.purchases_alike((column,), self._every, is_number=True)
        return times_of((each.values[0], each.number) for each in found)

    def _alike(self, by: Sequence[str], sought: Sought) -> list[Alike]:
        return self._store.purchases_alike(by, sought)

    def _several(self, each: Alike, **fields: Any) -> Several:  # noqa: ANN401
        """Return what is ``alike`` as an item."""
        said: dict[str, Any] = {"id": "", "title": "", "buyer": "", **fields.pop("purchase", {})}
        said |= {"committed_value": each.committed, "value_if_scaled": each.scaled}
        framework = fields.pop("framework", None) or next(iter(self._frameworks.values()))
        return Several(
            id=each.first,
            framework=framework,
            purchase=Purchase(**said),
            supplier=fields.pop("supplier", None) or Supplier(name=""),
            as_of="",
            number=each.number,
            **fields,
        )

    def _ask_few(self, sought: Sought) -> Mapping[str, list[Several]]:
        """Return all purchases by place, and the newest look at each whose supplier is open."""
        found: dict[str, list[Several]] = {name: [] for name in (*EVERYWHERE, "newest")}
        for each in self._alike(FEW, replace(sought, places=EVERYWHERE)):
            said = dict(zip(FEW, each.values, strict=True))
            made = self._several(
                each,
                framework=self._frameworks.get(said["framework_digest"]),
                state=said["state"],
                recommendation=said["recommendation"],
                decided=_decided(said["decided"]),
                tier=_span(said["tier_low"], said["tier_high"]),
                fictional=bool(said["fictional"]),
                foreign=bool(said["is_foreign"]),
            )
            found[said["place"]].append(made)
            if said["is_newest"]:
                found["newest"].append(made)
        return found

    def _ask_hanging(self, sought: Sought) -> Mapping[str, tuple[Several, ...]]:
        """Return what is shown, by place: purchases of one supplier and the same models as one."""
        found: dict[str, list[Several]] = {name: [] for name in SHOWN}
        for each in self._alike(HANGS, replace(sought, places=SHOWN)):
            place, supplier_id, name, number, hangs_on = each.values
            found[place].append(
                self._several(
                    each,
                    supplier=Supplier(name=name, company_number=number),
                    supplier_id=supplier_id,
                    supplier_names=self._names.get(supplier_id, frozenset()),
                    upstreams=_upstreams(hangs_on),
                )
            )
        return {place: tuple(of) for place, of in found.items()}

    def _ask_tagged(self, sought: Sought) -> Mapping[str, tuple[Several, ...]]:
        """Return what is shown, by place: purchases of one capability as one."""
        found: dict[str, list[Several]] = {name: [] for name in SHOWN}
        for each in self._alike(("place", "capability"), replace(sought, places=SHOWN)):
            place, capability = each.values
            found[place].append(self._several(each, purchase={"capability": capability}))
        return {place: tuple(of) for place, of in found.items()}


def _remembering(ask: Callable[[Sought], Found]) -> Callable[[Sought], Found]:
    """Return ``ask`` as one that asks once for the same."""
    known: dict[Sought, Found] = {}

    def asked(sought: Sought) -> Found:
        if sought not in known:
            known[sought] = ask(sought)
        for old in list(known)[:-MOST]:
            del known[old]
        return known[sought]

    return asked


def _decided(decision: str) -> RecordedDecision | None:
    return RecordedDecision(decision=decision, by="", at="") if decision else None


def _span(low: int | None, high: int | None) -> Span | None:
    return None if low is None or high is None else Span(low, high)


@lru_cache(maxsize=MOST_REMEMBERED)
def _upstreams(text: str) -> tuple[Upstream, ...]:
    return tuple(
        Upstream(kind="model", name=name, maker=maker, own=own)
        for name, maker, own in json.loads(text)
    )
