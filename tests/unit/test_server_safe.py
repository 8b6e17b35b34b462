"""A team's server starts safely or not at all, and says everything there is to mend at once."""

import pytest
from click.testing import CliRunner
from streamlit.runtime import Runtime

from procurement_risk.cli.main import main
from procurement_risk.errors import InvalidDocument, UsageError
from procurement_risk.server import modes, safe, settings
from procurement_risk.server.settings import Team
from procurement_risk.storage.people.mode import is_team
from tests.support.team_servers import OIDC, PROXIED


def refused(**changed):
    """The settings that are not safe, once these are changed."""
    base = PROXIED if changed.get("sign_in") == "header" else OIDC
    return sorted({problem.where for problem in safe.problems(Team(**{**base, **changed}))})


def test_settings_that_are_safe_are_taken():
    assert safe.problems(Team(**OIDC)) == []
    assert safe.problems(Team(**PROXIED)) == []
    here = {"public_address": "http://localhost:8501", "allowed_hosts": ("localhost",)}
    assert refused(**here, proxy_addresses=()) == []
    assert refused(processes="2") == []


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"cookie_secret": ""}, "COOKIE_SECRET"),
        ({"cookie_secret": "short"}, "COOKIE_SECRET"),
        ({"metrics_token": "short"}, "METRICS_TOKEN"),
        ({"public_address": ""}, "PUBLIC_ADDRESS"),
        ({"public_address": "http://risk.example.test"}, "PUBLIC_ADDRESS"),
        ({"public_address": "ftp://risk.example.test"}, "PUBLIC_ADDRESS"),
        ({"public_address": "https://risk.example.test/app"}, "PUBLIC_ADDRESS"),
        ({"allowed_hosts": ()}, "ALLOWED_HOSTS"),
        ({"allowed_hosts": ("*",)}, "ALLOWED_HOSTS"),
        ({"allowed_hosts": ("risk.example.test", "*.example.test")}, "ALLOWED_HOSTS"),
        ({"allowed_hosts": ("other.example.test",)}, "ALLOWED_HOSTS"),
        ({"database": ""}, "DATABASE"),
        ({"database": "sqlite:///a.sqlite3", "processes": "2"}, "DATABASE"),
        ({"processes": "many"}, "PROCESSES"),
        ({"port": "0"}, "PORT"),
        ({"session_hours": "240"}, "SESSION_HOURS"),
        ({"session_idle_minutes": "0"}, "SESSION_IDLE_MINUTES"),
        ({"sign_in": ""}, "SIGN_IN"),
        ({"sign_in": "nobody"}, "SIGN_IN"),
        ({"oidc_issuer": ""}, "OIDC_ISSUER"),
        ({"oidc_issuer": "http://login.example.test"}, "OIDC_ISSUER"),
        ({"oidc_client_id": ""}, "OIDC_CLIENT_ID"),
        ({"oidc_client_secret": ""}, "OIDC_CLIENT_SECRET"),
        ({"sign_in": "header", "proxy_addresses": ()}, "PROXY_ADDRESSES"),
        ({"sign_in": "header", "proxy_addresses": ("proxy",)}, "PROXY_ADDRESSES"),
        ({"proxy_addresses": ()}, "PROXY_ADDRESSES"),
        ({"proxy_addresses": ("0.0.0.0/0",)}, "PROXY_ADDRESSES"),
        ({"sign_in": "header", "proxy_secret": "short"}, "PROXY_SECRET"),
        ({"smtp_host": "mail.example.test"}, "MAIL_FROM"),
        ({"smtp_security": "ssl"}, "SMTP_SECURITY"),
        (
            {"smtp_host": "mail.example.test", "mail_from": "a@b.test", "smtp_security": "none"},
            "SMTP_SECURITY",
        ),
        ({"smtp_user": "app"}, "SMTP_PASSWORD"),
        ({"smtp_certificates": "/no/such/file.pem"}, "SMTP_CERTIFICATES"),
        ({"smtp_port": "0"}, "SMTP_PORT"),
        ({"digest_hour": "24"}, "DIGEST_HOUR"),
        ({"webhook_key": "short"}, "WEBHOOK_KEY"),
        ({"webhook_private": "perhaps"}, "WEBHOOK_PRIVATE"),
    ],
)
def test_what_is_not_safe_is_refused_where_it_is_set(changed, where):
    assert refused(**changed) == [f"PROCUREMENT_RISK_{where}"]


def test_everything_is_told_at_once_and_no_secret_with_it(monkeypatch):
    monkeypatch.setenv("PROCUREMENT_RISK_MODE", "team")
    monkeypatch.setenv("PROCUREMENT_RISK_COOKIE_SECRET", "hunter2")
    monkeypatch.delenv("PROCUREMENT_RISK_DATABASE", raising=False)
    said = CliRunner().invoke(main, ["serve"])
    assert said.exit_code == 1
    for name in ("PUBLIC_ADDRESS", "ALLOWED_HOSTS", "DATABASE", "COOKIE_SECRET", "SIGN_IN"):
        assert f"PROCUREMENT_RISK_{name}: " in said.output
    assert "hunter2" not in said.output


def test_settings_come_from_a_file_and_secrets_from_one_each(tmp_path, monkeypatch):
    file, secret = tmp_path / "team.toml", tmp_path / "secret"
    file.write_text('public_address = "https://a.test"\nallowed_hosts = ["a.test", "b.test"]\n')
    secret.write_text("from a file\n")
    read = settings.read(
        {
            "PROCUREMENT_RISK_SETTINGS": str(file),
            "PROCUREMENT_RISK_COOKIE_SECRET_FILE": str(secret),
            "PROCUREMENT_RISK_PORT": "9000",
        }
    )
    assert (read.public_address, read.port) == ("https://a.test", "9000")
    assert read.allowed_hosts == ("a.test", "b.test")
    assert read.cookie_secret == "from a file"
    assert "from a file" not in repr(read)


@pytest.mark.parametrize("text", ["cookie_secre = 'hunter2'", "cookie_secret = hunter2", "\xff"])
def test_a_file_that_cannot_be_read_is_told_without_what_is_in_it(tmp_path, text):
    file = tmp_path / "team.toml"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(InvalidDocument) as told:
        settings.read({"PROCUREMENT_RISK_SETTINGS": str(file)})
    assert "hunter2" not in str(told.value)
    assert str(file) in str(told.value)


def test_a_mode_that_there_is_not_is_refused(monkeypatch):
    monkeypatch.setenv("PROCUREMENT_RISK_MODE", "everybody")
    with pytest.raises(UsageError, match="personal, team"):
        is_team()


def test_team_mode_shows_nothing_without_its_server(monkeypatch):
    assert modes.served() is None
    monkeypatch.setenv("PROCUREMENT_RISK_MODE", "team")
    monkeypatch.setattr(Runtime, "_instance", object.__new__(Runtime))
    with pytest.raises(UsageError, match="procurement-risk serve"):
        modes.served()
