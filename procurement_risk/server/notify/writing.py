"""A mail as it leaves: what kind of thing waits, how many, where to look. No name, no title."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from typing import Any

from procurement_risk.language import _, current
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import counted
from procurement_risk.portfolio.notices import KINDS
from procurement_risk.server.settings import Team
from procurement_risk.storage.notifications.messages import TEST, Message

_ADDRESS = re.compile(r"[^\s<>(),:;\"\\\[\]@?]+@[\w.-]+")
"""One address as sign-ins give them: none that a mail's headers would read as something else."""

SEVEN_BIT = SMTP.clone(cte_type="7bit")


def mail(message: Message, to: str, team: Team) -> EmailMessage:
    """Return the mail of a message in the language in use. Raises ValueError for no address."""
    if not _ADDRESS.fullmatch(to):
        raise ValueError(to)
    written = EmailMessage(SEVEN_BIT)
    written["Subject"] = _subject(message)
    written["From"], written["To"] = team.mail_from, to
    written["Date"] = formatdate()
    written["Message-ID"] = f"<{message.id}@{team.mail_from.rpartition('@')[2]}>"
    written["Auto-Submitted"] = "auto-generated"
    written.set_content("\n".join(_lines(message, team)))
    written["Content-Language"] = current()
    return written


def _subject(message: Message) -> str:
    if message.kind == TEST:
        return _("A test of mail from the AI Procurement Risk Toolkit")
    new = sum(each["new"] for each in message.body.values())
    if message.kind == "digest":
        return counted(new, "{n} new thing waits for you", "{n} new things wait for you")
    return counted(new, "{n} thing waits for you now", "{n} things wait for you now")


def _lines(message: Message, team: Team) -> list[str]:
    if message.kind == TEST:
        lines = [_("Mail from here arrives.")]
    else:
        lines = [_("This waits for you:"), ""]
        lines += [_line(kind, each) for kind, each in message.body.items() if kind in KINDS]
    return [
        *lines,
        "",
        _("See what it is: {address}").format(address=f"{team.origin}/"),
        "",
        _("Choose what you are told: {address}").format(address=f"{team.origin}/notify-me"),
        _("No names or titles stand in a mail. Replies are not read."),
        "",
    ]


def _line(kind: str, numbers: Mapping[str, Any]) -> str:
    """Return one kind in a line: how many, and how many of them are new or past their day."""
    whole, new, late = numbers["all"], numbers["new"], numbers["late"]
    about = [_("{n} new").format(n=grouped(new))] if new and new != whole else []
    about += [_("{n} late").format(n=grouped(late))] if late else []
    words = KINDS[kind].number(whole)
    return f"- {words} ({', '.join(about)})" if about else f"- {words}"
