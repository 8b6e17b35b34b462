"""The History page: every change in words, and narrowed down by the address."""

from tests.support.framework_documents import IMPACT
from tests.support.small_app import draw, said


def test_a_change_is_told_in_words_with_who_and_when(app):
    app.create(IMPACT, {"phase": "design"})
    app.store.save("case", "state", "in_review", 1, "Ben")
    app.store.save("case", "answer:library", {"option": "no"}, 0, "Cy")

    page = draw("history", assessment="case")
    words = said(page)
    assert "the state: Draft → In review" in words
    assert "The assessment was made" in words
    assert "library: nothing → " in words
    assert words.index("library: nothing") < words.index("the state: Draft")

    narrowed = said(draw("history", assessment="case", by="Ben"))
    assert "the state: Draft → In review" in narrowed
    assert "library: nothing" not in narrowed
