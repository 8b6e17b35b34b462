"""The HTTP interface: who may ask what, what is refused and how, and that pages say the same."""

import base64
import json
import re

import pytest
import sqlalchemy as sa

from procurement_risk.assessment.today import today
from procurement_risk.imports import IMPORTS
from procurement_risk.server.api.bringing_in import IMPORTING
from procurement_risk.server.api.door import Door
from procurement_risk.server.api.operations import OPERATIONS
from procurement_risk.storage import evidence, keeping, open_store, tables
from procurement_risk.storage.people.permissions import PERMISSIONS, ROLES
from tests.support.api_examples import (
    AWAY,
    HOME,
    MINE,
    THEIRS,
    Served,
    bought_by,
    for_the_supplier,
)
from tests.support.databases import KINDS, address as address_of
from tests.support.stored_examples import framework

ANSWER = f"/api/assessments/{MINE}/answers/DP-01"
ASKED = "asked"
JSON = {"content-type": "application/json"}
FILLED = {
    "question": "DP-01",
    "part": "supplier",
    "format": "json",
    "table": "sections",
    "framework_id": "nothing",
    "section": "DP",
    "digest": "0" * 64,
    "link": "none",
    "webhook_id": "nothing",
}
BODIES = {
    "/assessments/{assessment_id}/reviews/{section}": {"verdict": "accepted", "digest": "0" * 64},
    "/assessments/{assessment_id}/links": {"until": "2026-01-01"},
}
"""What is sent where it is no value over a revision; of nothing of it anything comes."""


