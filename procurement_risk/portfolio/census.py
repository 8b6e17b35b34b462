"""Which purchases there are, each once, and the assessment by which each counts.

    items -> census ─┬─ counted          by the look that stands of its supplier
                     ├─ supplier_open    several bidders, or the chosen one is not assessed
                     ├─ closed           over: in no figure of what is bought
                     └─ unbought         withdrawn, or no bidder chosen: in no figure either

What is set aside is not among the items. An assessment of a supplier as an organisation is about
no purchase.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from procurement_risk.assessment import UNBOUGHT_STATES, Purchase
from procurement_risk.assessment.standing import standing
from procurement_risk.assessment.supplier_names import normal_name
from procurement_risk.portfolio.called import names_by_id
from procurement_risk.portfolio.items import PortfolioItem, look_of_item
from procurement_risk.portfolio.once import once
from procurement_risk.portfolio.same import folded, supplier_keys

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class SupplierOpen:
    """A purchase whose supplier is not settled.

    Attributes:
        bids: The look that stands of each supplier that is still in it, in order of their ids.
    """

    bids: tuple[PortfolioItem, ...]

    @property
    def newest(self) -> PortfolioItem:
        """The look that stands among all of them: what is said of the purchase is said there."""
        return standing(self.bids, look_of_item)

    @property
    def purchase(self) -> Purchase:
        """What is bought."""
        return self.newest.purchase


@dataclass(frozen=True, slots=True, kw_only=True)
class Census:
    """Every purchase once; each tuple is in order of the ids."""

    counted: tuple[PortfolioItem, ...] = ()
    supplier_open: tuple[SupplierOpen, ...] = ()
    closed: tuple[PortfolioItem, ...] = ()
    unbought: tuple[PortfolioItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CensusInShort:
    """The same by how many there are, of which not every one is read: see ``several``."""

    counted: Sequence[PortfolioItem]
    supplier_open: Sequence[SupplierOpen]
    closed: Sequence[PortfolioItem]
    unbought: Sequence[PortfolioItem]


@once
def census(items: Iterable[PortfolioItem]) -> Census:
    """Return every purchase of ``items``, by where it stands; once for a tuple of them."""
    found = list(items)
    names = names_by_id(found)
    places: dict[str, list[PortfolioItem]] = {"counted": [], "closed": [], "unbought": []}
    undecided = []
    about = (item for item in found if item.framework.subject == "purchase")
    for looks in grouped(about, lambda item: item.purchase.id).values():
        bids = [each for each in looks if each.state not in UNBOUGHT_STATES]
        bought = _bought(bids, names)
        if not bids:
            places["unbought"].append(standing(looks, look_of_item))
        elif bought is None:
            left = _of_each(_running(bids) or bids)
            undecided.append(SupplierOpen(tuple(sorted(left, key=_id))))
        else:
            places["closed" if bought.state == "closed" else "counted"].append(bought)
    return Census(
        supplier_open=tuple(sorted(undecided, key=lambda each: each.newest.id)),
        **{name: tuple(sorted(each, key=_id)) for name, each in places.items()},
    )


@once
def chosen_items(items: Iterable[PortfolioItem]) -> tuple[PortfolioItem, ...]:
    """Return the one assessment by which each purchase counts, in order of their ids.

    That is the one that stands of its chosen supplier, or of the only supplier in it: see
    ``assessment.standing``. What ``census`` tells apart is left out. It is worked out once for a
    tuple, which an export asks about for each of its assessments.
    """
    return census(items).counted


def _bought(bids: Sequence[PortfolioItem], names: Mapping[str, set[str]]) -> PortfolioItem | None:
    """Return the look that stands of the one supplier meant, or None where that is not settled."""
    if len(bids) == 1 and not folded(_chosen(bids[0])):
        return bids[0]
    chosen = max((b for b in bids if folded(_chosen(b))), key=_recency, default=None)
    keys = supplier_keys(bids)
    meant = {keys[bid.id] for bid in _running(bids)}
    if chosen is not None:
        wanted = normal_name(_chosen(chosen))
        named = {keys[bid.id] for bid in bids if normal_name(bid.supplier.name) == wanted}
        known = {key for key in set(keys.values()) if wanted in names.get(key, ())}
        meant = named or known
    elif not meant and bids:  # all of it is closed
        return standing(bids, look_of_item)
    if len(meant) != 1:
        return None
    return standing([bid for bid in bids if keys[bid.id] in meant], look_of_item)


def _running(bids: Sequence[PortfolioItem]) -> list[PortfolioItem]:
    """Return the looks of the suppliers with whom it is not over."""
    keys = supplier_keys(bids)
    over = {
        key
        for key, looks in grouped(bids, lambda bid: keys[bid.id]).items()
        if standing(looks, look_of_item).state == "closed"
    }
    return [bid for bid in bids if keys[bid.id] not in over]


def _of_each(bids: Sequence[PortfolioItem]) -> list[PortfolioItem]:
    """Return the look that stands of each supplier."""
    keys = supplier_keys(bids)
    return [
        standing(looks, look_of_item) for looks in grouped(bids, lambda bid: keys[bid.id]).values()
    ]


def _chosen(item: PortfolioItem) -> str:
    return item.purchase.chosen_supplier


def _recency(item: PortfolioItem) -> tuple[bool, str, str, str]:
    return not item.foreign, item.as_of, item.created_at, item.id


def _id(item: PortfolioItem) -> str:
    return item.id


def grouped(
    items: Iterable[PortfolioItem], key: Callable[[PortfolioItem], Key]
) -> dict[Key, list[PortfolioItem]]:
    """Return the items by their key, in their order."""
    found: dict[Key, list[PortfolioItem]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return found
