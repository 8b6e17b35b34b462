"""The Portfolio page over the demonstration: what a director reads, filters and opens."""

from dataclasses import replace

import pytest

from procurement_risk.assessment import Purchase, Supplier
from procurement_risk.errors import NotFound
from procurement_risk.portfolio import kept as portfolio_store
from procurement_risk.portfolio.settled_purchases import settle
from procurement_risk.storage import open_store
from procurement_risk.views.portfolio import parts as portfolio_parts
from procurement_risk.views.shared import session
from tests.support.answer_sets import CORE
from tests.support.core_pages import press, settled_answers, text_of
from tests.support.small_app import away_and_back, draw, linked
from tests.support.stored_examples import BARE, FULL, put_demonstration

DAY = "2026-11-23"
TABS = list(portfolio_parts.TABS)


@pytest.fixture
def store(store, monkeypatch):
    """A new database, which the page finds by its setting; it is always the same day."""
    monkeypatch.setattr(session, "today", lambda: DAY)
    return store


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory):
    """The file of a store that holds the demonstration portfolio, made once."""
    file = tmp_path_factory.mktemp("demo") / "store.sqlite3"
    opened = open_store(f"sqlite:///{file}")
    put_demonstration(opened)
    opened.close()
    return file


@pytest.fixture
def demo(demonstration, monkeypatch):
    """The demonstration portfolio; for tests that change nothing."""
    url = f"sqlite:///{demonstration}"
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", url)
    monkeypatch.setattr(session, "today", lambda: DAY)
    session.whole_store.clear()
    yield
    session.whole_store.clear()


def show(tab="Decisions", **query):
    """The page, with ``query`` in its address."""
    return draw("portfolio", {"portfolio-show": tab}, **{"portfolio-show": tab, **query})


def links(test):
    """The purchases that the page links to, and where each link leads."""
    others = [each.proto for each in test.get("page_link")]
    found = [(each.label.strip("*").replace("\\", ""), each.query_string) for each in others]
    return linked(test) + found


def listed(test):
    """The titles of the purchases that the open tab links to, below the seven of the headlines."""
    return [name for name, query in links(test) if query.startswith("assessment=")][7:]


# --- What a director reads first ----------------------------------------------------------


def test_the_story_of_the_demonstration_is_told_without_a_click(demo):
    said = text_of(show())

    assert "10 purchases, £17.575m committed; £28.575m if every pilot scales" in (
        said.replace("**", "")
    )
    assert "4 decisions are asked of you" in said
    assert (
        "Decide · by 4 December 2026 · Accounting officer or AI board · £3.1m · Do not proceed"
        in said
    )
    assert "2 run against advice, £395,000" in said
    assert "2 must not start, £3.1m" in said
    assert "Stopped already, decided not to proceed: Claims fraud scoring." in said
    assert "No purchase is left out of these figures." in said
    assert "6 purchases hang on Halcyon-3" in said
    assert (
        "Halcyon-3 is underneath 6 of 10 purchases and 39.4\u00a0% of committed value; "
        "62.7\u00a0% if the pilots scale." in said
    )
    assert (
        "A list of suppliers hides it: there Halcyon Frontier Inc has 0.0\u00a0% of committed "
        "value, 1 of 10 purchases, 38.5\u00a0% of value if the pilots scale." in said
    )
    assert (
        "Ironvale Analytics plc has the largest share of committed value: 44.4\u00a0%, in one "
        "purchase." in said
    )
    assert "1 capability is bought more than once" in said
    assert (
        "Draft correspondence: Department for Civic Benefits £1.9m; "
        "Ministry of Transport Links £1.2m; Northmere City Council £85,000; "
        "Cabinet Coordination Unit £0, £11m if it scales" in said
    )


def test_it_says_that_the_data_is_invented(demo):
    assert "Fictional demonstration data" in show().warning[0].value


def test_what_is_asked_runs_and_must_not_start_opens_its_assessment(demo):
    assert links(show())[:9] == [
        ("Interview translation and summary", "assessment=demo-p08"),
        ("Letters to MPs and the public", "assessment=demo-p02"),
        ("Meeting notes and drafting in the office suite", "assessment=demo-p03"),
        ("All 4 in the list", "portfolio-show=Purchases&about=asked"),
        ("Boiler and lock failure prediction", "assessment=demo-p10"),
        ("Meeting notes and drafting in the office suite", "assessment=demo-p03"),
        ("Interview translation and summary", "assessment=demo-p08"),
        ("Staff assistant, free twelve-month trial", "assessment=demo-p09"),
        ("What if it goes?", "kind=model&name=Halcyon-3"),
    ]


