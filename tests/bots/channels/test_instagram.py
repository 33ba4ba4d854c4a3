"""Instagram: recorded situations with exact results, Meta's table of errors, and the contract of every channel."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as drawn, strategies as st

from bots.channels import reading
from bots.channels.base import (
    AccountBroken,
    BadDelivery,
    Button,
    Change,
    ChannelError,
    Delivery,
    Event,
    Forged,
    Identity,
    Inbound,
    Media,
    Outbound,
    Receipt,
    Rejected,
    StaffEcho,
    TryLater,
    Uncertain,
    Unreachable,
    Unreadable,
    Unsupported,
    WindowClosed,
)
from bots.channels.instagram.channel import Instagram
from bots.channels.meta import graph as meta_graph
from tests.bots.channels.contract import CUSTOMERS_WORDS, Account, ChannelContract
from tests.standins.graph import APP_SECRET, TOKEN, Graph, encode, envelope, item, sign

PAYLOADS = Path(__file__).parents[1] / "payloads" / "instagram"
SHOP = "17841400000000001"
SECOND = "17841400000000002"
SECRETS = {"token": TOKEN, "app_secret": APP_SECRET}
ANN = Identity("instagram", "igsid", "9001")
AT = datetime(2026, 9, 21, 14, 13, 20, 1000, tzinfo=UTC)  # 1790000000001 in milliseconds
STAMP = 1790000000001


def shop(external_id: str = SHOP, **secrets: str) -> Account:
    return Account(external_id, {**SECRETS, **secrets})


def signed(body: bytes, secret: str = APP_SECRET) -> Delivery:
    return Delivery(body, {"content-type": "application/json", "x-hub-signature-256": sign(body, secret)})


def load(situation: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((PAYLOADS / f"{situation}.json").read_text(encoding="utf-8"))
    return loaded


def parse(body: dict[str, Any]) -> list[Event]:
    return Instagram.parse(signed(encode(body)), [shop(), shop(SECOND)])


def bare(event: Event) -> Event:
    """Without the raw form, which has a test of its own."""
    return event if isinstance(event, Receipt | Unreadable) else replace(event, raw={})


def said(external_id: str, text: str = "", **more: Any) -> Inbound:
    given: dict[str, Any] = {"account": SHOP, "sender": ANN, "sent_at": AT} | more
    return Inbound(external_id=external_id, text=text, **given)


def echoed(external_id: str, text: str = "", **more: Any) -> StaffEcho:
    return StaffEcho(account=SHOP, external_id=external_id, recipient=ANN, sent_at=AT, text=text, **more)


def changed(external_id: str, kind: Any, target: str, text: str = "") -> Change:
    return Change(account=SHOP, external_id=external_id, kind=kind, target=target, sender=ANN, at=AT, text=text)


def other(external_id: str, kind: str, **more: Any) -> Unsupported:
    given: dict[str, Any] = {"account": SHOP, "at": AT, "sender": ANN, "silent": True} | more
    return Unsupported(external_id=external_id, kind=kind, **given)


def unreadable(reason: str, raw: str, account: str = SHOP) -> Unreadable:
    return Unreadable(account=account, reason=reason, raw=raw.encode())


def picture(name: str) -> Media:
    return Media("image", f"https://cdn.example/{name}")


SEEN = Receipt(account=SHOP, external_id="aWdfNA", status="read", at=AT, sender=ANN, upto=True)
IN_SECONDS = datetime(2026, 9, 21, 14, 13, 20, tzinfo=UTC)
ENTRY_TIME = datetime(2026, 9, 21, 14, 13, 20, 123000, tzinfo=UTC)
CONTROL_AT = datetime(2026, 9, 21, 14, 13, 21, tzinfo=UTC)


def finger(situation: str, name: str = "messaging") -> str:
    """The key of an item that has no id of its own."""
    return reading.fingerprint(load(situation)["entry"][0][name][0])


SITUATIONS: dict[str, list[Event]] = {
    "text": [said("aWdfMQ", "Привіт! Чи є вільні місця на суботу? 🏺")],
    "quick_reply": [said("aWdfMg", "Haircut", choice="svc:12")],
    "postback": [said("aWdfMw", "Book", choice="book:start", referral="ref spring, source SHORTLINKS")],
    "postback_without_mid": [said(f"postback:9001:{STAMP}:faq:prices", "Prices", choice="faq:prices")],
    "echo": [echoed("aWdfNA", "Owner here, I will check")],
    "echo_of_picture": [echoed("aWdfNB", media=(picture("own.jpg"),))],
    "echo_without_flag": [echoed("aWdfNC", "From the app")],
    "echo_taken_back": [changed(f"aWdfNA:deleted:{STAMP}", "deleted", "aWdfNA")],
    "picture_and_voice": [said("aWdfNQ", media=(picture("a.jpg"), Media("audio", "https://cdn.example/b.mp4")))],
    "video_and_file": [
        said(
            "aWdfNR",
            media=(Media("video", "https://cdn.example/v.mp4"), Media("file", "https://cdn.example/f.pdf", "wish.pdf")),
        )
    ],
    "share": [said("aWdfNS", media=(Media("share", "https://cdn.example/post"),))],
    "ig_post": [said("aWdfNT", "this one", media=(Media("share", "https://www.instagram.com/p/x/", "Blue vase"),))],
    "reel": [
        said(
            "aWdfNw",
            media=(Media("share", "https://cdn.example/r", "Nails"), Media("share", "https://cdn.example/r2", "reel")),
        )
    ],
    "story_mention": [said("aWdfNg", media=(Media("story", "https://cdn.example/s", "story mention"),))],
    "heart": [said("aWdfNh", media=(Media("sticker", "", "like heart"),))],
    "view_once": [said("aWdfNi", media=(Media("other", "", "ephemeral"),))],
    "unknown_attachment": [said("aWdfNj", media=(Media("other", "", "hologram"), Media("other", "", "")))],
    "reply_to_story": [
        said("aWdfOA", "How much?", media=(Media("story", "https://cdn.example/st", "reply to story"),))
    ],
    "reply_to_message": [said("aWdfOQ", "this one", reply_to="aWdfMQ")],
    "reaction": [changed(f"reaction:aWdfMQ:9001:react:{STAMP}", "reaction", "aWdfMQ", "\u2764\ufe0f")],
    "reaction_without_emoji": [changed(f"reaction:aWdfMQ:9001:react:{STAMP}", "reaction", "aWdfMQ", "other")],
    "reaction_taken_back": [changed(f"reaction:aWdfMQ:9001:unreact:{STAMP}", "reaction", "aWdfMQ")],
    "seen": [SEEN],
    "deleted": [changed(f"aWdfMQ:deleted:{STAMP}", "deleted", "aWdfMQ")],
    "unsupported": [other("aWdfQQ", "unsupported", silent=False)],
    "nothing_in_it": [other("aWdfQR", "unsupported", silent=False)],
    "edited": [changed(f"aWdfMQ:edited:{STAMP}", "edited", "aWdfMQ", "at 6 pm")],
    "edited_by_nobody": [other(finger("edited_by_nobody"), "message_edit", sender=None)],
    "referral_of_ad": [said("aWdfQg", "Hi", referral="Sale, ref promo1, ad 12001, source ADS")],
    "referral_of_product": [said("aWdfQw", "Is it in stock?", referral="product 7001")],
    "referral_by_link": [other(finger("referral_by_link"), "referral", text="ref qr-table-4, source SHORTLINKS")],
    "to_itself": [],
    "standby": [other("standby:aWdfUg", "standby", text="hello?")],
    "standby_echo": [other("standby:aWdfUh", "standby")],
    "thread_passed": [other(finger("thread_passed"), "pass_thread_control", at=CONTROL_AT)],
    "thread_requested": [
        other(finger("thread_requested", "messaging_handovers"), "request_thread_control", at=CONTROL_AT)
    ],
    "unknown_kind": [other(finger("unknown_kind"), "hologram_call")],
    "in_changes": [
        said("aWdfT", "test", sent_at=IN_SECONDS),
        SEEN,
        other("standby:aWdfUi", "standby", text="to the other app"),
    ],
    "comment_in_changes": [other(finger("comment_in_changes", "changes"), "comments", at=ENTRY_TIME, sender=None)],
    "dashboard_test": [],
    "numbers_for_strings": [said("42", "15")],
    "without_time": [said("aWdfW1", "no clock", sent_at=ENTRY_TIME)],
    "several": [
        said("aWdfX1", "one"),
        said("aWdfX2", "two", sender=Identity("instagram", "igsid", "9002")),
        said("aWdfX4", "second account", account=SECOND),
    ],
    "broken_among_good": [
        said("aWdfY1", "before"),
        unreadable(
            "mid is missing",
            '{"sender": {"id": "9001"}, "recipient": {"id": "17841400000000001"}, "timestamp": 1790000000001, '
            '"message": {"text": "without mid"}}',
        ),
        unreadable("not an object", '"not an object"'),
        unreadable(
            "sender.id is missing",
            '{"recipient": {"id": "17841400000000001"}, "timestamp": 1790000000001, '
            '"message": {"mid": "aWdfY2", "text": "from nobody"}}',
        ),
        unreadable(
            "message is not an object",
            '{"sender": {"id": "9001"}, "recipient": {"id": "17841400000000001"}, "timestamp": 1790000000001, '
            '"message": ["list"]}',
        ),
        said("aWdfY3", "after"),
        unreadable("standby is not a list", "{}"),
        unreadable("an entry without any known list", '{"id": "17841400000000001", "time": 1790000000123}'),
        unreadable("an entry without id", "7", account=""),
    ],
    "hostile_text": [
        said("aWdfH1", "<img src=x onerror=alert(1)> \u202eabc مرحبا \U0001f468\u200d\U0001f469\u200d\U0001f467")
    ],
    "nul_and_half_pairs": [said("aWdfH2", "ab \ufffd c \ufffd")],
}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_situation(situation: str) -> None:
    assert [bare(event) for event in parse(load(situation))] == SITUATIONS[situation]


def test_every_recorded_situation_has_its_result() -> None:
    assert {path.stem for path in PAYLOADS.glob("*.json")} == set(SITUATIONS)


def test_the_raw_item_is_kept() -> None:
    for situation in ("text", "echo", "edited", "unsupported", "standby", "reaction"):
        body = load(situation)
        [event] = parse(body)
        assert not isinstance(event, Receipt | Unreadable)
        entry = body["entry"][0]
        assert event.raw == (entry.get("messaging") or entry["standby"])[0]


def test_unreadable_items_are_kept_whole() -> None:
    [event] = parse(envelope({"message": {"mid": "m1", "text": "Привіт"}}))
    assert isinstance(event, Unreadable)
    assert json.loads(event.raw) == {"message": {"mid": "m1", "text": "Привіт"}}


def test_a_thousand_items_three_of_them_broken() -> None:
    items: list[Any] = [item("9001", message={"mid": f"m{number}", "text": "x"}) for number in range(1000)]
    items[10], items[500], items[999] = None, {"message": {"mid": {}}}, item("9001", message={"mid": "m" * 301})
    events = parse(envelope(*items))
    assert len(events) == 1000
    assert [number for number, event in enumerate(events) if isinstance(event, Unreadable)] == [10, 500, 999]


def test_the_same_message_in_standby_has_another_key() -> None:
    """Control may come back to us, and with it the message as ours to answer."""
    [mine] = parse(envelope(item("9001", message={"mid": "m1", "text": "hello?"})))
    body = envelope()
    body["entry"][0]["standby"] = [item("9001", message={"mid": "m1", "text": "hello?"})]
    [standby] = parse(body)
    assert isinstance(mine, Inbound)
    assert isinstance(standby, Unsupported)
    assert mine.external_id != standby.external_id


def test_two_reactions_two_edits_and_two_postbacks_have_keys_of_their_own() -> None:
    contents: list[dict[str, Any]] = [
        {"reaction": {"mid": "m1", "action": "react", "emoji": "👍"}},
        {"message_edit": {"mid": "m1", "text": "later"}},
        {"postback": {"title": "Book", "payload": "book"}},
        {"pass_thread_control": {"metadata": "x"}},
    ]
    for content in contents:
        events = parse(envelope(item("9001", at=1790000000, **content), item("9001", at=1790000001, **content)))
        keys = {event.external_id for event in events if not isinstance(event, Unreadable)}
        assert len(keys) == 2, content


def test_a_long_payload_still_makes_a_key() -> None:
    [event] = parse(envelope(item("9001", postback={"title": "Book", "payload": "p" * 1000})))
    assert isinstance(event, Inbound)
    assert len(event.external_id) < 100


@pytest.mark.parametrize("time", ["soon", -5, 0, True, 10**30, "9" * 400, [], {}])
def test_a_senseless_time_is_replaced_by_the_entrys(time: Any) -> None:
    body = load("text")
    body["entry"][0]["messaging"][0]["timestamp"] = time
    [event] = parse(body)
    assert isinstance(event, Inbound)
    assert event.sent_at == ENTRY_TIME
    body["entry"][0]["time"] = time
    [event] = parse(body)
    assert isinstance(event, Unreadable)


def test_an_entry_without_id_goes_to_the_only_shop_that_it_can_be_of() -> None:
    delivery = signed(encode({"entry": [{"messaging": []}]}))
    for accounts, account in (([shop()], SHOP), ([shop(), shop(SECOND)], "")):
        [event] = Instagram.parse(delivery, accounts)
        assert event == unreadable("an entry without id", '{"messaging": []}', account)


def test_wrong_shape_of_the_whole() -> None:
    for body in ({}, {"entry": None}, {"entry": {"id": SHOP}}, {"object": "instagram", "entry": "x"}):
        with pytest.raises(BadDelivery):
            parse(body)
    assert parse({"entry": []}) == []


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
KEYS = [
    "sender", "recipient", "timestamp", "message", "postback", "reaction", "read", "referral", "message_edit",
    "pass_thread_control", "mid", "id", "text", "attachments", "payload", "quick_reply", "reply_to", "story", "url",
    "is_echo", "is_deleted", "is_self", "is_unsupported", "type", "emoji", "field", "value", "product",
]  # fmt: skip
ITEMS = st.recursive(
    JSON_VALUES | st.just(SHOP) | st.just(True),
    lambda inner: st.dictionaries(st.sampled_from(KEYS), inner, max_size=6) | st.lists(inner, max_size=3),
    max_leaves=30,
)


@drawn(
    items=st.lists(ITEMS, max_size=4), key=st.sampled_from(["messaging", "standby", "changes", "messaging_handovers"])
)
@pytest.mark.slow
def test_no_shape_whatever_breaks_the_reading(items: list[Any], key: str) -> None:
    body = {"entry": [{"id": SHOP, "time": 1790000000123, key: items}]}
    for event in parse(body):
        assert event.account == SHOP
        assert not (isinstance(event, Unreadable) and event.reason.startswith("unforeseen"))
        if not isinstance(event, Unreadable):
            assert 0 < len(event.external_id) <= 400
            assert "\0" not in repr(event)


# --- what comes in ------------------------------------------------------------------------------------

ESCAPED = (
    rb'{"object":"instagram","entry":[{"id":"1","time":1,"messaging":[{"sender":{"id":"2"},"recipient":{"id":"1"},'
    rb'"timestamp":1,"message":{"mid":"m1","text":"\u041f\u0440\u0438\u0432\u0435\u0442 \u00e9"}}]}]}'
)
PLAIN = ESCAPED.decode("unicode_escape").encode()
VECTORS = {
    ESCAPED: "sha256=b38b535f4e3c0e2323cd469b62df41eeb218fb03ee1ca97f8b6d3f0e521ce3b6",
    PLAIN: "sha256=da4316e314b8738d0a109b6b12c572cdaf0f38c8ad098a054f00bddf8f07df1e",
}


def test_signature_vectors() -> None:
    """The same JSON, escaped and not: each verifies as the bytes that it is, neither as the other."""
    assert [len(body) for body in VECTORS] == [201, 173]
    for body in VECTORS:
        for vector, signature in VECTORS.items():
            delivery = Delivery(body, {"x-hub-signature-256": signature})
            if body == vector:
                [event] = Instagram.parse(delivery, [shop("1")])
                assert isinstance(event, Inbound)
                assert event.text == "Привет é"
            else:
                with pytest.raises(Forged):
                    Instagram.parse(delivery, [shop("1")])


def test_several_secrets_while_one_is_replaced() -> None:
    account = shop(app_secret=" old-secret , new-secret,")
    for secret in ("old-secret", "new-secret"):
        assert len(Instagram.parse(signed(encode(load("text")), secret), [account])) == 1
    for secret in ("", "old-secret , new-secret", "old"):
        with pytest.raises(Forged):
            Instagram.parse(signed(encode(load("text")), secret), [account])


def test_only_the_signers_accounts_are_read() -> None:
    """Two shops with apps of their own: what one app signed about the other's account is left out."""
    mine, theirs = shop(SHOP), shop(SECOND, app_secret="their-secret")
    body = encode(load("several"))
    assert {event.account for event in Instagram.parse(signed(body), [mine, theirs])} == {SHOP}
    assert {event.account for event in Instagram.parse(signed(body, "their-secret"), [mine, theirs])} == {SECOND}


