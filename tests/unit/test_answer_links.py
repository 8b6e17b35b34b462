"""A supplier answers by a link: only its questions, only while it works, once."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
from starlette.applications import Starlette

from procurement_risk.assessment import Answer, Supplier
from procurement_risk.errors import NotFound, UsageError
from procurement_risk.imports import answer_link
from procurement_risk.imports.workbook import accept_rows, open_return
from procurement_risk.server.running import Running
from procurement_risk.server.settings import Team
from procurement_risk.server.supplier import pages
from procurement_risk.storage import answer_links
from procurement_risk.storage.keeping import look
from procurement_risk.storage.mentions import person
from procurement_risk.storage.operations.answer_linking import asking_by
from procurement_risk.storage.places import seen
from tests.support.team_servers import OIDC, client
from tests.support.workbook_examples import FRAMEWORK, PUT, SECRET, assessment

UNTIL = (datetime.now(UTC).date() + timedelta(days=14)).isoformat()
RIVAL = "Rival Systems Plc"
PLANTED = "planted-by-the-buyer"
SCRIPT = "\"><script>alert(1)</script>'<img src=x onerror=alert(1)>"


@pytest.fixture
def server(store):
    """A team's server with an assessment, and a rival of its supplier for the same purchase."""
    answers = {"S-02": Answer(options=("a",), evidence="E2", note=PLANTED, by="Ana")}
    case = assessment(answers)
    purchase = replace(case.purchase, title=f"Case triage {SCRIPT}", description=PLANTED)
    store.create(replace(case, purchase=purchase), FRAMEWORK, "Ana")
    rival = replace(case, id="rival", purchase=purchase, supplier=Supplier(name=RIVAL))
    store.create(rival, FRAMEWORK, "Ana")
    running = Running(Team(**OIDC), store)
    return client(app=Starlette(routes=pages.routes(running)))


@pytest.fixture
def link(store, server):
    return answer_link.make(store, "case", UNTIL, "Ana, ana@example.test", "Ana")


class Form(HTMLParser):
    """What the form on a page holds, as a browser would send it."""

    def __init__(self):
        super().__init__()
        self.sent, self._text = {}, None

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "textarea":
            self._text = given["name"]
            self.sent[self._text] = ""
        elif tag == "input" and (
            given.get("type") not in ("radio", "checkbox") or "checked" in given
        ):
            value = given.get("value", "")
            if given.get("type") == "checkbox":
                value = [*self.sent.get(given["name"], []), value]
            self.sent[given["name"]] = value

    def handle_data(self, data):
        if self._text:
            self.sent[self._text] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._text = None


def form_of(said):
    form = Form()
    form.feed(said.text)
    return form.sent


def save(server, link, part="1", **fields):
    page = server.get(f"{link}/{part}")
    sent = form_of(page) | {name.replace("__", "."): each for name, each in fields.items()}
    return server.post(f"{link}/{part}", data=sent)


def answered(server, link, **fields):
    return save(server, link, **{f"{name.replace('_', '-')}__answer": each
                                 for name, each in fields.items()})  # fmt: skip


def submit(server, link, **fields):
    sent = form_of(server.get(f"{link}/submit"))
    sent |= {"name": "Sue Pond", "role": "Director", "agreed": "yes", **fields}
    return server.post(f"{link}/submit", data=sent)


def token_of(link):
    return link.rsplit("/", 1)[1]


def the_link(store):
    return store.answer_links("case")[0]


