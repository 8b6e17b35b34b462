"""Who has bought the same already: what counts as similar, in which order, and how fast."""

import random
import time
from itertools import combinations

import pytest

from procurement_risk.assessment import Purchase, Upstream
from procurement_risk.imports.demonstration import load_demonstration
from procurement_risk.portfolio import alike as duplicates
from procurement_risk.portfolio.alike import ALIKE, OnFile, buyers, similar
from procurement_risk.storage import open_memory_store
from procurement_risk.views.shared import on_file

# Thirty invented pairs that the scorer and its threshold were chosen on. Of six scorers,
# ``token_sort_ratio`` keeps the two lists furthest apart: similar ones have 76 points and more,
# unrelated ones 68 and fewer.
SAME = [
    ("Drafting of correspondence", "Correspondence drafting for caseworkers"),
    ("Correspondance drafting", "Correspondence drafting for caseworkers"),
    ("Chatbot for housing advice", "Housing advice chatbot"),
    ("Housing advice assistant", "Housing advice chatbot"),
    ("Fraud scoring of benefit claims", "Claims fraud scoring"),
    ("Search in planning documents", "Planning document search"),
    ("Interview translation", "Interview translation and summary"),
    ("Predicting boiler failures", "Boiler and lock failure prediction"),
    ("Prioritising scans", "Scan prioritisation"),
    ("Scan prioritization pilot", "Scan prioritisation"),
    ("Meeting notes in the office suite", "Meeting notes and drafting in the office suite"),
    ("Letters to the public", "Letters to MPs and the public"),
    ("Free trial of a staff assistant", "Staff assistant, free twelve-month trial"),
    ("Number plate recognition at car parks", "Car park number plate recognition"),
    ("AI triage of planning applications", "Planning application triage"),
]
UNRELATED = [
    ("Correspondence archive storage", "Correspondence drafting for caseworkers"),
    ("Housing repairs scheduling", "Housing advice chatbot"),
    ("Fraud awareness training", "Claims fraud scoring"),
    ("Planning permission fees calculator", "Planning document search"),
    ("Staff rota planning", "Staff assistant, free twelve-month trial"),
    ("Translation of leaflets", "Interview translation and summary"),
    ("Boiler replacement", "Boiler and lock failure prediction"),
    ("Scanning of paper files", "Scan prioritisation"),
    ("Office furniture", "Meeting notes and drafting in the office suite"),
    ("Public transport timetable", "Letters to MPs and the public"),
    ("Tree survey by drone", "Free school meals eligibility"),
    ("School meals catering", "School bus route planning"),
    ("Traffic signal timing", "Sewer blockage detection"),
    ("Payroll anomaly detection", "Leak detection in water mains"),
    ("Job interview scheduling", "Interview translation and summary"),
]


def bought(title="", buyer="Elsewhere", capability="", upstreams=(), supplier="Any Ltd", **more):
    purchase = Purchase(id=more.pop("id", title), title=title, buyer=buyer, capability=capability)
    return OnFile(
        assessment=f"a-{purchase.id}",
        purchase=purchase,
        supplier=supplier,
        supplier_id=more.pop("supplier_id", supplier),
        upstreams=upstreams,
    )


def typed(title="", capability="", buyer="Us", **more):
    return Purchase(id=more.get("id", ""), title=title, buyer=buyer, capability=capability)


def model(name, own=False):
    return Upstream(kind="model", name=name, own=own)


def found(purchase, known, upstreams=(), supplier=""):
    return similar(purchase, {supplier} - {""}, upstreams, known)


# --- Titles ---


@pytest.mark.parametrize(("one", "other"), SAME)
def test_a_similar_title_is_found_whichever_is_typed(one, other):
    assert found(typed(one), [bought(other)])[0].title_points >= ALIKE
    assert found(typed(other), [bought(one)])[0].title_points >= ALIKE


@pytest.mark.parametrize(("one", "other"), UNRELATED)
def test_an_unrelated_title_raises_no_alarm(one, other):
    """Though a word, or half of one, is the same."""
    assert found(typed(one), [bought(other)]) == ()
    assert found(typed(other), [bought(one)]) == ()


def test_no_two_titles_of_different_pairs_raise_an_alarm():
    """Every title of the demonstration and of the pairs above, against every unrelated one."""
    titles = sorted({title for pair in UNRELATED for title in pair})
    assert len(titles) > 25
    false = [
        (one, other)
        for one, other in combinations(titles, 2)
        if found(typed(one), [bought(other)])
    ]
    assert false == []


@pytest.fixture(scope="module")
def demonstration():
    store = open_memory_store()
    load_demonstration(store, "Ana")
    yield on_file.purchases(store)
    store.close()


def test_titles_of_the_demonstration_are_not_taken_for_each_other(demonstration):
    """Ten purchases, ten titles: only their tags and models bring some together."""
    assert len(demonstration) == 10
    for known in demonstration:
        others = [each for each in demonstration if each is not known]
        assert found(typed(known.purchase.title), others) == ()


