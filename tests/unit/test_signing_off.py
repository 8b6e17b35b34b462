"""Signing off: what is signed, what lets it lapse, and what a forged one is found out by."""

import base64
import io
import json
import socket
import stat
import time
from dataclasses import replace

import pytest
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

from procurement_risk.assessment import RecordedDecision, Review, reviewing, signed
from procurement_risk.assessment.document import to_document
from procurement_risk.errors import NotAllowed, StaleSave, StorageError, UsageError
from procurement_risk.exports import audit_pack, json_record, pack_check, pack_files, verify
from procurement_risk.exports.gather import gather
from procurement_risk.storage.people.person import ALL, Held, Person
from procurement_risk.storage.signing import keys, stamps
from procurement_risk.storage.signing.since import changed_at
from tests.support import time_stamps
from tests.support.stored_examples import FULL, framework

YES = RecordedDecision(decision="proceed", by="Grace Hopper", at="2026-11-24")
CHIEF = "Head of procurement"


@pytest.fixture
def store(store, tmp_path, monkeypatch):
    """A store with one assessment, "one", on which somebody has decided."""
    monkeypatch.setenv(keys.SETTING, str(tmp_path / "signing"))
    begun = replace(FULL, id="one", decision=YES, state="decided", overrides=())
    store.create(begun, framework(), "Ana")
    accepted = reviewing.digest_of(begun, framework(), "DP")  # of which one does not apply
    review = Review(verdict="accepted", by="Rita", at="2026-11-23", digest=accepted)
    store.save("one", "review:DP", to_document(review), 0, "Rita")
    return store


def as_signed_in(store, how="oidc", name="Grace Hopper", role="decision_maker"):
    return store.acting(Person(id=name, name=name, roles=(Held(role, ALL),), how=how))


def seen(store):
    held = store.load("one")
    return signed.digest_of(held.assessment, held.framework)


def sign(store, name="Grace Hopper", post=CHIEF):
    return store.sign_off("one", post, seen(store), name)


def stand(store):
    held = store.load("one")
    return signed.standing(held.assessment, held.framework)


def record_of(store):
    return json.loads(json_record.write(gather(store, ["one"])))


def faults(store, change=lambda sign_off: sign_off, keys_given=""):
    """What the pack's program finds wrong with the sign-off of a record, changed like that."""
    record = record_of(store)
    offs = record["assessment"]["sign_offs"]
    record["assessment"]["sign_offs"] = [change(each) for each in offs]
    lines = [pack_files.history_line("one", each) for each in store.history("one")]
    return list(verify.check_sign_offs(record, lines, keys_given))


# --- What is signed -----------------------------------------------------------------------


def test_somebody_who_typed_a_name_signs_by_name_alone(store, tmp_path):
    made = sign(store)

    assert stand(store) == (made,)
    assert (made.how, made.public_key, made.signature) == ("name", "", "")
    assert not (tmp_path / "signing").exists()
    assert faults(store) == []
    assert store.verify_history("one") == []


def test_somebody_who_signed_in_is_sealed(store, tmp_path):
    made = sign(as_signed_in(store), name="Somebody Else")

    assert (made.by, made.how) == ("Grace Hopper", "oidc")
    assert [each.digits for each in keys.public_keys()] == [made.public_key]
    assert keys.holds(signed.sealed_over("one", made), made)
    assert faults(store) == faults(store, keys_given=made.public_key) == []
    assert stat.S_IMODE((tmp_path / "signing" / "key.pem").stat().st_mode) == 0o600


def test_the_digest_in_the_pack_is_the_same(store):
    sign(store)

    assert verify.signed_digest(record_of(store)) == stand(store)[0].digest


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("supplier", {"name": "Another Ltd"}),
        ("decision", to_document(replace(YES, reason="Why", accepted_open=("DP-02",)))),
        ("answer:DP-02", None),
    ],
)
def test_what_is_changed_afterwards_is_not_signed(store, part, value):
    sign(store)
    store.save("one", part, value, store.parts("one")[part].revision, "Ana")

    assert stand(store) == ()
    assert changed_at(store.history("one")) == store.history("one")[-1].at
    assert any("CHANGED SINCE" in each for each in verify.sign_off_notes(record_of(store), "", ""))
    sign(store, "Ida")
    assert [each.by for each in stand(store)] == ["Ida"]
    assert changed_at(store.history("one")) == ""


def test_what_goes_on_afterwards_leaves_it_standing(store):
    sign(store)
    store.save("one", "state", "live", store.parts("one")["state"].revision, "Ana")
    store.save("one", "owner", "Ana", 0, "Ana")
    bought = store.parts("one")["purchase"]
    store.save("one", "purchase", {**bought.value, "chosen_supplier": "S"}, bought.revision, "A")
    store.archive("one", "Ana")
    store.restore("one", "Ana")

    assert len(stand(store)) == 1


# --- What is refused ----------------------------------------------------------------------


