"""The words for a portfolio: what a leader is told in a minute, in whole sentences.

Items and groups go in, plain words come out, in the language in use; nothing is Markdown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from procurement_risk.framework import Framework, words as framework_words
from procurement_risk.framework.versions.whose import marked
from procurement_risk.framework.words import short_title
from procurement_risk.language import N_, _, ngettext
from procurement_risk.language.numbers import grouped, shown
from procurement_risk.language.phrases import about_pounds, counted, from_to, listed
from procurement_risk.methods.values import Range
from procurement_risk.portfolio.days import Stale
from procurement_risk.portfolio.items import PortfolioItem, SectionFigure, Span
from procurement_risk.portfolio.totals import Duplicate, Money, decision_of
from procurement_risk.profile import words as profile_words

REASON_LABELS: Mapping[str, str] = {
    "age": N_("assessed more than a year ago"),
    "trigger": N_("something changed and nobody has dealt with it"),
    "evidence": N_("evidence has run out"),
    "review": N_("the decision was to be reviewed by now"),
}

DATE_LABELS = {"break": N_("Break date"), "end": N_("Contract ends")}


# --- What is being bought -----------------------------------------------------------------


def total_words(number: int, sums: Money) -> str:
    """Return ``10 purchases, £17.575m committed``, and how many values are not known."""
    return committed_words(counted(number, "{n} purchase", "{n} purchases"), sums)


def committed_words(purchases: str, sums: Money) -> str:
    """Return what ``purchases``, as they were counted in words, commit."""
    if sums.unknown and not sums.known:
        return _("{purchases}, value not known").format(purchases=purchases)
    words = _("{purchases}, {value} committed").format(
        purchases=purchases, value=about_pounds(sums.committed)
    )
    if sums.unknown:
        words += "; " + counted(
            sums.unknown, "the value of {n} is not known", "the value of {n} is not known"
        )
    return words


def scaled_words(sums: Money) -> str:
    """Return what is committed if every pilot grows to full use, or empty where nothing would."""
    if sums.scaled == sums.committed:
        return ""
    return _("{value} if every pilot scales").format(value=about_pounds(sums.scaled))


def decision_words(item: PortfolioItem) -> str:
    """Return what is recommended, or the level where the method recommends nothing."""
    words = recommended_of(item.framework, item.recommendation, item.level)
    return marked(words, foreign=item.foreign)


def recommended_of(framework: Framework, recommendation: str, level: Span | None) -> str:
    """Return the same of a recommendation and a level, whoever made the framework."""
    if recommendation:
        return framework_words.decision(recommendation)
    return stakes_of(framework, None, level) if level else no_recommendation()


def foreign_words(items: Iterable[PortfolioItem]) -> str:
    """Return how many results rest on questionnaires that are not known here; or empty."""
    return so_many_foreign(sum(item.foreign for item in items))


def so_many_foreign(number: int) -> str:
    """Return the same where they are counted already."""
    if not number:
        return ""
    return counted(
        number,
        "{n} result rests on a questionnaire that is not known here: whoever made it could choose "
        "what each answer counts.",
        "{n} results rest on questionnaires that are not known here: whoever made them could "
        "choose what each answer counts.",
    )


def decision_label(decision: str) -> str:
    """Return the words for ``decision_of``."""
    return framework_words.decision(decision) if decision != "none" else no_recommendation()


def no_recommendation() -> str:
    """Return what stands for the recommendation where the method gives none."""
    return _("No recommendation: points only")


def decided_words(item: PortfolioItem) -> str:
    """Return what was decided, and whether that differs from what is recommended; or empty."""
    if item.decided is None:
        return ""
    decided = framework_words.decision(item.decided.decision)
    if item.recommendation and item.decided.decision != item.recommendation:
        return _("Decided: {decision}, against the recommendation").format(decision=decided)
    return _("Decided: {decision}").format(decision=decided)


def stakes_words(item: PortfolioItem) -> str:
    """Return ``Tier II to III`` or ``Level II``; empty where there is neither."""
    return stakes_of(item.framework, item.tier, item.level)


def stakes_of(framework: Framework, tier: Span | None, level: Span | None) -> str:
    """Return the same of a tier or a level of a framework."""
    if tier is not None:
        return profile_words.tier_range(framework, Range(tier.low, tier.low, tier.high))
    if level is None:
        return ""
    levels = framework.impact_policy.levels
    low, high = (levels[end - 1].label for end in level)
    return from_to(low, high)


def worst_words(item: PortfolioItem) -> str:
    """Return ``Equity 78.2, Critical``, or that no decisive section is scored."""
    figure = item.worst_figure()
    if figure is None:
        return _("not scored")
    return f"{section_title(item, figure)} {figure_words(item, figure)}"


def section_title(item: PortfolioItem, figure: SectionFigure) -> str:
    """Return the section's short title."""
    return short_title(item.framework.section(figure.section))


