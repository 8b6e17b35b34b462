"""A browser is sent what changed of a page, and has the same page as if it were sent all of it."""

import gc
from weakref import WeakValueDictionary

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.web.server.starlette.starlette_websocket import StarletteSessionClient

from procurement_risk.server import changed_only
from procurement_risk.server.changed_only import Browser
from procurement_risk.server.together import as_one, is_kept

PAGE, SLOW = "questions", "portfolio"


class Shown:
    """What Streamlit's part in the browser makes of what it is sent: a tree, by its own rules."""

    def __init__(self):
        self.roots = [[] for _ in range(4)]
        self.run = self.page = ""
        self.gone = set()  # what was there and then was not, if only for a moment
        self.got = []

    def take(self, message):
        self.got.append(message)
        kind = message.WhichOneof("type")
        if kind == "new_session":
            if message.new_session.page_script_hash != self.page:
                self.roots = [[] for _ in range(4)]
            self.run, self.page = (
                message.metadata.run.script_run_id,
                message.new_session.page_script_hash,
            )
        elif kind == "delta":
            self._put(message)
        elif (
            kind == "script_finished"
            and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        ):
            assert message.metadata.run.script_run_id == self.run
            self.roots = [self._tidied(root) for root in self.roots]

    def _put(self, message):
        *way, last = message.metadata.delta_path
        inside = self.roots[way[0]]
        for step in way[1:]:
            inside[step]["run"] = self.run
            inside = inside[step]["inside"]
        assert last <= len(inside), "Bad delta path index"
        delta = message.delta
        node = {"run": self.run, "hash": message.hash, "inside": None, "kind": "empty"}
        if delta.WhichOneof("type") == "add_block":
            node["kind"] = delta.add_block.WhichOneof("type")
            was = inside[last] if last < len(inside) else None
            node["inside"] = was["inside"] if was and was["kind"] == node["kind"] else []
        else:
            node["kind"] = delta.new_element.WhichOneof("type")
        before = self.hashes()
        inside[last : last + 1] = [node]
        self.gone |= before - self.hashes()

    def _tidied(self, nodes):
        kept = [node for node in nodes if node["run"] == self.run]
        return [
            {**node, "inside": self._tidied(node["inside"])} if node["inside"] else node
            for node in kept
        ]

    def hashes(self):
        return set(_hashes(self.roots))

    def page_now(self):
        return [_plain(root) for root in self.roots]


def _hashes(nodes):
    for node in nodes:
        if isinstance(node, list):
            yield from _hashes(node)
        else:
            yield node["hash"]
            yield from _hashes(node["inside"] or [])


def _plain(nodes):
    """Return what somebody sees: an empty place is nothing."""
    return [
        (node["kind"], node["hash"], _plain(node["inside"] or []))
        for node in nodes
        if node["kind"] != "empty"
    ]


class Visit:
    """One visit: it draws pages, and the browser is sent what the module lets through."""

    def __init__(self):
        self.browser, self.shown, self.runs = Browser(), Shown(), 0

    def draw(
        self,
        page,
        drawn,
        *,
        finished=ForwardMsg.FINISHED_SUCCESSFULLY,
        more=(),
        fragments=(),
        title="Questions",
    ):
        """Draw a page, and return the elements that were sent for it."""
        self.runs += 1
        begun = len(self.shown.got)
        run = {"script_run_id": f"run-{self.runs}", "fragment_ids": fragments}
        messages = [
            ForwardMsg(metadata={"run": run}, new_session={"page_script_hash": page}),
            ForwardMsg(navigation={"page_script_hash": page}, hash=page),
            ForwardMsg(page_config_changed={"title": title}, hash=title),
            *_messages(drawn),
            *more,
            ForwardMsg(metadata={"run": run}, script_finished=finished),
        ]
        for message in messages:
            self.browser.take(message, self.shown.take)
        return [each for each in self.shown.got[begun:] if each.HasField("delta")]


@pytest.fixture
def visit(monkeypatch):
    """A visit to pages of which one is drawn in a moment."""
    monkeypatch.setattr(changed_only, "_quick", {PAGE})
    return Visit()


def _messages(drawn, place=(0,)):
    """Return the messages of a page: a text is an element, a pair a container with its parts."""
    for number, part in enumerate(drawn):
        path = {"delta_path": [*place, number]}
        if isinstance(part, str):
            body = {"button": {"id": part}} if part.islower() else {"markdown": {"body": part}}
            yield ForwardMsg(metadata=path, delta={"new_element": body}, hash=part)
        else:
            name, inside = part
            block = {"flex_container": {}, "id": name}
            yield ForwardMsg(metadata=path, delta={"add_block": block}, hash=name)
            yield from _messages(inside, (*place, number))


