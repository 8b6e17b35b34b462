"""Audit packs of small assessments, and packs that somebody changed and sealed again."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from procurement_risk.assessment import (
    Answer,
    AnswerSet,
    Assessment,
    Mitigation,
    Purchase,
    Supplier,
)
from procurement_risk.exports import verify
from procurement_risk.exports.zips import MOMENT
from procurement_risk.framework.document import framework_from_document
from procurement_risk.storage import Store
from tests.support.framework_documents import IMPACT, SMALL

Files = dict[str, bytes]
PROGRAM = Path(verify.__file__)


def fill(store: Store) -> None:
    """Put an assessment by each method into ``store``, each with some history."""
    stakes = Assessment(
        id="stakes",
        purchase=Purchase(id="p", title="Case triage", buyer="Borough of Example"),
        supplier=Supplier(name="Example AI Ltd"),
        answer_set=AnswerSet(
            as_of="2026-11-23",
            answers={
                "public_facing": Answer(options=("yes",)),
                "CX-1": Answer(options=("b",), evidence="E2", valid_until="2026-01-31"),
                "DP-1": Answer(options=("b",), evidence="E3", link="https://example.org/a"),
            },
            mitigations=(Mitigation(question="DP-1", status="proposed", target="a"),),
        ),
    )
    store.create(stakes, framework_from_document(SMALL), "Ana", "Début")
    store.save("stakes", "answer:CX-2", {"option": "a", "by": "Bo"}, 0, "Bo")
    store.save("stakes", "answer:CX-2", {"option": "b", "note": "naïve 🙂"}, 1, "Bo", "A mistake")
    store.save("stakes", "answer:CX-2", None, 2, "Bo")
    store.save("stakes", "upstreams", [{"kind": "model", "name": "M"}], 0, "Ana")
    store.archive("stakes", "Ana")
    store.restore("stakes", "Ana")
    points = Assessment(
        id="points",
        purchase=Purchase(id="q", title="Chat", buyer="Borough of Example"),
        supplier=Supplier(name="Northwind"),
        fictional=True,
        answer_set=AnswerSet(
            as_of="2026-11-23",
            answers={
                "phase": Answer(options=("design",)),
                "effect": Answer(options=("far-4",)),
                "harms": Answer(options=("readers-2",)),
                "words": Answer(text="A chat"),
                "tested-design": Answer(options=("yes-5",)),
            },
        ),
    )
    store.create(points, framework_from_document(IMPACT), "Ana")


def unpacked(data: bytes) -> Files:
    """Return the files of a ZIP by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP of ``files``."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, MOMENT), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def put(files: Files, folder: Path) -> Path:
    """Write ``files`` into ``folder``, and return it."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def sealed(files: Files, **changed: bytes) -> Files:
    """Return ``files`` with the manifest and the checkpoint made anew, as a forger would."""
    files = {**files, **changed}
    record = json.loads(files["record.json"])
    lines = [json.loads(line) for line in files["history.jsonl"].splitlines()]
    manifest = json.loads(files["manifest.json"])
    manifest["files"] = listed(files)
    seal = "" if manifest["pack_version"] == 1 else verify.seals(manifest)[""]
    line = verify.checkpoint_line(record, len(lines), lines[-1]["hash"], seal)
    files["checkpoint.txt"] = f"{line}\n".encode()
    manifest["files"] = listed(files)
    manifest["digest"] = verify.digest_without(manifest)
    return {**files, "manifest.json": verify.write_json(manifest)}


def listed(files: Files) -> list[dict[str, Any]]:
    """Return what a manifest lists."""
    return [
        {"file": name, "sha256": verify.sha256(data), "bytes": len(data)}
        for name, data in sorted(files.items())
        if name != "manifest.json"
    ]


def record_sealed(record: Mapping[str, Any]) -> bytes:
    """Return a record with its digest made anew."""
    return verify.write_json({**record, "digest": verify.digest_without(dict(record))})


def chained(lines: list[dict[str, Any]]) -> bytes:
    """Return a history with all its numbers and hashes made anew."""
    previous = verify.START
    for number, line in enumerate(lines, 1):
        line |= {"seq": number, "previous": previous}
        if line["salt"]:
            body = line["salt"].encode() + verify.write_json([line["before"], line["after"]])
            line["body_digest"] = verify.sha256(body)
        for name in ("by", "reason"):
            if line.get(f"{name}_salt"):
                text = line[f"{name}_salt"].encode() + verify.write_json(line[name])
                line[f"{name}_digest"] = verify.sha256(text)
        line["hash"] = verify.line_hash(line)
        previous = line["hash"]
    return b"".join(verify.write_json(line) + b"\n" for line in lines)


def run(program: Path, *arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the verifier as an auditor does: Python alone, nothing of ours within reach."""
    command = [sys.executable, "-I", "-S", str(program), *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env={}, capture_output=True, text=True, timeout=60)
