"""The History page: every change in words, narrowed down by the address, and its chain."""

from procurement_risk.exports import history_files
from procurement_risk.exports.audit_pack import checkpoint
from procurement_risk.exports.gather import gather
from tests.support.framework_documents import IMPACT
from tests.support.small_app import draw, folded, said


def test_a_change_is_told_in_words_with_who_and_when(app):
    app.create(IMPACT, {"phase": "design"})
    app.store.save("case", "state", "in_review", 1, "Ben")
    app.store.save("case", "answer:library", {"option": "no"}, 0, "Cy")

    page = draw("history", assessment="case")
    words = said(page)
    assert "The state: Draft → In review" in words
    assert "The assessment was made" in words
    assert "“Is it a library?”: nothing → " in words
    assert words.index("“Is it a library?”: nothing") < words.index("The state: Draft")

    narrowed = said(draw("history", assessment="case", by="Ben"))
    assert "The state: Draft → In review" in narrowed
    assert "“Is it a library?”: nothing" not in narrowed


def test_it_is_narrowed_to_a_question_and_a_day(app):
    app.create(IMPACT, {"phase": "design"})
    app.store.save("case", "answer:library", {"option": "no"}, 0, "Cy")
    narrowed = said(draw("history", assessment="case", part="“Is it a library?”"))
    assert "“Is it a library?”: nothing" in narrowed
    assert "The assessment was made" not in narrowed
    today = app.store.history("case")[-1].at[:10]
    assert "“Is it a library?”: nothing" in said(draw("history", assessment="case", day=today))


def test_what_was_made_in_one_moment_is_folded_into_one_line(app):
    app.create(IMPACT, {"phase": "design", "library": "no"})
    page = draw("history", assessment="case")
    assert f"The assessment was made: {len(app.store.history('case'))} changes at once" in said(
        page
    )
    assert "Each of them" in folded(page)


def test_the_chain_is_on_the_page_and_the_old_address_leads_to_it(app):
    app.create(IMPACT, {"phase": "design"})
    old = draw("details", assessment="case", details="History")
    assert "The hash chain, its digests and the checkpoint" in folded(old)
    page = draw("history", {"history-chain": True}, assessment="case")
    (exported,) = gather(app.store, ["case"], {"history"})
    assert checkpoint(exported) in [str(each.value) for each in page.code]
    assert "the chain holds" in said(page)


def test_the_files_hold_every_change_in_words(app):
    app.create(IMPACT, {"phase": "design"})
    app.store.save("case", "state", "in_review", 1, "Ana", "The board asked")
    exported = gather(app.store, ["case"], {"history"})
    for export in (history_files.CSV, history_files.JSON):
        text = export.write(exported).decode()
        assert "the state: Draft → In review" in text
        assert "The board asked" in text