# --- The list -----------------------------------------------------------------------------


def in_list(**query):
    found = linked(show("Purchases", **query))
    return [name for name, query in found if query.startswith("assessment=")][7:]


def test_the_list_has_every_purchase_once_the_dearest_first(demo):
    found = in_list()

    assert (len(found), found[0]) == (10, "Claims fraud scoring")
    assert in_list(about="against") == [
        "Boiler and lock failure prediction", "Meeting notes and drafting in the office suite",
    ]  # fmt: skip
    assert in_list(**{"portfolio-search": "free twelve-month"}) == [
        "Staff assistant, free twelve-month trial"
    ]
    assert in_list(sort="purchase")[0] == "Boiler and lock failure prediction"


def test_no_score_and_no_rank_is_given_to_a_supplier(demo):
    for tab in TABS:
        said = text_of(show(tab)).lower()
        for word in ("ranking", "ranked", "league", "overall score", "risk score", " rating"):
            assert word not in said, tab


def test_an_empty_store_says_what_to_do(store):
    test = show()

    assert "There is no purchase to show yet" in text_of(test)
    assert [b.label for b in test.button] == ["Start an assessment", "Go to the assessments"]
    assert not test.tabs


# --- Tabs ---------------------------------------------------------------------------------


@pytest.mark.parametrize("tab", TABS)
def test_only_the_open_tab_is_worked_out(demo, tab):
    charts = set(TABS) - {"Bought more than once", "Benefits"}

    assert len(show(tab).get("plotly_chart")) == (tab in charts)


def test_every_purchase_of_a_chart_is_listed_under_it(demo):
    for tab in ("Decisions", "Sections"):
        assert len(listed(show(tab))) == 10


@pytest.mark.parametrize(
    ("kind", "first"),
    [
        ("model", "HHI by committed value: 3,712, as if spread over 2.7 equal ones"),
        ("supplier", "HHI by committed value: 2,648, as if spread over 3.8 equal ones"),
    ],
)
def test_concentration_gives_the_index_and_no_red_light(demo, kind, first):
    test = show("Concentration", by=kind)
    said = text_of(test).replace("**", "")

    assert first in said
    assert "five equal ones are 2,000 already" in said
    assert "there is no threshold that would mean danger" in said
    assert not test.error


def test_the_purchases_behind_a_group_can_be_opened(demo):
    test = show("Concentration", by="model")
    (groups,) = [box for box in test.selectbox if box.label == "Show the purchases behind"]

    assert groups.options[groups.index] == "Halcyon-3"
    assert len(listed(test)) == 6
    groups.select_index(groups.options.index("Ironvale CaseScore 4")).run()
    assert listed(test) == ["Claims fraud scoring"]


def test_a_cloud_that_is_not_named_is_said(demo):
    assert "1 purchase does not say, and is in no share." in text_of(
        show("Concentration", by="cloud")
    )


def test_what_is_bought_more_than_once_and_from_one_supplier_only(demo):
    test = show("Bought more than once")
    said = text_of(test)

    assert said.count("Draft correspondence: 3 purchases paid for, £3.185m") == 1
    assert "Fraud scoring: Ironvale Analytics plc, £7.8m committed" in said


def test_dates_and_overdue_conditions(demo):
    said = text_of(show("Dates and conditions"))

    assert "7 dates, the next one first" in said
    assert "Break date: 1 March 2027" in said
    assert "9 conditions agreed and not verified by their day" in said
    assert "DP-03, due 16 October 2026" in said


def test_evidence_and_age(demo):
    said = text_of(show("Evidence and age"))

    assert "something changed and nobody has dealt with it" in said
    assert "evidence has run out (SR-07)" in said
    assert "Over all of them: 23.8\u00a0% independent or checked (E3, E4)" in said


# --- Filters and address ------------------------------------------------------------------


