"""What each supplier of a portfolio is called, however its name is spelled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from procurement_risk.assessment.supplier_names import normal_name
from procurement_risk.language import _
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.once import once
from procurement_risk.portfolio.same import folded, most_used, supplier_keys


@once
def called(items: Iterable[PortfolioItem]) -> dict[str, str]:
    """Return what to call each supplier, by its key of ``supplier_keys``; no two are alike.

    It is the spelling that most use; where two bear one name, their numbers stand behind it.
    """
    found = tuple(items)
    keys = supplier_keys(found)
    typed: dict[str, Counter[str]] = {}
    numbers: dict[str, Counter[str]] = {}
    for item in found:
        key, times = keys[item.id], item.times
        typed.setdefault(key, Counter())[item.supplier.name] += times
        numbers.setdefault(key, Counter())[item.supplier.company_number] += times
    names = {key: most_used(of) for key, of in typed.items()}
    for key in _shared(names):
        number = most_used(numbers[key]) or _("no number")
        names[key] = _("{supplier} ({number})").format(supplier=names[key], number=number)
    for place, key in enumerate(_shared(names), 1):
        names[key] = f"{names[key]} · {place}"
    return names


def _shared(names: Mapping[str, str]) -> list[str]:
    """Return the keys of those that are called as another one is."""
    counts = Counter(map(folded, names.values()))
    return sorted(key for key, name in names.items() if counts[folded(name)] > 1)


def names_by_id(items: Iterable[PortfolioItem]) -> dict[str, set[str]]:
    """Return every name of each supplier of a store, made comparable, by its id."""
    found: dict[str, set[str]] = {}
    for item in items:
        if item.supplier_id:
            mine = {normal_name(item.supplier.name), *item.supplier_names}
            found.setdefault(item.supplier_id, set()).update(mine)
    return found
