"""A portfolio asked of the database is what its items in memory give, in every figure."""

from dataclasses import replace
from itertools import product
from random import Random

import pytest

from procurement_risk.assessment import Supplier, Upstream
from procurement_risk.framework.origin import digest
from procurement_risk.portfolio import (
    asked_words,
    concentration_words,
    headline_words,
    kept,
    words as portfolio_words,
)
from procurement_risk.portfolio.asked_portfolio import AskedPortfolio
from procurement_risk.portfolio.called import called
from procurement_risk.portfolio.census import Census, census
from procurement_risk.portfolio.concentration import MEASURES
from procurement_risk.portfolio.finding import matching
from procurement_risk.portfolio.first_screen import FIRST, FIRST_DUPLICATES, view_of
from procurement_risk.portfolio.lines import Line
from procurement_risk.portfolio.narrowing import SORTS, Narrowing
from procurement_risk.portfolio.neighbours import with_neighbours
from procurement_risk.portfolio.offered import offered_of
from procurement_risk.portfolio.portfolio_list import ABOUT, ids_behind, ids_of
from procurement_risk.portfolio.settled_purchases import is_asked
from procurement_risk.portfolio.totals import Filters, filtered
from procurement_risk.portfolio.worklist import row_of
from procurement_risk.storage import keeping, open_memory_store, tables
from procurement_risk.storage.kept_frameworks import KeptFrameworks
from procurement_risk.storage.people.person import Held, Person
from procurement_risk.views.portfolio.filters import _choices
from tests.support.chance_purchases import made
from tests.support.databases import BOTH

DAYS = ("2026-11-23", "2027-06-01")
MODELS = (
    Upstream(kind="model", name="own model", own=True),
    Upstream(kind="model", name="Moss"),
    Upstream(kind="model", name=" moss ", maker="LICHEN INC."),
    Upstream(kind="model", name="Reed", maker="Ash Ltd"),
    Upstream(kind="host", name="Marsh", maker="Ash"),
)


@pytest.fixture(autouse=True)
def _always_asked(monkeypatch):
    monkeypatch.setattr(kept, "AHEAD_AT_MOST", 0)


def fill(store, rng, number):
    """Put purchases by chance into a store, spelled in several ways."""
    for assessment, framework, _outcome in made(rng, number):
        bought, name = assessment.purchase, assessment.supplier.name
        spelled = rng.choice((str, str.upper, lambda text: f" {text} "))
        more = tuple(rng.sample(MODELS, rng.choice((0, 0, 1, 2))))
        number = rng.choice(("", "", "ZZ000101")) if name == "Ash" else ""
        store.create(
            replace(
                assessment,
                purchase=replace(
                    bought, buyer=spelled(bought.buyer), capability=spelled(bought.capability)
                ),
                supplier=Supplier(name=rng.choice((name, name.upper())), company_number=number),
                upstreams=(*assessment.upstreams[: rng.choice((0, 1))], *more),
                owner=rng.choice(("", "Ada", "ADA", "Bea")),
            ),
            framework,
            "Ada",
        )


@pytest.fixture(scope="module")
def filled():
    store = open_memory_store()
    fill(store, Random(5), 16)
    yield store
    store.close()


def narrowed(whole, filters):
    return Census(
        counted=filtered(whole.counted, filters),
        supplier_open=tuple(e for e in whole.supplier_open if filtered(e.bids, filters)),
        closed=filtered(whole.closed, filters),
        unbought=filtered(whole.unbought, filters),
    )