@pytest.mark.parametrize("title", ["", " ", "—", "the", "AI"])
def test_next_to_nothing_typed_finds_nothing(title):
    assert found(typed(title), [bought("Claims fraud scoring"), bought("")]) == ()


def test_titles_of_fillers_alone_are_still_compared():
    assert found(typed("The AI service"), [bought("AI service, the")])


# --- Capability and model ---


@pytest.mark.parametrize(
    "tag", ["draft-correspondence", "Draft correspondence", "DRAFT_CORRESPONDENCE"]
)
def test_the_same_capability_is_found_however_it_is_written(tag):
    (hit,) = found(typed(capability=tag), [bought("Letters", capability="draft-correspondence")])
    assert hit.same_capability
    assert hit.is_duplicate


def test_the_same_model_is_found_though_what_is_bought_differs():
    """It is no duplicate, and a host or cloud of that name is no model."""
    known = [
        bought("Letters", upstreams=(model("Halcyon-3"),)),
        bought("Rotas", upstreams=(Upstream(kind="host", name="Halcyon-3"),)),
    ]
    (hit,) = found(typed("Scan prioritisation"), known, (model("halcyon 3"),))
    assert hit.models == ("Halcyon-3",)
    assert not hit.is_duplicate


def test_own_models_of_two_suppliers_are_two_models():
    """A supplier's own model is an upstream of its own, but others may rest on it by its name."""
    own = (model("own model", own=True),)
    known = [bought("Letters", supplier="Beta Ltd", supplier_id="beta", upstreams=own)]
    mine = (model("Own model", own=True),)
    assert found(typed("Rotas"), known, mine, supplier="alpha") == ()
    assert found(typed("Rotas"), known, mine) == ()
    assert found(typed("Rotas"), known, mine, supplier="beta")
    assert found(typed("Rotas"), known, (model("own model"),), supplier="alpha")


def test_nothing_typed_matches_nothing_written():
    """An empty tag or model is not the same as another empty one."""
    known = [bought("Letters", upstreams=(model("-"),))]
    assert found(typed("Rotas"), known, (model("…"),)) == ()


# --- Order, bodies, the demonstration ---


def test_the_likest_stands_first():
    """Tag and title, the tag alone, the title alone, the model alone."""
    on_models = (model("Halcyon-3"),)
    known = [
        bought("Tree survey", upstreams=on_models),
        bought("Chatbot for housing advice"),
        bought("Tenant letters", capability="housing"),
        bought("Housing advice bot", capability="housing"),
    ]
    hits = found(typed("Housing advice chatbot", "housing"), known, on_models)
    order = [hit.found.purchase.title for hit in hits]
    assert order == [
        "Housing advice bot",
        "Tenant letters",
        "Chatbot for housing advice",
        "Tree survey",
    ]


def test_a_purchase_is_found_once_and_never_itself():
    twice = [bought("Rotas", id="p"), bought("Rotas", id="p")]
    assert len(found(typed("Rotas"), twice)) == 1
    assert found(typed("Rotas", id="p"), twice) == ()


def test_bodies_are_counted_once_and_ours_apart():
    known = [
        bought("Rotas", "Here", id="1"),
        bought("Rotas", "here", id="2"),
        bought("Rotas", "Us"),
    ]
    hits = found(typed("Rotas"), known)
    assert buyers(hits, "us") == (1, True)
    assert buyers(hits, "") == (2, False)


def test_the_demonstration_tells_of_its_duplicates(demonstration):
    """Three more bodies draft correspondence, and two others hang on the same model."""
    purchase = typed("Reply drafting", "draft-correspondence", "Exampleshire")
    hits = found(purchase, demonstration, (model("Halcyon-3"),))
    duplicated = [hit for hit in hits if hit.is_duplicate]
    assert len(duplicated) == 4
    assert buyers(duplicated, "Exampleshire") == (4, False)
    assert len(hits) == 6
    assert all(hit.models == ("Halcyon-3",) for hit in hits)


# --- Speed ---

TITLE_WORDS = """
drafting letters housing advice fraud scoring scan triage planning document search interview
translation boiler prediction staff assistant rota traffic payroll leak tree survey school
"""
WORDS = TITLE_WORDS.split()


def test_ten_thousand_purchases_answer_in_a_tenth_of_a_second():
    """Measured with nothing kept from before, then as the next letter is typed."""
    chance = random.Random(2026)
    known = [
        bought(
            f"{' '.join(chance.sample(WORDS, 4))} {number}",
            f"Body {number % 300}",
            chance.choice(WORDS),
            (
                model(f"Model {chance.randrange(40)}"),
                Upstream(kind="host", name=f"H {number % 9}"),
            ),
        )
        for number in range(10_000)
    ]
    duplicates._words.cache_clear()
    duplicates._tag.cache_clear()
    took = []
    for title in ("planning document sear", "planning document searc", "planning document search"):
        begun = time.process_time()
        hits = found(typed(title, "rota"), known, (model("model 3"),))
        took.append(time.process_time() - begun)
        assert len(hits) > 600
    assert min(took) < 0.1
