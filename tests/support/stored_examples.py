"""A small framework and assessments against it, for the tests of records and the store."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from copy import deepcopy
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st

from procurement_risk.assessment import (
    WORKFLOW_STATES,
    Answer,
    AnswerSet,
    Assessment,
    CarriedAnswer,
    Comment,
    HandOver,
    Mitigation,
    Purchase,
    RecordedDecision,
    StopOverride,
    Supplier,
    Trigger,
    Upstream,
)
from procurement_risk.assessment.record import make_record
from procurement_risk.framework import Framework
from procurement_risk.framework.document import framework_from_document
from procurement_risk.imports.demonstration import load_demonstration
from procurement_risk.methods import score_to_document
from procurement_risk.storage import Store, open_store
from procurement_risk.storage.tables import metadata

AS_OF = "2026-11-23"
SOFTWARE = "procurement-risk 0.1.0"


def _question(name: str) -> dict[str, Any]:
    labels = enumerate(["Yes, and shown", "Partly", "No"])
    options = [{"id": "abc"[n], "label": label, "risk": 2 * n} for n, label in labels]
    return {
        "id": name,
        "ask": f"{name}?",
        "why": "Why.",
        "good": "Good.",
        "options": options,
        "weight": 1,
        "answered_by": "buyer",
        "first_gate": "G0",
        "procurement_use": "internal",
        "evidence": "Proof.",
        "sources": ["Own question"],
    }


FRAMEWORK_DOCUMENT: dict[str, Any] = {
    "schema_version": 1,
    "id": "small",
    "version": "2026.1",
    "title": "A small framework – for tests",
    "description": "Two sections.",
    "method": "weakest-section",
    "scale_max": 4,
    "policy": {
        "adopted_by": "Nobody",
        "bands": [
            {"id": "low", "label": "Low", "from": 0},
            {"id": "high", "label": "High", "from": 50},
        ],
        "flag_band": "high",
        "agreed_mitigation_helps": 2,
        "tier_rule": {"base": [{"question": "CX-01"}], "adjustments": []},
        "tiers": [
            {
                "tier": 1,
                "label": "Tier I",
                "meaning": "Small.",
                "sign_off": "Somebody.",
                "review": "Every year.",
                "packs": ["full"],
                "evidence_floor": {"E0": 1, "E1": 0, "E2": 0, "E3": 0, "E4": 0},
                "decisions": {"low": "proceed", "high": "escalate"},
            }
        ],
    },
    "packs": [
        {"id": "full", "title": "Full", "description": "Every question.", "questions": "all"}
    ],
    "facts": [
        {
            "id": "generative",
            "ask": "Does it write?",
            "why": "Why.",
            "options": [{"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}],
        }
    ],
    "sections": [
        {
            "id": "CX",
            "title": "Context",
            "role": "context",
            "intro": "Context.",
            "questions": [_question("CX-01")],
        },
        {
            "id": "DP",
            "title": "Data privacy",
            "role": "decisive",
            "intro": "Data.",
            "questions": [
                _question("DP-01"),
                _question("DP-02"),
                _question("DP-03"),
            ],
        },
    ],
}


def framework(**changes: Any) -> Framework:
    """The small framework, or one that differs from it in some of its own keys."""
    return framework_from_document(deepcopy({**FRAMEWORK_DOCUMENT, **changes}))


ANSWERS = {
    "generative": Answer(options=("yes",)),
    "CX-01": Answer(options=("b",), evidence="E4", by="Ada", at="2026-11-20T09:00:00Z"),
    "DP-01": Answer(options=("c",), evidence="E2", valid_until="2027-01-31", note="Zoë’s note"),
    "DP-02": Answer(state="unknown", note="Asked on Monday", link="https://example.org/1"),
    "DP-03": Answer(state="not_applicable", reason="No personal data"),
}

FULL = Assessment(
    id="library-chat.northwind",
    purchase=Purchase(
        id="library-chat",
        title="Chat assistant for the library",
        buyer="Exampleshire Council",
        description="Answers questions about opening hours.",
        capability="chat assistant",
        committed_value=0,
        value_if_scaled=1_200_000,
        route="open",
        notice_id="2026/S 000-012345",
        ocid="ocds-h6vhtk-012345",
        embedded=True,
        decision_due="2026-12-01",
        contract_start="2027-01-01",
        contract_end="2028-12-31",
        break_dates=("2027-12-31", "2028-06-30"),
        jurisdiction="England",
        chosen_supplier="Northwind Ltd",
    ),
    supplier=Supplier(
        name="Northwind Ltd", company_number="00000001", group="Northwind", jurisdiction="UK"
    ),
    answer_set=AnswerSet(
        as_of=AS_OF,
        pack="full",
        answers=ANSWERS,
        mitigations=(
            Mitigation(
                question="DP-01",
                status="agreed",
                target="a",
                owner="Head of data",
                due="2027-03-01",
                clause="No training on our data",
                note="Sent",
            ),
            Mitigation(question="DP-02", status="proposed", target="b"),
        ),
    ),
    upstreams=(
        Upstream(kind="model", name="Small-1", maker="Maker", jurisdiction="US"),
        Upstream(kind="host", name="Their own", own=True),
    ),
    state="decided",
    fictional=True,
    replaces="library-chat.earlier",
    decision=RecordedDecision(
        decision="conditions",
        by="Grace",
        at="2026-11-22T10:00:00Z",
        reason="Worth it",
        review_by="2027-05-01",
    ),
    overrides=(
        StopOverride(
            question="DP-01", by="Grace", at="2026-11-22", reason="Pilot", until="2027-01-01"
        ),
    ),
    triggers=(
        Trigger(what="Model swapped", at="2026-11-23", note="To Small-2", resolved_at=AS_OF),
    ),
    created_at="2026-11-01T08:00:00.000Z",
    created_by="Ada",
)

BARE = Assessment(
    id="bare",
    purchase=Purchase(id="p", title="T", buyer="B"),
    supplier=Supplier(name="S"),
    answer_set=AnswerSet(as_of=AS_OF),
)


def record_of(assessment: Assessment, against: Framework | None = None) -> bytes:
    """The record of ``assessment``, scored by the framework's own method."""
    against = against or framework()
    result = score_to_document(against, assessment.answer_set)
    return make_record(assessment, against, result, SOFTWARE)


