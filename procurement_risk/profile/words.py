"""The words for what the method found: one place, so that no two pages can disagree.

Numbers and ids go in, plain words come out, in the language in use. Nothing here decides
anything. ``plain`` makes text written by other people safe to put into Markdown.

The tables and sentences in capitals are in English: translate them where they are shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Literal

from procurement_risk.assessment import Answer
from procurement_risk.framework import BandId, Decision, Framework, Question, Section
from procurement_risk.language import N_, _, ngettext
from procurement_risk.language.percent import one_decimal
from procurement_risk.methods.sections import SectionScore, band_of, band_rank
from procurement_risk.methods.values import Range
from procurement_risk.methods.weakest_section import Recommendation, Result

DECISION_LABELS: Mapping[str, str] = {
    "proceed": N_("Proceed"),
    "conditions": N_("Proceed with conditions"),
    "escalate": N_("Escalate"),
    "do_not_proceed": N_("Do not proceed"),
    "not_ready": N_("Not ready"),
}

DECISION_MEANINGS: Mapping[Recommendation, str] = {
    "proceed": N_("Nothing found stands in the way at this tier."),
    "conditions": N_(
        "Go ahead once every serious answer has a treatment with an owner, a date and a clause."
    ),
    "escalate": N_("A named senior person has to decide, and record why."),
    "do_not_proceed": N_("As it stands this purchase should not go ahead."),
    "not_ready": N_("The open questions could still change the recommendation."),
}

STATE_LABELS: Mapping[str, str] = {
    "answered": N_("Answered"),
    "unanswered": N_("Not answered yet"),
    "unknown": N_("We don't know yet"),
    "withheld": N_("Supplier will not say"),
    "not_applicable": N_("Not applicable"),
    "hidden": N_("Not asked, because its condition is not met"),
    "out_of_pack": N_("Not asked in this pack"),
}

GRADE_LABELS: Mapping[str, str] = {
    "E0": N_("unsupported"),
    "E1": N_("supplier's written statement"),
    "E2": N_("document or contract draft"),
    "E3": N_("independent evidence"),
    "E4": N_("checked by us, or a signed clause"),
}

USE_LABELS: Mapping[str, str] = {
    "internal": N_("Internal"),
    "information": N_("Information only"),
    "mandatory": N_("Mandatory requirement"),
    "award": N_("May support an award criterion"),
    "term": N_("Contract term"),
}

USE_MEANINGS: Mapping[str, str] = {
    "internal": N_("You answer this about yourselves. Never use it to rank bidders."),
    "information": N_("Ask for it and read it, but do not score it in a tender."),
    "mandatory": N_("Can be published as a pass or fail requirement, or as a condition."),
    "award": N_("Can support an award criterion, if that criterion was published."),
    "term": N_("Becomes a term of the contract."),
}

ANSWERED_BY_LABELS: Mapping[str, str] = {
    "buyer": N_("You, the buyer"),
    "supplier": N_("The supplier"),
    "joint": N_("You and the supplier together"),
    "tool": N_("Worked out from other answers"),
}

FINDING_LABELS: Mapping[str, str] = {
    "stop": N_("Stop"),
    "flag": N_("Flag"),
    "high": N_("High-risk answer"),
    "evidence": N_("Thin evidence"),
}

MITIGATION_LABELS: Mapping[str, str] = {
    "proposed": N_("Proposed"),
    "agreed": N_("Agreed"),
    "verified": N_("Verified"),
}

WORKFLOW_LABELS: Mapping[str, str] = {
    "draft": N_("Draft"),
    "in_review": N_("In review"),
    "decided": N_("Decided"),
    "live": N_("Live"),
    "closed": N_("Closed"),
}

FIGURE_LABELS: Mapping[str, str] = {
    "claimed": N_("Claimed"),
    "inherent": N_("Inherent"),
    "residual": N_("Residual"),
}

FIGURE_MEANINGS: Mapping[str, str] = {
    "claimed": N_("every claim believed"),
    "inherent": N_("as found, given the evidence"),
    "residual": N_("after mitigations"),
}

DUE_DILIGENCE = N_(
    "This is due diligence. A tender is decided only by its published criteria and weights."
)
LIMITS = N_("This is not legal advice, and the method has not been empirically validated.")
CHALLENGE = N_("Is it worth it, is it a duplicate, and who else should be in the deal?")

MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)


def _label(labels: Mapping[str, str], name: str) -> str:
    """Return the label in the language in use; ``name`` as it stands where it has none."""
    return _(labels[name]) if name in labels else name


# --- The recommendation -------------------------------------------------------------------


def decision(value: str) -> str:
    """Return the words for a decision or for ``not_ready``; an unknown value as it stands."""
    return _label(DECISION_LABELS, value)


def decision_meaning(value: Recommendation) -> str:
    """Return what a recommendation means, as one sentence."""
    return _(DECISION_MEANINGS[value])


def recommendation(result: Result) -> str:
    """Return the headline: ``Escalate: pilot only``, or what a result not ready lies between."""
    if result.recommendation != "not_ready":
        note = tier_note(result)
        words = decision(result.recommendation)
        return f"{words}: {note}" if note else words
    if result.decision_low == result.decision_high:
        return _("Not ready: it is not certain that any decisive question applies")
    low, high = decision(result.decision_low), decision(result.decision_high)
    return _("Not ready: between {low} and {high}").format(low=low, high=high)


def tier_note(result: Result) -> str:
    """Return the note that stands beside the decision, or empty.

    A note belongs to the decision table, so there is none where a stop, a flag or too small a
    pack decided. Where only one of the possible tiers has it, the tier is named.
    """
    ends = {
        tier: _note_at(result, tier, band)
        for tier, band in (
            (result.tier.low, worst_band(result, "low")),
            (result.tier.high, worst_band(result, "high")),
        )
    }
    notes = set(ends.values())
    if len(notes) == 1:
        return notes.pop()
    parts = [
        _("{note} if {tier}").format(note=note, tier=result.framework.tier(tier).label)
        for tier, note in ends.items()
        if note
    ]
    return "; ".join(parts)


def _note_at(result: Result, number: int, band: BandId) -> str:
    tier = result.framework.tier(number)
    if not result.pack_decides or not band or tier.decisions[band] != result.recommendation:
        return ""
    return tier.notes.get(band, "")


def worst_band(result: Result, end: str) -> BandId:
    """Return the worst band of the decisive sections at ``low``, ``central`` or ``high``.

    Empty where no decisive section is scored.
    """
    policy = result.framework.policy
    bands: list[BandId] = [getattr(scored.band, end) for __, scored in decisive(result)]
    return max(bands, key=lambda band: band_rank(policy, band), default="")


def decisive(result: Result) -> list[tuple[Section, SectionScore]]:
    """Return the decisive sections that are scored, in reading order."""
    pairs = ((s, result.sections[s.id]) for s in result.framework.sections if s.role == "decisive")
    return [(section, scored) for section, scored in pairs if scored is not None]


def worst_section(result: Result) -> tuple[Section, SectionScore] | None:
    """Return the decisive section with the worst band, then the highest central residual.

    The first one in reading order where several are equal; None where none is scored.
    """
    policy = result.framework.policy

    def badness(pair: tuple[Section, SectionScore]) -> tuple[int, Fraction]:
        return band_rank(policy, pair[1].band.central), pair[1].residual.central

    return max(decisive(result), key=badness, default=None)


def worst_section_sentence(result: Result) -> str:
    """Return which decisive section is worst: its residual score and its band, as one line."""
    worst = worst_section(result)
    if worst is None:
        return _("No decisive section is scored")
    if all(scored.complete == 0 for __, scored in decisive(result)):
        return _("Nothing is answered yet, so any section could still be the worst")
    section, scored = worst
    if all(other.complete == 1 for __, other in decisive(result)):
        sentence = _("{section} is the worst section: residual {score}")
    else:
        sentence = _("{section} looks worst so far: residual {score}")
    score = section_words(result, scored)
    return sentence.format(section=short_title(section), score=score)


def section_words(result: Result, scored: SectionScore | None) -> str:
    """Return ``63.0, High``, ``28.0 to 46.5, Moderate`` or ``not scored``.

    Where a fired stop or flag has settled a band above the one the score alone gives, it says so.
    """
    if scored is None:
        return _("not scored")
    policy = result.framework.policy
    score, band = percent_range(scored.residual), band_range(result.framework, scored.band)
    settled = scored.band.low == scored.band.high
    if settled and band_of(policy, scored.residual.high) != scored.band.high:
        return _("{score}, raised to {band}").format(score=score, band=band)
    return f"{score}, {band}"


def short_title(section: Section) -> str:
    """Return the section's short title, or its title where it has none."""
    return section.short_title or section.title


