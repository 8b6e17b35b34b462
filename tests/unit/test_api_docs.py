"""Every example in the docs of the HTTP interface does what it says."""

import re
import shlex
from types import SimpleNamespace

import pytest

from procurement_risk.storage import open_store
from tests.support.api_examples import HOME, Served, bought_by, for_the_supplier
from tests.support.places import ROOT

TEXT = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
ADDRESS = "https://risk.example.org"
STATUS = re.compile(r"#\s*(\d{3})$")


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('api')}/store.sqlite3")
    store.create(bought_by("water-2027", HOME), for_the_supplier(), "Ada")
    yield Served(store)
    store.close()


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.M | re.S)


def curl(client, line, folder):
    """Do what a curl command says, and return the answer."""
    words = shlex.split(line, comments=True)
    options = {"-H": [], "-X": [], "-d": [], "--data-binary": [], "-o": []}
    address = ""
    assert words.pop(0) == "curl"
    while words:
        word = words.pop(0)
        if word in options:
            options[word].append(words.pop(0))
        else:
            address = word
    headers = dict(each.split(": ", 1) for each in options["-H"])
    body = "".join(options["-d"]) or None
    for each in options["--data-binary"]:
        body = (folder / each.removeprefix("@")).read_bytes()
    method = (options["-X"] or ["GET" if body is None else "POST"])[0]
    answer = client.request(method, address, headers=headers, content=body)
    for each in options["-o"]:
        (folder / each).write_bytes(answer.content)
    return answer


def test_every_command_works(served, tmp_path):
    text = "\n".join(blocks("sh"))
    text = text.replace('"$API', f'"{ADDRESS}/api').replace("$TOKEN", served.tokens["officer"])
    lines = [line for line in text.splitlines() if line.startswith("curl")]
    assert len(lines) >= 9
    for line in lines:
        answer = curl(served.client(), line, tmp_path)
        wanted = STATUS.search(line)
        expected = int(wanted[1]) if wanted else 403 if "/imports/record" in line else 200
        assert answer.status_code == expected, (line, answer.text)


def test_every_program_works(served):
    def client(base_url, headers):
        assert headers == {"Authorization": "Bearer prt_…"}
        made = served.client()
        made.base_url = base_url
        return made

    told = {"httpx": SimpleNamespace(Client=client)}
    programs = blocks("python")
    assert len(programs) == 2
    for each in programs:
        exec(each.replace("import httpx\n", ""), told)
