"""A comparison as JSON: the numbers of the page. Per cent and points are texts, as in records.

Lists without names follow the order of ``suppliers``, which stand lowest ordering figure first.
"""

from __future__ import annotations

from dataclasses import asdict
from fractions import Fraction
from typing import Any

from procurement_risk.assessment import Answer
from procurement_risk.comparison import firmness_words, smaa, words
from procurement_risk.comparison.candidates import Candidate
from procurement_risk.comparison.compare import Comparison
from procurement_risk.comparison.differences import Difference
from procurement_risk.comparison.evidence import evidence_shares
from procurement_risk.comparison.firmness import OTHER_SHARES
from procurement_risk.comparison.tornado import Swing, Tornado
from procurement_risk.language import _
from procurement_risk.language.percent import one_decimal
from procurement_risk.methods.weakest_section import output
from procurement_risk.profile import words as profile_words

Document = dict[str, Any]


def comparison_to_document(comparison: Comparison) -> Document:
    """Return ``comparison`` as JSON-ready data; ``order`` is None where there is none."""
    return {
        "note": _(profile_words.DUE_DILIGENCE),
        **_subject(comparison),
        "stopped": [
            {
                "assessment": entry.assessment.id,
                "supplier": entry.assessment.supplier.name,
                "stops": list(result.red_flags.stops_fired),
                "reason": " ".join(words.stop_words(entry, result)),
            }
            for entry, result in comparison.stopped
        ],
        "apart": [
            {
                "assessment": apart.entry.assessment.id,
                "supplier": apart.entry.assessment.supplier.name,
                "because": apart.reason,
                "reason": words.apart_reason(apart),
            }
            for apart in comparison.apart
        ],
        "weights": {name: one_decimal(100 * w) for name, w in comparison.weights.items()},
        "suppliers": [_candidate(comparison, each) for each in comparison.candidates],
        "order": _order(comparison) if comparison.is_possible else None,
    }


def _subject(comparison: Comparison) -> Document:
    if not comparison.candidates:
        return {"purchase": None, "framework": None, "version": None, "pack": None}
    first = comparison.candidates[0]
    purchase, framework = first.assessment.purchase, first.result.framework
    return {
        "purchase": {"id": purchase.id, "title": purchase.title, "buyer": purchase.buyer},
        "framework": framework.id,
        "version": framework.version,
        "pack": first.result.answer_set.pack,
    }


def _candidate(comparison: Comparison, candidate: Candidate) -> Document:
    result = output(candidate.result)
    return {
        "assessment": candidate.id,
        "supplier": candidate.label,
        "index": asdict(candidate.index.each(one_decimal)),
        "recommendation": result["recommendation"],
        "decision": result["decision"],
        "tier": result["tier"],
        "sections": {
            name: {
                "residual": section["residual"],
                "band": section["band"],
                "complete": section["complete"],
                "in_order": name in comparison.weights,
            }
            for name, section in result["sections"].items()
            if section
        },
        "stops_pending": result["stops"]["pending"],
        "flags": result["flags"],
        "open": result["open"],
        "evidence": {
            grade: one_decimal(100 * share)
            for grade, share in evidence_shares(candidate.result).items()
        },
        "dominated_by": [c.label for c in comparison.dominated(candidate, surely=True)],
        "dominated_in_the_middle_by": [
            c.label for c in comparison.dominated(candidate, surely=False)
        ],
    }


def _order(comparison: Comparison) -> Document:
    firmness = comparison.firmness
    nearest = firmness.nearest
    return {
        "sentence": firmness_words.leadership(firmness),
        "warnings": list(
            filter(
                None,
                (
                    words.view_note(comparison),
                    words.ranking_warning(comparison),
                    words.may_turn(comparison),
                ),
            )
        ),
        "verdict": firmness.verdict,
        "leader": firmness.leader,
        "tied": list(firmness.tied),
        "stability_radius": {
            "nearest": nearest[0] if nearest else None,
            "rivals": {
                name: None if moved is None else words.share_percent(moved)
                for name, moved in firmness.rivals.items()
            },
        },
        **_by_version(comparison),
        "draws": smaa.DRAWS,
        "seed": firmness.seed,
        "within_50_percent": firmness.near.document(words.share_percent),
        "any_weights": firmness.any.document(words.share_percent),
        "differences": [_difference(comparison, each) for each in comparison.differences],
        "tornado": _tornado(comparison.tornado),
    }


def _by_version(comparison: Comparison) -> Document:
    """Return what comparisons say since version 2: an older one keeps its bytes."""
    firmness = comparison.firmness
    if firmness.version == 1:
        return {}
    joint = firmness.joint
    intervals = joint.intervals if joint else [(share, share) for share in firmness.first_shares]
    return {
        "method_version": firmness.version,
        "view": comparison.view,
        "left_out": sorted(comparison.candidates[0].left_out),
        "first_rank": {
            name: {
                "share": words.share_percent(share),
                "low": words.share_percent(low),
                "high": words.share_percent(high),
            }
            for name, share, (low, high) in zip(
                firmness.labels, firmness.first_shares, intervals, strict=True
            )
        },
        "open_answers": joint.open if joint else 0,
        "turning": [
            {
                "question": each.question.id,
                "supplier": each.whose,
                "least": words.share_percent(each.least),
                "most": words.share_percent(each.most),
            }
            for each in (joint.turning if joint else ())
        ],
        "leader_by_share_of_worst": {
            one_decimal(100 * share): firmness.other_leaders.get(share, firmness.leader)
            for share in OTHER_SHARES
        },
    }


def _difference(comparison: Comparison, difference: Difference) -> Document:
    question = difference.question
    pairs = zip(comparison.candidates, difference.answers, strict=True)
    return {
        "question": question.id,
        "section": question.section,
        "use": question.procurement_use,
        "not_for_ranking": difference.is_not_for_ranking,
        "effect": one_decimal(difference.effect),
        "answers": {candidate.label: _answer(answer) for candidate, answer in pairs},
    }


def _answer(answer: Answer | None) -> Document:
    if answer is None:
        return {"state": "unanswered"}
    if answer.state != "answered":
        return {"state": answer.state}
    chosen = {"option": answer.option} if answer.options else {"text": answer.text}
    return {**chosen, "evidence": answer.evidence}


def _tornado(tornado: Tornado) -> Document:
    return {
        "leader": tornado.leader,
        "runner_up": tornado.runner_up,
        "lead": _signed(tornado.lead),
        "swings": [_swing(swing) for swing in tornado.swings],
    }


def _swing(swing: Swing) -> Document:
    found: Document = {
        "section": swing.section,
        "low": _signed(swing.low),
        "high": _signed(swing.high),
        "turns_order": swing.turns_order,
    }
    if swing.question is None:
        return {"weight_of": swing.section, **found}
    return {
        "question": swing.question.id,
        "supplier": swing.whose,
        **found,
        "least": swing.least.id if swing.least else None,
        "most": swing.most.id if swing.most else None,
        "fires_a_stop": swing.stops,
    }


def _signed(value: Fraction) -> str:
    return words.signed(value).replace("−", "-")
