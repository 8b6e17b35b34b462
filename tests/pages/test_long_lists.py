"""A long list shows a page at a time; paper says how many are not on it and where they are."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from procurement_risk.exports.csv_cells import write_csv
from procurement_risk.views.shared import paper, whole_list


def app() -> None:
    from procurement_risk.views.shared import tables
    from procurement_risk.views.shared.paging import paged

    paged(range(30), "short", 30)
    paged(range(31), "bare", 30)
    paged(range(40), "kept", 30, file="Page to print (PDF)")
    tables.draw_paged(
        "A table", ["Place"], [[f"row {place}"] for place in range(7)], "rows", 3, file=""
    )


def very_long() -> None:
    from procurement_risk.views.shared import whole_list

    found = range(whole_list.MOST_ON_PAPER + 1)
    with whole_list.whole_on_paper(
        found, "all", 50, ["Place"], lambda each: [each], file=""
    ) as shown:
        assert len(shown) == 50
    with whole_list.whole_on_paper(
        found, "filed", 50, ["Place"], lambda each: [each], file=lambda each: [str(each)]
    ) as shown:
        assert len(shown) == 50


def test_paper_says_what_is_on_no_sheet_and_carries_a_whole_table() -> None:
    test = AppTest.from_function(app).run()
    assert not test.exception
    notes = [each.proto.body for each in test.get("html")]
    assert [note.partition(">")[2].removesuffix("</p>") for note in notes if note[:2] == "<p"] == [
        "1 more is not on this sheet. Turn the page on the screen to print them.",
        "10 more are not on this sheet. All of them are in the file “Page to print (PDF)” of this "
        "page.",
        "4 more are not on this sheet. Turn the page on the screen to print them.",
    ]
    (whole,) = [note for note in notes if note.startswith("<section")]
    assert [f"row {place}" in whole for place in range(8)] == [True] * 7 + [False]
    (shown,) = test.table
    assert len(shown.value) == 3


def test_of_more_than_some_sheets_paper_has_the_page_that_is_shown() -> None:
    test = AppTest.from_function(very_long).run()
    assert not test.exception
    bare, filed = [each.proto.body for each in test.get("html")]
    assert "451 more are not on this sheet. Turn the page on the screen to print them." in bare
    assert "451 more are not on this sheet. All of them are in the file “This list (CSV)”" in filed
    (button,) = test.get("download_button")
    assert button.proto.label == "This list (CSV)"


def test_numbers_of_a_list_are_read_on_paper_and_counted_in_its_file() -> None:
    whole = whole_list.Whole(["Purchase", "Committed, £"], lambda: [("=1+1", 1_500_000)])
    assert write_csv(whole.columns, whole.rows()).decode("utf-8-sig").splitlines()[1:] == [
        '"\'=1+1","1500000"'
    ]
    assert paper.spoken(1_500_000) == "1,500,000"
    assert paper.spoken("not known") == "not known"