def test_what_was_not_seen_or_decided_is_not_signed(store):
    old = seen(store)
    store.save("one", "supplier", {"name": "Another Ltd"}, 1, "Ana")
    with pytest.raises(StaleSave, match="What you sign was changed"):
        store.sign_off("one", CHIEF, old, "Grace Hopper")
    with pytest.raises(UsageError, match="Write as what you sign"):
        sign(store, post=" ")
    sign(store)
    with pytest.raises(UsageError, match="signed this already"):
        sign(store, name="GRACE  hopper")
    store.save("one", "state", "draft", store.parts("one")["state"].revision, "Ana")
    store.save("one", "decision", None, 1, "Ana")
    with pytest.raises(UsageError, match="Nobody has decided yet"):
        sign(store)


def test_no_sign_off_is_written_like_another_part(store):
    forged = [to_document(replace(sign(store), by="The Minister"))]
    with pytest.raises(UsageError, match="made by signing"):
        store.save("one", "sign_offs", forged, 1, "Eve")
    with pytest.raises(UsageError, match="made by signing"):
        store.save_together("one", {"sign_offs": (None, 1)}, "Eve")


@pytest.mark.parametrize("how", ["token", "command"])
def test_no_program_signs(store, how):
    with pytest.raises(NotAllowed, match="no program"):
        sign(as_signed_in(store, how))


def test_nobody_begins_with_a_signed_one(store):
    held = store.load("one").assessment
    begun = replace(held, id="two", decision=None, state="draft", sign_offs=(sign(store),))
    with pytest.raises(NotAllowed):
        as_signed_in(store, role="officer").create(begun, framework(), "Eve")


# --- What is forged -----------------------------------------------------------------------


def one_bit(digits):
    return f"{int(digits[:2], 16) ^ 1:02x}{digits[2:]}"


@pytest.mark.parametrize(
    ("field", "change", "said"),
    [
        ("signature", one_bit, "not under the seal"),
        ("public_key", one_bit, "not under the seal"),
        ("digest", one_bit, "not under the seal"),
        ("name_digest", one_bit, "not under the seal"),
        ("at", lambda _at: "2026-01-01T09:00:00Z", "not under the seal"),
        ("at", lambda _at: "2999-01-01T09:00:00Z", "from after it was written"),
        ("how", lambda _how: "header", "not under the seal"),
        ("by", lambda _by: "The Minister", "not by the name and post"),
        ("post", lambda _post: "Minister", "not by the name and post"),
        ("name_salt", lambda _salt: "", "no erasure says so"),
    ],
)
def test_a_forged_sign_off_is_found_out(store, field, change, said):
    sign(as_signed_in(store))
    if said.startswith("from after"):
        line = {"part": "sign_offs", "at": "2026-11-24T09:00:00.000Z", "seq": 1}
        off = {"by": "G", "name_digest": "0", "at": change("")}
        assert said in "".join(verify.check_when_signed([{**line, "after": [off]}]))
        return
    found = faults(store, lambda each: {**each, field: change(each[field])})

    assert said in "".join(found)


def test_a_seal_that_was_taken_off_is_missed(store):
    sign(as_signed_in(store))
    bare = {"public_key", "signature"}
    found = faults(store, lambda each: {k: v for k, v in each.items() if k not in bare})

    assert "no server sealed it" in "".join(found)


def test_another_key_is_told_from_the_one_published(store, monkeypatch, tmp_path):
    made = sign(as_signed_in(store))
    monkeypatch.setenv(keys.SETTING, str(tmp_path / "forger"))
    keys.sign(b"")
    (other,) = keys.public_keys()

    assert "by another key than those given" in "".join(faults(store, keys_given=other.digits))
    assert "holds no public key" in "".join(faults(store, keys_given="nothing"))
    (note,) = verify.sign_off_notes(record_of(store), "", "one")
    assert "anybody could have made" in note
    assert made.public_key in note
    (note,) = verify.sign_off_notes(record_of(store), made.public_key, "one")
    assert "anybody" not in note


# --- Keys ---------------------------------------------------------------------------------


def test_a_renewed_key_signs_and_the_old_one_stays_listed(store):
    first = sign(as_signed_in(store))
    new = keys.renew()
    second = sign(as_signed_in(store, name="Ida"))

    assert second.public_key == new.digits != first.public_key
    assert [each.digits for each in keys.public_keys()] == [first.public_key, new.digits]
    both = "\n".join(each.digits for each in keys.public_keys())
    assert faults(store, keys_given=both) == []


def test_a_key_that_others_can_read_is_not_used(store, tmp_path):
    keys.sign(b"")
    (tmp_path / "signing" / "key.pem").chmod(0o644)

    with pytest.raises(StorageError, match="Others can read"):
        sign(as_signed_in(store))
    assert stand(store) == ()


RFC_8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701"
        "cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d"
        "0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f7609"
        "84dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("key", "message", "signature"), RFC_8032)
def test_ed25519_by_the_vectors_of_rfc_8032(key, message, signature):
    data = bytes.fromhex(message)
    assert verify.ed25519_holds(key, signature, data)
    assert not verify.ed25519_holds(key, one_bit(signature), data)
    assert not verify.ed25519_holds(key, signature, data + b"\x00")
    factor = int.from_bytes(bytes.fromhex(signature[64:]), "little") + verify.ORDER
    malleable = signature[:64] + factor.to_bytes(32, "little").hex()
    assert not verify.ed25519_holds(key, malleable, data)


