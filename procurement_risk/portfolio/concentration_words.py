"""What purchases hang on, in whole sentences."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from procurement_risk.assessment.supplier_names import is_same_name
from procurement_risk.language import N_, _, ngettext
from procurement_risk.language.numbers import decimal, grouped
from procurement_risk.language.phrases import counted, share
from procurement_risk.portfolio.concentration import Concentration, Group
from procurement_risk.portfolio.hanging import Kind
from procurement_risk.portfolio.totals import money

KIND_LABELS: Mapping[Kind, str] = {
    "model": N_("Upstream model"),
    "supplier": N_("Supplier"),
    "group": N_("Owner of the supplier"),
    "host": N_("Host"),
    "cloud": N_("Cloud"),
    "jurisdiction": N_("Law that controls the supplier"),
    "model_jurisdiction": N_("Law that controls the model"),
}

NO_LIGHT = N_(
    "An HHI of 10,000 is everything on one, and five equal ones are 2,000 already: there is no "
    "threshold that would mean danger."
)

OVERLAP = N_(
    "A purchase that hangs on several of them counts with its whole value under each, so the "
    "shares add up to more than 100 %."
)

CONTROL = N_(
    "Whose law controls a supplier is a question of control and continuity, never of nationality."
)


def kind_label(kind: Kind) -> str:
    """Return what purchases are grouped by."""
    return _(KIND_LABELS[kind])


def most_shared(found: Concentration) -> Group | None:
    """Return the group that most purchases hang on, if more than one does; the dearer of two."""
    several = [group for group in found.groups if group.number > 1]
    return min(
        several,
        key=lambda group: (-group.number, -group.weights["scaled"], group.name),
        default=None,
    )


def group_words(found: Concentration, group: Group) -> str:
    """Return ``39.4 % of value, 6 of 10 purchases, 62.7 % of value if the pilots scale``."""
    parts = [purchases_of(group, found)]
    committed, scaled = found.share(group, "committed"), found.share(group, "scaled")
    if committed is not None:
        parts.insert(0, _("{share} of committed value").format(share=share(committed)))
    if scaled is not None and scaled != committed:
        parts.append(_("{share} of value if the pilots scale").format(share=share(scaled)))
    return ", ".join(parts)


def purchases_of(group: Group, found: Concentration) -> str:
    """Return ``6 of 10 purchases``."""
    return ngettext(
        "{n} of {all} purchase", "{n} of {all} purchases", found.totals["count"]
    ).format(n=grouped(group.number), all=grouped(found.totals["count"]))


def hanging_sentence(found: Concentration, group: Group) -> str:
    """Return how much hangs on the one model that most purchases share."""
    return _("{name} is underneath {words}.").format(
        name=group.name, words=_reordered(found, group)
    )


def _reordered(found: Concentration, group: Group) -> str:
    """Return the share by count first: here it is the number of purchases that matters."""
    words = purchases_of(group, found)
    committed, scaled = found.share(group, "committed"), found.share(group, "scaled")
    if committed is not None:
        words = _("{purchases} and {share} of committed value").format(
            purchases=words, share=share(committed)
        )
    if scaled is not None and scaled != committed:
        words += "; " + _("{share} if the pilots scale").format(share=share(scaled))
    return words


def maker_sentence(suppliers: Concentration, maker: str) -> str:
    """Return how little of that a list of suppliers shows; empty where its maker is unknown."""
    if not maker:
        return ""
    mine = [
        group
        for group in suppliers.groups
        if any(is_same_name(name, maker) for name in {i.supplier.name for i in group.items})
    ]
    if not mine:
        return _("A list of suppliers does not show it: {maker} is none of them.").format(
            maker=maker
        )
    return _("A list of suppliers hides it: there {maker} has {words}.").format(
        maker=maker, words=group_words(suppliers, mine[0])
    )


def largest_sentence(found: Concentration, group: Group) -> str:
    """Return whose share of the committed value is largest, and in how many purchases."""
    purchases = counted(group.number, "one purchase", "{n} purchases")
    return _("{name} has the largest share of committed value: {share}, in {purchases}.").format(
        name=group.name, share=share(found.share(group, "committed")), purchases=purchases
    )


def unstated_words(found: Concentration) -> str:
    """Return how many purchases are in no share, and those whose value is not known; or empty."""
    unknown = money(found.stated).unknown
    parts = []
    if unstated := sum(item.times for item in found.unstated):
        parts.append(
            counted(
                unstated,
                "{n} purchase does not say, and is in no share.",
                "{n} purchases do not say, and are in no share.",
            )
        )
    if unknown:
        parts.append(
            counted(
                unknown,
                "The value of {n} purchase is not known: it counts as a purchase only.",
                "The value of {n} purchases is not known: they count as purchases only.",
            )
        )
    return " ".join(parts)


def index_words(hhi: Fraction | None, effective: Fraction | None) -> str:
    """Return ``3,000, as if spread over 3.3 equal ones``, or that there is nothing to measure."""
    if hhi is None or effective is None:
        return _("nothing to measure")
    return _("{hhi}, as if spread over {n} equal ones").format(
        hhi=hhi_text(hhi), n=decimal(effective)
    )


def hhi_text(hhi: Fraction) -> str:
    """Return the index as a whole number, rounded half up."""
    return grouped((2 * hhi.numerator + hhi.denominator) // (2 * hhi.denominator))
