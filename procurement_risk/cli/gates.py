"""The command that moves an assessment to a gate: every answer stays, and what is due is asked."""

from __future__ import annotations

import click

from procurement_risk.cli.shared import actor, store
from procurement_risk.cli.terminal import say
from procurement_risk.errors import UsageError


@click.command("move-gate")
@click.option("--to", "gate_id", default="", help="The gate's id; left out: the next one.")
@click.argument("assessment_id", metavar="ID")
def move_gate(gate_id: str, assessment_id: str) -> None:
    """Move the assessment ID to the next gate, or to another; no answer is lost."""
    from procurement_risk.methods import evaluate
    from procurement_risk.profile import gates

    held = store()
    stored = held.load(assessment_id)
    framework, answer_set = stored.framework, stored.assessment.answer_set
    gate = framework.gate(gate_id) if gate_id else gates.next_gate(framework, answer_set)
    if gate is None:
        known = ", ".join(each.id for each in framework.gates) or "none"
        what = f"There is no gate '{gate_id}'." if gate_id else "There is no later gate."
        raise UsageError(f"{what} Gates of this questionnaire: {known}.")
    result = evaluate(framework, answer_set)
    reason = gates.move_reason(result, gate)
    part = held.parts(assessment_id).get("gate")
    held.save(assessment_id, "gate", gate.id, part.revision if part else 0, actor(), reason)
    say(f"{assessment_id}: {reason}")


COMMANDS = (move_gate,)
