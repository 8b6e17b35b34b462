"""Which suppliers are one by themselves, and which never are, whatever way they are typed."""

import unicodedata
from itertools import permutations

import pytest
from hypothesis import given, strategies as st

from procurement_risk.assessment.same_supplier import grouped, is_same, spelling
from procurement_risk.assessment.supplier_names import core_name, is_same_name, normal_name
from procurement_risk.assessment.supplier_numbers import Number, contradict, lost_zeros, numbers

ONE_NAME = [
    ["Northwind Ltd", "Northwind Limited", "Northwind Ltd.", "NORTHWIND LTD", "northwind, ltd"],
    ["Northwind Ltd", "Northwind\u00a0Ltd", "Northwind  Ltd ", "\u200bNorthwind\u2009Ltd\ufeff"],
    ["Northwind Ltd", "Ｎｏｒｔｈｗｉｎｄ　Ｌｔｄ", "The Northwind Ltd", "THE NORTHWIND LIMITED"],
    ["Smith & Jones Ltd", "Smith and Jones Limited", "SMITH&JONES LTD", "Smith ＆ Jones Ltd."],
    ["Café Ltd", unicodedata.normalize("NFD", "Café Ltd"), "CAFÉ LIMITED"],
    ["Cŵn Tŷ Cyf", unicodedata.normalize("NFD", "Cŵn Tŷ Cyfyngedig"), "CŴN TŶ CYF.", "Cŵn Tŷ Ltd"],
    ["Alpha (UK) Ltd", "Alpha UK Limited", "ALPHA (U.K.) LTD."],
    ["Beta plc", "Beta P.L.C.", "Beta public limited company", "BETA PLC"],
    ["Gamma LLP", "Gamma L.L.P.", "Gamma Limited Liability Partnership"],
    ["Größe GmbH", "GRÖSSE GMBH", "Größe G.m.b.H.", "Größe Gesellschaft mit beschränkter Haftung"],
    ["Delta Inc", "Delta, Inc.", "Delta Incorporated"],
    ["Delta Co Ltd", "Delta Company Limited", "Delta Co. Ltd."],
    ["Epsilon Pty Ltd", "Epsilon Proprietary Limited", "Epsilon Pty. Limited"],
    ["O'Brien Ltd", "O’Brien Ltd", "OBRIEN LIMITED"],
    ["Zeta A/S", "Zeta AS", "ZETA A.S."],
    ["A.I. Systems Ltd", "AI Systems Ltd"],
    ["Théâtre S.à r.l.", "Théâtre Sàrl"],
    ["North-Wind Ltd", "North Wind Ltd", "North–Wind Ltd", "North‑Wind Ltd"],
]

TWO_NAMES = [
    ("Alpha (UK) Ltd", "Alpha Ltd"),
    ("Alpha Ltd", "Alpha plc"),
    ("Alpha Ltd", "Alpha LLP"),
    ("Alpha Ltd", "Alpha"),
    ("Alpha Ltd", "Alpha Inc"),
    ("Alpha Ltd", "Alpha GmbH"),
    ("Alpha Ltd", "Alpha Holdings Ltd"),
    ("Alpha Ltd", "Alpha Group Ltd"),
    ("Alpha Ltd", "Alpha Co Ltd"),
    ("Alpha 1 Ltd", "Alpha 2 Ltd"),
    ("C++ Ltd", "C# Ltd"),
    ("C++ Ltd", "C Ltd"),
    ("100% Ltd", "100 Ltd"),
    ("Größe GmbH", "Grosse GmbH & Co KG"),
    ("Cŵn Ltd", "Cwn Ltd"),
    ("Northwind Ltd", "North Wind Ltd"),
    ("Beta Ltd t/a Alpha", "Beta Ltd"),
    ("Beta Ltd (formerly Alpha Ltd)", "Alpha Ltd"),
    ("The Ltd", "Ltd"),
    ("日本 KK", "日本電気 KK"),
    ("Альфа Ltd", "Alpha Ltd"),
    ("Limited", "The Alpha"),
    ("!", "?"),
]


@pytest.mark.parametrize("names", ONE_NAME)
def test_spellings_of_one_name_have_one_normal_form(names):
    assert len({normal_name(name) for name in names}) == 1


@pytest.mark.parametrize(("one", "other"), TWO_NAMES)
def test_two_names_are_never_one(one, other):
    assert not is_same_name(one, other)
    assert not is_same(spelling(one, ""), spelling(other, ""))


@given(st.text(min_size=1))
def test_every_name_has_a_normal_form_that_is_its_own(name):
    """None is empty that shows anything, and capitals never tell two names apart."""
    normal = normal_name(name)
    assert normal or not any(unicodedata.category(c)[0] in "LN" for c in name)
    assert normal == normal_name(f" {name} ") or not normal


def test_the_core_of_a_name_has_no_form_and_no_accents():
    assert core_name("The Cŵn Tŷ Cyf") == "cwn ty" == core_name("Cwn Ty plc")


@pytest.mark.parametrize(
    ("scheme", "value", "written"),
    [
        ("GB-COH", "04103211", ["04103211", "4103211", " 0410 3211", "０４１０３２１１"]),
        ("GB-COH", "04103211", ["GB-COH-04103211", "gb-coh 4103211", "GB-COH:04103211"]),
        ("GB-COH", "04103211", ["Company No. 04103211", "Company number: 4103211", "CRN 4103211"]),
        ("GB-COH", "00001234", ["GB-COH-1234"]),
        ("GB-COH", "SC012345", ["SC012345", "sc12345", "SC 012345"]),
        (
            "GB-PPON",
            "PABC-1234-DEFG",
            ["PABC-1234-DEFG", "GB-PPON-pabc-1234-defg", "PABC1234DEFG"],
        ),
        ("LEI", "5493001KJTIIGC8Y1R12", ["5493001KJTIIGC8Y1R12", "LEI 5493001kjtiigc8y1r12"]),
        ("DUNS", "012345678", ["DUNS 012345678", "DUNS: 12345678", "01-234-5678"]),
        ("DE-CR", "HRB123", ["DE-CR-HRB 123"]),
        ("", "HRB12345", ["HRB 12345", "hrb12345", "HRB 12345, Amtsgericht München"]),
        ("", "123456789", ["123456789"]),
    ],
)
def test_a_number_is_one_whatever_way_it_is_written(scheme, value, written):
    for text in written:
        assert numbers(text) == {Number(scheme, value)}, text