# --- Figures ------------------------------------------------------------------------------


def percent_range(figure: Range[Fraction]) -> str:
    """Return ``28.0 to 46.5``, or one number where both ends read the same."""
    return from_to(one_decimal(figure.low), one_decimal(figure.high))


def from_to(low: str, high: str) -> str:
    """Return ``low to high``, or one of them where both read the same."""
    return low if low == high else _("{low} to {high}").format(low=low, high=high)


def band_label(framework: Framework, band_id: BandId) -> str:
    """Return the band's label, such as ``High``; the id where there is no such band."""
    labels = {band.id: band.label for band in framework.policy.bands}
    return labels.get(band_id, band_id)


def band_range(framework: Framework, band: Range[BandId]) -> str:
    """Return ``High``, or ``Low to High`` where it is not settled."""
    return from_to(band_label(framework, band.low), band_label(framework, band.high))


def tier_range(framework: Framework, tier: Range[int]) -> str:
    """Return ``Tier II``, or ``Tier II to III`` where it is not settled."""
    low, high = framework.tier(tier.low).label, framework.tier(tier.high).label
    if low == high:
        return low
    first, __, rest = high.partition(" ")
    return from_to(low, rest if rest and low.startswith(f"{first} ") else high)


def decision_range(low: Decision, high: Decision) -> str:
    """Return ``Escalate``, or ``between Proceed and Escalate``."""
    one, other = decision(low), decision(high)
    return one if one == other else _("between {low} and {high}").format(low=one, high=other)