def figure_words(item: PortfolioItem, figure: SectionFigure) -> str:
    """Return ``28.0 to 46.5, Moderate``."""
    score = from_to(shown(figure.low), shown(figure.high))
    return _("{score}, {band}").format(score=score, band=band_words(item, figure))


def band_words(item: PortfolioItem, figure: SectionFigure) -> str:
    """Return ``High``, or ``Low to High`` where it is not settled."""
    band = Range(figure.band_low, figure.band_central, figure.band_high)
    return profile_words.band_range(item.framework, band)


def stop_words(item: PortfolioItem) -> str:
    """Return why it must not go ahead: the stops by their questions, else the worst section."""
    if item.stops:
        stops = counted(len(item.stops), "{n} stop", "{n} stops")
        return f"{stops}: {listed(list(item.stops))}"
    return worst_words(item)


# --- What is bought twice -----------------------------------------------------------------


def capability_words(tag: str) -> str:
    """Return a capability's tag as people read it: ``Draft correspondence``."""
    said = " ".join(tag.replace("-", " ").replace("_", " ").split())
    return said[:1].upper() + said[1:]


def duplicate_sentence(found: Duplicate) -> str:
    """Return who buys the same, how often, and what is paid for it."""
    paid = sum(item.committed or 0 for item in found.paid)
    bodies = counted(len(found.buyers), "{n} body", "{n} bodies")
    words = ngettext(
        "{capability}: {n} purchase paid for",
        "{capability}: {n} purchases paid for",
        len(found.paid),
    ).format(capability=capability_words(found.capability), n=grouped(len(found.paid)))
    if found.paid:
        words += ", " + about_pounds(paid)
    parts = [words]
    if found.free:
        parts.append(_free_words(found.free))
    if found.unknown:
        parts.append(
            counted(
                len(found.unknown), "{n} whose value is not known", "{n} whose value is not known"
            )
        )
    return _("{purchases}; by {bodies} in all.").format(purchases="; ".join(parts), bodies=bodies)


def _free_words(free: Sequence[PortfolioItem]) -> str:
    words = counted(len(free), "{n} more commits nothing now", "{n} more commit nothing now")
    scaled = sum(item.scaled or 0 for item in free)
    if not scaled:
        return words
    value = about_pounds(scaled)
    return _("{purchases} and {value} if it scales").format(purchases=words, value=value)


# --- Days ---------------------------------------------------------------------------------


def reasons_words(found: Stale) -> str:
    """Return why an assessment calls for a new look; the questions with run-out evidence too."""
    words = []
    for reason in found.reasons:
        label = _(REASON_LABELS[reason])
        if reason == "evidence":
            label = f"{label} ({', '.join(found.expired)})"
        words.append(label)
    return "; ".join(words)


def date_label(kind: str) -> str:
    """Return what a contract's day is."""
    return _(DATE_LABELS[kind])


def line_words(item: PortfolioItem) -> str:
    """Return one purchase in a line: buyer, supplier, value, stakes, what is recommended."""
    parts = [
        item.purchase.buyer,
        _("supplier: {name}").format(name=item.supplier.name),
        value_words(item),
        stakes_words(item),
        decision_words(item) if decision_of(item) != "none" else "",
        decided_words(item),
    ]
    return " · ".join(part for part in parts if part)


def value_words(item: PortfolioItem) -> str:
    """Return the committed value, with what it would be if a pilot scales."""
    known = item.committed is not None
    words = about_pounds(item.committed) if known else _("value not known")
    if item.purchase.value_if_scaled is None:
        return words
    return _("{value} now, {scaled} if it scales").format(
        value=words, scaled=about_pounds(item.purchase.value_if_scaled)
    )


def pounds_cell(item: PortfolioItem) -> int | str:
    """Return the committed pounds as a table holds them: a number, or that it is not known."""
    return _("not known") if item.committed is None else item.committed