@pytest.mark.parametrize("text", ["", "n/a", "None", "unknown", "-", "0", "00000000", "TBC", "."])
def test_what_is_no_number_is_none_and_joins_nobody(text):
    assert numbers(text) == frozenset()
    assert not is_same(spelling("Alpha Ltd", text), spelling("Beta Ltd", text))


def test_several_numbers_are_all_known():
    found = numbers("04103211; PABC-1234-DEFG / HRB 9")
    assert found == {
        Number("GB-COH", "04103211"),
        Number("GB-PPON", "PABC-1234-DEFG"),
        Number("", "HRB9"),
    }


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("4103211", "04103211"), ("42", "00000042"), ("sc1234", "SC001234"), ("１２３", "00000123")],
)
def test_lost_zeros_are_told(typed, meant):
    assert lost_zeros(typed) == meant


@pytest.mark.parametrize("typed", ["", "04103211", "SC012345", "123456789", "HRB 12", "0", "n/a"])
def test_a_number_that_lacks_no_zeros_is_left_alone(typed):
    assert lost_zeros(typed) == ""


@pytest.mark.parametrize(
    ("mine", "theirs", "does"),
    [
        ("04103211", "04103212", True),
        ("04103211", "4103211", False),
        ("04103211", "PABC-1234-DEFG", False),
        ("04103211", "HRB 12", True),
        ("04103211", "", False),
        ("04103211; HRB 12", "HRB 12", False),
    ],
)
def test_numbers_contradict_where_one_register_gave_two(mine, theirs, does):
    assert contradict(numbers(mine), numbers(theirs)) is does
    assert contradict(numbers(theirs), numbers(mine)) is does


def groups(*typed):
    """Return the groups of (name, number[, pin]) as sets of their places, sorted."""
    spellings = [spelling(*each) for each in typed]
    found = grouped(spellings)
    by_group = {}
    for place, each in enumerate(spellings):
        by_group.setdefault(found[each], []).append(place)
    return sorted(by_group.values())


def test_an_equal_number_joins_two_names():
    assert groups(("Ash Ltd", "4103211"), ("Ash Systems", "04103211")) == [[0, 1]]


def test_the_same_name_with_two_numbers_is_two_suppliers():
    assert groups(("Ash Ltd", "04103211"), ("ASH LIMITED", "04103212")) == [[0], [1]]


def test_a_name_without_a_number_between_two_of_that_name_stands_alone():
    """Nobody can tell which it is, so it is offered and not joined."""
    typed = [("Ash Ltd", ""), ("Ash Ltd", "04103211"), ("Ash Ltd", "04103212")]
    for order in permutations(typed):
        assert groups(*order) == [[0], [1], [2]]


def test_one_in_between_joins_two_where_nothing_contradicts():
    typed = [("Ash Ltd", "ZZ1"), ("ASH  LTD", ""), ("Ash Systems", "zz1")]
    for order in permutations(typed):
        assert groups(*order) == [[0, 1, 2]]


def test_a_chain_never_joins_what_contradicts():
    """One name leads to a number, another name to a second number of the same register."""
    lei = "5493001KJTIIGC8Y1R12"
    typed = [("A Ltd", "04103211"), ("A Ltd", f"LEI {lei}"), ("B Ltd", f"LEI {lei}")]
    assert groups(*typed, ("B Ltd", "04103212")) in (
        [[0], [1, 2], [3]],
        [[0, 1, 2], [3]],
    )
    for order in permutations([*typed, ("B Ltd", "04103212")]):
        assert groups(*order) != [[0, 1, 2, 3]]


def test_what_a_person_joined_is_one_and_what_they_parted_is_two():
    assert groups(("A Ltd", "04103211", "p"), ("B Ltd", "04103212", "p")) == [[0, 1]]
    assert groups(("A Ltd", "", "p"), ("A Ltd", "", "q")) == [[0], [1]]
    assert groups(("A Ltd", "", "p"), ("A Ltd", "", "q"), ("A Ltd", "")) == [[0], [1], [2]]
    assert groups(("A Ltd", "", "p"), ("B Ltd", "", "p"), ("B Limited", "")) == [[0, 1, 2]]


_typed = st.tuples(
    st.sampled_from(["A Ltd", "A Limited", "B Ltd", "C plc"]),
    st.sampled_from(["", "04103211", "4103211", "04103212", "PABC-1234-DEFG", "HRB 1"]),
    st.sampled_from(["", "", "p", "q"]),
)


@given(st.lists(_typed, max_size=7), st.randoms())
def test_no_order_changes_who_is_one_and_nothing_contradicting_is_joined(typed, chance):
    mixed = list(typed)
    chance.shuffle(mixed)

    def told(order):
        found = grouped(spelling(*each) for each in order)
        return {frozenset(e for e in found if found[e] == n) for n in found.values()}

    assert told(typed) == told(mixed)
    for group in told(typed):
        assert len({each.pin for each in group if each.pin}) < 2
        for one in group:
            for other in group:
                if not any(each.pin for each in group):
                    assert not contradict(one.numbers, other.numbers)
