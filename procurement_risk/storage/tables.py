"""The tables of a new database. ``migrations`` brings older ones there; a test compares the two.

    framework_version ── assessment ─┬─ part      what stands now, one row a part
                                     ├─ history   every change ever made, one row a change
                                     ├─ outcome   what was made of it, to be made again at will
                                     ├─ outcome_line   the same as columns, for lists
                                     ├─ waiting_line   what waits in it, for whom, and when
                                     ├─ purchase_line  whether its purchase counts by it
                       kept_file ────┼─ supplier_return   what its supplier sent back
                             │  waiting_return    the same, brought and not taken in yet
                             │  answer_link       where its supplier answers, and what it wrote
                       supplier ─────┼─ supplier_link, supplier_mark   whose it is, found by what
                                     └─ search_text   words to find it by, one row a part
    supplier_decision   what a person said about who is one, one row a decision
    questionnaire_use     a questionnaire put in use, retired or brought back: which, who, when
    questionnaire_draft   a questionnaire that somebody is working on; nothing rests on it
    organisation ─┬─ organisation_buyer   which names of buyers are its, as an administrator said
                  └─ agreement            that it lets another see what it buys, of either side
    assessment_buyer      who buys in an assessment, made comparable; follows from its purchase
    person ── role_grant  who signed in, and which role they, or all with a claim, were given
    api_token     what a program signs in with: its digest, its role, its end
    kept_answer   what a program was answered whose request may come a second time, for a day
    setting       what an administrator set
    read_log      who opened or exported what, in a team
    ended_session   who was signed out before their session was over, by a digest
    notice_choice, noticed, message, webhook, notice_turn   who is told what waits, see
                            ``notifications``
    tombstone     an assessment that was deleted or disposed of: who, when, why, no content
    release       a file that was given out: to whom, when, why
    log_erasure   a text that was struck out of one of these two, or of itself
    log_head      how many lines each of these three has, and the hash of the last

``value``, ``before``, ``after`` and ``document`` hold JSON in its canonical form; null is an
emptied part. An assessment's ``revision`` is the number of its last line of history, a part's
the number of lines about that part. An outcome's is that of the assessment it was made from, and
``made_by`` says by which version of what; where either differs, the outcome is made anew. A
framework's ``adopted_at`` is when somebody here put it in use; null where it came in with records.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from procurement_risk.storage import append_only

NEWEST = "0024"
"""The version of the tables below: the last file in ``migrations/versions``."""

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
)


def _sealed(*texts: str) -> Iterator[sa.Column[str]]:
    """Yield the columns of a log that seal its lines; ``texts`` may be struck out."""
    for name in (*(f"{text}_{kind}" for text in texts for kind in ("salt", "digest")), *_CHAIN):
        yield sa.Column(name, sa.String(64), nullable=False, server_default="")


_CHAIN = ("previous", "hash")

ASKS = sa.text(
    "(substr(name, 1, 7) IN ('handove', 'comment', 'review:') "
    "OR (name, value) = ('state', '\"in_review\"'))"
)
"""The parts by which colleagues ask something: hand-overs, comments, reviews, what to review."""

LEANS = sa.text("names <> ''")
STANDS = ("assessment_id", "revision", "made_by", "is_scored", "framework_digest")
"""What tells whether an outcome is of what there is now, read without the rest of a line."""
FEW = (
    "place", "is_newest", "state", "recommendation", "decided", "framework_digest", "tier_low",
    "tier_high", "fictional", "is_foreign", "committed", "scaled", "assessment_id",
)  # fmt: skip
"""By what most of a first screen is counted, and what it counts."""
OF_PEOPLE = sa.text("part = 'people'")
"""The words that every assessment has: those of who wrote in it."""

framework_version = sa.Table(
    "framework_version",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("framework_id", sa.String(200), nullable=False),
    sa.Column("version", sa.String(100), nullable=False),
    sa.Column("document", sa.Text, nullable=False),
    sa.Column("added_at", sa.String(40), nullable=False),
    sa.Column("adopted_at", sa.String(40)),
)

assessment = sa.Table(
    "assessment",
    metadata,
    sa.Column("id", sa.String(100), primary_key=True),
    sa.Column("purchase_id", sa.String(100), nullable=False),
    sa.Column(
        "framework_digest",
        sa.String(64),
        sa.ForeignKey("framework_version.digest"),
        nullable=False,
    ),
    sa.Column("fictional", sa.Boolean, nullable=False),
    sa.Column("created_at", sa.String(40), nullable=False),
    sa.Column("created_by", sa.String(300), nullable=False),
    sa.Column("changed_at", sa.String(40), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("archived", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("hold", sa.Text),
    sa.Index("ix_assessment_purchase_id", "purchase_id"),
    sa.Index("ix_assessment_changed_at", "changed_at"),
    sa.Index(
        "ix_assessment_archived",
        "id",
        sqlite_where=sa.text("archived = 1"),
        postgresql_where=sa.text("archived"),
    ),
)

part = sa.Table(
    "part",
    metadata,
    sa.Column("assessment_id", sa.String(100), sa.ForeignKey("assessment.id"), primary_key=True),
    sa.Column("name", sa.String(120), primary_key=True),
    sa.Column("value", sa.Text),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("by", sa.String(300), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Index("ix_part_asks", "assessment_id", sqlite_where=ASKS, postgresql_where=ASKS),
)

history = sa.Table(
    "history",
    metadata,
    sa.Column("assessment_id", sa.String(100), sa.ForeignKey("assessment.id"), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("part", sa.String(120), nullable=False),
    sa.Column("before", sa.Text),
    sa.Column("after", sa.Text),
    sa.Column("salt", sa.String(64), nullable=False),
    sa.Column("body_digest", sa.String(64), nullable=False),
    sa.Column("by", sa.String(300), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("previous", sa.String(64), nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("by_salt", sa.String(64), nullable=False, server_default=""),
    sa.Column("by_digest", sa.String(64), nullable=False, server_default=""),
    sa.Column("reason_salt", sa.String(64), nullable=False, server_default=""),
    sa.Column("reason_digest", sa.String(64), nullable=False, server_default=""),
)


outcome = sa.Table(
    "outcome",
    metadata,
    sa.Column("assessment_id", sa.String(100), sa.ForeignKey("assessment.id"), primary_key=True),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("made_by", sa.String(100), nullable=False),
    sa.Column(
        "framework_digest",
        sa.String(64),
        sa.ForeignKey("framework_version.digest"),
        nullable=False,
    ),
    sa.Column("document", sa.Text, nullable=False),
)

outcome_line = sa.Table(
    "outcome_line",
    metadata,
    sa.Column("assessment_id", sa.String(100), sa.ForeignKey("assessment.id"), primary_key=True),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("made_by", sa.String(100), nullable=False),
    sa.Column("framework_digest", sa.String(64), nullable=False),
    sa.Column("is_scored", sa.Boolean, nullable=False),
    sa.Column("title_key", sa.Text, nullable=False),
    sa.Column("supplier", sa.Text, nullable=False),
    sa.Column("supplier_key", sa.Text, nullable=False),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("owner_key", sa.Text, nullable=False),
    sa.Column("models", sa.Text, nullable=False),
    sa.Column("state", sa.String(40), nullable=False),
    sa.Column("recommendation", sa.String(40), nullable=False),
    sa.Column("tier_low", sa.Integer),
    sa.Column("tier_high", sa.Integer),
    sa.Column("level_low", sa.Integer),
    sa.Column("level_high", sa.Integer),
    sa.Column("answered", sa.Integer, nullable=False),
    sa.Column("asked", sa.Integer, nullable=False),
    sa.Column("committed", sa.BigInteger),
    sa.Column("changed", sa.String(10), nullable=False),
    sa.Column("due_set", sa.String(10), nullable=False),
    sa.Column("due_soon", sa.String(10), nullable=False),
    sa.Column("due_past", sa.String(10), nullable=False),
    sa.Column("shown_key", sa.Text, nullable=False, server_default=""),
    sa.Column("brief", sa.Text, nullable=False, server_default=""),
    sa.Index("ix_outcome_line_changed", "changed"),
    sa.Index("ix_outcome_line_made_by", "made_by", "assessment_id"),
    sa.Index("ix_outcome_line_committed", "committed"),
    sa.Index("ix_outcome_line_recommendation", "recommendation"),
    sa.Index("ix_outcome_line_is_scored", "is_scored"),
    sa.Index("ix_outcome_line_state", "state"),
    sa.Index("ix_outcome_line_stands", *STANDS),
)

# A list as it opens, in the order of its letters' codes. SQLite sorts a day's lines by itself.
AS_IT_OPENS = (
    "CREATE INDEX ix_outcome_line_newest ON outcome_line "
    '(changed DESC, title_key COLLATE "C", assessment_id COLLATE "C")'
)

waiting_line = sa.Table(
    "waiting_line",
    metadata,
    sa.Column("assessment_id", sa.String(100), sa.ForeignKey("assessment.id"), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("made_by", sa.String(100), nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("question", sa.String(120), nullable=False),
    sa.Column("due", sa.String(10), nullable=False),
    sa.Column("begins", sa.String(10), nullable=False),
    sa.Column("ends", sa.String(10), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("person", sa.String(300), nullable=False),
    sa.Column("beside", sa.String(300), nullable=False),
    sa.Index("ix_waiting_line_due", "due"),
    sa.Index("ix_waiting_line_person", "person"),
    sa.Index("ix_waiting_line_beside", "beside"),
)

purchase_line = sa.Table(
    "purchase_line",
    metadata,
    sa.Column("assessment_id", sa.String(100), sa.ForeignKey("assessment.id"), primary_key=True),
    sa.Column("purchase_id", sa.String(100), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("made_by", sa.String(100), nullable=False),
    sa.Column("framework_digest", sa.String(64), nullable=False),
    sa.Column("supplier_id", sa.String(40), nullable=False),
    sa.Column("is_foreign", sa.Boolean, nullable=False),
    sa.Column("names", sa.Text, nullable=False),
    sa.Column("place", sa.String(10), nullable=False),
    sa.Column("is_newest", sa.Boolean, nullable=False),
    sa.Column("fictional", sa.Boolean, nullable=False),
    sa.Column("committed", sa.BigInteger),
    sa.Column("scaled", sa.BigInteger),
    sa.Column("state", sa.String(40), nullable=False),
    sa.Column("recommendation", sa.String(40), nullable=False),
    sa.Column("decided", sa.String(40), nullable=False),
    sa.Column("tier_low", sa.Integer),
    sa.Column("tier_high", sa.Integer),
    sa.Column("as_of", sa.String(10), nullable=False),
    sa.Column("asked", sa.String(20), nullable=False),
    sa.Column("asked_from", sa.String(10), nullable=False),
    sa.Column("asked_due", sa.String(10), nullable=False),
    sa.Column("due_set", sa.String(10), nullable=False),
    sa.Column("due_soon", sa.String(10), nullable=False),
    sa.Column("due_past", sa.String(10), nullable=False),
    sa.Column("buyer", sa.Text, nullable=False),
    sa.Column("buyer_key", sa.Text, nullable=False),
    sa.Column("capability", sa.Text, nullable=False),
    sa.Column("capability_key", sa.Text, nullable=False),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("owner_key", sa.Text, nullable=False),
    sa.Column("supplier", sa.Text, nullable=False),
    sa.Column("company_number", sa.Text, nullable=False),
    sa.Column("hangs_on", sa.Text, nullable=False),
    sa.Column("model_keys", sa.Text, nullable=False),
    sa.Index("ix_purchase_line_purchase_id", "purchase_id"),
    sa.Index("ix_purchase_line_few", *FEW),
    sa.Index("ix_purchase_line_names", "supplier_id", sqlite_where=LEANS, postgresql_where=LEANS),
)

kept_file = sa.Table(
    "kept_file",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
)

supplier_return = sa.Table(
    "supplier_return",
    metadata,
    sa.Column("assessment_id", sa.String(100), sa.ForeignKey("assessment.id"), primary_key=True),
    sa.Column("digest", sa.String(64), sa.ForeignKey("kept_file.digest"), primary_key=True),
    sa.Column("name", sa.String(300), nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("supplier", sa.Text, nullable=False),
    sa.Column(
        "framework_digest",
        sa.String(64),
        sa.ForeignKey("framework_version.digest"),
        nullable=False,
    ),
    sa.Column("by", sa.String(300), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
)

waiting_return = sa.Table(
    "waiting_return",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("digest", sa.String(64), sa.ForeignKey("kept_file.digest"), nullable=False),
    sa.Column("name", sa.String(300), nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("assessment_id", sa.String(100), nullable=False, server_default=""),
    sa.Column("by", sa.String(300), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
)

answer_link = sa.Table(
    "answer_link",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("assessment_id", sa.String(100), sa.ForeignKey("assessment.id"), nullable=False),
    sa.Column(
        "framework_digest",
        sa.String(64),
        sa.ForeignKey("framework_version.digest"),
        nullable=False,
    ),
    sa.Column("until", sa.String(10), nullable=False),
    sa.Column("sent", sa.Text, nullable=False),
    sa.Column("by", sa.String(300), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("opened_at", sa.String(40), nullable=False, server_default=""),
    sa.Column("saved_at", sa.String(40), nullable=False, server_default=""),
    sa.Column("submitted_at", sa.String(40), nullable=False, server_default=""),
    sa.Column("revoked_at", sa.String(40), nullable=False, server_default=""),
    sa.Column("discarded_at", sa.String(40), nullable=False, server_default=""),
    sa.Column("asked", sa.Integer, nullable=False),
    sa.Column("answered", sa.Integer, nullable=False, server_default=sa.text("0")),
    sa.Column("answers", sa.Text, nullable=False, server_default="{}"),
    sa.Column("signed", sa.Text, nullable=False, server_default=""),
    sa.Column("file", sa.String(64), sa.ForeignKey("kept_file.digest")),
    sa.Index("ix_answer_link_digest", "digest", unique=True),
    sa.Index("ix_answer_link_assessment_id", "assessment_id"),
)

tombstone = sa.Table(
    "tombstone",
    metadata,
    sa.Column("assessment_id", sa.String(100), primary_key=True),
    sa.Column("at", sa.String(40), primary_key=True),
    sa.Column("record_digest", sa.String(64), nullable=False),
    sa.Column("head", sa.String(64), nullable=False),
    sa.Column("entries", sa.Integer, nullable=False),
    sa.Column("by", sa.String(300), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("seq", sa.Integer, nullable=False, server_default=sa.text("0")),
    *_sealed("by", "reason", "rule"),
)

release = sa.Table(
    "release",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("about", sa.String(100), nullable=False),
    sa.Column("recipient", sa.String(300), nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("file", sa.String(300), nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("withheld", sa.Text, nullable=False),
    sa.Column("by", sa.String(300), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    *_sealed("recipient", "why", "file", "by"),
)

log_erasure = sa.Table(
    "log_erasure",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("log", sa.String(40), nullable=False),
    sa.Column("line", sa.Integer, nullable=False),
    sa.Column("field", sa.String(40), nullable=False),
    sa.Column("stands", sa.String(64), nullable=False),
    sa.Column("instead", sa.Text, nullable=False),
    sa.Column("by", sa.String(300), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    *_sealed("instead", "by", "reason"),
)

log_head = sa.Table(
    "log_head",
    metadata,
    sa.Column("log", sa.String(40), primary_key=True),
    sa.Column("entries", sa.Integer, nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
)

supplier = sa.Table(
    "supplier",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("made_at", sa.String(40), nullable=False),
)

supplier_link = sa.Table(
    "supplier_link",
    metadata,
    sa.Column("assessment_id", sa.String(100), sa.ForeignKey("assessment.id"), primary_key=True),
    sa.Column("supplier_id", sa.String(40), sa.ForeignKey("supplier.id"), nullable=False),
    sa.Column("spelling", sa.Text, nullable=False),
    sa.Index("ix_supplier_link_supplier_id", "supplier_id"),
)

supplier_mark = sa.Table(
    "supplier_mark",
    metadata,
    sa.Column("mark", sa.String(64), primary_key=True),
    sa.Column("assessment_id", sa.String(100), sa.ForeignKey("assessment.id"), primary_key=True),
    sa.Index("ix_supplier_mark_assessment_id", "assessment_id"),
)

supplier_decision = sa.Table(
    "supplier_decision",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("what", sa.String(20), nullable=False),
    sa.Column("supplier_id", sa.String(40), nullable=False),
    sa.Column("other_id", sa.String(40), nullable=False),
    sa.Column("assessments", sa.Text, nullable=False),
    sa.Column("by", sa.String(300), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("name", sa.String(300), nullable=False, server_default=""),
)

questionnaire_use = sa.Table(
    "questionnaire_use",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("what", sa.String(20), nullable=False),
    sa.Column("framework_id", sa.String(200), nullable=False),
    sa.Column("version", sa.String(1_000), nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("by", sa.String(300), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
)

questionnaire_draft = sa.Table(
    "questionnaire_draft",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("by", sa.String(300), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
)

organisation = sa.Table(
    "organisation",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("name", sa.String(300), nullable=False),
    sa.Column("by", sa.String(300), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
)

organisation_buyer = sa.Table(
    "organisation_buyer",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("organisation_id", sa.String(40), sa.ForeignKey("organisation.id"), nullable=False),
    sa.Column("buyer", sa.String(300), nullable=False),
)

assessment_buyer = sa.Table(
    "assessment_buyer",
    metadata,
    sa.Column("assessment_id", sa.String(100), sa.ForeignKey("assessment.id"), primary_key=True),
    sa.Column("buyer", sa.String(300), nullable=False),
    sa.Index("ix_assessment_buyer_buyer", "buyer"),
)

agreement = sa.Table(
    "agreement",
    metadata,
    sa.Column(
        "organisation_id", sa.String(40), sa.ForeignKey("organisation.id"), primary_key=True
    ),
    sa.Column("other_id", sa.String(40), sa.ForeignKey("organisation.id"), primary_key=True),
    sa.Column("by", sa.String(300), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
)

person = sa.Table(
    "person",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("issuer", sa.String(300), nullable=False),
    sa.Column("subject", sa.String(300), nullable=False),
    sa.Column("name", sa.String(300), nullable=False),
    sa.Column("email", sa.String(300), nullable=False),
    sa.Column("claims", sa.Text, nullable=False),
    sa.Column("first_at", sa.String(40), nullable=False),
    sa.Column("last_at", sa.String(40), nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Index("ix_person_subject", "issuer", "subject", unique=True),
)

role_grant = sa.Table(
    "role_grant",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("person_id", sa.String(40), sa.ForeignKey("person.id")),
    sa.Column("claim", sa.String(300), nullable=False),
    sa.Column("role", sa.String(40), nullable=False),
    sa.Column("organisation_id", sa.String(40), nullable=False),
    sa.Column("sections", sa.Text, nullable=False),
    sa.Column("until", sa.String(10), nullable=False),
    sa.Column("by", sa.String(300), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("ended_by", sa.String(300), nullable=False),
    sa.Column("ended_at", sa.String(40), nullable=False),
)

api_token = sa.Table(
    "api_token",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("name", sa.String(300), nullable=False),
    sa.Column("role", sa.String(40), nullable=False),
    sa.Column("organisation_id", sa.String(40), nullable=False),
    sa.Column("sections", sa.Text, nullable=False),
    sa.Column("until", sa.String(10), nullable=False),
    sa.Column("by", sa.String(300), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("last_at", sa.String(40), nullable=False),
    sa.Column("revoked_at", sa.String(40), nullable=False),
    sa.Index("ix_api_token_digest", "digest", unique=True),
)

kept_answer = sa.Table(
    "kept_answer",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("request", sa.String(64), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("status", sa.Integer, nullable=False),
    sa.Column("answer", sa.Text, nullable=False),
    sa.Index("ix_kept_answer_at", "at"),
)

alone_answer = sa.Table(
    "alone_answer",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("assessment_id", sa.String(100), sa.ForeignKey("assessment.id"), nullable=False),
    sa.Column("question", sa.String(120), nullable=False),
    sa.Column("by", sa.String(300), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("value", sa.Text, nullable=False),
    sa.Index("ix_alone_answer_assessment_id", "assessment_id"),
)

setting = sa.Table(
    "setting",
    metadata,
    sa.Column("name", sa.String(100), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("by", sa.String(300), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
)

read_log = sa.Table(
    "read_log",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("person_id", sa.String(40), nullable=False),
    sa.Column("by", sa.String(300), nullable=False),
    sa.Column("what", sa.String(20), nullable=False),
    sa.Column("about", sa.String(100), nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Index("ix_read_log_at", "at"),
)

ended_session = sa.Table(
    "ended_session",
    metadata,
    sa.Column("key", sa.String(40), primary_key=True),
    sa.Column("at", sa.Float, nullable=False),
)

notice_choice = sa.Table(
    "notice_choice",
    metadata,
    sa.Column("person_id", sa.String(40), sa.ForeignKey("person.id"), primary_key=True),
    sa.Column("by", sa.String(300), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("choices", sa.Text, nullable=False),
)

noticed = sa.Table(
    "noticed",
    metadata,
    sa.Column("recipient", sa.String(40), primary_key=True),
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("told_at", sa.String(40), nullable=False),
)

webhook = sa.Table(
    "webhook",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("name", sa.String(300), nullable=False),
    sa.Column("address", sa.String(500), nullable=False),
    sa.Column("organisation_id", sa.String(40), nullable=False),
    sa.Column("kinds", sa.Text, nullable=False),
    sa.Column("by", sa.String(300), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("begun_at", sa.String(40), nullable=False),
)

message = sa.Table(
    "message",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("key", sa.String(200), nullable=False),
    sa.Column("person_id", sa.String(40), nullable=False),
    sa.Column("webhook_id", sa.String(40), nullable=False),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("due_at", sa.String(40), nullable=False),
    sa.Column("tried_at", sa.String(40), nullable=False),
    sa.Column("why", sa.String(40), nullable=False),
    sa.Index("ix_message_key", "key", unique=True),
    sa.Index("ix_message_state", "state", "due_at"),
)

notice_turn = sa.Table(
    "notice_turn",
    metadata,
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("holder", sa.String(40), nullable=False),
    sa.Column("until", sa.String(40), nullable=False),
    sa.Column("day", sa.String(10), nullable=False),
)

search_text = sa.Table(
    "search_text",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("assessment_id", sa.String(100), sa.ForeignKey("assessment.id"), nullable=False),
    sa.Column("part", sa.String(120), nullable=False),
    sa.Column("words", sa.Text, nullable=False),
    sa.Index("ix_search_text_part", "assessment_id", "part", unique=True),
    sa.Index(
        "ix_search_text_people",
        "assessment_id",
        sqlite_where=OF_PEOPLE,
        postgresql_where=OF_PEOPLE,
    ),
)


def _keep_append_only(table: sa.Table, connection: sa.Connection, **_options: object) -> None:
    append_only.make(connection, table.name)


def _index_as_it_opens(_table: sa.Table, connection: sa.Connection, **_options: object) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(AS_IT_OPENS)


sa.event.listen(outcome_line, "after_create", _index_as_it_opens)
for _name in append_only.APPEND_ONLY:
    sa.event.listen(metadata.tables[_name], "after_create", _keep_append_only)
