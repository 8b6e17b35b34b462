"""My work: the first look where there is nothing, and what waits for whom where there is."""

import pytest

from procurement_risk.assessment import Comment, HandOver, Purchase
from procurement_risk.imports.demonstration import examples
from procurement_risk.views.my_work import page
from procurement_risk.views.records import brought
from tests.support.framework_documents import SMALL
from tests.support.small_app import draw, press, said

LABEL = "Write your name in the menu"


def links(page):
    return [each.proto.label.replace("\\", "") for each in page.get("page_link")]


def due(title, day):
    return Purchase(id=title, title=title, buyer="Borough of Example", decision_due=day)


@pytest.fixture
def held(app):
    """Two assessments that Ana started, of which Bo has one now."""
    app.create(SMALL, id="hers", purchase=due("Hers", "2020-01-01"), created_by="Ana")
    app.create(SMALL, id="his", purchase=due("His", ""), created_by="Ana", owner="Bo")
    return app


def test_where_there_is_nothing_it_says_what_this_is_and_shows_examples(app):
    page = draw("my-work")
    assert next(each.label for each in page.button) == "Start an assessment"
    badges = [each.value for each in page.markdown if "-badge[" in each.value]
    assert [badge.split(": ")[1].rstrip("]") for badge in badges] == [
        "Proceed",
        "Proceed with conditions",
        "Do not proceed",
    ]


def test_an_example_opens_with_the_rest_of_the_demonstration(app):
    first = examples()[0]
    page = press(draw("my-work"), f"Open {first.title}")
    assert first.id in page.query_params["assessment"]
    assert len(app.store.summaries()) == 14


def test_what_waits_for_me_stands_first(held):
    page = draw("my-work")
    found = links(page)
    assert "Hers" in found[1]
    assert "His" in found[2]
    assert [each.value for each in page.header] == ["For Ana", "For anybody"]
    assert "1 January 2020, past" in said(page)
    assert LABEL not in said(page)


def test_without_a_name_everything_waits_for_anybody(held):
    page = draw("my-work", {"actor": ""})
    assert LABEL in said(page)
    assert [each.value for each in page.header] == ["For anybody"]
    assert len(links(page)) == 3


def test_what_is_over_waits_for_nobody(held):
    stored = held.store.load("hers")
    held.store.save("hers", "state", "closed", stored.revisions["state"], "Ana")
    page = draw("my-work")
    assert "Nothing waits for you." in said(page)


def test_hand_overs_comments_and_files_not_accepted_are_among_what_waits(held):
    now = "2020-01-01T09:00:00Z"
    handed = HandOver(owner="ana", due="2020-02-01", by="Bo", at=now)
    section = SMALL["sections"][0]
    held.create(
        SMALL,
        id="asked",
        purchase=due("Theirs", ""),
        created_by="Bo",
        handovers={section["id"]: handed},
        comments={section["questions"][0]["id"]: (Comment(text="Ana?", by="Bo", at=now),)},
    )
    file = brought.Brought("answers of <b>Abel</b>.xlsx", b"", is_held=True)

    page = draw("my-work", {brought.HELD: {"digest": file}})

    assert "4 things wait, 2 late" in said(page)
    assert "A file to accept** · answers of <b>Abel</b>.xlsx" in links(page)[1]
    assert [each.value for each in page.subheader] == ["Asked by colleagues"]
    unnamed = draw("my-work", {"actor": "", brought.HELD: {"digest": file}})
    assert "A file to accept" in links(unnamed)[1]


class Begun:
    """The making of outcomes, of which none is there yet."""

    total, done, is_running = 2, 0, True


def test_while_outcomes_are_made_it_does_not_say_that_nothing_waits(held, monkeypatch):
    monkeypatch.setattr(page, "lines_coming", lambda _store: Begun())
    drawn = draw("my-work")
    words = said(drawn)
    assert words.count("Not known yet: it is being worked out.") == 2
    assert "Nothing" not in words
    assert "All assessments: 2" in links(drawn)
    assert {"Hers", "His"} <= {words for link in links(drawn) for words in link.split("**")}
