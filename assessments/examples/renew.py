"""Renew the example records after the wording of a framework has changed.

    example record ── its assessment ─┐
    frameworks/<its id>.yaml ─────────┴─ scored again ──> the same file, framework embedded

Run ``python assessments/examples/renew.py``. What was answered and decided stays as it is; a
record whose framework has not changed keeps every byte. The records are the source of truth
for the examples: to change an answer, change it in the app, export the record and put it here.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).resolve().parent
sys.path.insert(0, str(EXAMPLES.parent.parent))

from procurement_risk.assessment import Assessment  # noqa: E402
from procurement_risk.assessment.answers import check_answers  # noqa: E402
from procurement_risk.assessment.document import assessment_from_document  # noqa: E402
from procurement_risk.canonical import read_json  # noqa: E402
from procurement_risk.exports import Exported  # noqa: E402
from procurement_risk.exports.json_record import write  # noqa: E402
from procurement_risk.framework import Framework  # noqa: E402
from procurement_risk.framework.files import FRAMEWORKS, load_framework  # noqa: E402


def renewed(data: bytes) -> bytes:
    """Return the record ``data`` with today's framework in it, and scored by it.

    Raises:
        InvalidAnswers: If an answer no longer fits the framework; it lists every misfit.
        InvalidDocument: If ``data`` is not a record, or the framework has a fault.
    """
    record: Any = read_json(data)
    framework = _current(record["framework"]["id"])
    assessment = assessment_from_document(record["assessment"])
    _check(framework, assessment, record["assessment"])
    return write([Exported(assessment, framework)])


@cache
def _current(framework_id: str) -> Framework:
    return load_framework(FRAMEWORKS / f"{framework_id}.yaml")


def _check(framework: Framework, assessment: Assessment, document: dict[str, Any]) -> None:
    scored = {key: document[key] for key in ("as_of", "answers", "mitigations") if key in document}
    check_answers(framework, scored, assessment.answer_set.pack, assessment.id)


def main() -> None:
    """Renew every record in this folder, and say what became of each."""
    for path in sorted(EXAMPLES.glob("*.json")):
        before = path.read_bytes()
        after = renewed(before)
        if after != before:
            path.write_bytes(after)
        print(f"{path.name}: {_outcome(read_json(before), read_json(after))}")


def _outcome(before: Any, after: Any) -> str:  # noqa: ANN401  parsed JSON
    if after["result"] != before["result"]:
        return "renewed, and the RESULT CHANGED: compare it with README.md and the tests"
    return "unchanged" if after == before else "renewed"


if __name__ == "__main__":
    main()