HANDSHAKE = {"hub.mode": "subscribe", "hub.verify_token": "tökén", "hub.challenge": "1158201444"}


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        ({}, "1158201444"),
        ({"hub.verify_token": "other"}, None),
        ({"hub.verify_token": ""}, None),
        ({"hub.verify_token": "tökén\ud83d"}, None),
        ({"hub.mode": "unsubscribe"}, None),
        ({"hub.challenge": "<script>alert(1)</script>"}, None),
        ({"hub.challenge": ""}, None),
        ({"hub.challenge": "1\n"}, None),
        ({"hub.challenge": "1" * 201}, None),
    ],
)
def test_handshake(change: dict[str, str], answer: str | None) -> None:
    assert meta_graph.challenge(HANDSHAKE | change, ["", "another", "tökén"]) == answer


def test_handshake_without_parameters_or_tokens() -> None:
    assert meta_graph.challenge({}, ["token"]) is None
    assert meta_graph.challenge(HANDSHAKE | {"hub.verify_token": ""}, ["", ""]) is None
    assert meta_graph.challenge(HANDSHAKE, []) is None


# --- out -----------------------------------------------------------------------------------------


@pytest.fixture
def graph() -> Iterator[Graph]:
    with Graph() as running:
        running.customer_wrote(ANN.value)
        yield running


