"""The app, running as its users run it, and a browser to look at it with.

Server      one `streamlit run app.py`, on a free port, with its own database
chromium    the browser, or a plain word on how to get one
settled     waits until a page has finished drawing; drawn, where nothing was typed just before
visit       opens an address afresh; turn_to, within the app, as a link does
"""

import contextlib
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    expect,
)

from tests.support import forking

ROOT = Path(__file__).parents[2]
TRACEBACK = "Traceback (most recent call last)"
STARTS_WITHIN = 60.0
CHROMIUM_ARGUMENTS = (
    "--no-sandbox",  # Chromium has none when it runs as root, as in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# A person who wants no motion: nothing fades, and a page is drawn with a sixth less work.
# ``test_smoke``, touch and a second person look with motion, as most people do.
STILL: dict[str, Any] = {"reduced_motion": "reduce"}
# No faults: what Chromium says while the server is down, as some tests have it; and that Streamlit
# looks for itself under the page's own address first (/answer/_stcore/health), and is not there.
EXPECTED = (
    "WebSocket connection",
    "Is Streamlit still running?",
    "net::ERR_CONNECTION",
    "net::ERR_EMPTY_RESPONSE",
    "/_stcore/",
)

_console: WeakKeyDictionary[Page, list[str]] = WeakKeyDictionary()


class Server:
    """One running app. ``kill`` is as abrupt as a power cut; ``start`` brings it back.

    Attributes:
        database: The SQLite file, which outlives the process.
        port: The same after a restart, so that a page that is open finds the app again.
        process: The server, or None while it is down.
    """

    def __init__(
        self,
        folder: Path,
        app: Path = ROOT / "app.py",
        *,
        module: str = "streamlit",
        forked: bool = False,
        **settings: str,
    ) -> None:
        self.database = folder / "assessments.sqlite3"
        self.app = app
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | ForkServerProcess | None = None
        self.module = module
        self.forked = forked
        self.settings = settings
        self._log = folder / "server.log"

    def url(self, path: str = "/") -> str:
        """Return the address of a page, such as ``/answer?assessment=a-1&section=DP``."""
        return f"http://localhost:{self.port}{path}"

    @property
    def log(self) -> str:
        """Everything the server has printed, over all its starts."""
        return self._log.read_text("utf-8", errors="replace") if self._log.exists() else ""

    def start(self) -> None:
        """Start the app and wait until it answers."""
        environment = {
            **os.environ,
            "PROCUREMENT_RISK_DATABASE": f"sqlite:///{self.database}",
            "PYTHONPATH": str(ROOT),
            **self.settings,
        }
        arguments = [
            *("run", str(self.app)),
            "--server.headless=true",
            "--server.address=localhost",
            f"--server.port={self.port}",
            "--server.fileWatcherType=none",
        ]
        if self.forked:
            self.process = forking.start(arguments, environment, self._log)
        else:
            self.process = self._started(arguments, environment)
        deadline = time.monotonic() + STARTS_WITHIN
        while not self._is_healthy():
            if time.monotonic() > deadline:
                raise TimeoutError(f"The app did not start.\n{self.log}")
            time.sleep(0.05)

    def _started(
        self, arguments: list[str], environment: dict[str, str]
    ) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", self.module, *arguments],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def stop(self) -> None:
        """Ask the app to end, and wait until it has."""
        if self.process is None:
            return
        self.process.terminate()
        if not _ended(self.process, 15):
            self.kill()
        self.process = None

    def kill(self) -> None:
        """End the app without a warning, as ``kill -9`` does."""
        if self.process is not None:
            self.process.kill()
            _ended(self.process, None)
            self.process = None

    def restart(self) -> None:
        """Kill the app and start it again, on the same port and database."""
        self.kill()
        self.start()

    def _is_healthy(self) -> bool:
        if self.process is None or _ended(self.process, 0):
            raise RuntimeError(f"The app ended by itself.\n{self.log}")
        try:
            with urllib.request.urlopen(self.url("/_stcore/health"), timeout=5) as answer:
                return bool(answer.read() == b"ok")
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False


def _ended(process: subprocess.Popen[bytes] | ForkServerProcess, within: float | None) -> bool:
    """Whether the process has ended, or does so within these seconds; None waits for ever."""
    if isinstance(process, subprocess.Popen):
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(within)
        return process.returncode is not None
    process.join(within)
    return not process.is_alive()


@contextlib.contextmanager
def running(
    folder: Path,
    app: Path = ROOT / "app.py",
    *,
    module: str = "streamlit",
    forked: bool = False,
    may_fail: bool = False,
    **settings: str,
) -> Iterator[Server]:
    """Give a started app, stop it at the end, and then hold against it what it could not do.

    Args:
        folder: Where the database and the log go.
        app: The script.
        module: What to run it with; the benchmarks put a stopwatch around Streamlit.
        forked: Whether to save its imports, see ``forking``.
        may_fail: Whether a traceback in its log is expected.
        settings: Environment variables.
    """
    server = Server(folder, app, module=module, forked=forked, **settings)
    try:
        server.start()
        yield server
    except Exception as error:
        error.add_note(f"The app's log:\n{server.log}")
        raise
    finally:
        server.stop()
    if not may_fail:
        assert TRACEBACK not in server.log, server.log


def chromium() -> str:
    """Return the path of Chromium: ``CHROMIUM``, or one on the path, best without its window.

    Raises:
        FileNotFoundError: If there is none.
    """
    names = ("chromium-headless-shell", "chromium")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not found or not Path(found).exists():
        raise FileNotFoundError(
            "The browser tests need Chromium, and none was found. On Debian: apt-get install "
            "chromium. Elsewhere name one: CHROMIUM=/path/to/chromium make test"
        )
    return found


def launch(playwright: Playwright, *more: str) -> Browser:
    """Return a started headless Chromium; ``more`` are arguments of this one alone."""
    return playwright.chromium.launch(
        executable_path=chromium(), headless=True, args=[*CHROMIUM_ARGUMENTS, *more]
    )


def stay(context: BrowserContext) -> None:
    """Keep what draws the app's pages, and what it has compiled of them, from one to the next."""
    page = context.new_page()
    page.route("**", lambda route: route.fulfill(body="", content_type="text/html"))
    page.goto("http://localhost/")


def soon(look: Callable[[], Any], wanted: Any, seconds: float = 8) -> None:
    """Look until it is what is wanted; say what it is where it never was."""
    give_up = time.monotonic() + seconds
    while (found := look()) != wanted and time.monotonic() < give_up:
        time.sleep(0.05)
    assert found == wanted


def settled(page: Page) -> None:
    """Wait until the page has heard of what was done, and has drawn what comes of it."""
    page.wait_for_timeout(210)  # some widgets wait 200 ms before they tell the server
    drawn(page)


def drawn(page: Page) -> None:
    """Wait until the page is connected, its script has ended and everything is drawn."""
    page.locator(
        "[data-testid=stApp]"
        "[data-test-connection-state=CONNECTED][data-test-script-state=notRunning]"
    ).wait_for(state="attached")
    # The script has ended well before a long page is drawn: the grey boxes go last.
    # Not by waiting for a function, which the page compiles: a team's server refuses that.
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)


