"""A team's server and a sign-in service, each as a process of its own, for a browser to visit."""

import contextlib
import os
import subprocess
import sys
import time
import urllib.request

from itsdangerous import TimestampSigner, URLSafeTimedSerializer

from procurement_risk.storage import open_store
from procurement_risk.storage.people.person import ALL
from tests.support.running import ROOT, STARTS_WITHIN, TRACEBACK, free_port
from tests.support.sign_in_service import CLIENT, SECRET

COOKIE_SECRET = "the cookie secret of this test, long enough"


@contextlib.contextmanager
def team(folder):
    """Give the addresses of a team's server and of its sign-in service; stop both at the end."""
    port, issuer = free_port(), free_port()
    settings = {
        "MODE": "team",
        "PUBLIC_ADDRESS": f"http://localhost:{port}",
        "ALLOWED_HOSTS": "localhost",
        "PORT": str(port),
        "DATABASE": f"sqlite:///{folder}/team.sqlite3",
        "COOKIE_SECRET": COOKIE_SECRET,
        "SIGN_IN": "oidc",
        "OIDC_ISSUER": f"http://localhost:{issuer}",
        "OIDC_CLIENT_ID": CLIENT,
        "OIDC_CLIENT_SECRET": SECRET,
        "CONTACT": "the service desk",
    }
    environment = os.environ | {
        f"PROCUREMENT_RISK_{name}": said for name, said in settings.items()
    }
    log = folder / "server.log"
    with contextlib.closing(open_store(settings["DATABASE"])) as store:
        store.grant_role("", "leader", ALL, "Test", claim="officer")
    with contextlib.ExitStack() as stack:
        for command, place in (
            (["tests.support.sign_in_service", str(issuer)], f"http://localhost:{issuer}/ended"),
            (["procurement_risk", "serve"], f"http://localhost:{port}/readyz"),
        ):
            written = stack.enter_context(log.open("ab"))
            process = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=written,
                stderr=subprocess.STDOUT,
            )
            stack.callback(process.wait, 30)
            stack.callback(process.terminate)
            _answers(place, process, log)
        yield settings["PUBLIC_ADDRESS"], settings["OIDC_ISSUER"]
    assert TRACEBACK not in log.read_text("utf-8")


def _answers(place, process, log):
    until = time.monotonic() + STARTS_WITHIN
    while True:
        with contextlib.suppress(OSError), urllib.request.urlopen(place, timeout=5):
            return
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(log.read_text("utf-8"))
        time.sleep(0.1)


class _Before(TimestampSigner):
    def get_timestamp(self):
        return int(time.time()) - 24 * 3600


def aged(cookie):
    """Return a cookie of Streamlit's as it was signed a day ago."""
    name, said = cookie["name"], cookie["value"]
    today = URLSafeTimedSerializer(COOKIE_SECRET, salt=name)
    before = URLSafeTimedSerializer(COOKIE_SECRET, salt=name, signer=_Before)
    return {**cookie, "value": before.dumps(today.loads(said))}
