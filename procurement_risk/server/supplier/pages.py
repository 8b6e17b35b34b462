"""The doors of a supplier's link: what is asked for by its token, and by nothing else.

Whoever holds the token may read the questions and what was written so far, and write. Nothing else
of an assessment is read here: see ``answer_linking.Asking``.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from itertools import groupby
from typing import NamedTuple
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from procurement_risk import language
from procurement_risk.assessment.today import today
from procurement_risk.errors import NotFound, UsageError
from procurement_risk.formats.workbook.signature import LONGEST_NAME, Signature
from procurement_risk.framework import Framework
from procurement_risk.imports.answer_link import PATH, problems, rows_of, spoken_for, workbook
from procurement_risk.language import _
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import one_line
from procurement_risk.server.rates import Rate
from procurement_risk.server.running import Running
from procurement_risk.server.supplier import form, words
from procurement_risk.server.supplier.frame import headers, page, text
from procurement_risk.storage.answer_links import digest_of
from procurement_risk.storage.operations import answer_linking
from procurement_risk.storage.operations.answer_linking import Asking

MOST_FIELDS, LONGEST_TOKEN = 3_000, 100
GUESSES, GUESS_SECONDS = 30, 600
"""How many addresses that lead nowhere one place may ask for."""
TIMES, SECONDS = 240, 60
"""How often one link may be asked for."""

Sent = Mapping[str, list[str]]


class Asked(NamedTuple):
    """One request: by which token, for what, with what."""

    token: str
    part: str
    sent: Sent | None


def routes(running: Running) -> list[BaseRoute]:
    """Return the routes of suppliers' links."""
    doors = Doors(running)
    return [
        Route(f"{PATH}/{{token}}", doors.come, methods=["GET", "POST"]),
        Route(f"{PATH}/{{token}}/{{part}}", doors.come, methods=["GET", "POST"]),
        Route(f"{PATH}{{rest:path}}", doors.nowhere, methods=["GET", "POST"]),
    ]