def in_words(view):
    """Return all that the first screen says of a view."""
    found = view.headlines
    shared = concentration_words.most_shared(view.models)
    largest = view.suppliers.largest("committed")
    told = [
        portfolio_words.total_words(view.purchases, view.sums),
        portfolio_words.scaled_words(view.sums),
        headline_words.open_words(view.census.supplier_open),
        headline_words.left_out_words(view.census, 3),
        asked_words.asked_title(found),
        asked_words.asked_sentence(found),
        headline_words.against_title(found),
        headline_words.against_sentence(found),
        headline_words.barred_title(found),
        headline_words.barred_sentence(found),
        concentration_words.unstated_words(view.models),
        concentration_words.unstated_words(view.suppliers),
        headline_words.twice_title(view.duplicates),
    ]
    if shared:
        told.append(concentration_words.hanging_sentence(view.models, shared))
        told.append(concentration_words.maker_sentence(view.suppliers, shared.maker))
    if largest:
        told.append(concentration_words.largest_sentence(view.suppliers, largest))
    told += [asked_words.asked_words(each) for each in found.asked[: FIRST["asked"]]]
    told += [headline_words.against_words(each) for each in found.against[: FIRST["against"]]]
    told += [headline_words.barred_words(each) for each in found.barred[: FIRST["barred"]]]
    for each in (*found.against[:2], *found.barred[:2], *(a.item for a in found.asked[:3])):
        told.append(each.id)
    told += [headline_words.twice_words(each) for each in view.duplicates[:FIRST_DUPLICATES]]
    told += [(each.capability, each.number) for each in view.duplicates]
    for kind in (view.models, view.suppliers):
        told += [(g.name, g.maker, *(g.weights[m] for m in MEASURES)) for g in kind.groups]
        told += [(dict(kind.totals), kind.overlaps, *map(kind.hhi, MEASURES))]
    return told


def offers(offered):
    choices = _choices(offered, "")
    return (
        [(each.name, list(each.options), dict(each.spellings)) for each in choices],
        called(offered.sellers),
        offered.fictional,
        offered.foreign,
    )


def every_filter(items):
    """Return a filter of each kind, and some together."""
    of = {
        "buyers": {item.purchase.buyer for item in items},
        "capabilities": {item.purchase.capability for item in items} - {""},
        "suppliers": {item.supplier_id for item in items},
        "models": {"Moss", "own model"},
        "owners": {"", "Ada"},
        "decisions": {item.recommendation or "none" for item in items},
        "states": {item.state for item in items},
        "dues": {"past", "ahead", "none"},
        "tiers": {1, 2, 3},
    }
    found = [Filters()]
    for name, values in of.items():
        found += [Filters(**{name: frozenset({each})}) for each in sorted(values)[:1]]
    some = {name: frozenset(sorted(values)[:2]) for name, values in of.items()}
    pairs = (("buyers", "states"), ("suppliers", "dues"), ("models", "decisions"))
    found += [Filters(**{name: some[name] for name in pair}) for pair in pairs]
    return [*found, Filters(since="2025-06-01", until="2026-03-31"), Filters(until="2025-04-05")]


def assert_alike(store, day, among=lambda items: [Filters()]):
    """Compare with what memory gives, through each filter that ``among`` gives of the items."""
    assert is_asked(store)
    items = kept.items_of(store)
    whole = census(items)
    every = (*whole.counted, *(bid for each in whole.supplier_open for bid in each.bids))
    asked = AskedPortfolio(store, day)
    assert asked.is_whole
    assert offers(asked.offered) == offers(offered_of(every))
    for filters in among(every):
        filters = replace(filters, day=day)
        told = narrowed(whole, filters)
        view, wanted = asked.view(filters, lambda told=told: told), view_of(told, day)
        assert in_words(view) == in_words(wanted), filters
        about = ("asked", "against", "barred", "ahead", "refused")[len(told.counted) % 5]
        wanted_ids = ids_of(told) & ids_behind(about, wanted.headlines)
        assert view.number(store, about) == len(wanted_ids), (filters, about)
    return asked, whole, items


