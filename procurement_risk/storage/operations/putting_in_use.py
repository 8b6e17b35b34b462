"""Putting a questionnaire in use, retiring it, and bringing it back."""

from __future__ import annotations

from procurement_risk.errors import InvalidDocument, NotFound, UsageError
from procurement_risk.framework import Framework, origin as origins
from procurement_risk.framework.files import check_text
from procurement_risk.framework.own_folder import put_in_folder
from procurement_risk.framework.proposals import proposal_words
from procurement_risk.framework.versions.compare import refuse_unchanged_version
from procurement_risk.language import _
from procurement_risk.storage import checked, framework_rows, questionnaire_uses
from procurement_risk.storage.database import Database
from procurement_risk.storage.operations.questionnaires import known_frameworks
from procurement_risk.storage.questionnaire_uses import Use


def put_in_use(
    database: Database, text: bytes, actor: str, reason: str = "", *, as_proposed: bool = False
) -> Framework:
    """Put the questionnaire in ``text`` in use, in the organisation's folder, and return it.

    Assessments that rest on an earlier version stay on it until somebody moves them. Where
    something in it is only proposed, somebody has to confirm that (``as_proposed``) and say why.

    Raises:
        InvalidDocument: If anything is wrong with it; it lists every problem.
        UsageError: If it goes by the id of a shipped one, if its version stands for another
            content here, if it is in use already, if it only proposes and nobody confirmed
            that with a reason, or if its file cannot be written.
    """
    framework, problems = check_text(text)
    if framework is None:
        raise InvalidDocument(_("The questionnaire"), problems)
    pen = checked.pen(framework.id, actor, reason)
    if refused := why_not_in_use(database, framework):
        raise UsageError(refused)
    proposed = proposal_words(framework)
    if proposed and not (as_proposed and reason.strip()):
        message = _(
            "Settle that first, or confirm that it is put in use as proposed, and say why."
        )
        raise UsageError(f"{proposed} {message}")
    with database.writing() as connection:
        digest = database.kept_frameworks.add(connection, framework, pen.at)
        framework_rows.set_adopted(connection, digest, pen.at)
        about = framework.id, framework.version, digest
        questionnaire_uses.write(connection, "in_use", about, pen)
        put_in_folder(framework, text)  # last, so that what it refuses undoes the rest
    return framework


def why_not_in_use(database: Database, framework: Framework) -> str:
    """Return why ``framework`` cannot be put in use, or empty."""
    if framework.id in {name for name, _version in origins.shipped().values()}:
        message = _(
            "{id} is a shipped questionnaire, and those are not changed here. Give yours an id "
            "of its own, such as {suggested}."
        )
        return message.format(id=framework.id, suggested=f"our-{framework.id}")
    standing = [each for each in origins.in_folders() if each.id == framework.id]
    is_there = any(each.document == framework.document for each in standing)
    if is_there and framework.id not in retired_questionnaires(database):
        message = _("{title}, version {version}, is in use already.")
        return message.format(title=framework.title, version=framework.version)
    known = [*known_frameworks(database, framework.id), *standing]
    return refuse_unchanged_version(framework, known)


def retire(database: Database, framework_id: str, actor: str, reason: str = "") -> None:
    """Let no new assessment be started from a questionnaire; those there are keep working.

    Raises:
        UsageError: If it is retired already.
        NotFound: If it is not in use.
    """
    if framework_id in retired_questionnaires(database):
        raise UsageError(_("This questionnaire is retired already. Nothing was changed."))
    _write(database, "retired", framework_id, actor, reason)


def bring_back(database: Database, framework_id: str, actor: str, reason: str = "") -> None:
    """Let assessments be started from a retired questionnaire again.

    Raises:
        UsageError: If it is not retired.
        NotFound: If its file is gone.
    """
    if framework_id not in retired_questionnaires(database):
        raise UsageError(_("This questionnaire is not retired. Nothing was changed."))
    _write(database, "brought_back", framework_id, actor, reason)


def uses(database: Database) -> list[Use]:
    """Return what was put in use, retired and brought back, the newest first."""
    with database.reading() as connection:
        return questionnaire_uses.uses(connection)


def retired_questionnaires(database: Database) -> dict[str, Use]:
    """Return when and by whom each questionnaire that is retired now was, by its id."""
    return questionnaire_uses.retired(uses(database))


def _write(
    database: Database,
    what: questionnaire_uses.What,
    framework_id: str,
    actor: str,
    reason: str,
) -> None:
    pen = checked.pen(framework_id, actor, reason)
    found = next((each for each in origins.in_folders() if each.id == framework_id), None)
    if found is None:
        message = _("There is no questionnaire {id} in the folders of frameworks.")
        raise NotFound(message.format(id=framework_id))
    about = found.id, found.version, origins.digest(found)
    with database.writing() as connection:
        questionnaire_uses.write(connection, what, about, pen)
