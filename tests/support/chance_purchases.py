"""Purchases by chance, unlike the demonstration: several bidders, and values 0 or not known."""

from procurement_risk.assessment import Purchase


def day(rng):
    """Return a day near today, as an ISO text."""
    return f"{rng.randint(2025, 2028)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"


def purchase_and_bidders(rng, place):
    """Return the purchase number ``place``, and the names of who bids for it."""
    bidders = rng.sample(["Ash", "Birch", "Cedar", "Dogwood"], rng.choice([1, 1, 1, 2, 3]))
    purchase = Purchase(
        id=f"p{place}",
        title=f"Purchase {place}",
        buyer=rng.choice(["North", "South", "East"]),
        capability=rng.choice(["", "drafting", "search", f"only {place}"]),
        committed_value=rng.choice([None, 0, rng.randint(1, 10**8)]),
        value_if_scaled=rng.choice([None, None, rng.randint(1, 10**8)]),
        contract_end=rng.choice(["", day(rng)]),
        break_dates=tuple(sorted({day(rng) for _ in range(rng.randint(0, 2))})),
        decision_due=rng.choice(["", day(rng)]),
        chosen_supplier=rng.choice(["", "", *bidders, "Nobody assessed"]),
    )
    return purchase, bidders