class Doors:
    """The pages of suppliers' links, over one store."""

    def __init__(self, running: Running) -> None:
        self._store, self._secret = running.store, running.team.cookie_secret
        self._guesses = Rate(GUESSES, GUESS_SECONDS)
        self._times = Rate(TIMES, SECONDS)

    async def come(self, request: Request) -> Response:
        """Answer a request, in a thread of its own: the store may have to wait."""
        sent = None
        if request.method == "POST":
            try:
                body = (await request.body()).decode("utf-8", "replace")
                sent = parse_qs(body, keep_blank_values=True, max_num_fields=MOST_FIELDS)
            except ValueError:
                title = _("Too much was sent at once")
                return page(title, f"<h1>{text(title)}</h1>", 413)
        said = request.path_params
        asked = Asked(said["token"], said.get("part", ""), sent)
        who = request.client.host if request.client else ""
        wanted = request.headers.get("accept-language", "")
        return await run_in_threadpool(self._answer, asked, who, wanted)

    async def nowhere(self, request: Request) -> Response:
        """Answer an address that leads nowhere."""
        return _no_link("")

    def _answer(self, asked: Asked, who: str, wanted: str) -> Response:
        language.use(language.best(wanted.split(",")[0].split(";")[0], language.available()))
        # What guesses wrongly waits before anything is looked up.
        name = digest_of(asked.token[:LONGEST_TOKEN])
        if self._guesses.is_spent(who) or self._times.wait(name):
            return _too_often()
        try:
            asking = answer_linking.asking_by(self._store, asked.token[:LONGEST_TOKEN])
        except NotFound as error:
            self._guesses.wait(who)
            return _no_link(str(error))
        code = asking.draft.sent["stamp"]["language"]
        with language.speaking(code):
            if asking.draft.link.submitted_at:
                return page(_("Submitted"), words.closed(asking))
            try:
                return self._page(asked, asking)
            except NotFound as error:
                if asked.sent is not None:  # pressed twice: what became of it stands there
                    return RedirectResponse(f"{PATH}/{asked.token}", 303, headers())
                return _no_link(str(error))
            except UsageError as error:
                return page(_("Not saved"), _told(_("Not saved"), str(error), asked.token), 400)

    def _page(self, asked: Asked, asking: Asking) -> Response:
        framework = spoken_for(asking)
        rows = rows_of(asking.draft, framework)
        parts = [
            (section, list(group))
            for section, group in groupby(rows, key=lambda each: each.section)
        ]
        if asked.sent is not None and not self._is_marked(asked):
            words_ = _("The page was made for another link, or too long ago. Open the link again.")
            return page(_("Not saved"), _told(_("Not saved"), words_, asked.token), 403)
        base, code = f"{PATH}/{asked.token}", framework.language
        if not asked.part and asked.sent is None:
            body = words.overview(asking, framework, parts, base)
            return page(_("Questions"), body, code=code)
        if asked.part == "submit":
            return self._submit(asked, asking, parts, base, code)
        if asked.part in map(str, range(1, len(parts) + 1)):
            return self._section(asked, asking, framework, parts, code)
        return _no_link("")

    def _mark(self, token: str) -> str:
        """Return what a page of a link carries, so that only it can send something."""
        said = hmac.new(self._secret.encode(), f"reply:{token}".encode(), hashlib.sha256)
        return said.hexdigest()

    def _is_marked(self, asked: Asked) -> bool:
        given = (asked.sent or {}).get("mark", [""])[0]
        return hmac.compare_digest(given.encode(), self._mark(asked.token).encode())

    # --- A section --------------------------------------------------------------------

    def _section(
        self, asked: Asked, asking: Asking, framework: Framework, parts: words.Parts, code: str
    ) -> Response:
        number = int(asked.part)
        section, rows = parts[number - 1]
        base = f"{PATH}/{asked.token}"
        values, told, status, note = dict(asking.draft.answers), dict[str, str](), 200, ""
        if asked.sent is not None:
            given, shown = form.written(framework, rows, asked.sent)
            told = {name: fault for name, each in given.items() if (fault := form.too_long(each))}
            kept = {name: each for name, each in given.items() if name not in told}
            changed = answer_linking.save_by_link(self._store, asked.token, kept, shown)
            message = _(
                "Somebody else answered this meanwhile, as saved: {saved}. Below is yours, which "
                "is not saved. Save again to put yours in its place."
            )
            asking = answer_linking.asking_by(self._store, asked.token)
            stands = asking.draft.answers
            for name in changed:
                told[name] = message.format(saved=_in_line(framework, name, stands.get(name, {})))
            if not told:
                then = asked.sent.get("then", [""])[0]
                after = f"{base}/{number + 1}" if number < len(parts) else f"{base}/submit"
                place = after if then == "next" else f"{base}/{number}"
                return RedirectResponse(f"{place}#main", 303, headers())
            values = {**stands, **{name: given[name] for name in told}}
            status = 409 if changed else 422
            note = _("Everything else on this page is saved.")
        else:
            answer_linking.note_opened(self._store, asking.draft)
        here = {each.question.id: values[each.question.id] for each in rows
                if each.question.id in values}  # fmt: skip
        faults = {each.where: each.message for each in problems(asking, here)} | told
        drawn = "".join(
            form.draw(
                framework,
                each,
                values.get(each.question.id, {}),
                asking.draft.answers.get(each.question.id, {}),
                faults.get(each.question.id, ""),
            )
            for each in rows
        )
        saved = asking.draft.link.saved_at
        when = _("Last saved at {time} UTC.").format(time=saved[11:16]) if saved else ""
        where = _("Section {n} of {all}").format(n=number, all=len(parts))
        back, go_on, stay = (
            text(each) for each in (_("Back to the sections"), _("Save and go on"), _("Save"))
        )
        body = (
            f'<p class="back"><a href="{base}">{back}</a></p>{_to_put_right(faults)}'
            f'<p class="note">{text(where)}. {text(when)} {text(note)}</p>'
            f"<h1>{text(section.title)}</h1>"
            f'<form method="post" action="{base}/{number}">'
            f'<input type="hidden" name="mark" value="{self._mark(asked.token)}">{drawn}'
            f'<p class="bar"><button name="then" value="next">{go_on}</button> '
            f'<button class="second" name="then" value="">{stay}</button></p></form>'
        )
        return page(section.title, body, status, code)

    # --- The end ----------------------------------------------------------------------

    def _submit(
        self, asked: Asked, asking: Asking, parts: words.Parts, base: str, code: str
    ) -> Response:
        answers, mark = asking.draft.answers, self._mark(asked.token)
        found, sent = problems(asking, answers), asked.sent
        signed = {name: _one(sent, name)[:LONGEST_NAME] for name in ("name", "role")}
        fault = ""
        if sent is not None and not found:
            if not (signed["name"] and _one(sent, "agreed")):
                fault = _("Write your name, and tick that you answer for it.")
            elif not answers:
                fault = _("Nothing is answered yet.")
            elif _one(sent, "seen") != asking.draft.seen:
                fault = _("An answer was changed meanwhile. Read it once more, then submit.")
            else:
                who = {**signed, "day": today()}
                data = workbook(asking, answers, who)
                if answer_linking.submit_by_link(
                    self._store, asked.token, asking.draft.seen, data,
                    Signature(**who).in_record,
                ):  # fmt: skip
                    return RedirectResponse(base, 303, headers())
                fault = _("An answer was changed meanwhile. Read it once more, then submit.")
                asking = answer_linking.asking_by(self._store, asked.token)
        body = words.check(asking, parts, base, mark, found, signed, fault)
        return page(_("Check and submit"), body, 422 if fault or (sent and found) else 200, code)


def _one(sent: Sent | None, name: str) -> str:
    return one_line((sent or {}).get(name, [""])[0])


def _to_put_right(faults: Mapping[str, str]) -> str:
    """Return what a page has to say first: which answers to look at, each a click away."""
    if not faults:
        return ""
    message = counted(
        len(faults), "{n} answer has to be put right:", "{n} answers have to be put right:"
    )
    listed = "".join(
        f'<li><a href="#{text(name)}">{text(name)}</a> {text(fault)}</li>'
        for name, fault in faults.items()
    )
    return f'<div class="fault" role="alert"><p>{text(message)}</p><ul>{listed}</ul></div>'


def _in_line(framework: Framework, name: str, value: Mapping[str, str]) -> str:
    from procurement_risk.imports.answer_link import cells

    found = cells(framework.by_id[name], value)
    return " · ".join(one_line(each) for each in found.values()) or _("Not answered")


def _told(title: str, message: str, token: str) -> str:
    words_ = text(_("Back to the sections"))
    back = f'<p><a href="{PATH}/{text(token)}">{words_}</a></p>'
    return f"<h1>{text(title)}</h1><p>{text(message)}</p>{back}"


def _no_link(message: str) -> Response:
    said = message or _("There is nothing at this address. Open the link that you were sent.")
    title = _("Nothing here")
    return page(title, f"<h1>{text(title)}</h1><p>{text(said)}</p>", 404)


def _too_often() -> Response:
    title = _("Too many requests")
    said = _("Wait a few minutes and try again. Everything that was shown as saved is saved.")
    return page(title, f"<h1>{text(title)}</h1><p>{text(said)}</p>", 429)