def resealed(document: dict[str, Any]) -> bytes:
    """The bytes of a record somebody changed with care: canonical, and the digest made anew."""

    def canonical(value: object) -> bytes:
        text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return text.encode("utf-8", "surrogatepass")

    content = {key: value for key, value in document.items() if key != "digest"}
    return canonical(content | {"digest": sha256(canonical(content)).hexdigest()})


# --- Any assessment -----------------------------------------------------------------------

_texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
_texts_or_none = st.just("") | _texts
_ids = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,11}", fullmatch=True)
_dates = st.dates(min_value=date(1000, 1, 1)).map(date.isoformat)
_dates_or_none = st.just("") | _dates
_moments = _dates | _dates.map(lambda day: f"{day}T09:30:15.123Z")
_pounds = st.none() | st.integers(0, 2**53 - 1)
_grades = st.sampled_from(["E0", "E1", "E2", "E3", "E4"])


def _tuples(values: st.SearchStrategy[Any], size: int = 3) -> st.SearchStrategy[Any]:
    return st.lists(values, max_size=size).map(tuple)


_common = {
    "evidence": _grades,
    "valid_until": _dates_or_none,
    "link": _texts_or_none,
    "note": _texts_or_none,
    "reason": _texts_or_none,
    "by": _texts_or_none,
    "at": st.just("") | _moments,
}
_chosen = st.lists(_texts, max_size=3, unique=True).map(tuple)
answers = st.builds(Answer, options=_chosen, text=_texts_or_none, **_common) | st.builds(
    Answer,
    state=st.sampled_from(["unanswered", "unknown", "withheld", "not_applicable"]),
    **_common,
)
_mitigations = st.builds(
    Mitigation,
    question=_ids,
    status=st.sampled_from(["proposed", "agreed", "verified"]),
    target=_texts,
    owner=_texts_or_none,
    due=_dates_or_none,
    clause=_texts_or_none,
    evidence=st.just("") | _grades,
    note=_texts_or_none,
)
_answer_sets = st.builds(
    AnswerSet,
    as_of=_dates,
    pack=_ids,
    answers=st.dictionaries(_ids, answers, max_size=4),
    mitigations=st.lists(_mitigations, max_size=3, unique_by=lambda each: each.question).map(
        lambda found: tuple(sorted(found, key=lambda each: each.question))
    ),
)
_purchases = st.builds(
    Purchase,
    id=_ids,
    title=_texts,
    buyer=_texts,
    description=_texts_or_none,
    capability=_texts_or_none,
    committed_value=_pounds,
    value_if_scaled=_pounds,
    route=_texts_or_none,
    notice_id=_texts_or_none,
    ocid=_texts_or_none,
    embedded=st.booleans(),
    decision_due=_dates_or_none,
    contract_start=_dates_or_none,
    contract_end=_dates_or_none,
    break_dates=_tuples(_dates),
    jurisdiction=_texts_or_none,
    chosen_supplier=_texts_or_none,
)
assessments = st.builds(
    Assessment,
    id=_ids,
    purchase=_purchases,
    supplier=st.builds(
        Supplier,
        name=_texts,
        company_number=_texts_or_none,
        group=_texts_or_none,
        jurisdiction=_texts_or_none,
    ),
    answer_set=_answer_sets,
    upstreams=_tuples(
        st.builds(
            Upstream,
            kind=st.sampled_from(["model", "host", "cloud"]),
            name=_texts,
            maker=_texts_or_none,
            jurisdiction=_texts_or_none,
            own=st.booleans(),
        )
    ),
    state=st.sampled_from(WORKFLOW_STATES),
    fictional=st.booleans(),
    replaces=st.just("") | _ids,
    decision=st.none()
    | st.builds(
        RecordedDecision,
        decision=_texts,
        by=_texts,
        at=_moments,
        reason=_texts_or_none,
        review_by=_dates_or_none,
    ),
    overrides=_tuples(
        st.builds(StopOverride, question=_ids, by=_texts, at=_moments, reason=_texts, until=_dates)
    ),
    triggers=_tuples(
        st.builds(
            Trigger,
            what=_texts,
            at=_moments,
            note=_texts_or_none,
            resolved_at=st.just("") | _moments,
        )
    ),
    carried=st.dictionaries(
        _ids,
        st.builds(
            CarriedAnswer,
            assessment=_ids,
            as_of=_dates,
            answer=answers,
            mitigation=st.none() | _mitigations,
        ),
        max_size=2,
    ),
    handovers=st.dictionaries(
        _ids,
        st.builds(
            HandOver,
            owner=_texts,
            by=_texts,
            at=_moments,
            due=_dates_or_none,
            note=_texts_or_none,
            done_by=_texts_or_none,
            done_at=st.just("") | _moments,
        ),
        max_size=2,
    ),
    comments=st.dictionaries(
        _ids,
        st.lists(
            st.builds(
                Comment,
                text=_texts,
                by=_texts,
                at=_moments,
                resolved_by=_texts_or_none,
                resolved_at=st.just("") | _moments,
            ),
            min_size=1,
            max_size=2,
        ).map(tuple),
        max_size=2,
    ),
    created_at=st.just("") | _moments,
    created_by=st.just("") | _texts.filter(lambda name: "\0" not in name),
)


