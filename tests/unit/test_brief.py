"""Items that are kept in memory: in brief they are the same items, and the rest is read later."""

from dataclasses import fields, replace

from procurement_risk.portfolio import brief
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.waiting import days_of
from tests.support.portfolio_examples import demonstration, item


class Read:
    """A store of ``items`` that tells what was read of it."""

    def __init__(self, items):
        self.whole, self.asked = {each.id: each for each in items}, []
        self.later = brief.Later(self)
        self.items = [self.briefly(each) for each in items]
        self.later.items = {each.id: each for each in self.items}
        self.later.ids = sorted(self.later.items)

    def __call__(self, ids):
        self.asked.append(list(ids))
        return {name: self.whole[name] for name in ids if name in self.whole}

    def briefly(self, each):
        whose = each.supplier_id, each.supplier_names
        return brief.item_of_brief(
            each.id, brief.brief_of(each), each.framework, self.later, *whose
        )


def test_every_field_is_read_at_once_or_later():
    """A field that an item gains later is forgotten by neither."""
    there = {*brief.NAMES, *brief.LATER, "id", "framework", "supplier_id", "supplier_names"}
    assert there - {"days", "worst_shown"} | {"foreign"} == {f.name for f in fields(PortfolioItem)}


def test_an_item_in_brief_is_the_item():
    read = Read(demonstration())
    for one, other in zip(read.items, demonstration(), strict=True):
        assert one.worst_figure() == other.worst_figure()
        assert one.days_known() == days_of(other)
    assert read.asked == []
    assert read.items == list(demonstration())
    assert list(demonstration()) == read.items
    assert read.items[0] != read.items[1]
    assert read.items[0] != demonstration()[0].id


def test_what_is_read_later_is_read_once_with_its_neighbours():
    read = Read(demonstration())
    second = sorted(read.items, key=lambda each: each.id)[1]
    assert second.conditions == read.whole[second.id].conditions
    assert read.asked == [read.later.ids[1:]]
    assert [each.sections for each in read.items] == [e.sections for e in demonstration()]
    assert len(read.asked) == 2


def test_several_are_read_at_once():
    read = Read(demonstration())
    brief.read_whole(read.items[2:5])
    brief.read_whole([*read.items[2:5], *demonstration()[:1]])
    brief.read_whole([])
    assert read.asked == [[each.id for each in read.items[2:5]]]
    assert read.items[2].exits == demonstration()[2].exits


def test_a_copy_is_read_from_what_is_there():
    read = Read(demonstration())
    one = read.items[0]
    copy = brief.with_changes(one, foreign=True)
    assert (copy.foreign, one.foreign) == (True, False)
    assert read.asked == []
    assert one.sections
    assert copy.sections == one.sections
    assert len(read.asked) == 1
    assert replace(copy, foreign=False) == demonstration()[0]
    assert type(replace(one, owner="Ada")) is PortfolioItem
    assert brief.with_changes(item("a"), owner="Ada") == item("a", owner="Ada")


def test_of_what_is_gone_there_is_nothing_more():
    read = Read(demonstration())
    read.whole.clear()
    assert read.items[0].sections == read.items[0].benefits == ()