def _card(name, *foot, text="Saved"):
    return name, ["Question " + name, f"radio-{name}", (f"foot-{name}", [text, *foot])]


def _foot(name, undo=False):
    ids = [f"{what}-{name}" for what in ("note", "why", "comment")]
    return [f"undo-{name}", *ids] if undo else ids


def _page(changed="", effect=""):
    cards = [
        _card(n, *_foot(n, undo=n == changed), text="Saved " + (n == changed) * "now")
        for n in "abcdefghij"
    ]
    for name, inside in cards:
        if name in effect:
            inside.insert(2, "EFFECT of " + name)
    return ["Header", *cards, "Bar"]


def _all(drawn):
    shown = Shown()
    for message in _messages(drawn):
        shown.take(message)
    return shown.page_now()


def test_a_page_that_is_as_it_was_is_not_sent_again(visit):
    assert len(visit.draw(PAGE, _page())) > 70
    assert len(visit.draw(PAGE, _page())) > 70  # from here on it is known whole
    assert visit.draw(PAGE, _page()) == []
    assert visit.shown.page_now() == _all(_page())


def test_what_comes_goes_and_moves_is_the_page_that_was_drawn(visit):
    for _ in range(2):
        visit.draw(PAGE, _page())
    steps = [("a", ""), ("a", "a"), ("c", "ac"), ("c", "c"), ("", ""), ("j", "cj"), ("b", "j")]
    for changed, effect in steps:
        visit.shown.gone.clear()
        sent = visit.draw(PAGE, _page(changed, effect))
        assert 0 < len(sent) < 30
        assert visit.shown.page_now() == _all(_page(changed, effect))
        still = {each.hash for each in _messages(_page(changed, effect)) if each.hash.islower()}
        assert not visit.shown.gone & still, "A widget was gone for a moment, with its focus."


def test_a_page_of_which_much_changed_is_sent_whole_and_tidied(visit):
    for _ in range(3):
        visit.draw(PAGE, _page("a", "a"))
    other = ["Header", _card("z", *_foot("z")), "Bar"]
    assert len(visit.draw(PAGE, other)) == len(list(_messages(other)))
    assert visit.shown.page_now() == _all(other)
    assert visit.draw(PAGE, other) == []


def test_a_run_that_a_click_ended_counts_for_nothing(visit):
    for _ in range(2):
        visit.draw(PAGE, _page())
    visit.draw(PAGE, _page()[:3], finished=ForwardMsg.FINISHED_EARLY_FOR_RERUN)
    assert len(visit.draw(PAGE, _page("a"))) > 70
    assert visit.shown.page_now() == _all(_page("a"))


def test_what_was_begun_and_never_ended_is_sent_before_the_next(visit):
    for _ in range(2):
        visit.draw(PAGE, _page())
    begun = ForwardMsg(new_session={"page_script_hash": PAGE})
    begun.metadata.run.script_run_id = "cut off"
    for message in (begun, *_messages(_page("d"))):
        visit.browser.take(message, visit.shown.take)
    assert len(visit.draw(PAGE, _page("a"))) > 70
    assert visit.shown.page_now() == _all(_page("a"))


@pytest.mark.parametrize(
    "delta",
    [
        {"new_element": {"button": {"id": "x"}}, "fragment_id": "drawer"},
        {"add_block": {"dialog": {"title": "About"}}},
        {"new_transient": {}},
    ],
)
def test_what_is_unusual_is_sent_whole_and_so_is_what_follows_it(visit, delta):
    for _ in range(2):
        visit.draw(PAGE, _page())
    unusual = ForwardMsg(metadata={"delta_path": [2, 0]}, delta=delta)
    for _ in range(2):
        assert unusual in visit.draw(PAGE, _page(), more=[unusual])
    assert len(visit.draw(PAGE, _page())) > 70
    assert visit.draw(PAGE, _page()) == []


def test_a_part_that_is_drawn_by_itself_is_sent_whole(visit):
    for _ in range(2):
        visit.draw(PAGE, _page())
    assert len(visit.draw(PAGE, ["x"], fragments=["drawer"])) == 1
    assert len(visit.draw(PAGE, _page())) > 70
    assert visit.draw(PAGE, _page()) == []


