"""A questionnaire that nobody here knows: what each page says of it, and that it harms none."""

import json

import pytest

from procurement_risk.assessment import Purchase, Supplier
from procurement_risk.assessment.record import read_record
from procurement_risk.exports import json_record
from procurement_risk.exports.audit_pack import checkpoint
from procurement_risk.exports.export import Exported
from procurement_risk.exports.gather import gather
from procurement_risk.framework.document import framework_from_document
from procurement_risk.imports.record import import_record
from procurement_risk.methods import score_to_document
from procurement_risk.views.shared import offered
from tests.support.framework_documents import SMALL
from tests.support.small_app import assessment, draw, rows, said, tables

NOTICE = "This result rests on a questionnaire that is not known here: "
MARK = "(questionnaire not known here)"


def swapped():
    """The small questionnaire with the words of two options swapped, under its id and version."""
    document = json.loads(json.dumps(SMALL))
    options = document["sections"][1]["questions"][0]["options"]
    first, last = options[0], options[-1]
    first["label"], last["label"] = last["label"], first["label"]
    return framework_from_document(document)


def forged(id="forged", **more):
    more = {"supplier": Supplier(name="Other AI Ltd"), **more}
    about = assessment({"DP-1": "a", "CX-1": "b", "CX-2": "a"}, id=id, **more)
    return json_record.write([Exported(about, swapped())])


@pytest.fixture
def here(app):
    """The shipped one is on offer and in use, and a record on a forged one came in."""
    app.offer(SMALL)
    app.create(SMALL, {"DP-1": "a", "CX-1": "b", "CX-2": "a"}, id="ours")
    import_record(app.store, forged(), "Ana")
    return app


def test_the_one_of_its_name_stays_on_offer(here):
    ours = framework_from_document(SMALL)
    assert offered.refusal(ours, here.store) == ""
    assert NOTICE not in said(draw("start"))
    assert not draw("start").error
    assert "already in use with another content" not in said(draw("frameworks"))


@pytest.mark.parametrize("page", ["profile", "answer", "details"])
def test_every_page_about_it_says_so(here, page):
    text = said(draw(page, assessment="forged"))
    assert NOTICE in text
    assert "labels and" in text
    assert NOTICE not in said(draw(page, assessment="ours"))


def test_the_profile_says_whose_it_is_and_what_differs(here):
    test = draw("profile", assessment="forged")
    assert "Questionnaire: not known here: 2 labels and 2 risk values differ" in said(test)
    assert any("counts as" in cell for table in tables(test) for row in table for cell in row)
    assert "Questionnaire: adopted here on" in said(draw("profile", assessment="ours"))


def test_the_list_says_so(here):
    assert sorted(MARK in each for each in rows(draw("assessments"))) == [False, True]


def test_the_portfolio_and_the_supplier_page_say_so(here):
    purchase = Purchase(id="q", title="Sorting", buyer="Borough of Example")
    import_record(here.store, forged("second", purchase=purchase), "Ana")
    # The bids for a purchase whose supplier is open are all shown there.
    assert "2 results rest on questionnaires that are not known" in said(draw("portfolio"))
    test = draw("supplier", supplier="Other AI Ltd")
    labels = [str(each.label) for each in test.get("page_link")]
    assert MARK in said(test) + " ".join(labels).replace("\\", "")


def test_it_stands_apart_in_a_comparison(here):
    text = said(draw("compare", purchase="p"))
    assert "it rests on another questionnaire of the same name" in text


def test_it_is_no_version_to_move_to(here):
    text = said(draw("details", assessment="ours", details="Version"))
    assert "There is no other version of this questionnaire here" in text


def test_it_is_listed_apart_and_stays_while_it_is_needed(here):
    test = draw("frameworks", **{"frameworks-show": "Not known here"})
    assert "not known here: 2 labels and 2 risk values differ" in said(test)
    (button,) = [each for each in test.button if each.key.startswith("forget-")]
    button.click().run()
    assert not test.exception
    assert any("Delete it first" in str(each.value) for each in test.error)
    assert here.store.foreign_frameworks()


def test_it_is_deleted_once_nothing_needs_it(here):
    framework = swapped()
    with here.store.writing() as connection:
        other = json.loads(json.dumps(SMALL)) | {"version": "x"}
        here.store.kept_frameworks.add(
            connection, framework_from_document(other), "2026-11-01T00:00:00Z"
        )
    test = draw("frameworks", **{"frameworks-show": "Not known here"})
    buttons = [each for each in test.button if each.key.startswith("forget-")]
    assert len(buttons) == 2
    buttons[0].click().run()
    assert not test.exception
    assert [each.version for each in here.store.foreign_frameworks()] == [framework.version]


def test_a_record_says_so_before_it_is_brought_in(here):
    test = draw("records", state={}, **{})
    uploader = next(each for each in test.get("file_uploader") if each.key == "records-upload")
    uploader.upload("forged.json", forged("second"), "application/json").run()
    assert not test.exception
    assert NOTICE in said(test)
    assert read_record(forged("second"), score_to_document).assessment.id == "second"


def test_the_checkpoint_on_the_page_is_the_whole_line(here):
    test = draw("history", {"history-chain": True}, assessment="ours")
    (exported,) = gather(here.store, ["ours"], {"history"})
    assert checkpoint(exported) in [str(each.value) for each in test.code]
    assert checkpoint(exported).startswith("assessment=ours entries=")