def test_what_is_written_comes_in_as_a_workbook_does(store, server, link):
    assert len(token_of(link)) >= 43  # 256 bits
    said = server.get(link)
    assert said.status_code == 200
    assert "Questions for Example AI Ltd" in said.text
    assert the_link(store).opened_at == ""
    done = answered(server, link, S_01="a", S_04="=1+1 is our answer", S_05="12")
    assert done.status_code == 303
    assert save(server, link, **{
        "S-07__answer": "state:not_applicable", "S-07__reason": "We have none",
        "S-03__answer": ["eu", "uk"], "S-03__link": "Policy, page 3",
        "S-03__valid_until": "2027-03-31", "S-03__claim": "yes",
        "S-03__claim_reason": "Trade secret", "S-06__state": "withheld",
    }).status_code == 303  # fmt: skip
    shown = the_link(store)
    assert (shown.answered, shown.asked, bool(shown.opened_at)) == (6, len(PUT), True)
    assert not shown.waits
    assert submit(server, link).status_code == 303

    shown = the_link(store)
    assert shown.waits
    assert shown.signed.startswith("Sue Pond, Director, 20")
    data = store.answer_link_file("case", shown.id)
    opened = open_return(store, data, "by a link.xlsx", "case")
    rows = {row.question.id: row for row in opened.difference.rows}
    assert set(rows) == {"S-01", "S-03", "S-04", "S-05", "S-06", "S-07"}
    assert rows["S-03"].after.options == ("eu", "uk") or rows["S-03"].after.options == ("uk", "eu")
    assert rows["S-07"].after.reason == "We have none"
    assert rows["S-04"].after.text == "=1+1 is our answer"
    assert rows["S-06"].after.state == "withheld"
    assert {row.after.evidence for row in opened.difference.rows} <= {"E0", "E1"}
    assert [claim.reason for claim in opened.difference.claims] == ["Trade secret"]
    assert opened.difference.problems == ()
    assert opened.difference.remarks == ()
    assert opened.returned.signature.name == "Sue Pond"
    assert opened.stamp.return_by == UNTIL
    assert store.load("case").assessment.answer_set.answers.keys() == {"B-01", "S-02"}

    accept_rows(store, opened, ["S-01"], "Ana")
    assert not the_link(store).waits
    assert the_link(store).is_taken
    assert store.verify_history("case") == []
    reasons = [line.reason for line in store.history("case")]
    assert any(f"made, which works until {UNTIL}" in each for each in reasons)
    assert any("submitted, SHA-256" in each for each in reasons)


def test_nothing_of_the_buyers_is_on_any_page(server, link):
    answered(server, link, S_01="b")
    seen_text = ""
    for part in ("", "/1", "/submit", "/2", "/x", "/../rival"):
        said = server.get(f"{link}{part}")
        seen_text += said.text + str(said.headers)
    submit(server, link)
    seen_text += server.get(link).text
    # The look of a page, the token, digests.
    seen_text = re.sub(r"<style>.*?</style>|[\w-]{24,}", "", seen_text, flags=re.DOTALL)
    for word in (
        SECRET,
        PLANTED,
        RIVAL,
        "B-01",
        "S-09",
        "risk",
        "red_flag",
        "weight",
        "stop",
    ):
        assert word not in seen_text.replace("risk.example", ""), word
    assert not re.search(r"\bE2\b", seen_text)  # as a part of a digest it would say nothing


def test_every_answer_is_kept_by_nobody_and_found_by_nobody(server, link):
    for said in (server.get(link), server.get(f"{link}/1"), server.get("/reply/x")):
        assert said.headers["referrer-policy"] == "no-referrer"
        assert said.headers["cache-control"] == "no-store"
        assert "noindex" in said.headers["x-robots-tag"]
        policy = said.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert "unsafe" not in policy
        assert "set-cookie" not in said.headers
        assert "<script" not in said.text


@pytest.mark.parametrize("field", ["answer", "note", "link", "claim_reason", "reason"])
def test_no_text_is_markup(server, link, field):
    save(server, link, **{f"S-04__{field}": SCRIPT})
    for part in ("", "/1", "/submit"):
        said = server.get(f"{link}{part}").text
        assert "<script>" not in said
        assert "<img" not in said
    assert "&lt;script&gt;" in server.get(f"{link}/1").text