def test_what_the_browser_keeps_under_its_hash_is_known_in_either_form(visit):
    large = ForwardMsg(metadata={"delta_path": [0, 12]}, hash="large")
    large.delta.new_element.html.body = "<style></style>"
    named = ForwardMsg(metadata={"delta_path": [0, 12]}, ref_hash="large")
    for _ in range(2):
        visit.draw(PAGE, _page(), more=[large])
    before = len(visit.shown.got)
    for each in (named, large, large, named):
        assert visit.draw(PAGE, _page(), more=[each]) == []
    assert named not in visit.shown.got[before:]
    other = ForwardMsg(metadata={"delta_path": [0, 12]}, ref_hash="other")
    visit.draw(PAGE, _page(), more=[other])
    assert other in visit.shown.got


def test_what_a_widget_is_told_once_is_sent_though_it_reads_as_before(visit):
    told = ForwardMsg(metadata={"delta_path": [0, 12]}, hash="told")
    told.delta.new_element.text_input.id = "told"
    told.delta.new_element.has_one_shot_effect = True
    for _ in range(3):
        sent = visit.draw(PAGE, _page(), more=[told])
    assert sent == [told]


def test_slow_pages_and_other_pages_are_sent_whole(visit):
    for _ in range(3):
        assert len(visit.draw(SLOW, _page())) > 70
    visit.draw(PAGE, _page())
    visit.draw(SLOW, ["Other"])
    assert len(visit.draw(PAGE, _page())) > 70


def test_the_menu_and_the_title_are_sent_until_they_are_known(visit):
    for _ in range(3):
        visit.draw(PAGE, _page())
    kinds = [each.WhichOneof("type") for each in visit.shown.got]
    assert kinds.count("navigation") == kinds.count("page_config_changed") == 2
    visit.shown.got.clear()
    visit.draw(PAGE, _page(), title="Questions, answered")
    assert visit.shown.got[1:3] == [
        ForwardMsg(navigation={"page_script_hash": PAGE}, hash=PAGE),
        ForwardMsg(
            page_config_changed={"title": "Questions, answered"}, hash="Questions, answered"
        ),
    ]
    visit.draw(SLOW, ["Other"], title="Portfolio")  # said by another page
    visit.draw(PAGE, _page())
    visit.shown.got.clear()
    visit.draw(PAGE, _page())
    assert "page_config_changed" in [each.WhichOneof("type") for each in visit.shown.got]


def test_what_belongs_to_no_run_is_sent_at_once(visit):
    for _ in range(3):
        visit.draw(PAGE, _page())
    visit.browser.take(ForwardMsg(new_session={"page_script_hash": PAGE}), visit.shown.take)
    files = ForwardMsg(file_urls_response={"response_id": "1"})
    visit.browser.take(files, visit.shown.take)
    assert visit.shown.got[-1] is files


def test_elements_come_as_one_to_a_browser_that_is_known(visit, monkeypatch):
    monkeypatch.setattr(changed_only, "_visits", WeakValueDictionary())
    elements = list(_messages(_page()))
    assert changed_only.together("v", elements) is elements
    begun = ForwardMsg(new_session={"page_script_hash": PAGE, "initialize": {"session_id": "v"}})
    visit.browser.take(begun, visit.shown.take)
    (one,) = changed_only.together("v", elements)
    assert one.messages is elements
    assert changed_only.together("v", []) == []
    del visit.browser
    gc.collect()
    assert changed_only.together("v", elements) is elements, "Whoever has gone is forgotten."


def test_streamlits_queue_takes_many_as_one_and_drops_them_where_a_newer_run_begins():
    elements = list(_messages(_page()))
    queue = ForwardMsgQueue()
    for each in as_one(elements):
        queue.enqueue(each)
    (one,) = queue.flush()
    assert one.messages is elements
    queue.enqueue(one)
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=["drawer"])
    assert len(queue) == 1
    queue.clear(retain_lifecycle_msgs=True)
    assert queue.is_empty()


def test_a_notice_that_outlives_its_run_is_kept_apart():
    notice = ForwardMsg(delta={"new_element": {"toast": {"body": "Saved"}}})
    assert is_kept(notice)
    assert not any(map(is_kept, _messages(_page())))


def test_it_stands_where_streamlit_hands_messages_to_a_browser(monkeypatch):
    sent = []
    monkeypatch.setattr(changed_only, "_write", lambda _client, message: sent.append(message))
    monkeypatch.setattr(
        StarletteSessionClient, "write_forward_msg", StarletteSessionClient.write_forward_msg
    )
    monkeypatch.setattr(changed_only, "_quick", set())
    changed_only.quick(PAGE)
    client = StarletteSessionClient.__new__(StarletteSessionClient)
    client.write_forward_msg(message := ForwardMsg(navigation={}))
    client.write_forward_msg(as_one(elements := list(_messages(["One", "two"])))[0])
    assert sent == [message, *elements]
    known = len(changed_only._browsers)
    del client
    gc.collect()
    assert len(changed_only._browsers) == known - 1
