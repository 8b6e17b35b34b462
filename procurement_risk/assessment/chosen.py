"""Whether the supplier of an assessment is the one that its purchase was decided for."""

from __future__ import annotations

from collections.abc import Collection

from procurement_risk.assessment.bought import Purchase, Supplier
from procurement_risk.assessment.supplier_names import normal_name


def is_chosen(purchase: Purchase, supplier: Supplier, names: Collection[str]) -> bool:
    """Return whether ``purchase`` names ``supplier`` as chosen, under whichever of its names.

    Args:
        purchase: It may name nobody yet.
        supplier: As it was typed.
        names: Every name it goes by, as ``Store.supplier_names`` gives them: earlier ones, and
            those of whoever was joined with it. Outside a store there are none.
    """
    name = purchase.chosen_supplier.strip()
    if not name:
        return False
    return normal_name(name) in names or supplier.is_same(Supplier(name=name))
