"""Benefits on the Overview: promised first, found once in life, changed and taken away."""

from procurement_risk.assessment import Benefit
from tests.support.publication_examples import FRAMEWORK, planted
from tests.support.small_app import draw, said, tables

SHOWN = {"show": "Benefits"}


def page():
    return draw("profile", dict(SHOWN), assessment="one", **SHOWN)


def field(page, kind, name):
    (found,) = (each for each in getattr(page, kind) if str(each.key).endswith(f":{name}"))
    return found


def save(page):
    (button,) = (each for each in page.button if each.label == "Save the benefit")
    page = button.click().run()
    assert not page.exception
    return page


def held(app):
    return app.store.load("one").assessment.benefits


def test_it_is_promised_measured_in_life_and_taken_away(app):
    app.store.create(planted(), FRAMEWORK, "Ana")
    test = page()
    assert "can be recorded once the purchase is in life" in said(test)
    test = save(test)
    assert "Write what is measured." in said(test)
    field(test, "text_input", "measure").input("Minutes a case")
    field(test, "text_input", "promised").input("30")
    save(test)
    assert held(app) == (Benefit(measure="Minutes a case", promised="30"),)

    revision = app.store.load("one").revisions["state"]
    app.store.save("one", "state", "live", revision, "Ana")
    test = page()
    test.selectbox(key="benefit-chosen:one").set_value("0").run()
    field(test, "text_input", "found").input("12")
    test = save(test)
    assert "Choose the day on which it was measured." in said(test)
    assert "Choose how strong the evidence is." in said(test)
    field(test, "date_input", "at").set_value("2027-06-01")
    field(test, "selectbox", "evidence").set_value("E3")
    test = save(test)
    assert held(app)[0].found == "12"
    rows = [row[:3] for table in tables(test) for row in table]
    assert ["Minutes a case", "30", "12"] in rows

    test.selectbox(key="benefit-chosen:one").set_value("0").run()
    field(test, "checkbox", "gone").check()
    save(test)
    assert held(app) == ()