def test_two_people_on_one_link_lose_nothing(server, link):
    mine, theirs = server.get(f"{link}/1"), server.get(f"{link}/1")
    one = form_of(mine) | {"S-01.answer": "a", "S-04.answer": "mine"}
    two = form_of(theirs) | {"S-01.answer": "c", "S-05.answer": "7"}
    assert server.post(f"{link}/1", data=one).status_code == 303
    said = server.post(f"{link}/1", data=two)
    assert said.status_code == 409
    assert "Somebody else answered this meanwhile" in said.text
    kept = server.get(f"{link}/1").text
    assert ">mine</textarea>" in kept  # which the other page showed empty, and left so
    assert 'value="7"' in kept
    assert re.search(r'name="S-01.answer" value="a" checked', kept)
    again = form_of(said) | {"S-05.answer": "7", "S-04.answer": "mine"}
    assert again["S-01.answer"] == "c"
    assert server.post(f"{link}/1", data=again).status_code == 303
    assert re.search(r'name="S-01.answer" value="c" checked', server.get(f"{link}/1").text)


def test_what_cannot_be_right_is_kept_and_told_and_not_submitted(server, link):
    answered(server, link, S_05="about twelve", S_01="state:not_applicable")
    said = server.get(f"{link}/1")
    assert 'value="about twelve"' in said.text
    assert "is not a number that can be kept" in said.text
    assert "2 answers have to be put right" in said.text
    assert '<a href="#S-05">' in said.text
    assert "not applicable without a reason" in said.text
    assert "2 answers have to be put right" in server.get(f"{link}/submit").text
    mark = form_of(server.get(f"{link}/1"))["mark"]
    assert submit(server, link, mark=mark).status_code == 422
    long = save(server, link, **{"S-04__answer": "x" * 5_001})
    assert long.status_code == 422
    assert "5,001 characters" in long.text
    assert "x" * 5_001 in long.text


def test_a_link_ends_once_it_was_submitted_revoked_or_its_day_is_past(
    store, server, link, monkeypatch
):
    answered(server, link, S_01="a")
    page = form_of(server.get(f"{link}/1")) | {"S-01.answer": "c"}
    assert submit(server, link, name="").status_code == 422
    assert submit(server, link, agreed="").status_code == 422
    assert submit(server, link, seen="0" * 24).status_code == 422
    assert submit(server, link).status_code == 303
    assert "Your answers were submitted" in server.get(f"{link}/1").text
    server.post(f"{link}/1", data=page)
    data = store.answer_link_file("case", the_link(store).id)
    submit(server, link)
    assert store.answer_link_file("case", the_link(store).id) == data

    other = answer_link.make(store, "case", UNTIL, "", "Ana")
    page = form_of(server.get(f"{other}/1")) | {"S-01.answer": "c"}
    made = the_link(store)
    monkeypatch.setattr(answer_links, "today", lambda: "2099-01-01")
    assert server.get(other).status_code == 404
    monkeypatch.undo()
    assert server.get(other).status_code == 200
    store.revoke_answer_link("case", made.id, "Ana")
    assert server.get(other).status_code == 404
    assert server.post(f"{other}/1", data=page).status_code == 404
    assert the_link(store).answered == 0


def test_who_presses_submit_twice_is_told_that_it_is_submitted(server, link, monkeypatch):
    answered(server, link, S_01="a")
    submitting = pages.answer_linking.submit_by_link

    def twice(*given):
        submitting(*given)
        return submitting(*given)

    monkeypatch.setattr(pages.answer_linking, "submit_by_link", twice)
    said = submit(server, link)
    assert (said.status_code, said.headers["location"]) == (303, link)
    assert "Your answers were submitted" in server.get(link).text


def test_nothing_is_written_without_the_mark_of_the_page(store, server, link):
    other = answer_link.make(store, "rival", UNTIL, "", "Ana")
    mine, theirs = form_of(server.get(f"{link}/1")), form_of(server.get(f"{other}/1"))
    for sent in ({"S-01.answer": "a"}, {**mine, "mark": theirs["mark"]}, {**mine, "mark": "é"}):
        assert server.post(f"{link}/1", data=sent).status_code == 403
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site",
                    "origin": "null"}):  # fmt: skip
        assert server.post(f"{link}/1", data=mine, headers=headers).status_code == 403
    good = {"sec-fetch-site": "same-origin", "origin": "null"}
    assert server.post(f"{link}/1", data=mine, headers=good).status_code == 303
    assert server.post("/pages", data=mine, headers=good).status_code == 403