@pytest.fixture(scope="module", params=KINDS)
def served(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("api")
    with address_of(request.param, folder) as url, pytest.MonkeyPatch.context() as patched:
        # No file of ours lies beside a database on a server: the place has to be named.
        patched.setenv(evidence.SETTING, f"file://{folder}/evidence")
        store = open_store(url)
        yield Served(store)
        store.close()


def address(operation, name=MINE):
    return "/api" + operation.path.format(assessment_id=name, **FILLED)


def ask(client, operation, name=MINE):
    """Ask an operation for something that changes nothing."""
    if operation.method == "GET":
        return client.get(address(operation, name))
    if operation.takes:
        headers = {"content-type": operation.takes[0]}
        return client.request(
            operation.method, address(operation, name), content=b"{}", headers=headers
        )
    value = BODIES.get(operation.path, {"value": {"option": "a"}, "revision": 99})
    return client.request(operation.method, address(operation, name), json=value)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_by_the_interface_what_the_table_says(served, role):
    client, reads = served.client(role), role in PERMISSIONS["read"].roles
    for each in OPERATIONS:
        status = ask(client, each).status_code
        may = each.action is None or role in PERMISSIONS[each.action].roles
        if "{assessment_id}" in each.path and not reads:
            assert status == 404, each.path
        elif each.action is None and "{part}" in each.path:
            assert (status == 403) == (role != "officer"), each.path  # it is about the supplier
        else:
            assert (status == 403) == (not may), (each.path, status)
        assert status < 500, each.path


def test_what_belongs_to_another_organisation_is_not_there(served):
    for role in ROLES:
        client = served.client(role)
        for each in OPERATIONS:
            if "{assessment_id}" not in each.path:
                continue
            there, nowhere = ask(client, each, THEIRS), ask(client, each, "absent")
            assert there.status_code == nowhere.status_code == 404, each.path
            assert there.text.replace(THEIRS, "absent") == nowhere.text, each.path
            assert _beside(there) == _beside(nowhere)
        listed = client.get("/api/assessments")
        assert THEIRS not in listed.text
    assert THEIRS not in served.client().get("/api/tables/assessments").text
    assert served.client().get(f"/api/exports/json?id={THEIRS}").status_code == 404


def _beside(response):
    return {name: value for name, value in response.headers.items() if name != "content-length"}


def test_without_a_token_that_works_nothing_is_told(served):
    expired, revoked = served.token("officer"), served.token("officer")
    with served.store.writing() as connection:
        table = tables.api_token
        digests = connection.execute(sa.select(table.c.id, table.c.digest)).all()
        by = {_digest(each): each for each in (expired, revoked)}
        ids = {by[digest]: name for name, digest in digests if digest in by}
        old = table.update().where(table.c.id == ids[expired])
        connection.execute(old.values(until="2026-01-01"))
    served.store.revoke_token(ids[revoked], "Ada")
    said = set()
    for token in (expired, revoked, "prt_" + "x" * 43, f"{expired}x"):
        for each in OPERATIONS:
            answer = ask(served.client(token=token), each)
            assert answer.status_code == 401, each.path
            assert answer.headers["www-authenticate"].startswith("Bearer")
            said.add(answer.text)
    assert len(said) == 1
    client = served.client()
    for wrong in ("", "Basic YTpi", "Bearer", "Bearer  ", "Bearer é", "prt_x"):
        headers = {"Authorization": wrong.encode("latin-1")}
        assert client.get("/api/assessments", headers=headers).status_code == 401


def _digest(text):
    from hashlib import sha256

    return sha256(text.encode()).hexdigest()


def test_an_answer_is_saved_over_the_revision_that_was_seen(served):
    client = served.client()
    seen = client.get(f"/api/assessments/{MINE}").json()
    revision = seen["revisions"].get("answer:DP-01", 0)
    value = {"option": "b", "evidence": "E2", "note": "Seen."}
    saved = client.put(ANSWER, json={"value": value, "revision": revision, "reason": "Asked"})
    assert saved.json() == {"part": "answer:DP-01", "revision": revision + 1}
    stored = served.store.load(MINE).assessment.answer_set.answers["DP-01"]
    assert (stored.options, stored.by) == (("b",), "officer (token)")
    assert served.store.history(MINE)[-1].reason == "Asked"

    stale = client.put(ANSWER, json={"value": {"option": "a"}, "revision": revision})
    assert stale.status_code == 409
    told = stale.json()
    assert (told["mine"]["option"], told["theirs"]["option"]) == ("a", "b")
    assert (told["revision"], told["by"]) == (revision + 1, "officer (token)")
    by_tag = {"if-match": f'"{revision}"'}
    assert client.put(ANSWER, json={"value": None}, headers=by_tag).status_code == 412
    assert client.put(ANSWER, json={"value": None}).status_code == 428
    by_tag = {"if-match": saved.headers["etag"]}
    assert client.put(ANSWER, json={"value": {"option": "c"}}, headers=by_tag).status_code == 200


def test_every_problem_is_told_at_once(served):
    value = {"option": "z", "evidence": "E9", "colour": "blue"}
    refused = served.client().put(ANSWER, json={"value": value, "revision": 0})
    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"
    told = refused.json()
    assert len(told["problems"]) == 3
    assert {each["where"] for each in told["problems"]} == {"DP-01"}
    assert all(each["message"] in told["detail"] for each in told["problems"])
    gone = served.client().put(ANSWER.replace("DP-01", "DP-99"), json={"value": 1, "revision": 0})
    assert gone.status_code == 404


def test_what_was_not_changed_is_not_sent_again(served):
    client = served.client()
    first = client.get(f"/api/assessments/{MINE}")
    tag = {"if-none-match": first.headers["etag"]}
    again = client.get(f"/api/assessments/{MINE}", headers=tag)
    assert (again.status_code, again.content) == (304, b"")
    revision = first.json()["revisions"]["supplier"]
    value = {"value": {"name": "Renamed Ltd"}, "revision": revision}
    assert client.put(f"/api/assessments/{MINE}/parts/supplier", json=value).status_code == 200
    fresh = client.get(f"/api/assessments/{MINE}", headers=tag)
    assert fresh.json()["assessment"]["supplier"] == {"name": "Renamed Ltd"}


def test_it_comes_packed_to_whoever_wants_that(served):
    client, asked = served.client(), f"/api/assessments/{MINE}"
    packed = client.get(asked, headers={"accept-encoding": "gzip"})
    plain = client.get(asked, headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json()
    assert client.get("/api", follow_redirects=False).headers["location"] == "/api/docs"


def test_a_decision_is_recorded_with_who_and_when(served):
    client = served.client("decision_maker")
    address = f"/api/assessments/{MINE}/decision"
    wrong = client.put(address, json={"value": {"decision": "perhaps"}, "revision": 0})
    assert wrong.status_code == 422
    value = {"decision": "do_not_proceed", "reason": "Not wanted.", "accepted_open": ["DP-02"]}
    said = client.put(address, json={"value": value, "revision": 0})
    assert said.status_code == 200, said.text
    decision = served.store.load(MINE).assessment.decision
    assert (decision.by, decision.at[:10]) == ("decision_maker (token)", today())
    assert served.store.load(MINE).assessment.state == "decided"


def test_the_list_is_walked_to_its_end_by_cursor(served):
    client = served.client()
    found, asked = [], "/api/assessments?limit=1&sort=purchase"
    while asked:
        part = client.get(asked).json()
        found += [each["id"] for each in part["assessments"]]
        asked = part["next"] and f"/api/assessments?limit=1&sort=purchase&cursor={part['next']}"
    assert found == [MINE]
    assert client.get("/api/assessments?state=closed").json()["total"] == 0
    unseen = base64.urlsafe_b64encode(b'[0,"\\u0000"]').decode()
    for wrong in (
        f"cursor={unseen}",
        "cursor=zz",
        "limit=0",
        "limit=x",
        "sort=colour",
        "colour=blue",
    ):
        assert client.get(f"/api/assessments?{wrong}").status_code == 422, wrong


def test_the_list_knows_every_change_and_nobody_elses(served):
    """It is kept for everybody together."""
    client, auditor = served.client(), served.client("auditor")
    before = {each["id"] for each in client.get("/api/assessments").json()["assessments"]}
    served.store.create(bought_by("later", HOME), framework(), "Ada")
    served.store.create(bought_by("not-ours", AWAY), framework(), "Ada")
    for each in (client, auditor):
        found = {row["id"] for row in each.get("/api/assessments").json()["assessments"]}
        assert found == before | {"later"}
    served.store.archive("later", "Ada")
    assert client.get("/api/assessments").json()["total"] == len(before)
    aside = client.get("/api/assessments?set_aside=true").json()
    assert [row["id"] for row in aside["assessments"]] == ["later"]


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"value":' * 40 + b"1" + b"}" * 40,
        b'{"value":NaN,"revision":0}',
        b'{"value":1e999,"revision":0}',
        b'{"value":' + b"9" * 5_000 + b',"revision":0}',
        b'{"value":1,"value":2,"revision":0}',
        b'{"value":"\xff","revision":0}',
        b"\xef\xbb\xbf{}",
        b"",
        b"null",
    ],
)
def test_json_that_would_do_harm_is_refused(served, body):
    refused = served.client().put(ANSWER, content=body, headers=JSON)
    assert refused.status_code == 422
    assert refused.json()["problems"]