def put_demonstration(store: Store) -> None:
    """Fill an empty store with the demonstration, which "Ana" brings in once for a whole run."""
    if store.engine.dialect.name == "postgresql":
        _put_on_server(store)
        return
    assert not store.summaries(), "The demonstration takes the place of all that the file holds."
    with closing(_connected(store)) as target:
        _demonstration().backup(target)


def _put_on_server(store: Store) -> None:
    with store.writing() as connection:
        for table in metadata.sorted_tables:
            columns = [column.name for column in table.columns]
            if rows := _rows().get(table.name):
                connection.execute(
                    table.insert(), [dict(zip(columns, row, strict=True)) for row in rows]
                )
    store.rebuild_search()


@cache
def _rows() -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table of the demonstration that has any."""
    filled = _demonstration()
    found = filled.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    own = ("sqlite_", "search_")  # what SQLite makes itself, and what is rebuilt
    tables = [name for (name,) in found if not name.startswith(own)]
    rows = {name: filled.execute(f"SELECT * FROM {name}").fetchall() for name in tables}
    return {name: each for name, each in rows.items() if each}


@cache
def _demonstration() -> sqlite3.Connection:
    """Return a database in memory that holds the demonstration, with the index of its words."""
    kept = sqlite3.connect(":memory:", check_same_thread=False)
    with TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'store.sqlite3'}")
        load_demonstration(store, "Ana")
        with closing(_connected(store)) as filled:
            filled.backup(kept)
        store.close()
    return kept


def _connected(store: Store) -> sqlite3.Connection:
    path = store.engine.url.database
    assert path, "A store in memory has no file: bring the demonstration in by itself."
    return sqlite3.connect(path)


RECORD = record_of(FULL)


def record_with(path: list[str | int], value: Any) -> bytes:
    """The record with the value at ``path`` replaced (None: taken out), sealed anew."""
    document = deepcopy(json.loads(RECORD))
    place = document
    for key in path[:-1]:
        place = place[key]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return resealed(document)


TYPES = ("single", "multiple", "text", "number", "date")


def every_type() -> Framework:
    """A framework with a question of each type, none of which the method rests on."""
    document = deepcopy(FRAMEWORK_DOCUMENT)
    first = document["sections"][1]["questions"][0]
    questions = []
    for number, kind in enumerate(TYPES, 1):
        question = {**deepcopy(first), "id": f"DP-0{number}", "type": kind}
        if kind != "single":
            del question["weight"]
        if kind == "multiple":
            question["options"] = [{k: o[k] for k in ("id", "label")} for o in question["options"]]
        elif kind != "single":
            del question["options"]
        questions.append(question)
    document["sections"][1]["questions"] = questions
    return framework_from_document(document)
