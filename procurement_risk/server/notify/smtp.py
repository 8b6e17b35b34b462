"""Handing a mail to the server that sends it, encrypted, its certificate checked."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage

from procurement_risk.server.notify.outcome import SENT, Outcome
from procurement_risk.server.settings import Team

PATIENCE_SECONDS = 15


def send(mail: EmailMessage, to: str, team: Team) -> Outcome:
    """Hand ``mail`` to the server that the settings name, and return what came of it.

    Up to its last line nothing was handed over. Where the answer to that is lost, nobody knows.
    """
    try:
        server = _connected(team)
    except smtplib.SMTPAuthenticationError:
        return Outcome("again", "not_signed_in")
    except (ssl.SSLError, smtplib.SMTPNotSupportedError):
        return Outcome("again", "not_encrypted")
    except (OSError, smtplib.SMTPException, ValueError):
        return Outcome("again", "not_reached")
    try:
        return _handed_over(server, mail, to, team)
    finally:
        server.close()


def _connected(team: Team) -> smtplib.SMTP:
    context = ssl.create_default_context(cafile=team.smtp_certificates or None)
    port, name = int(team.smtp_port), team.mail_from.rpartition("@")[2]
    if team.smtp_security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            team.smtp_host, port, name, timeout=PATIENCE_SECONDS, context=context
        )
    else:
        server = smtplib.SMTP(team.smtp_host, port, name, timeout=PATIENCE_SECONDS)
    try:
        if team.smtp_security == "starttls":
            server.starttls(context=context)
        if team.smtp_user:
            server.login(team.smtp_user, team.smtp_password)
    except BaseException:
        server.close()
        raise
    return server


def _handed_over(server: smtplib.SMTP, mail: EmailMessage, to: str, team: Team) -> Outcome:
    try:
        server.ehlo_or_helo_if_needed()
        for code, _said in (server.mail(team.mail_from), server.rcpt(to)):
            if not 200 <= code < 300:
                return _refused(code)
    except (OSError, smtplib.SMTPException, ValueError):
        return Outcome("again", "not_reached")
    try:
        code, _said = server.data(mail.as_bytes())
    except smtplib.SMTPDataError as error:  # it refused to be told at all
        return _refused(int(error.smtp_code))
    except (OSError, smtplib.SMTPException):
        return Outcome("unclear", "no_answer")
    if not 200 <= code < 300:
        return _refused(code)
    with suppress(OSError, smtplib.SMTPException):
        server.quit()  # it is handed over, whatever comes of this
    return SENT


def _refused(code: int) -> Outcome:
    return Outcome("failed", "refused") if code >= 500 else Outcome("again", "put_off")