def test_too_much_and_of_the_wrong_kind_is_refused(served):
    client = served.client()
    large = b'{"value":"' + b"x" * 1_100_000 + b'"}'
    assert client.put(ANSWER, content=large, headers=JSON).status_code == 413
    for kind in ("", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        answer = client.put(ANSWER, content=b"{}", headers={"content-type": kind})
        assert answer.status_code == 415, kind
    assert client.get("/api/assessments?q=%00").status_code == 400
    assert client.get("/api/assessments/%00").status_code == 400


def test_what_is_sent_comes_back_as_no_page(served):
    client, script = served.client(), "<script>alert(1)</script>"
    for asked in (
        f"/api/{script}",
        f"/api/assessments/{script}",
        f"/api/assessments?sort={script}",
    ):
        answer = client.get(asked)
        assert answer.headers["content-type"] == "application/problem+json"
        assert "sandbox" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"
    page = client.get(f"/api/assessments/{MINE}/exports/leadership-html")
    assert page.headers["content-disposition"].startswith("attachment")


def test_a_token_has_a_share_that_runs_out(tmp_path):
    store = open_store(f"sqlite:///{tmp_path}/store.sqlite3")
    served = Served(store, Door(store, share=12))
    client = served.client()
    said = [client.get("/api/assessments").status_code for _each in range(3)]
    assert said == [200, 200, 429]
    assert int(client.get("/api/assessments").headers["retry-after"]) >= 1
    for spelt in ("bearer  {}", "BEARER {} ", "Bearer\t{}"):
        said = {"authorization": spelt.format(served.tokens["officer"])}
        assert client.get("/api/assessments", headers=said).status_code in (401, 429)
    assert served.client("auditor").get("/api/assessments").status_code == 200
    store.close()


def test_what_reads_a_file_of_others_is_done_one_at_a_time():
    """What it asks of the machine is theirs to choose, and pages are drawn beside it."""
    assert [each.path for each in OPERATIONS if each.takes and not each.is_long] == []


def test_every_way_in_is_there():
    assert IMPORTING.keys() == IMPORTS.keys()
    assert all(each in OPERATIONS for each in IMPORTING.values())
    places = [(each.method, each.path) for each in OPERATIONS]
    assert len(set(places)) == len(places)


def test_a_record_is_verified_and_scored_and_nothing_is_kept(served):
    client, before = served.client(), served.store.changes()
    record = client.get(f"/api/assessments/{MINE}/exports/json").content
    verdict = client.post("/api/verify", content=record, headers=JSON).json()
    assert verdict["holds"]
    forged = record.replace(b'"by":"Ada"', b'"by":"Eve"', 1)
    assert forged != record
    assert not client.post("/api/verify", content=forged, headers=JSON).json()["holds"]
    scored = client.post("/api/score", content=record, headers=JSON).json()
    assert scored == json.loads(record)["result"]
    assert served.store.changes() == before


@pytest.mark.parametrize("form", ["json", "csv", "parquet"])
def test_tables_come_in_three_forms(served, form):
    said = served.client("auditor").get(f"/api/tables/answers?form={form}")
    assert said.status_code == 200
    if form == "json":
        assert {each["assessment_id"] for each in said.json()} == {MINE}
    elif form == "csv":
        assert said.text.startswith('\ufeff"assessment_id"')
    else:
        assert said.content[:4] == said.content[-4:] == b"PAR1"


def test_the_description_names_every_operation(served):
    whole = served.client().get("/api/openapi.json").json()
    found = {(method.upper(), path) for path, each in whole["paths"].items() for method in each}
    assert found == {(each.method, each.path) for each in OPERATIONS}
    page = served.client().get("/api/docs")
    assert all(f"/api{path}" in page.text for _method, path in found)
    assert not re.search(r"<script|https?://", page.text)
    assert "script" not in page.headers["content-security-policy"]


def test_a_request_that_comes_again_is_carried_out_once(served):
    client, key = served.client(), {"idempotency-key": "a-key-of-mine"}
    new = {
        "framework": "ai-supplier-core",
        "purchase": {"title": "Forecasts", "buyer": HOME},
        "supplier": {"name": "Example Ltd"},
    }
    first = client.post("/api/assessments", json=new, headers=key)
    again = client.post("/api/assessments", json=new, headers=key)
    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    assert first.headers["location"] == again.headers["location"]
    assert client.get(again.headers["location"]).json()["assessment"]["created_by"] in (
        "officer (token)",
    )
    other = client.post("/api/assessments", json={**new, "fictional": True}, headers=key)
    assert other.status_code == 422
    assert "key of its own" in other.json()["detail"]
    assert (
        client.post(
            "/api/assessments", json=new, headers={**key, "idempotency-key": "x"}
        ).status_code
        == 422
    )
    # Somebody else's key is another key, and what was refused may come again.
    assert (
        served.client("leader").post("/api/assessments", json=new, headers=key).status_code == 403
    )
    fresh = {"idempotency-key": "another-key"}
    wrong = client.post("/api/assessments", json={**new, "supplier": {}}, headers=fresh)
    assert wrong.status_code == 422
    right = client.post("/api/assessments", json=new, headers=fresh)
    assert right.status_code == 201
    assert right.json()["id"] != first.json()["id"]
    with served.store.writing() as connection:
        table = tables.kept_answer
        connection.execute(table.update().values(at="2026-01-01T00:00:00.000Z"))
    late = client.post("/api/assessments", json=new, headers=key)
    assert late.json()["id"] != first.json()["id"]


def once(client, method, path, key, **more):
    """Ask twice with a key, and return both answers."""
    headers = {"idempotency-key": key, **more.pop("headers", {})}
    return [client.request(method, path, headers=headers, **more) for _time in range(2)]


def test_a_file_is_kept_once_listed_and_handed_out_as_it_came(served):
    client, kind = served.client(), {"content-type": "application/octet-stream"}
    path = f"/api/assessments/{MINE}/answers/DP-01/evidence?name=report.txt&grade=E2"
    first, again = once(client, "POST", path, "evidence-1", content=b"Tested.", headers=kind)
    assert first.status_code == again.status_code == 201
    digest = first.json()["sha256"]
    assert again.json() == first.json()

    (listed,) = served.client("auditor").get(f"/api/assessments/{MINE}/evidence").json()["files"]
    assert (listed["sha256"], listed["grade"], listed["questions"]) == (digest, "E2", ["DP-01"])
    file = served.client("auditor").get(f"/api/assessments/{MINE}/evidence/{digest}")
    assert file.content == b"Tested."
    assert file.headers["content-disposition"].startswith("attachment;")
    assert client.get(f"/api/assessments/{THEIRS}/evidence/{digest}").status_code == 404
    other = path.replace("report.txt", "report.pdf")
    refused = client.post(other, content=b"Tested.", headers=kind)
    assert refused.status_code == 422
    assert "is not what its name says" in refused.json()["detail"]
    same_key = {**kind, "idempotency-key": "evidence-1"}
    assert client.post(other, content=b"Tested.", headers=same_key).status_code == 422


def test_a_link_is_made_once_told_once_and_revoked(served):
    served.store.create(bought_by(ASKED, HOME), for_the_supplier(), "Ada")
    client, new = served.client(), {"until": today()}
    first, again = once(
        client, "POST", f"/api/assessments/{ASKED}/links", "link-number-1", json=new
    )
    assert first.json()["path"].startswith("/reply/")
    assert again.json() == {"path": ""}
    (link,) = client.get(f"/api/assessments/{ASKED}/links").json()["links"]
    token = first.json()["path"].removeprefix("/reply/")
    with served.store.reading() as connection:
        kept = connection.execute(sa.select(tables.kept_answer.c.answer)).scalars().all()
    assert token not in "".join(kept) + client.get(f"/api/assessments/{ASKED}/links").text
    gone = client.put(f"/api/assessments/{ASKED}/links/{link['id']}/revoked", json={})
    assert gone.json()["revoked_at"]
    assert not served.store.answer_links(ASKED)[0].works(today())
    served.store.delete(ASKED, keeping.look(served.store.load(ASKED)), "Ada", "Tried")


def test_a_section_is_reviewed_as_it_was_seen_and_by_nobody_who_filled_it(served):
    path = f"/api/assessments/{MINE}/reviews"
    seen = {each["section"]: each for each in served.client().get(path).json()["sections"]}
    found = {"verdict": "accepted", "digest": seen["CX"]["digest"]}
    assert served.client().put(f"{path}/CX", json=found).status_code == 403
    reviewer = served.client("reviewer")
    assert reviewer.put(f"{path}/CX", json={**found, "digest": "0" * 64}).status_code == 422
    first, again = once(reviewer, "PUT", f"{path}/CX", "review-number-1", json=found)
    assert first.json() == again.json()
    stand = {each["section"]: each["stands"] for each in reviewer.get(path).json()["sections"]}
    assert stand["CX"]


def test_a_program_sees_who_signs_and_signs_nothing(served):
    said = served.client("auditor").get(f"/api/assessments/{MINE}/sign-offs").json()
    assert said["sign_offs"] == []
    assert said["asked_for"]
    assert not any(each.action == "sign_off" for each in OPERATIONS)


def test_an_answer_with_a_key_is_saved_once(served):
    client = served.client()
    revision = client.get(f"/api/assessments/{MINE}").json()["revisions"].get("answer:DP-02", 0)
    path, change = ANSWER.replace("DP-01", "DP-02"), {"value": {"option": "b"}}
    change["revision"] = revision
    first, again = once(client, "PUT", path, "answer-number-1", json=change)
    assert first.status_code == again.status_code == 200
    assert first.json() == again.json()
    key = {"idempotency-key": "answer-number-1"}
    assert client.put(ANSWER, json=change, headers=key).status_code == 422