@BOTH
def test_every_figure_is_what_memory_gives(store):
    """Through every filter, whatever is set aside, joined or changed in between."""
    fill(store, Random(3), 14)
    asked, whole, items = assert_alike(store, DAYS[0], every_filter)
    view, wanted = asked.view(Filters(day=DAYS[0]), lambda: whole), view_of(whole, DAYS[0])
    lines = [Line(each, DAYS[0]) for each in items if each.id in ids_of(whole)]
    for sort, turned in product(SORTS, (False, True)):
        narrowing = Narrowing(sort=sort, is_turned=turned)
        part = view.plain_part(store, None, narrowing, "", 100)
        assert ids(part.rows) == ids(narrowing.in_order(lines)), sort
    for about in ABOUT:
        behind = ids_of(whole) & ids_behind(about, wanted.headlines)
        part = view.plain_part(store, about, Narrowing(), "", 100)
        assert {row.id for row in part.rows} == behind, about
    for words in ("escalate", "purchase 3", "nowhere at all"):
        part = view.plain_part(store, None, Narrowing(), words, 100)
        assert ids(part.rows) == ids(Narrowing().in_order(matching(store, lines, words)))
    rows = view.part(store, None, Narrowing(), "", 5, 2).rows
    made_here = [row_of(each.item, DAYS[0]) for each in Narrowing().in_order(lines)[2:7]]
    assert rows == with_neighbours(store, made_here)


def ids(found):
    return [each.id for each in found]


def test_it_holds_on_another_day_and_after_each_change(filled):
    store = filled
    assert_alike(store, DAYS[1])
    first, second, third = (each.id for each in kept.items_of(store)[:3])

    def saved(name, part, value):
        known = store.parts(name).get(part)
        store.save(name, part, value, known.revision if known else 0, "Ada")

    saved(first, "state", "closed")
    assert_alike(store, DAYS[0])
    store.archive(second, "Ada")
    assert_alike(store, DAYS[0])
    moved = store.parts(third)["purchase"].value
    saved(third, "purchase", {**moved, "chosen_supplier": "Zebedee Trading"})
    assert_alike(store, DAYS[0])
    store.name_supplier(store.supplier_links()[third], "Zebedee Trading", "trading", "Ada")
    assert_alike(store, DAYS[0])
    store.restore(second, "Ada")
    one, other = sorted(set(store.supplier_links().values()))[:2]
    store.join_suppliers(one, other, "Ada", "They are one")
    assert_alike(store, DAYS[0])
    store.delete(second, keeping.look(store.load(second)), "Ada", "Not needed")
    assert_alike(store, DAYS[0])
    with store.engine.begin() as connection:
        connection.execute(tables.purchase_line.delete())
    assert_alike(store, DAYS[0])


def test_somebody_who_sees_one_organisation_has_its_figures(filled):
    """Of a purchase that they see in part, another look may count: then memory tells."""
    store = filled
    home = store.add_organisation("Home", "Ada")
    for buyer in ("North", "South"):
        store.claim_buyer(home, buyer, "Ada")
    person = Person(id="g", name="G", roles=(Held("officer", home),), how="oidc")
    _asked, whole, items = assert_alike(store.acting(person), DAYS[0])
    assert 0 < len(items) < len(kept.items_of(store))
    assert whole.counted
    several = next(e.purchase.id for e in items if is_bid_for_twice(e, items))
    name = next(each.id for each in items if each.purchase.id == several)
    known = store.parts(name)["purchase"]
    store.save(name, "purchase", {**known.value, "buyer": "East"}, known.revision, "Ada")
    assert not is_asked(store.acting(person))
    assert_alike(store, DAYS[0])


def is_bid_for_twice(item, items):
    return sum(each.purchase.id == item.purchase.id for each in items) > 1


def test_a_questionnaire_that_becomes_known_here_is_foreign_no_more(filled, monkeypatch):
    """What is foreign takes the place of nothing that is known, so that another look counts."""
    other = frozenset({digest(kept.items_of(filled)[0].framework)})
    with monkeypatch.context() as patched:
        patched.setattr(KeptFrameworks, "foreign", lambda _self, _connection: other)
        assert_alike(filled, DAYS[0])
    assert_alike(filled, DAYS[0])


def test_a_small_portfolio_is_read_into_memory(filled, monkeypatch):
    monkeypatch.setattr(kept, "AHEAD_AT_MOST", 10_000)
    assert not is_asked(filled)
