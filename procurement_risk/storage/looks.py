"""Beginning a new look in the store, and confirming what was carried over into it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from uuid import uuid4

from procurement_risk.assessment import Assessment, Supplier, Trigger
from procurement_risk.assessment.today import today
from procurement_risk.errors import UsageError
from procurement_risk.framework import Framework
from procurement_risk.framework.versions.compare import refuse_unchanged_version
from procurement_risk.language import _
from procurement_risk.profile.carrying import look_again, second_supplier
from procurement_risk.profile.confirming import Confirmation
from procurement_risk.storage.reading import Stored
from procurement_risk.storage.store import Store


def begin_look(
    store: Store,
    assessment_id: str,
    offered: Iterable[Framework],
    actor: str,
    triggers: Sequence[Trigger] = (),
    onto: str = "",
) -> Assessment:
    """Begin a new look at what an assessment is about, and return it.

    Args:
        store: Where both are.
        assessment_id: The last look.
        offered: The frameworks on offer: the new look is on the version that is among them.
        actor: Who begins it.
        triggers: What calls for it, where only the questions that they name are to be opened.
        onto: The id of another questionnaire to answer it on, one of ``others_in_use``.

    Raises:
        UsageError: If a look that follows it is under way already, or ``onto`` is none of these.
        NotFound: If there is no such assessment.
    """
    stored = store.load(assessment_id)
    if under_way := look_under_way(store, stored.assessment):
        raise UsageError(
            _("A look that follows it is under way, since {date}. Go on with that one.").format(
                date=under_way.created_at[:10]
            )
        )
    new = _version_for(store, stored.framework, offered, onto)
    look = look_again(
        stored.assessment,
        stored.framework,
        new,
        id=str(uuid4()),
        day=today(),
        triggers=triggers,
    )
    store.create(look, new, actor, f"A new look at {assessment_id}")
    return look


def begin_second(
    store: Store,
    assessment_id: str,
    offered: Iterable[Framework],
    actor: str,
    supplier: Supplier,
    onto: str = "",
) -> Assessment:
    """Begin an assessment of another supplier for the same purchase, and return it.

    Raises:
        UsageError: If it is the same supplier, or ``onto`` is none of ``others_in_use``.
        NotFound: If there is no such assessment.
    """
    stored = store.load(assessment_id)
    if supplier.is_same(stored.assessment.supplier):
        raise UsageError(_("That is the supplier it is about already. Look again instead."))
    new = _version_for(store, stored.framework, offered, onto)
    begun = second_supplier(
        stored.assessment,
        stored.framework,
        new,
        id=str(uuid4()),
        day=today(),
        supplier=supplier,
    )
    store.create(begun, new, actor, f"Another supplier for the purchase of {assessment_id}")
    return begun


def look_under_way(store: Store, assessment: Assessment) -> Assessment | None:
    """Return the look that follows ``assessment`` and is not decided yet, or None."""
    beside = (each.assessment for each in store.load_many(store.beside(assessment)))
    following = (each for each in beside if each.replaces == assessment.id)
    return next((each for each in following if _is_under_way(each)), None)


def _is_under_way(look: Assessment) -> bool:
    return look.decision is None and look.state in ("draft", "in_review")


def confirm(store: Store, stored: Stored, done: Confirmation, actor: str) -> None:
    """Write what is confirmed, all of it or nothing.

    Raises:
        StaleSave: If somebody changed one of them since ``stored`` was read.
    """
    changes = {name: (value, stored.revisions.get(name, 0)) for name, value in done.parts.items()}
    if changes:
        id = stored.assessment.id
        store.save_together(id, changes, actor, done.reason, stored.framework)


def others_in_use(
    store: Store, framework: Framework, offered: Iterable[Framework]
) -> list[Framework]:
    """Return the questionnaires in use that extend ``framework``, or that it extends."""
    return [
        each
        for each in _in_use(store, offered)
        if each.id != framework.id and each.is_kin(framework) and each.method == framework.method
    ]


def _version_for(
    store: Store, framework: Framework, offered: Iterable[Framework], onto: str
) -> Framework:
    """Return the version in use of ``framework``, or itself where there is none."""
    if onto:
        for each in others_in_use(store, framework, offered):
            if each.id == onto:
                return each
        message = _("No questionnaire {id} is in use that extends {its}, or that it extends.")
        raise UsageError(message.format(id=onto, its=framework.id))
    same = (each for each in _in_use(store, offered) if each.id == framework.id)
    return next(same, framework)


def _in_use(store: Store, offered: Iterable[Framework]) -> Iterator[Framework]:
    retired = store.retired_questionnaires()
    for each in offered:
        known = store.known_frameworks(each.id)
        if each.id not in retired and not refuse_unchanged_version(each, known):
            yield each