def test_a_link_brings_its_filters_with_it(demo):
    test = show(body=["Department for Civic Benefits"])

    assert "2 purchases, £9.7m committed" in text_of(test)
    assert test.multiselect(key="portfolio-body").value == ["Department for Civic Benefits"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"supplier": "kestrel predict ltd"}, "1 purchase,"),
        ({"capability": "draft-correspondence"}, "4 purchases,"),
        ({"tier": "4"}, "3 purchases,"),
        ({"tier": ["1", "4"]}, "4 purchases,"),
        ({"decision": "escalate"}, "4 purchases,"),
        ({"decision": "escalate", "tier": "3"}, "1 purchase,"),
        ({"to": DAY}, "10 purchases,"),
        ({"from": DAY}, "10 purchases,"),
        ({"tier": "nonsense", "from": "not a day", "body": "Nobody"}, "10 purchases,"),
        ({"due": "past", "model": "Tarn-Open 70B"}, "1 purchase,"),
        ({"model": "halcyon-3"}, "6 purchases,"),
        ({"owner": "Procurement officer (fictional)"}, "10 purchases,"),
        ({"due": "past"}, "10 purchases,"),
    ],
)
def test_each_filter_is_read_from_the_address(demo, query, count):
    assert f"\n{count}" in text_of(show(**query))


def test_a_value_that_is_not_allowed_says_so_and_counts_as_none(demo):
    test = show(tier="nonsense", model="Halcyon-3", **{"from": "<b>"})
    said = [each.value.replace("\\", "") for each in test.warning]

    assert any("“nonsense” under Tier, which is not among them" in each for each in said)
    assert any("“<b>” under Assessed from" in each for each in said)
    assert any(each.label == "Filters: 1 set" for each in test.expander)


def test_a_mark_that_was_picked_stands_in_the_address(demo):
    mark = ["portfolio_decisions", "do_not_proceed", "draft"]
    test = show("Decisions", mark=mark)

    assert "Behind the mark" in text_of(test)
    assert listed(test) == ["Interview translation and summary"]
    assert len(listed(show("Sections", mark=mark))) == 10
    unknown = show("Decisions", mark=["portfolio_decisions", "no", "such"])
    assert any("stands for no purchase here" in each.value for each in unknown.warning)
    assert "All of these purchases" in text_of(press(test, "Show all of them"))


def test_the_menu_keeps_what_the_address_said(demo):
    test = show("Purchases", tier="4", sort="purchase")
    away_and_back(test)

    assert test.query_params["tier"] == "4"
    assert test.query_params["sort"] == "purchase"
    assert "3 purchases, £13.3m committed" in text_of(test)


def test_a_filter_that_is_set_goes_into_the_address(demo):
    test = show()
    test.session_state["filters-False"] = True  # opened
    test.run()

    test.multiselect(key="portfolio-tier").select("4").run()

    assert test.query_params["tier"] == "4"
    assert "3 purchases, £13.3m committed" in text_of(test)
    test.multiselect(key="portfolio-tier").unselect("4").run()
    assert "tier" not in test.query_params
    assert "10 purchases" in text_of(test)


def test_the_address_wins_when_it_changes(demo):
    """As when somebody goes back in their browser."""
    test = show(tier="4")
    test.query_params["tier"] = "1"

    test.run()

    assert test.multiselect(key="portfolio-tier").value == ["1"]
    assert "1 purchase" in text_of(test)


def test_everything_can_be_shown_again(demo):
    test = press(show(tier="4", to=DAY), "Show everything")

    assert "10 purchases" in text_of(test)
    assert not {"tier", "to"} & set(test.query_params)


def test_a_filter_that_lets_nothing_through_says_so(demo):
    test = show(to="2020-01-01")

    assert "No purchase matches the filters" in test.info[0].value
    assert not test.tabs


# --- What is counted ----------------------------------------------------------------------


def bid(name, supplier, **more):
    purchase = Purchase(id="p", title="Case triage", buyer="A council", **more)
    return replace(
        BARE,
        id=name,
        purchase=purchase,
        supplier=Supplier(name=supplier),
        answer_set=settled_answers(),
    )


def test_rival_bids_count_once_somebody_is_chosen(store):
    store.create(bid("a", "Ash", committed_value=5), CORE, "Ana")
    store.create(bid("b", "Birch", committed_value=9), CORE, "Ana")
    test = show()

    assert "1 purchase, £0 committed" in text_of(test)
    assert "1 of them with its supplier open and in no sum (2 bids, " in text_of(test)
    assert "Choose the supplier" in text_of(test)
    assert "£5 to £9" in text_of(test)
    assert not test.get("plotly_chart")
    for name in ("a", "b"):
        stands = store.parts(name)["purchase"]
        chosen = {**stands.value, "chosen_supplier": "Birch"}
        store.save(name, "purchase", chosen, stands.revision, "Ana")
    assert "1 purchase, £9 committed" in text_of(show())


