"""One person's visit without a browser: Streamlit's own messages over its websocket."""

import http.client
import re
import time
from dataclasses import dataclass, field

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

QUESTION = re.compile(r"\b[A-Z]{2}-\d\d\b")
# The end of a run is a message of a few bytes; longer ones need not be read for it.
SHORT = 200


@dataclass
class Visit:
    """A page that is open.

    Attributes:
        port: Where the app runs.
        page: The page's name, as in its address; empty for the first page.
        query: The rest of the address, such as ``assessment=a-1&section=DP``.
        drawn: Everything on the page by its place in the tree.
        radios: The options of each question's radio, by the widget's id.
        questions: The question's id, by the widget's id.
        chosen: What was chosen in this visit, by the widget's id.
        id: What the server calls the visit.
        address: Of the app, where it is not at ``port`` of this machine.
        more: What else is said to connect, such as headers.
    """

    port: int
    page: str = ""
    query: str = ""
    drawn: dict = field(default_factory=dict)
    radios: dict = field(default_factory=dict)
    questions: dict = field(default_factory=dict)
    chosen: dict = field(default_factory=dict)
    id: str = ""
    address: str = ""
    more: dict = field(default_factory=dict)
    _script: str = ""
    _socket: object = None

    async def open(self):
        """Connect, and read the page as it is first drawn."""
        await self.look()
        if not self.radios:
            raise RuntimeError(f"No question is shown at /{self.page}?{self.query}.")

    async def look(self):
        """Connect, and read the page, whether it asks anything or not."""
        address = self.address or f"http://localhost:{self.port}"
        self._socket = await websockets.connect(
            f"{address.replace('http', 'ws', 1)}/_stcore/stream",
            origin=address,
            **({"subprotocols": ["streamlit"]} | self.more),
            max_size=None,
            compression=None,
            ping_interval=None,
        )
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.page_name = self.page
        await self._socket.send(message.SerializeToString())
        await self._read(learn=True)

    async def close(self):
        """Leave."""
        await self._socket.close()

    async def choose(self, radio, option):
        """Click an option, wait until the page has been drawn again, and return how many ms."""
        self.chosen[radio] = option
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.page_script_hash = self._script
        for name, value in self.chosen.items():
            widget = message.rerun_script.widget_states.widgets.add()
            widget.id, widget.string_value = name, value
        begun = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        await self._read(learn=False)
        return (time.perf_counter() - begun) * 1000

    async def _read(self, *, learn):
        while True:
            raw = await self._socket.recv()
            if not learn and len(raw) > SHORT:
                continue
            message = ForwardMsg.FromString(raw)
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.id = message.new_session.initialize.session_id
            elif kind == "navigation":
                self._script = message.navigation.page_script_hash
            elif kind == "delta" and learn:
                self._learn(tuple(message.metadata.delta_path), message.delta)
            elif kind == "script_finished":
                if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    raise RuntimeError("The page could not be drawn.")
                return

    def _learn(self, place, delta):
        if delta.WhichOneof("type") == "add_block":
            self.drawn[place] = delta.add_block
        elif delta.WhichOneof("type") == "new_element":
            element = delta.new_element
            self.drawn[place] = element
            if element.WhichOneof("type") == "exception":
                raise RuntimeError(element.exception.message)
            label = QUESTION.search(element.radio.label)
            if label:
                self.radios[element.radio.id] = list(element.radio.options)
                self.questions[element.radio.id] = label.group()


def send(port, visit_id, number, data):
    """Send one file into a visit, as an uploader does; return the number of the answer."""
    connection = http.client.HTTPConnection("localhost", port)
    connection.request("GET", "/_stcore/health")
    answer = connection.getresponse()
    answer.read()
    cookie = (answer.getheader("set-cookie") or "").partition(";")[0]
    around = "--file\r\nContent-Disposition: form-data; name=f; filename=f.json\r\n\r\n"
    body = around.encode() + data + b"\r\n--file--\r\n"
    headers = {
        "Content-Type": "multipart/form-data; boundary=file",
        "Cookie": cookie,
        "X-Xsrftoken": cookie.partition("=")[2],
    }
    connection.request("PUT", f"/_stcore/upload_file/{visit_id}/f-{number}", body, headers)
    answer = connection.getresponse()
    connection.close()
    return answer.status