@pytest.mark.parametrize(
    "fields",
    [
        {"B-01.answer": "a"},  # the buyer's own question
        {"S-09.answer": "a"},  # one that is not asked here
        {"S-01.answer": "z"},
        {"S-01.answer": ["a", "b"]},
        {"S-01.weight": "9"},
        {"S-06.state": "answered"},
        {"S-03.claim": "maybe"},
    ],
)
def test_only_what_is_asked_and_offered_is_taken(store, server, link, fields):
    said = server.post(f"{link}/1", data=form_of(server.get(f"{link}/1")) | fields)
    assert said.status_code == 400
    assert the_link(store).answered == 0


def test_too_much_too_often_and_guesses_are_refused(server, link, monkeypatch):
    assert server.post(f"{link}/1", content=b"a" * 1_000_001).status_code == 413
    many = "&".join(f"x{n}=1" for n in range(pages.MOST_FIELDS + 1))
    assert server.post(f"{link}/1", content=many).status_code == 413
    for host in ({"host": "evil.example"}, {"host": "risk.example.test.evil.example"}):
        assert server.get(link, headers=host).status_code == 421
    found = {server.get(f"/reply/{n:043d}").status_code for n in range(pages.GUESSES)}
    assert found == {404}
    assert server.get(link).status_code == 429
    assert server.get("/reply/" + "a" * 2_000).status_code == 429


def test_one_link_is_asked_for_only_so_often(server, link, monkeypatch):
    monkeypatch.setattr(pages.Rate, "wait", lambda *_any: 9)
    assert server.get(link).status_code == 429


def test_the_token_is_kept_and_logged_nowhere(store, server, link, caplog):
    with caplog.at_level("DEBUG"):
        server.get(f"{link}/1")
        answered(server, link, S_01="a")
    token = token_of(link)
    ours = [each for each in caplog.records if not each.name.startswith("httpx")]
    assert any(getattr(each, "path", "") == "/reply" for each in ours)
    assert all(token not in str(vars(each)) for each in ours)
    with store.engine.connect() as connection:
        raw = connection.connection.driver_connection
        dump = "\n".join(raw.iterdump()) if hasattr(raw, "iterdump") else ""
    assert token not in dump
    assert answer_links.digest_of(token) != token


def test_a_link_is_made_only_for_what_can_be_asked_and_answered(store, server):
    for until in ("", "2020-01-01", "2099-01-01", "soon"):
        with pytest.raises(UsageError, match="the last day on which it works"):
            answer_link.make(store, "case", until, "", "Ana")
    store.archive("case", "Ana")
    with pytest.raises(UsageError, match="archived"):
        answer_link.make(store, "case", UNTIL, "", "Ana")


def test_it_goes_with_its_assessment_and_with_whoever_is_struck_out(store, server, link):
    save(server, link, **{"S-04__answer": "Ask Zoë Quill", "S-01__answer": "a"})
    mention = person(["Zoë Quill"])
    places = store.places(mention)
    assert {each.table for each in places} == {"answer_link"}
    store.erase(mention, seen(places), "Bo", "Asked for by the person", "Person 1")
    assert store.places(mention) == []
    assert "Ask Person 1" in server.get(f"{link}/1").text
    assert submit(server, link).status_code == 303
    store.wait_return("x.xlsx", b"x", "Ana")
    store.give_up_return("Ana", store.waiting_for("Ana")[0].digest)
    assert store.answer_link_file("case", the_link(store).id)  # which waits for nobody by name
    store.delete("case", look(store.load("case")), "Bo", "Made twice")
    assert store.answer_links() == []
    with pytest.raises(NotFound):
        asking_by(store, token_of(link))