def sender(graph: Graph, **secrets: str) -> Instagram:
    return Instagram(shop(api_url=graph.url, **secrets))


def test_the_exact_request(graph: Graph) -> None:
    buttons = (Button("15:00", "slot:1500"), Button("a title of more than twenty characters", "slot:1630"))
    mid = sender(graph).send(Outbound(to=ANN, text="Оберіть час 🕒", buttons=buttons, client_ref="ref-1"))
    [asked], [delivered] = graph.asked, graph.deliveries
    assert mid == delivered.message_id
    assert (asked.method, asked.path) == ("POST", "/v25.0/me/messages")
    assert asked.headers["authorization"] == f"Bearer {TOKEN}"
    assert asked.headers["content-type"] == "application/json"
    assert asked.headers["user-agent"].startswith("Frontdesk/")
    assert asked.body == {
        "recipient": {"id": "9001"},
        "messaging_type": "RESPONSE",
        "message": {
            "text": "Оберіть час 🕒",
            "quick_replies": [
                {"content_type": "text", "title": "15:00", "payload": "slot:1500"},
                {"content_type": "text", "title": "a title of more than", "payload": "slot:1630"},
            ],
        },
    }


def test_the_tag_only_for_people_and_only_after_the_window(graph: Graph) -> None:
    tagged = {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
    plain = {"messaging_type": "RESPONSE"}
    table = [(True, False, tagged), (True, True, plain), (False, False, plain), (False, True, plain)]
    for by_staff, window_open, expected in table:
        sender(graph).send(Outbound(to=ANN, text="Hello", by_staff=by_staff, window_open=window_open))
        body = graph.asked[-1].body
        assert body == {"recipient": {"id": "9001"}, "message": {"text": "Hello"}, **expected}


def test_a_person_may_write_for_seven_days(graph: Graph) -> None:
    message = Outbound(to=ANN, text="Sorry for the wait", by_staff=True, window_open=False)
    graph.customer_wrote(ANN.value, hours_ago=6 * 24)
    assert sender(graph).send(message)
    graph.customer_wrote(ANN.value, hours_ago=8 * 24)
    with pytest.raises(WindowClosed):
        sender(graph).send(message)


def test_typing(graph: Graph) -> None:
    sender(graph).typing(ANN)
    assert graph.actions == [{"recipient": {"id": "9001"}, "sender_action": "typing_on"}]
    assert graph.deliveries == []


def test_a_payload_that_is_too_long_is_not_cut(graph: Graph) -> None:
    with pytest.raises(Rejected):
        sender(graph).send(Outbound(to=ANN, text="Choose", buttons=(Button("A", "p" * 1001),)))
    assert graph.asked == []


def test_graph_api_url_comes_from_the_settings(graph: Graph, settings: Any) -> None:
    settings.GRAPH_API_URL = graph.url + "/"
    assert Instagram(shop()).send(Outbound(to=ANN, text="Hello"))
    assert graph.count(text="Hello") == 1


@pytest.mark.parametrize("token", ["", "  ", "two\nlines", "ключ"])
def test_a_token_that_cannot_be_one_is_not_sent(graph: Graph, token: str) -> None:
    with pytest.raises(AccountBroken) as caught:
        sender(graph, token=token).send(Outbound(to=ANN, text="Hello"))
    assert caught.value.code == "no token"
    assert graph.asked == []


def test_a_wrong_token_is_not_repeated_in_the_error(graph: Graph) -> None:
    with pytest.raises(AccountBroken) as caught:
        sender(graph, token="wrong-token").send(Outbound(to=ANN, text="Hello"))
    assert caught.value.code == "190"
    assert "wrong-token" not in repr(caught.value)


# Meta: "Common Error Codes" of the Messenger Platform.
ERRORS: list[tuple[int, int | None, type[ChannelError]]] = [
    (10, 2534022, WindowClosed),
    (10, 2018278, WindowClosed),
    (10, 2018065, WindowClosed),
    (10, 2018108, Unreachable),
    (551, None, Unreachable),
    (551, 1545041, Unreachable),
    (200, 1545041, Unreachable),
    (100, 2534014, Unreachable),
    (100, 2018001, Unreachable),
    (10, 1893063, AccountBroken),
    (100, 2534029, AccountBroken),
    (2022, None, AccountBroken),
    (368, None, AccountBroken),
    (10, 2534077, AccountBroken),
    (100, 2534013, AccountBroken),
    (200, 2534041, AccountBroken),
    (10, None, AccountBroken),
    (10, 7, AccountBroken),
    (200, None, AccountBroken),
    (3, None, AccountBroken),
    (190, None, AccountBroken),
    (190, 463, AccountBroken),
    (190, 460, AccountBroken),
    (613, 2018338, AccountBroken),
    (100, 2534015, Rejected),
    (100, None, Rejected),
    (100, 33, Rejected),
    (100, 2018008, Rejected),
    (100, 2018047, Rejected),
    (100, 2018109, Rejected),
    (100, 2018294, Rejected),
    (2018300, None, Rejected),
    (10, 2018300, Rejected),
    (10, 2018321, Rejected),
    (100, 2534037, Rejected),
    (9000001, None, Rejected),
    (4, None, TryLater),
    (17, None, TryLater),
    (32, None, TryLater),
    (613, None, TryLater),
    (613, 2534040, TryLater),
    (80006, None, TryLater),
    (2, None, TryLater),
    (1, None, TryLater),
    (1, 99, TryLater),
    (1200, None, TryLater),
    (-1, None, TryLater),
    (1, 1357046, Uncertain),
]


@pytest.mark.parametrize("status", [400, 403, 500])
@pytest.mark.parametrize(("code", "subcode", "error"), ERRORS)
def test_error(graph: Graph, code: int, subcode: int | None, error: type[ChannelError], status: int) -> None:
    """Whatever the HTTP status: it differs between hosts and versions."""
    graph.harm("error", code=code, subcode=subcode, status=status)
    with pytest.raises(ChannelError) as caught:
        sender(graph).send(Outbound(to=ANN, text=CUSTOMERS_WORDS))
    assert type(caught.value) is error
    assert caught.value.code == (str(code) if subcode is None else f"{code}/{subcode}")
    assert caught.value.detail.endswith("(trace AbC1)")
    if isinstance(caught.value, TryLater):
        is_rate = code in (4, 17, 32, 613, 80006)
        assert caught.value.whole_account is is_rate
        assert caught.value.after == (timedelta(seconds=60) if is_rate else None)


@pytest.mark.parametrize(
    ("harm", "error", "code"),
    [
        ({"status": 400, "code": 7777}, Rejected, "7777"),
        ({"status": 403, "code": 7777}, Rejected, "7777"),
        ({"status": 401, "code": 7777}, AccountBroken, "7777"),
        ({"status": 429, "code": 7777}, TryLater, "7777"),
        ({"status": 500, "code": 7777}, Uncertain, "7777"),
        ({"status": 500, "code": 7777, "transient": True}, TryLater, "7777"),
        ({"status": 400, "code": 7777, "subcode": 5, "transient": True}, TryLater, "7777/5"),
        ({"status": 200, "code": 10, "subcode": 2534022}, WindowClosed, "10/2534022"),
        ({"status": 400, "body": ""}, Rejected, "HTTP 400"),
        ({"status": 401, "body": "no"}, AccountBroken, "HTTP 401"),
        ({"status": 403, "body": "[]"}, AccountBroken, "HTTP 403"),
        ({"status": 404, "body": '{"error": "not found"}'}, Rejected, "HTTP 404"),
        ({"status": 302, "body": "", "headers": {"Location": "/"}}, Rejected, "HTTP 302"),
        ({"status": 500, "body": ""}, Uncertain, "HTTP 500"),
        ({"status": 503, "body": '{"error": {"code": "many"}}'}, Uncertain, "HTTP 503"),
    ],
)
def test_error_that_meta_does_not_list(
    graph: Graph, harm: dict[str, Any], error: type[ChannelError], code: str
) -> None:
    graph.harm("error", **harm)
    with pytest.raises(ChannelError) as caught:
        sender(graph).send(Outbound(to=ANN, text=CUSTOMERS_WORDS))
    assert type(caught.value) is error
    assert caught.value.code == code


def test_retry_after_wins_over_our_own_pause(graph: Graph) -> None:
    for header, after in (("90", 90), ("soon", 60), ("-3", 60)):
        graph.harm("rate_limit", headers={"Retry-After": header})
        with pytest.raises(TryLater) as caught:
            sender(graph).send(Outbound(to=ANN, text="Hello"))
        assert caught.value.after == timedelta(seconds=after)


# --- the contract --------------------------------------------------------------------------------


class TestInstagramContract(ChannelContract):
    channel = Instagram
    account = Account(SHOP, SECRETS)
    other_account = Account(SECOND, {"token": "other-token", "app_secret": "other-secret"})

    def signed(self, body: bytes, account: Account) -> Delivery:
        return signed(body, account.secrets.get("app_secret", ""))

    def forgeries(self, body: bytes) -> Iterable[tuple[str, Delivery]]:
        good = sign(body)
        headers = {
            "empty": "",
            "no prefix": good.removeprefix("sha256="),
            "only the prefix": "sha256=",
            "wrong": "sha256=" + "0" * 64,
            "another secret": sign(body, "other-secret"),
            "of an empty secret": sign(body, ""),
            "capitals": good.upper(),
            "capital digits": "sha256=" + good.removeprefix("sha256=").upper(),
            "one letter short": good[:-1],
            "one letter more": good + "0",
            "a line end": good + "\n",
            "twice": f"{good},{good}",
            "two, the second one good": f"sha256={'0' * 64}, {good}",
            "a megabyte": "sha256=" + "a" * 1_000_000,
            "not ASCII": "sha256=" + "é" * 64,
            "Arabic digits": "sha256=" + "١" * 64,
            "half a surrogate pair": "sha256=\ud83d",
        }
        for name, header in headers.items():
            yield name, Delivery(body, {"x-hub-signature-256": header})
        yield "missing", Delivery(body, {})
        yield "SHA-1 only", Delivery(body, {"x-hub-signature": "sha1=" + "0" * 40})
        yield "the good signature in the old header", Delivery(body, {"x-hub-signature": good})
        yield "indented again", Delivery(json.dumps(json.loads(body), indent=1).encode(), {"x-hub-signature-256": good})

    def incoming(self, text: str, external_id: str, account: Account) -> bytes:
        content = {"mid": external_id, "text": text}
        return encode(envelope(item("9001", account.external_id, message=content), account=account.external_id))

    def batch_with_a_broken_one(self) -> bytes:
        texts = [item("9001", message={"mid": f"m-{text}", "text": text}) for text in ("before", "after")]
        return encode(envelope(texts[0], {"message": 1}, texts[1]))

    @pytest.fixture
    def service(self) -> Iterator[Graph]:
        running = Graph().start()
        yield running
        running.stop()

    def sender(self, service: Graph) -> Instagram:
        return sender(service)

    def customer(self, service: Graph, *, hours_ago: float = 1) -> Identity:
        service.customer_wrote(ANN.value, hours_ago=hours_ago)
        return ANN
