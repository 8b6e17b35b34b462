"""A team's installation on this machine, as docs/operating.md has it: everything but the hosts.

PostgreSQL as ``scripts/postgresql`` gives it, with the two roles of ``deploy/roles.sql``; several
processes of the app; in front of them HAProxy or nginx with the configuration in ``deploy/``, of
which only ports, paths and the certificate are changed; and a sign-in service.
"""

import contextlib
import json
import os
import re
import shlex
import signal
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import sqlalchemy as sa

from procurement_risk.storage import open_store
from tests.support.running import ROOT, free_port
from tests.support.sign_in_service import CLIENT, SECRET

NAME = "risk"
COOKIE_SECRET = "the cookie secret of this trial, long enough"
METRICS = "the metrics token of this trial, long enough"


class Postgres:
    """The server that ``scripts/postgresql`` has started; it can be killed and started again."""

    def __init__(self):
        self.admin = sa.make_url(os.environ["PROCUREMENT_RISK_TEST_POSTGRES"])
        self.folder = Path(self.admin.query["host"]) / "data"

    def new(self, name=NAME):
        """Make an empty database; return its address for its owner."""
        self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name}")
        return self.of(name)

    def of(self, name, user="postgres"):
        """Return the address of a database for a user."""
        return self.admin.set(database=name, username=user).render_as_string(hide_password=False)

    def run(self, *statements, name="postgres"):
        """Run statements, each by itself, as an administrator."""
        engine = sa.create_engine(self.of(name), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for each in statements:
                connection.exec_driver_sql(each)
        engine.dispose()

    def let_in(self, name=NAME):
        """Run deploy/roles.sql; return the address of the app's own role."""
        sql = (ROOT / "deploy" / "roles.sql").read_text()
        engine = sa.create_engine(self.of(name), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            known = "SELECT 1 FROM pg_roles WHERE rolname = 'procurement_risk_app'"
            if connection.exec_driver_sql(known).scalar():
                sql = re.sub(r"CREATE ROLE [^;]*;", "", sql)
            connection.exec_driver_sql(sql)
        engine.dispose()
        return self.of(name, "procurement_risk_app")

    @property
    def number(self):
        """The first process of the server."""
        return int((self.folder / "postmaster.pid").read_text().split()[0])

    def kill(self):
        """End it without a warning, with all that it runs."""
        number = self.number
        children = _children(number)
        for each in (number, *children):
            with contextlib.suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)

    def start(self):
        """Start it again as it was started."""
        command = shlex.split((self.folder / "postmaster.opts").read_text())
        user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        with (self.folder.parent / "server").open("ab") as log:
            subprocess.Popen([*user, *command], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.wait()

    def freeze(self, stop=True):
        """Have it answer nothing, or go on."""
        for each in (self.number, *_children(self.number)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(each, signal.SIGSTOP if stop else signal.SIGCONT)

    def wait(self):
        """Wait until it answers."""
        until = time.monotonic() + 60
        while True:
            with contextlib.suppress(sa.exc.OperationalError):
                return self.run("SELECT 1")
            if time.monotonic() > until:
                raise TimeoutError("PostgreSQL does not come back.")
            time.sleep(0.1)


def _children(number):
    return [
        int(each)
        for task in Path(f"/proc/{number}/task").iterdir()
        for each in (task / "children").read_text().split()
    ]


class Installed:
    """What ``installed`` gives.

    Attributes:
        address: What people type.
        ports: Of the processes of the app.
        processes: Those that run, by port.
        service: The address of the sign-in service.
    """

    def __init__(self, folder, database, proxy, processes=2):
        self.folder, self.proxy = Path(folder), proxy
        self.ports = [free_port() for _ in range(processes)]
        self.port, issuer = free_port(), free_port()
        self.address, self.service = f"https://localhost:{self.port}", f"http://localhost:{issuer}"
        self.processes = {}
        self.context = ssl.create_default_context()
        self.context.check_hostname, self.context.verify_mode = False, ssl.CERT_NONE
        self._others, self._issuer = [], issuer
        self.settings = {
            "MODE": "team",
            "PUBLIC_ADDRESS": self.address,
            "ALLOWED_HOSTS": "localhost",
            "PROCESSES": str(processes),
            "DATABASE": database,
            "COOKIE_SECRET": COOKIE_SECRET,
            "SIGN_IN": "oidc",
            "OIDC_ISSUER": self.service,
            "OIDC_CLIENT_ID": CLIENT,
            "OIDC_CLIENT_SECRET": SECRET,
            "PROXY_ADDRESSES": "127.0.0.1",
            "METRICS_TOKEN": METRICS,
            "CONTACT": "the service desk",
        }

    @property
    def environment(self):
        """Return the variables of a process of the app, its port left out."""
        named = {f"PROCUREMENT_RISK_{name}": said for name, said in self.settings.items()}
        return os.environ | named

    def log(self, port):
        """Return what a process of the app has written."""
        return (self.folder / f"{port}.log").read_text()

    def start(self, port):
        """Start one process of the app and wait until it is ready."""
        environment = self.environment | {"PROCUREMENT_RISK_PORT": str(port)}
        command = [sys.executable, "-m", "procurement_risk", "serve"]
        self.processes[port] = self._run(command, f"{port}.log", environment)
        self._wait(f"http://127.0.0.1:{port}/readyz", self.processes[port], f"{port}.log")

    def kill(self, port):
        """End one process of the app without a warning."""
        process = self.processes.pop(port)
        process.kill()
        process.wait()

    def stop(self, port):
        """Ask one process of the app to end; return how many seconds that took."""
        process, began = self.processes.pop(port), time.monotonic()
        process.terminate()
        process.wait(60)
        return time.monotonic() - began

    def open(self):
        """Start everything."""
        command = [sys.executable, "-m", "tests.support.sign_in_service", str(self._issuer)]
        self._others.append(self._run(command, "sign-in.log", os.environ))
        self._wait(f"{self.service}/ended", self._others[-1], "sign-in.log")
        for port in self.ports:
            self.start(port)
        self._certificate()
        self._others.append(self._run(self._proxied(), "proxy.log", os.environ))
        self._wait(f"{self.address}/healthz", self._others[-1], "proxy.log")

    def close(self):
        """End everything."""
        for process in (*self.processes.values(), *self._others):
            process.terminate()
        for process in (*self.processes.values(), *self._others):
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(30)
            process.kill()

    def ask(self, path, token="", method="GET", body=None, headers=None, timeout=60):
        """Ask through the proxy; return the status and what was answered, as JSON where it is."""
        asked = urllib.request.Request(f"{self.address}{path}", method=method)
        if token:
            asked.add_header("Authorization", f"Bearer {token}")
        for name, said in (headers or {}).items():
            asked.add_header(name, said)
        if isinstance(body, dict):
            asked.add_header("Content-Type", "application/json")
            body = json.dumps(body).encode()
        try:
            answer = urllib.request.urlopen(asked, body, timeout=timeout, context=self.context)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            said = answer.read()
        with contextlib.suppress(ValueError):
            said = json.loads(said)
        return answer.status, said

    def _run(self, command, log, environment):
        with (self.folder / log).open("ab") as written:
            return subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=written,
                stderr=subprocess.STDOUT,
            )

    def _wait(self, place, process, log):
        until = time.monotonic() + 60
        secure = self.context if place.startswith("https") else None
        while True:
            with (
                contextlib.suppress(OSError),
                urllib.request.urlopen(place, timeout=5, context=secure),
            ):
                return
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError((self.folder / log).read_text())
            time.sleep(0.1)

    def _certificate(self):
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
        files = ["-keyout", "key.pem", "-out", "certificate.pem", "-subj", "/CN=localhost"]
        subprocess.run([*command, *files], cwd=self.folder, check=True, capture_output=True)
        both = [(self.folder / name).read_text() for name in ("certificate.pem", "key.pem")]
        (self.folder / "risk.pem").write_text("".join(both))

    def _proxied(self):
        if self.proxy == "haproxy":
            file, swaps = (
                "haproxy.cfg",
                {
                    "bind :443": f"bind 127.0.0.1:{self.port}",
                    "/etc/haproxy/risk.pem": f"{self.folder}/risk.pem",
                    **{
                        f"127.0.0.1:850{n}": f"127.0.0.1:{port}"
                        for n, port in enumerate(self.ports, 1)
                    },
                },
            )
            command = ["haproxy", "-db", "-f", str(self.folder / file)]
        else:
            file, swaps = (
                "nginx.conf",
                {
                    "listen 80 default_server": f"listen 127.0.0.1:{free_port()} default_server",
                    "listen 443": f"listen 127.0.0.1:{self.port}",
                    "/etc/nginx/tls": str(self.folder),
                    **{
                        f"app-{n}:8501": f"127.0.0.1:{port}"
                        for n, port in enumerate(self.ports, 1)
                    },
                },
            )
            command = ["nginx", "-e", "stderr", "-c", str(self.folder / file)]
            command += ["-g", f"daemon off; pid {self.folder}/nginx.pid;"]
        text = (ROOT / "deploy" / file).read_text()
        for before, after in swaps.items():
            assert before in text, before
            text = text.replace(before, after)
        (self.folder / file).write_text(text)
        return command


@contextlib.contextmanager
def installed(folder, postgres, proxy="haproxy", processes=2):
    """Give an installation on an empty database, with a token of an officer for all bodies."""
    with contextlib.closing(open_store(postgres.new())) as store:
        store.grant_role("", "officer", "*", "Trial", claim="officer")
    found = Installed(folder, postgres.let_in(), proxy, processes)
    try:
        found.open()
        yield found
    finally:
        found.close()
