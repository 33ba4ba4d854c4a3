"""The webhook endpoint, as the outside meets it: who is let in, what is refused, what is kept, and in which words."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from bots import accounts
from bots.models import ChannelAccount
from conversations.models import Contact, Conversation, DeadLetter, Message
from tests.conversations.writer import URL, InstagramWriter, instagram_account, the_conversation
from tests.standins import graph

pytestmark = pytest.mark.django_db

BODY = graph.encode(graph.envelope(graph.item("9001", message={"mid": "m1", "text": "Dzień dobry 🙂"})))
GOOD = graph.sign(BODY)


def nothing_stored() -> bool:
    return not any(model.objects.exists() for model in (Message, Conversation, Contact, DeadLetter))


def refused_in_plain_words(response: Any) -> None:
    assert len(response.content) <= 200
    assert response.headers["Content-Type"].startswith("text/plain")
    assert b"Traceback" not in response.content and b"<" not in response.content


# --- who signed ------------------------------------------------------------------------------------------

FORGED = {
    "none": "",
    "wrong": "sha256=" + "0" * 64,
    "of another secret": graph.sign(BODY, "another-secret"),
    "of an empty secret": graph.sign(BODY, ""),
    "of another body": graph.sign(BODY + b" "),
    "without its name": GOOD.removeprefix("sha256="),
    "sha1": "sha1=" + GOOD.removeprefix("sha256=")[:40],
    "capitals": "sha256=" + GOOD.removeprefix("sha256=").upper(),
    "twice": f"{GOOD}, {GOOD}",
    "cut": GOOD[:-1],
    "longer": GOOD + "0",
    "not ascii": "sha256=" + "ż" * 64,
    "arabic digits": "sha256=" + "٣" * 64,
    "a NUL": GOOD + "\0",
    "a megabyte": "sha256=" + "a" * 1_000_000,
}


@pytest.mark.parametrize("signature", FORGED.values(), ids=FORGED)
def test_forged_is_refused_and_nothing_is_stored(writer: InstagramWriter, signature: str) -> None:
    response = writer.post(BODY, signature)
    assert response.status_code == 403
    refused_in_plain_words(response)
    assert nothing_stored()


def test_signed_is_taken(writer: InstagramWriter) -> None:
    response = writer.post(BODY)
    assert (response.status_code, response.content) == (200, b"ok")
    assert Message.objects.get().text == "Dzień dobry 🙂"


def test_signature_covers_the_raw_bytes(writer: InstagramWriter) -> None:
    """A proxy that reads the JSON and writes it again breaks the signature, however alike the two read."""
    again = json.dumps(json.loads(BODY), ensure_ascii=False).encode()
    assert writer.post(again, GOOD).status_code == 403
    assert nothing_stored()


@pytest.mark.parametrize("missing", ["token", "app_secret"])
def test_account_without_a_secret_takes_nothing(missing: str) -> None:
    secrets = {"token": graph.TOKEN, "app_secret": graph.APP_SECRET} | {missing: ""}
    instagram_account(credentials=secrets)
    for signature in (GOOD, graph.sign(BODY, ""), ""):
        assert InstagramWriter().post(BODY, signature).status_code == 403
    assert nothing_stored()


@pytest.mark.parametrize("blank", [" ", ",", " , ,", "\n"])
def test_blank_secret_never_passes_for_one(blank: str) -> None:
    instagram_account(credentials={"token": graph.TOKEN, "app_secret": blank})
    for signature in (graph.sign(BODY, ""), graph.sign(BODY, blank)):
        assert InstagramWriter().post(BODY, signature).status_code == 403
    assert nothing_stored()


def test_both_secrets_are_good_while_one_is_replaced() -> None:
    instagram_account(credentials={"token": graph.TOKEN, "app_secret": f"new-secret, {graph.APP_SECRET}"})
    assert InstagramWriter().post(BODY).status_code == 200
    assert InstagramWriter().post(BODY, graph.sign(BODY, "new-secret")).status_code == 200
    assert InstagramWriter().post(BODY, graph.sign(BODY, f"new-secret, {graph.APP_SECRET}")).status_code == 403


def test_secret_of_one_shop_does_not_open_another(writer: InstagramWriter) -> None:
    instagram_account(external_id="1784", credentials={"token": "t", "app_secret": "other-secret"})
    body = graph.encode(graph.envelope(graph.item("9001", message={"mid": "m1", "text": "Hi"})))
    assert writer.post(body, graph.sign(body, "other-secret")).status_code == 200  # not theirs to say: left out
    assert not Message.objects.exists()


@pytest.mark.parametrize("switched_off", ["account", "bot"])
def test_account_that_is_switched_off_takes_nothing(account: ChannelAccount, switched_off: str) -> None:
    row = account if switched_off == "account" else account.bot
    type(row).objects.filter(pk=row.pk).update(is_active=False)
    accounts.forget()
    assert InstagramWriter().post(BODY).status_code == 403
    assert nothing_stored()


# --- what cannot be read ----------------------------------------------------------------------------------

UNREADABLE = {
    "not JSON": b"hello",
    "cut in the middle": BODY[:-20],
    "two objects": BODY + BODY,
    "a list": b"[" + BODY + b"]",
    "a string": b'"entry"',
    "a number": b"17",
    "null": b"null",
    "no entry": b'{"object": "instagram"}',
    "entry is an object": b'{"entry": {"id": "1"}}',
    "entry is text": b'{"entry": "x"}',
    "brackets 100,000 deep": b"[" * 100_000 + b"]" * 100_000,
    "brackets that never close": b"[" * 100_000,
    "objects 100,000 deep": b'{"entry":' * 100_000 + b"1" + b"}" * 100_000,
    "deep inside a message": b'{"entry":[{"id":"1","messaging":[' + b'{"a":' * 500 + b"1" + b"}" * 500 + b"]}]}",
    "NaN": b'{"entry": [], "time": NaN}',
    "Infinity": b'{"entry": [], "time": -Infinity}',
    "1e400": b'{"entry": [], "time": 1e400}',
    "a number of 5,000 digits": b'{"entry": [], "time": ' + b"9" * 5_000 + b"}",
    "UTF-16": BODY.decode().encode("utf-16"),
    "UTF-16 without its mark": BODY.decode().encode("utf-16-le"),
    "UTF-32": BODY.decode().encode("utf-32"),
    "UTF-8 with a mark": b"\xef\xbb\xbf" + BODY,
    "invalid UTF-8": b'{"entry": "\xff\xfe\x80"}',
    "a surrogate in UTF-8": b'{"entry": "\xed\xa0\xbd"}',
    "a raw NUL": b'{"entry": "\0"}',
}


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
def test_unreadable_is_refused_and_kept_whole(writer: InstagramWriter, body: bytes) -> None:
    response = writer.post(body)
    assert (response.status_code, response.content) == (400, b"Unreadable.")
    kept = DeadLetter.objects.get()
    assert (bytes(kept.body), kept.channel, kept.times) == (body, "instagram", 1)
    assert not Message.objects.exists()
    assert writer.post(BODY).status_code == 200, "the next one works"


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
def test_unreadable_and_forged_is_not_kept(writer: InstagramWriter, body: bytes) -> None:
    assert writer.post(body, GOOD).status_code == 403
    assert nothing_stored()


def test_unreadable_is_kept_once_however_often_it_comes(writer: InstagramWriter) -> None:
    for _ in range(3):
        assert writer.post(b"hello").status_code == 400
    assert DeadLetter.objects.get().times == 3


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", ""],
)
def test_other_content_types_are_refused(writer: InstagramWriter, content_type: str) -> None:
    response = writer.post(BODY, content_type=content_type)
    assert response.status_code == 415
    refused_in_plain_words(response)
    assert nothing_stored()


def test_over_the_cap_is_too_large(writer: InstagramWriter, settings: Any) -> None:
    settings.WEBHOOK_MAX_BYTES = len(BODY)
    assert writer.post(BODY).status_code == 200
    for body in (BODY + b" ", b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)):
        response = writer.post(body)
        assert (response.status_code, response.content) == (413, b"Too large.")
    assert Message.objects.count() == 1 and not DeadLetter.objects.exists()


@pytest.mark.parametrize("length", ["-1", "many", "9" * 30, "0x10"])
def test_length_that_is_no_length_is_answered(writer: InstagramWriter, length: str) -> None:
    response = writer.post(BODY, CONTENT_LENGTH=length)
    assert response.status_code in (400, 403, 413)
    refused_in_plain_words(response)
    assert nothing_stored()


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "head", "trace"])
def test_other_methods_are_refused(writer: InstagramWriter, method: str) -> None:
    response = getattr(writer.client, method)(URL)
    assert response.status_code == 405
    refused_in_plain_words(response)
    assert {name.strip() for name in response.headers["Allow"].split(",")} >= {"GET", "POST"}


@pytest.mark.parametrize("path", ["/webhooks/", "/webhooks/instagram", "/webhooks/telegram/", "/webhooks/%00/"])
def test_no_such_letter_box(writer: InstagramWriter, path: str) -> None:
    response = writer.client.post(path, BODY, content_type="application/json")
    assert response.status_code == 404
    assert len(response.content) <= 200


# --- what is not for us, and what is broken among good ones -----------------------------------------------

ODD_ITEMS = {
    "unknown kind": {"sender": {"id": "9001"}, "recipient": {"id": graph.ACCOUNT}, "timestamp": 1, "new_thing": {}},
    "no sender": {"recipient": {"id": graph.ACCOUNT}, "timestamp": 1, "message": {"mid": "x", "text": "x"}},
    "sender is a list": {"sender": [1], "timestamp": 1, "message": {"mid": "x", "text": "x"}},
    "sender is enormous": {"sender": {"id": "9" * 250}, "timestamp": 1, "message": {"mid": "x", "text": "x"}},
    "message is a list": {"sender": {"id": "9001"}, "timestamp": 1, "message": []},
    "no mid": {"sender": {"id": "9001"}, "timestamp": 1, "message": {"text": "x"}},
    "an enormous mid": {"sender": {"id": "9001"}, "timestamp": 1, "message": {"mid": "x" * 5000, "text": "x"}},
    "text is an object": {"sender": {"id": "9001"}, "timestamp": 1, "message": {"mid": "x", "text": {"a": 1}}},
    "time is text": {"sender": {"id": "9001"}, "timestamp": "soon", "message": {"mid": "x", "text": "x"}},
    "time has 4,000 digits": {"sender": {"id": "9001"}, "timestamp": int("9" * 4000), "message": {"mid": "x"}},
    "time is before our era": {"sender": {"id": "9001"}, "timestamp": -(10**15), "message": {"mid": "x", "text": "x"}},
    "nothing": {},
    "null": None,
    "text": "hello",
    "read of nothing": {"sender": {"id": "9001"}, "timestamp": 1, "read": {}},
    "reaction to nothing": {"sender": {"id": "9001"}, "timestamp": 1, "reaction": {"emoji": "x"}},
}


@pytest.mark.parametrize("odd", ODD_ITEMS.values(), ids=ODD_ITEMS)
def test_odd_item_costs_no_other(writer: InstagramWriter, odd: Any) -> None:
    for _ in range(2):
        response = writer.bring(graph.item("9002", message={"mid": "good", "text": "Hi"}), odd)
        assert (response.status_code, response.content) == (200, b"ok")
    assert Message.objects.filter(external_id="good").count() == 1
    assert Message.objects.count() + DeadLetter.objects.count() in (1, 2)


def test_other_shops_and_test_events_are_not_for_us(writer: InstagramWriter) -> None:
    for body in ({"object": "page", "entry": []}, graph.envelope(account="0"), graph.envelope(account="555")):
        response = writer.post(graph.encode(body))
        assert (response.status_code, response.content) == (200, b"ok")
    assert nothing_stored()


@pytest.mark.slow
def test_three_broken_of_a_thousand_cost_only_themselves(writer: InstagramWriter) -> None:
    items: list[Any] = [
        graph.item(f"cust{number % 50}", message={"mid": f"m{number}", "text": f"Message {number}"})
        for number in range(1000)
    ]
    items[10] = {"sender": {"id": "9001"}, "timestamp": 1, "message": "not an object"}
    items[500] = None
    items[999]["sender"]["id"] = "9" * 250  # longer than any id: the database refuses it
    body = graph.encode(graph.envelope(*items))
    assert len(body) < 1_000_000
    for _ in range(2):
        assert writer.post(body).status_code == 200
        assert Message.objects.count() == 997
        assert DeadLetter.objects.count() == 3
        assert Conversation.objects.count() == 50


# --- texts that are hard to keep ---------------------------------------------------------------------------

TEXTS = {
    "lone surrogate": ("pi\ud83dla", "pi\ufffdla"),
    "low surrogate": ("\udca9", "\ufffd"),
    "NUL": ("za\0pis", "zapis"),
    "10,000 letters": ("ż" * 10_000, "ż" * 10_000),
    "emoji of many parts": ("👩‍👩‍👧‍👦🏳️‍🌈" * 500, "👩‍👩‍👧‍👦🏳️‍🌈" * 500),
    "right to left": ("שלום, أريد حجزًا \u202e2 osoby\u202c", "שלום, أريد حجزًا \u202e2 osoby\u202c"),
    "combining marks": ("e" + "\u0301" * 10_000, "e" + "\u0301" * 10_000),
    "HTML": ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
    "percent": ("100%s %(x)s %%", "100%s %(x)s %%"),
    "a quote": ("'; DROP TABLE conversations_message; --", "'; DROP TABLE conversations_message; --"),
    "JSON in text": ('{"tool": "book"}', '{"tool": "book"}'),
    "line ends": ("one\r\ntwo\u2028three", "one\r\ntwo\u2028three"),
    "blanks": ("   ", "   "),
}


@pytest.mark.parametrize(("sent", "kept"), TEXTS.values(), ids=TEXTS)
def test_hard_text_is_kept_and_shown_as_it_is(writer: InstagramWriter, sent: str, kept: str) -> None:
    writer.write(sent)
    assert Message.objects.get().text == kept
    assert writer.write("next")


def test_nul_and_surrogates_are_kept_out_of_every_column(writer: InstagramWriter) -> None:
    writer.bring(
        graph.item(
            "90\x0001",
            message={
                "mid": "m\0\ud83d1",
                "text": "x",
                "quick_reply": {"payload": "book\0ing\ud83d"},
                "attachments": [{"type": "image", "payload": {"url": "https://cdn.example/a\0\ud83d.jpg"}}],
                "k\0ey": "\ud83d",
            },
        )
    )
    message = Message.objects.get()
    everything = repr([message.external_id, message.choice, message.media, message.raw, the_conversation().peer])
    assert "\\x00" not in everything and "\\ud83d" not in everything


def test_last_weeks_message_is_stored_for_staff_and_not_answered(writer: InstagramWriter) -> None:
    writer.write("Is Saturday free?", ago=timedelta(days=7))
    conversation = the_conversation()
    assert Message.objects.get().expected is False
    assert conversation.attention == "late"
    assert conversation.due_at is None and conversation.last_inbound_seq == 0
    assert (conversation.last_seq, Conversation.objects.answerable().count()) == (1, 0)


# --- Meta's handshake ----------------------------------------------------------------------------------------


def handshake(**params: str) -> Any:
    given = {"hub.mode": "subscribe", "hub.verify_token": "our-token", "hub.challenge": "1158201444"}
    return Client().get(URL, given | {f"hub.{name}": value for name, value in params.items()})


def test_handshake_returns_the_challenge_as_text(settings: Any) -> None:
    settings.VERIFY_TOKEN = "our-token"
    response = handshake()
    assert (response.status_code, response.content) == (200, b"1158201444")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"


HANDSHAKES = {
    "wrong token": {"verify_token": "another"},
    "no token": {"verify_token": ""},
    "token in other letters": {"verify_token": "оur-tоken"},
    "another mode": {"mode": "unsubscribe"},
    "no challenge": {"challenge": ""},
    "a script": {"challenge": "<script>alert(1)</script>"},
    "a line end": {"challenge": "1\r\nSet-Cookie: a=b"},
    "a very long challenge": {"challenge": "1" * 201},
    "letters that are not ascii": {"challenge": "żółw"},
}


@pytest.mark.parametrize("params", HANDSHAKES.values(), ids=HANDSHAKES)
def test_handshake_of_a_stranger_is_refused(settings: Any, params: dict[str, str]) -> None:
    settings.VERIFY_TOKEN = "our-token"
    response = handshake(**params)
    assert (response.status_code, response.content) == (403, b"Not verified.")
    refused_in_plain_words(response)


def test_handshake_without_a_token_of_ours_is_refused(settings: Any) -> None:
    settings.VERIFY_TOKEN = ""
    assert handshake(verify_token="").status_code == 403


def test_handshake_knows_the_token_of_an_account(settings: Any) -> None:
    settings.VERIFY_TOKEN = ""
    instagram_account(credentials={"token": "t", "app_secret": "s", "verify_token": "our-token"})
    assert handshake().content == b"1158201444"