def pounds(amount: int | None) -> str:
    """Return ``£17.575m`` or ``£85,000``, exactly; ``not known`` for None."""
    if amount is None:
        return _("not known")
    if amount < 1_000_000 or amount % 1_000:
        return f"£{amount:,}"
    millions, thousands = divmod(amount // 1_000, 1_000)
    number = f"{millions:,}.{thousands:03}".rstrip("0").rstrip(".")
    return _("£{n}m").format(n=number)


def share(part: Fraction | None) -> str:
    """Return ``39.4 %`` for a share from 0 to 1; ``not known`` for None."""
    return _("not known") if part is None else f"{one_decimal(100 * part)} %"


def counted(number: int, one: str, many: str) -> str:
    """Return the message for ``number`` with the number in place of its ``{n}``.

    Args:
        number: How many there are.
        one: What to say of one, such as ``{n} stop``.
        many: What to say of several or none, such as ``{n} stops``.
    """
    return ngettext(one, many, number).format(n=f"{number:,}")


def listed(words: list[str], last: Literal["and", "or"] = "and") -> str:
    """Return ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    pattern = _("{words} and {last}") if last == "and" else _("{words} or {last}")
    return pattern.format(words=", ".join(words[:-1]), last=words[-1])


def day(moment: str) -> str:
    """Return ``23 November 2026`` for an ISO date or time; any other text as it stands."""
    try:
        found = date.fromisoformat(moment[:10])
    except ValueError:
        return moment
    month = MONTHS[found.month - 1]
    return _("{day} {month} {year}").format(day=found.day, month=_(month), year=f"{found:%Y}")


# --- Answers and questions ----------------------------------------------------------------


def state_label(state: str) -> str:
    """Return the words for an answer's state."""
    return _label(STATE_LABELS, state)


def grade_label(grade: str) -> str:
    """Return ``E3 independent evidence``."""
    return f"{grade} {grade_meaning(grade)}" if grade in GRADE_LABELS else grade


def grade_meaning(grade: str) -> str:
    """Return ``independent evidence`` for ``E3``."""
    return _label(GRADE_LABELS, grade)


def figure_label(figure: str) -> str:
    """Return the word for one of a section's three figures."""
    return _label(FIGURE_LABELS, figure)


def use_label(use: str) -> str:
    """Return what kind of procurement use a question has, in two or three words."""
    return _label(USE_LABELS, use)


def use_meaning(use: str) -> str:
    """Return what that procurement use allows, as one sentence."""
    return _(USE_MEANINGS.get(use, ""))


def answered_by(who: str) -> str:
    """Return who answers a question."""
    return _label(ANSWERED_BY_LABELS, who)


def finding_kind(kind: str) -> str:
    """Return the words for what makes an answer a finding."""
    return _label(FINDING_LABELS, kind)


def mitigation_status(status: str) -> str:
    """Return the words for a mitigation's status."""
    return _label(MITIGATION_LABELS, status)


def workflow_state(state: str) -> str:
    """Return the words for where an assessment stands."""
    return _label(WORKFLOW_LABELS, state)


def answer_text(question: Question, answer: Answer | None) -> str:
    """Return what was answered: option labels, the text, or why there is neither."""
    if answer is None:
        return state_label("unanswered")
    if answer.state != "answered":
        return state_label(answer.state)
    chosen = [question.option(option_id) for option_id in answer.options]
    labels = [option.label for option in chosen if option is not None]
    return "; ".join(labels) or answer.text or state_label("unanswered")


# --- Text from other people ---------------------------------------------------------------

# Streamlit looks for these in the text that is left after backslashes have done their work, so
# that only a character in between keeps them apart: emoji and icon names and the start of an
# address, "www.", e-mail addresses, and arrows and comparison signs it would redraw.
_JOINER = "\u2060"
_APART = re.compile(
    r"(?<=:)(?=\S)|(?<=@)(?=\S)|(?<=www)(?=\.|$)|(?<=[<>~-])(?=[-=>])", re.IGNORECASE
)
_PUNCTUATION = re.compile(r"""([!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~])""")
_SPACES = re.compile(r"\s+")
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain(text: str) -> str:
    """Return ``text`` as Markdown that Streamlit shows literally, on one line.

    No link, image, HTML, directive, formula, emoji name or list can come of it. Line breaks and
    other runs of white space become one space; characters that are not to be seen or that
    reorder what follows are left out. Some signs gain an invisible word joiner (U+2060), so
    copy an address from ``st.text`` or ``st.code`` instead.
    """
    return _PUNCTUATION.sub(r"\\\1", _APART.sub(_JOINER, one_line(text)))


def one_line(text: str) -> str:
    """Return ``text`` on one line without what is not to be seen, for what shows no Markdown.

    Lists to choose from show every sign as it stands, backslashes too.
    """
    return _SPACES.sub(" ", without_unseen(text)).strip()


def told_apart(titles: Mapping[str, str]) -> dict[str, str]:
    """Return titles by id, each on one line and with the id behind it where two read alike.

    A browser sends back the title that was chosen, not the id.
    """
    lines = {name: one_line(title) for name, title in titles.items()}
    seen = Counter(lines.values())
    return {name: line if seen[line] == 1 else f"{line} · {name}" for name, line in lines.items()}


def without_unseen(text: str) -> str:
    """Return ``text`` without what is not to be seen or reorders it, its lines and tabs kept."""
    shown = (" " if c.isspace() and c not in "\n\r\t" else c for c in text)
    return "".join(c for c in shown if c.isspace() or not _is_unseen(c))


def paragraphs(text: str) -> str:
    """Return ``text`` as Markdown that shows it literally, its paragraphs and lines kept."""
    return "\n\n".join(plain(part) for part in text.split("\n") if part.strip())


def _is_unseen(character: str) -> bool:
    # U+FFFE, U+FFFF and the like in every plane are no characters, and no XML file may hold them.
    is_none = ord(character) & 0xFFFE == 0xFFFE
    return unicodedata.category(character) in ("Cc", "Cs") or character in _REORDERING or is_none
