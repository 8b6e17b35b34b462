"""Assessments by the core framework for a page drawn on its own, and what the page then says."""

from contextlib import closing, contextmanager

from procurement_risk.assessment import Answer, AnswerSet, Assessment, Purchase, Supplier
from procurement_risk.storage import open_store
from procurement_risk.views.shared import session
from tests.support.answer_sets import AS_OF, CORE
from tests.support.small_app import as_read, texts


@contextmanager
def without_its_app(folder, monkeypatch):
    """A new database, which a page finds by its setting, and no links to the app's other pages."""
    url = f"sqlite:///{folder / 'store.sqlite3'}"
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", url)
    monkeypatch.setattr(session, "link", lambda *_, **__: None)
    session.whole_store.clear()
    with closing(open_store(url)) as opened:
        yield opened
    session.whole_store.clear()


def worst(name):
    """The worst option of a question: where there is a red flag, it fires."""
    return CORE.by_id[name].options[-1].id


def settled_answers(**changes):
    """Everything answered with its best option, checked by us, but for ``changes``."""
    answers = {
        name: Answer(options=(question.options[0].id,), evidence="E4")
        for name, question in CORE.by_id.items()
    }
    for name, option in changes.items():
        answers[name] = Answer(options=(option,), evidence="E4")
    return AnswerSet(as_of=AS_OF, answers=answers)


def assessment(answer_set, **more):
    fields = {
        "id": "one",
        "purchase": Purchase(id="p", title="Case triage", buyer="Borough of Example"),
        "supplier": Supplier(name="Example AI Ltd"),
        "answer_set": answer_set,
    }
    return Assessment(**{**fields, **more})


def text_of(at):
    """Everything the page says, with the escapes taken away."""
    kinds = (at.title, at.header, at.subheader, at.markdown, at.caption, at.text, at.error)
    words = [str(element.value) for kind in kinds for element in kind]
    said = " ".join([*words, *map(as_read, texts(at))])
    return said.replace("\\", "").replace("\u2060", "")


def press(at, label):
    (button,) = [button for button in at.button if button.label == label]
    return button.click().run()