def visit(page: Page, url: str) -> None:
    """Open an address, and wait until the page is drawn."""
    page.goto(url)
    settled(page)


# Over as soon as the script runs for the address; one that ends at once is not seen running.
TURN = """address => new Promise(done => {
    const app = document.querySelector('[data-testid=stApp]');
    const watch = new MutationObserver(done);
    watch.observe(app, {attributeFilter: ['data-test-script-state']});
    history.pushState({}, '', address);
    dispatchEvent(new PopStateEvent('popstate'));
    setTimeout(done, 2_000);
}).then(() => null)"""


def turn_to(page: Page, url: str) -> None:
    """Go to another address of the app that the page is at, and wait until it is drawn.

    The app is not loaded again, which takes two thirds of the processor time of a visit, and the
    session goes on, as for somebody who follows a link or goes back.
    """
    there = page.locator("[data-testid=stApp][data-test-connection-state=CONNECTED]").count()
    if not (there and urlsplit(page.url).netloc == urlsplit(url).netloc):
        visit(page, url)
        return
    drawn(page)
    page.evaluate(TURN, url)
    drawn(page)


def listen(page: Page) -> None:
    """Remember errors on the page's console, and what it asks of other hosts.

    ``assert_no_traceback`` tells them: the app sends nothing anywhere. A page that is listened to
    already begins anew.
    """
    if page in _console:
        _console[page].clear()
        return
    said = _console.setdefault(page, [])
    page.on("request", lambda asked: None if _is_ours(asked.url) else said.append(asked.url))
    page.on("console", lambda line: said.append(_told(line)) if line.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))


def _is_error(line: ConsoleMessage) -> bool:
    """Whether a console line tells of a fault; Streamlit looks for itself below every address."""
    probes = "/_stcore/" in str(line.location.get("url", "")) and "404" in line.text
    return line.type == "error" and not probes


def assert_no_traceback(page: Page, server: Server | None = None) -> None:
    """Hold that nothing failed: no exception box, no error on the console or in the log.

    Nor may the page have asked another host for anything.
    """
    expect(page.get_by_test_id("stException")).to_have_count(0)
    said = [
        line
        for line in _console.get(page, [])
        if not (is_left(line, page.url) or any(known in line for known in EXPECTED))
    ]
    assert not said, "The page reports: " + " | ".join(said)
    if server is not None:
        assert TRACEBACK not in server.log, server.log


def photograph(page: Page, path: Path) -> str:
    """Save a picture of the whole page, and return where it is, or why there is none."""
    try:
        page.screenshot(path=path, full_page=True)
    except Error as error:
        return f"no screenshot: {error.message}"
    return str(path)


def is_left(line: str, url: str) -> bool:
    """Whether a line of the console is of a server that the page at ``url`` has left.

    One that is gone by now may still be told of a moment after the page went to another.
    """
    of = urlsplit(line.rpartition("(")[2].rstrip(")"))
    return of.hostname == "localhost" and of.port != urlsplit(url).port


def _told(line: ConsoleMessage) -> str:
    return f"{line.text} ({line.location['url']})"


def _is_ours(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("data", "blob") or parts.hostname == "localhost"


def free_port() -> int:
    """Return a port that is free and that no test in another process can choose.

    It lies below those that systems give to outgoing connections, so that it stays free too.
    """
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    while True:
        port = 20_000 + processes * secrets.randbelow(12_000 // processes) + number
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
