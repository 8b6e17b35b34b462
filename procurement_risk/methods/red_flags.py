"""Stops and flags: fired, pending or cleared, whatever the scores say.

Weights, evidence floors and agreed mitigations never touch them. Only a verified mitigation
does: the better of the answer and its target is then looked at. What is recommended where one
fired or may still fire, ``weakest_section`` decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Literal

from procurement_risk.assessment import Answer, Mitigation
from procurement_risk.assessment.conditions import Applies
from procurement_risk.assessment.two_answers import possible, unsettled
from procurement_risk.framework import Question
from procurement_risk.methods.values import Range

FlagState = Literal["fired", "pending", "cleared"]


@dataclass(slots=True)
class RedFlags:
    """Question ids by what they do, in reading order.

    ``acting`` are the stops listed as pending that act as fired flags at the low end: fired,
    a stop only from a tier that is not certain yet. ``central`` are those listed as pending that
    have fired and count from a tier that is reached in the middle, but not at the low end.
    """

    stops_fired: list[str] = field(default_factory=list)
    stops_pending: list[str] = field(default_factory=list)
    flags_fired: list[str] = field(default_factory=list)
    flags_pending: list[str] = field(default_factory=list)
    acting: list[str] = field(default_factory=list)
    central: list[str] = field(default_factory=list)

    def acts_among(self, ids: Set[str]) -> Range[bool]:
        """Return at which ends anything counts as fired among ``ids``."""
        low = not ids.isdisjoint((*self.stops_fired, *self.flags_fired, *self.acting))
        central = low or not ids.isdisjoint(self.central)
        high = central or not ids.isdisjoint((*self.stops_pending, *self.flags_pending))
        return Range(low, central, high)

    def add(self, question: Question, state: FlagState, tiers: Range[int]) -> None:
        """File ``question`` under stops or flags, by the tier that is possible and certain."""
        flag = question.red_flag
        if flag is None or state == "cleared" or tiers.high < flag.from_tier:
            return
        counts_at_low = state == "fired" and tiers.low >= flag.from_tier
        if state == "fired" and tiers.low < flag.from_tier <= tiers.central:
            self.central.append(question.id)
        stop_from = max(flag.stop_from_tier or 1, flag.from_tier)
        if not flag.stop or tiers.high < stop_from:
            (self.flags_fired if counts_at_low else self.flags_pending).append(question.id)
        elif counts_at_low and tiers.low >= stop_from:
            self.stops_fired.append(question.id)
        else:
            self.stops_pending.append(question.id)
            if counts_at_low:
                self.acting.append(question.id)


def flag_state(
    question: Question, answer: Answer | None, mitigation: Mitigation | None, applies: Applies
) -> FlagState:
    """Return whether the red flag of ``question`` has fired, may yet fire, or neither."""
    flag = question.red_flag
    if flag is None or applies is False:
        return "cleared"
    options = possible_options(question, answer)
    if mitigation is not None and mitigation.status == "verified":
        options = tuple(_better(question, option, mitigation.target) for option in options)
    if flag.options.isdisjoint(options):
        return "cleared"
    return "fired" if applies is True and flag.options.issuperset(options) else "pending"


def possible_options(question: Question, answer: Answer | None) -> tuple[str, ...]:
    """Return the options that a question may come out as: its own, those of two, or any."""
    if answer is not None and answer.option:
        return (answer.option,)
    options = tuple(option.id for option in question.options)
    if answer is None or not unsettled(answer):
        return options
    left = possible(answer, frozenset(options))
    return tuple(each for each in options if each in left) or options


def _better(question: Question, option_id: str, target_id: str) -> str:
    """Return whichever of two options carries less risk; the first where both carry the same."""
    risks = {option.id: option.risk for option in question.options}
    return target_id if risks[target_id] < risks[option_id] else option_id


def find_red_flags(
    questions: Sequence[Question],
    answers: Mapping[str, Answer],
    mitigations: Mapping[str, Mitigation],
    applies: Mapping[str, Applies],
    tiers: Range[int],
) -> RedFlags:
    """Return every stop and flag among ``questions``, which are those of the pack."""
    found = RedFlags()
    for question in questions:
        name = question.id
        state = flag_state(question, answers.get(name), mitigations.get(name), applies[name])
        found.add(question, state, tiers)
    return found