def test_the_supplier_filter_goes_by_the_supplier_as_joined(store):
    """One option for all its names; the address may give any of them."""
    for place, name in enumerate(("Ash", "Beech", "Oak"), 1):
        known = bid(name.lower(), name, committed_value=place)
        store.create(replace(known, purchase=replace(known.purchase, id=name)), CORE, "Ana")
    ids = {each.name: each.id for each in store.suppliers()}
    store.join_suppliers(ids["Ash"], ids["Beech"], "Bo", "Renamed")

    test = show(supplier="beech")
    assert test.multiselect(key="portfolio-supplier").options == ["Ash", "Oak"]
    assert "2 purchases, £3 committed" in text_of(test)
    assert "1 purchase, £3 committed" in text_of(show(supplier="oak"))


def test_a_change_shows_at_once(store):
    store.create(bid("a", "Ash", committed_value=5), CORE, "Ana")
    assert "1 purchase, £5 committed" in text_of(show())

    stands = store.parts("a")["purchase"]
    store.save("a", "purchase", {**stands.value, "committed_value": 7}, stands.revision, "Ana")

    assert "1 purchase, £7 committed" in text_of(show())
    store.archive("a", "Ana")
    assert "There is no purchase to show yet" in text_of(show())


def test_text_from_people_is_never_markup(store):
    hostile = ":red[x] [y](https://evil.example) <b>z</b> $q$"
    purchase = replace(
        FULL.purchase, title=hostile, buyer=hostile, capability=hostile, chosen_supplier=""
    )
    for name in ("a", "b"):
        one = replace(
            FULL,
            id=name,
            replaces="",
            purchase=replace(purchase, id=name),
            supplier=Supplier(name=hostile),
            answer_set=settled_answers(),
        )
        store.create(one, CORE, "Ana")
    for tab in TABS:
        test = show(tab)
        written = [e.value for kind in (test.markdown, test.caption, test.subheader) for e in kind]
        written += [button.label for button in test.button]
        for text in written:
            assert "[y](https" not in text
            assert ":red[" not in text
            assert "<b>z" not in text.replace("\\<b", "")


def test_another_store_is_another_portfolio(demo, store):
    """What was worked out for one is never shown for the other."""
    assert "There is no purchase to show yet" in text_of(show())


def test_what_is_read_ahead_is_what_the_page_then_shows(store, monkeypatch):
    put_demonstration(store)
    portfolio_store.read_ahead(store).join(30)
    monkeypatch.setattr(portfolio_store, "_read", lambda *_: pytest.fail("read again"))

    assert len(portfolio_store.items_of(store)) == 14


def test_a_store_that_cannot_be_read_ahead_stops_nothing(store, monkeypatch, caplog):
    def refuse(_store):
        raise NotFound("The database is locked.")

    monkeypatch.setattr(portfolio_store, "items_of", refuse)
    portfolio_store.read_ahead(store).join(30)

    assert "could not be read ahead" in caplog.text


def test_the_leadership_page_is_offered_in_every_form(demo):
    offered = [b.label for b in show().get("download_button")]

    assert offered[:3] == [
        "Leadership page (PDF)",
        "Leadership page (HTML)",
        "Slides (PowerPoint)",
    ]


def test_a_large_portfolio_shows_the_same_and_reads_no_item_for_it(demo, monkeypatch):
    """Through a filter and behind a headline as well: the database is asked instead."""
    looks = (
        {},
        {"capability": "draft-correspondence", "sort": "due"},
        {"about": "asked", "portfolio-search": "a"},
    )
    before = [text_of(show("Purchases", **query)) for query in looks]
    tab = text_of(show("Sections"))
    monkeypatch.setattr(portfolio_store, "AHEAD_AT_MOST", 0)
    settle(session.whole_store(), wait=True)
    with monkeypatch.context() as patched:
        patched.setattr(portfolio_store, "_kept_of", lambda *_a, **_k: pytest.fail("read"))
        assert [text_of(show("Purchases", **query)) for query in looks] == before
    assert text_of(show("Sections")) == tab