def test_a_key_by_which_anything_would_hold_is_refused():
    neutral = (1).to_bytes(32, "little").hex()
    assert not verify.ed25519_holds(neutral, neutral + "00" * 32, b"whatever")


# --- Erasure ------------------------------------------------------------------------------


def test_a_signer_who_was_struck_out_leaves_the_seal_holding(store):
    from procurement_risk.storage import mentions, places

    sign(as_signed_in(store))
    gone = mentions.person(["Grace Hopper"])
    code = places.seen(store.places(gone))
    store.erase(gone, code, "Ana", "Asked", instead="Person 1")

    (left,) = store.load("one").assessment.sign_offs
    assert (left.by, left.name_salt) == ("Person 1", "")
    assert keys.holds(signed.sealed_over("one", left), left)
    assert faults(store) == []
    assert store.verify_history("one") == []


# --- Time stamps --------------------------------------------------------------------------


def test_a_seal_is_stamped_and_a_service_that_fails_holds_nobody_up(store, tmp_path, monkeypatch):
    tsa, other = tmp_path / "tsa", tmp_path / "other"
    for each in (tsa, other):
        each.mkdir()
        root = time_stamps.make(each)
    monkeypatch.setenv(stamps.ROOTS, str(tsa / "root.pem"))
    sign(as_signed_in(store))
    assert store.stamp_sign_offs("one", "Grace Hopper") == 0  # no service is named

    replayed = time_stamps.stamped(tsa, _query(b"something else"))
    with time_stamps.serving([b"no stamp", b"0" * 20_000, replayed, other, tsa]) as url:
        monkeypatch.setenv(stamps.URL, url)
        for _failing in range(4):
            with pytest.raises(StorageError, match="stands without one"):
                store.stamp_sign_offs("one", "Grace Hopper")
        assert stand(store)[0].stamp == ""
        assert store.stamp_sign_offs("one", "Grace Hopper") == 1
    (made,) = stand(store)
    at = stamps.stamped_at(made.stamp, made.signature)
    assert at.date().isoformat() == made.at[:10]
    assert stamps.stamped_at(made.stamp, one_bit(made.signature)) is None
    notes = " ".join(verify.sign_off_notes(record_of(store), "", "one"))
    assert f"a time stamp (RFC 3161) that says {at:%Y-%m-%d %H:%M:%S} UTC" in notes
    assert "WHO MADE THE STAMP WAS NOT CHECKED" in notes
    for other in (base64.b64encode(replayed).decode(), made.stamp[:-400], "AAAA", "MIID", ""):
        (found,) = faults(store, lambda each, o=other: {**each, "stamp": o}) or [""]
        assert ("is over something else, or is none" in found) == bool(other)
    pack = audit_pack.EXPORT.write(gather(store, ["one"], audit_pack.EXPORT.wants))
    report = pack_check.check_pack(io.BytesIO(pack))
    assert f"holds by the certificates that are set here: {at:%Y-%m-%d}" in " ".join(report.notes)
    monkeypatch.setenv(stamps.ROOTS, str(root))
    assert stamps.stamped_at(made.stamp, made.signature) is None
    assert (
        f"that {stamps.ROOTS} names here" in pack_check.check_pack(io.BytesIO(pack)).unconfirmed[0]
    )
    assert faults(store) == store.verify_history("one") == []
    monkeypatch.setenv(stamps.URL, "file:///etc/hostname")
    sign(as_signed_in(store, name="Ida"))
    with pytest.raises(StorageError, match="stands without one"):
        store.stamp_sign_offs("one", "Ida")


def test_a_service_that_leads_elsewhere_is_not_http_or_drips_holds_nobody_up(
    store, tmp_path, monkeypatch
):
    monkeypatch.setenv(stamps.ROOTS, str(tmp_path / "none.pem"))
    monkeypatch.setattr(stamps, "ALTOGETHER_SECONDS", 0.3)
    sign(as_signed_in(store))
    with socket.create_server(("127.0.0.1", 0)) as inside:
        port = inside.getsockname()[1]
        leads = f"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{port}/\r\n\r\n".encode()
        broken = [b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx"]
        answers = [time_stamps.RAW + each for each in (leads, *broken)]
        with time_stamps.serving(answers) as url:
            monkeypatch.setenv(stamps.URL, url)
            for _each in range(3):
                with pytest.raises(StorageError, match="stands without one"):
                    store.stamp_sign_offs("one", "Grace Hopper")
        inside.settimeout(0)
        with pytest.raises(BlockingIOError):
            inside.accept()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv(stamps.URL, f"http://127.0.0.1:{silent.getsockname()[1]}/")
        began = time.monotonic()
        with pytest.raises(StorageError, match="stands without one"):
            store.stamp_sign_offs("one", "Grace Hopper")
        assert time.monotonic() - began < 3


def _query(message):
    built = TimestampRequestBuilder().data(message).hash_algorithm(HashAlgorithm.SHA256)
    return built.build().as_bytes()
