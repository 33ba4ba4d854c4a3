"""WhatsApp: recorded situations with exact results, Meta's table of errors, and the contract of every channel."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as drawn, strategies as st

from bots.channels.base import (
    AccountBroken,
    BadDelivery,
    Button,
    Change,
    ChannelError,
    Consent,
    Delivery,
    Event,
    Identity,
    Inbound,
    Media,
    Moved,
    OptedOut,
    Outbound,
    Receipt,
    Rejected,
    StaffEcho,
    Template,
    TemplateUnusable,
    TryLater,
    Unreachable,
    Unreadable,
    Unsupported,
    WindowClosed,
)
from bots.channels.meta import files as meta_files
from bots.channels.whatsapp.channel import WhatsApp
from tests.bots.channels.contract import CUSTOMERS_WORDS, Account, ChannelContract
from tests.standins.graph import APP_SECRET, TOKEN, encode, sign
from tests.standins.whatsapp import BUSINESS, NUMBER, WhatsAppGraph, envelope, text

PAYLOADS = Path(__file__).parents[1] / "payloads" / "whatsapp"
SECOND = "106000000000002"
SECRETS = {"token": TOKEN, "app_secret": APP_SECRET, "business_account_id": BUSINESS}
PHONE, USER = Identity("whatsapp", "phone", "79990000001"), Identity("whatsapp", "bsuid", "RU.1349120865530274")
AT = datetime(2026, 9, 21, 14, 13, 20, tzinfo=UTC)  # 1790000000


def shop(external_id: str = NUMBER, **secrets: str) -> Account:
    return Account(external_id, {**SECRETS, **secrets})


def signed(body: bytes, secret: str = APP_SECRET) -> Delivery:
    return Delivery(body, {"content-type": "application/json", "x-hub-signature-256": sign(body, secret)})


def load(situation: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((PAYLOADS / f"{situation}.json").read_text(encoding="utf-8"))
    return loaded


def parse(body: dict[str, Any]) -> list[Event]:
    other = Account(SECOND, {**SECRETS, "business_account_id": "102000000000002"})
    return WhatsApp.parse(signed(encode(body)), [shop(), other])


def bare(event: Event) -> Event:
    """Without the raw form, which has a test of its own, and without the clock of what has none."""
    if isinstance(event, Unsupported) and event.sender is None:
        return replace(event, raw={}, at=AT, external_id="")
    return event if isinstance(event, Receipt | Unreadable) else replace(event, raw={})


def said(external_id: str, text: str = "", **more: Any) -> Inbound:
    given: dict[str, Any] = {"account": NUMBER, "sender": PHONE, "also": (USER,), "sent_at": AT, "sender_name": "Ann"}
    return Inbound(external_id=external_id, text=text, **given | more)


def changed(external_id: str, kind: Any, target: str, text: str = "") -> Change:
    given: dict[str, Any] = {"account": NUMBER, "sender": PHONE, "also": (USER,), "at": AT}
    return Change(external_id=external_id, kind=kind, target=target, text=text, **given)


def other(external_id: str, kind: str, **more: Any) -> Unsupported:
    given: dict[str, Any] = {"account": NUMBER, "at": AT, "sender": PHONE, "also": (USER,), "silent": True}
    return Unsupported(external_id=external_id, kind=kind, **given | more)


def receipt(status: Any, external_id: str = "wamid.OUT1", **more: Any) -> Receipt:
    return Receipt(account=NUMBER, external_id=external_id, status=status, at=AT, sender=PHONE, **more)


def unreadable(reason: str, item: Any, account: str = NUMBER) -> Unreadable:
    return Unreadable(account=account, reason=reason, raw=json.dumps(item).encode())


def item(situation: str, number: int) -> Any:
    return load(situation)["entry"][0]["changes"][0]["value"]["messages"][number]


NOBODY: dict[str, Any] = {"sender": None, "also": ()}
ONLY_PHONE: dict[str, Any] = {"also": ()}
ONLY_USER: dict[str, Any] = {"sender": USER, "also": ()}

SITUATIONS: dict[str, list[Event]] = {
    "text": [said("wamid.AAA1", "Привіт! Чи є вільні місця на суботу? 🏺")],
    "reply": [said("wamid.AAA2", "yes", reply_to="wamid.OUT1")],
    "forwarded": [said("wamid.AAF1", "look")],
    "product_enquiry": [said("wamid.AAF2", "How much?", reply_to="wamid.OUT7", referral="product vase-3")],
    "button_reply": [said("wamid.AAB1", "Confirm", choice="bk:77:ok", reply_to="wamid.OUT2")],
    "list_reply": [said("wamid.AAB2", "Haircut", choice="svc:12")],
    "form": [said("wamid.AAB3", "Sent\nsize: 10 cm\nplace: arm")],
    "interactive_without_its_key": [
        other("wamid.AAB4", "unsupported", silent=False),
        other("", "error 131000 Something went wrong", **NOBODY),
    ],
    "template_button": [said("wamid.AAC1", "Reschedule", choice="re:77", reply_to="wamid.OUT4")],
    "template_button_by_label": [said("wamid.AAC2", "Stop")],
    "image": [said("wamid.AAD1", "like this", media=(Media("image", "", "", "900001"),))],
    "voice": [said("wamid.AAD2", media=(Media("audio", "", "", "900002"),))],
    "document": [said("wamid.AAD3", "PO", media=(Media("file", "", "order.pdf", "900003"),))],
    "video": [said("wamid.AAD4", media=(Media("video", "", "", "900004"),))],
    "sticker": [said("wamid.AAD5", media=(Media("sticker", "", "", "900005"),))],
    "location": [
        said(
            "wamid.AAE1",
            media=(
                Media(
                    "location",
                    "https://www.google.com/maps/search/?api=1&query=55.75,37.61",
                    "Office, Main st 1",
                ),
            ),
        )
    ],
    "location_without_numbers": [
        unreadable("a location without its numbers", item("location_without_numbers", 0)),
    ],
    "contact_card": [said("wamid.AAG1", media=(Media("contact", "", "Ben C, +7 999 000-00-07"),))],
    "own_number_shared": [
        said("wamid.AAG2", sender_name="", media=(Media("contact", "", "Ann B, +7 999 000-00-01"),)),
    ],
    "reaction": [changed("wamid.AAH1", "reaction", "wamid.OUT1", "👍")],
    "reaction_taken_back": [changed("wamid.AAH2", "reaction", "wamid.OUT1")],
    "unsupported": [other("wamid.AAI1", "poll", silent=False)],
    "unknown_kind": [other("wamid.AAI2", "unsupported", silent=False)],
    "in_a_group": [other("wamid.AAI3", "unsupported")],
    "ad": [said("wamid.AAJ1", "I saw the ad", referral="Sale, ad 1202")],
    "number_changed": [
        Moved(
            account=NUMBER,
            external_id="wamid.SYS1",
            sender=PHONE,
            now=(Identity("whatsapp", "phone", "79990000002"), Identity("whatsapp", "bsuid", "RU.2")),
            at=AT,
        )
    ],
    "identity_changed": [other("wamid.SYS2", "customer_identity_changed", **ONLY_PHONE)],
    "edited": [changed("wamid.AAK1", "edited", "wamid.AAA1", "at 6 pm")],
    "deleted": [changed("wamid.AAK2", "deleted", "wamid.AAA1")],
    "order": [said("wamid.AAL1", "for Friday", media=(Media("other", "", "Order: 2 × vase-3"),))],
    "welcome": [other("wamid.AAL2", "request_welcome")],
    "user_id_only": [said("wamid.AAA9", "no phone here", **ONLY_USER)],
    "user_id_in_from": [said("wamid.AAA8", "odd feed", **ONLY_USER)],
    "phone_only": [said("wamid.AAA7", "old feed", **ONLY_PHONE)],
    "contacts_in_another_order": [
        said("wamid.AAM1", "one"),
        said(
            "wamid.AAM2",
            "two",
            sender=Identity("whatsapp", "phone", "79990000002"),
            also=(Identity("whatsapp", "bsuid", "RU.77"),),
            sender_name="Ben",
        ),
    ],
    "statuses_of_every_kind": [
        receipt(status, client_ref="ref-1") for status in ("sent", "delivered", "read", "read")
    ],
    "failed_after_the_window": [receipt("failed", error="131047 Re-engagement message", failure=WindowClosed)],
    "failed_for_an_unknown_reason": [
        receipt("failed", failure=Rejected),
        receipt("failed", "wamid.OUT2", error="131053 Media upload error", failure=TryLater),
    ],
    "error_of_the_account": [other("", "error 130429 Rate limit hit", **NOBODY)],
    "marketing_stopped": [
        Consent(
            account=NUMBER, external_id="preference:79990000001:stop:1790000000", sender=PHONE, also=(USER,),
            wanted=False, at=AT,
        )
    ],
    "marketing_resumed": [
        Consent(
            account=NUMBER, external_id="preference:79990000001:resume:1790000000", sender=PHONE, also=(USER,),
            wanted=True, at=AT,
        )
    ],
    "written_on_the_phone": [
        StaffEcho(
            account=NUMBER, external_id="wamid.ECHO1", recipient=PHONE, also=(USER,), sent_at=AT, text="Owner here"
        )
    ],
    "template_news": [other("", "message_template_status_update", **NOBODY)],
    "another_number": [],
    "several": [
        said("wamid.N1", "one"),
        receipt("read"),
        said(
            "wamid.N2",
            "two",
            sender=Identity("whatsapp", "phone", "79990000002"),
            also=(Identity("whatsapp", "bsuid", "RU.77"),),
            sender_name="Ben",
        ),
        said("wamid.N3", "second account", account=SECOND),
    ],
    "broken_among_good": [
        said("wamid.Y1", "before"),
        unreadable("not an object", "not an object"),
        unreadable("from and from_user_id are missing", item("broken_among_good", 2)),
        unreadable("timestamp is not a time", item("broken_among_good", 3)),
        unreadable("id is missing", item("broken_among_good", 4)),
        said("wamid.Y3", "after"),
        unreadable("statuses is not a list", {"id": "x"}),
        unreadable("an entry without a list of changes", {"id": "102000000000001"}, account=""),
        unreadable("an entry without a list of changes", 7, account=""),
    ],
}  # fmt: skip


@pytest.mark.parametrize("situation", SITUATIONS)
def test_situation(situation: str) -> None:
    assert [bare(event) for event in parse(load(situation))] == SITUATIONS[situation]


def test_every_recorded_situation_has_its_result() -> None:
    assert {path.stem for path in PAYLOADS.glob("*.json")} == set(SITUATIONS)


def test_the_raw_item_is_kept() -> None:
    for situation in ("text", "image", "edited", "unsupported", "number_changed"):
        [event] = parse(load(situation))
        assert not isinstance(event, Receipt | Unreadable)
        assert event.raw == item(situation, 0)


def test_a_thousand_items_three_of_them_broken() -> None:
    items: list[Any] = [text("48600100200", "x", id=f"m{number}") for number in range(1000)]
    body = envelope(*items)
    messages = body["entry"][0]["changes"][0]["value"]["messages"]
    messages[10], messages[500], messages[999] = None, {"id": {}}, {**items[999], "id": "m" * 301}
    events = parse(body)
    assert len(events) == 1000
    assert [number for number, event in enumerate(events) if isinstance(event, Unreadable)] == [10, 500, 999]


def test_wrong_shape_of_the_whole() -> None:
    for body in ({}, {"entry": None}, {"entry": {"id": NUMBER}}, {"object": "whatsapp_business_account", "entry": "x"}):
        with pytest.raises(BadDelivery):
            parse(body)
    assert parse({"entry": []}) == []


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
KEYS = [
    "from", "from_user_id", "id", "timestamp", "type", "text", "body", "interactive", "button_reply", "list_reply",
    "nfm_reply", "response_json", "button", "payload", "image", "audio", "document", "location", "latitude", "contacts",
    "phones", "wa_id", "user_id", "origin", "reaction", "message_id", "emoji", "system", "edit", "revoke",
    "original_message_id", "order", "product_items", "referral", "context", "referred_product", "status", "errors",
    "code", "error_data", "value", "to", "profile", "name",
]  # fmt: skip
WORDS = st.sampled_from(
    ["text", "interactive", "button", "image", "location", "contacts", "reaction", "system", "edit", "revoke", "order",
     "user_changed_number", "contact_request", "failed", "sent", "stop", "79990000001", "RU.77", "1790000000"]
)  # fmt: skip
ITEMS = st.recursive(
    JSON_VALUES | WORDS,
    lambda inner: st.dictionaries(st.sampled_from(KEYS), inner, max_size=7) | st.lists(inner, max_size=3),
    max_leaves=30,
)


@drawn(
    items=st.lists(ITEMS, max_size=4),
    people=st.lists(ITEMS, max_size=2),
    key=st.sampled_from(["messages", "statuses", "errors", "message_echoes", "user_preferences", "nonsense"]),
)
@pytest.mark.slow
def test_no_shape_whatever_breaks_the_reading(items: list[Any], people: list[Any], key: str) -> None:
    value = {"metadata": {"phone_number_id": NUMBER}, "contacts": people, key: items}
    for event in parse({"entry": [{"id": BUSINESS, "changes": [{"field": "messages", "value": value}]}]}):
        assert event.account == NUMBER
        assert not (isinstance(event, Unreadable) and event.reason.startswith("unforeseen")), event
        if not isinstance(event, Unreadable):
            assert 0 < len(event.external_id) <= 400


# --- out -----------------------------------------------------------------------------------------


@pytest.fixture
def graph() -> Iterator[WhatsAppGraph]:
    with WhatsAppGraph() as running:
        running.customer_wrote(PHONE.value)
        running.customer_wrote(USER.value)
        yield running


def sender(graph: WhatsAppGraph, **secrets: str) -> WhatsApp:
    return WhatsApp(shop(api_url=graph.url, **secrets))


def sent(graph: WhatsAppGraph, **message: Any) -> dict[str, Any]:
    sender(graph).send(Outbound(**{"to": PHONE, **message}))
    body: dict[str, Any] = graph.asked[-1].body
    return body


def test_the_exact_request(graph: WhatsAppGraph) -> None:
    wamid = sender(graph).send(Outbound(to=PHONE, text="We have 15:00.", client_ref="outbox:501"))
    [asked], [delivered] = graph.asked, graph.deliveries
    assert wamid == delivered.message_id
    assert (asked.method, asked.path) == ("POST", f"/v25.0/{NUMBER}/messages")
    assert asked.headers["authorization"] == f"Bearer {TOKEN}"
    assert asked.body == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "+79990000001",
        "type": "text",
        "text": {"body": "We have 15:00.", "preview_url": False},
        "biz_opaque_callback_data": "outbox:501",
    }


def test_who_has_no_number_is_written_to_by_user_id(graph: WhatsAppGraph) -> None:
    body = sent(graph, to=USER, text="Hello")
    assert body["recipient"] == "RU.1349120865530274"
    assert "to" not in body


def buttons(count: int) -> tuple[Button, ...]:
    return tuple(Button(f"Title {number}", f"choice:{number}") for number in range(count))


def test_three_are_buttons_more_are_a_list(graph: WhatsAppGraph) -> None:
    few = sent(graph, text="Choose", buttons=buttons(3), choose="Wybierz")["interactive"]
    assert (few["type"], [one["reply"]["id"] for one in few["action"]["buttons"]]) == (
        "button",
        ["choice:0", "choice:1", "choice:2"],
    )
    many = sent(graph, text="Choose", buttons=buttons(10), choose="Wybierz")["interactive"]
    assert (many["type"], many["action"]["button"]) == ("list", "Wybierz")
    assert [row["id"] for row in many["action"]["sections"][0]["rows"]] == [f"choice:{n}" for n in range(10)]


def test_a_long_text_with_buttons_is_a_list_too(graph: WhatsAppGraph) -> None:
    assert sent(graph, text="x" * 1024, buttons=buttons(2))["interactive"]["type"] == "button"
    assert sent(graph, text="x" * 1025, buttons=buttons(2))["interactive"]["type"] == "list"


def test_titles_that_are_alike_are_told_apart(graph: WhatsAppGraph) -> None:
    alike = (Button("a title that is long", "one"), Button("a title that is long", "two"), Button("B", "one"))
    found = sent(graph, text="Choose", buttons=alike)["interactive"]["action"]["buttons"]
    assert [(one["reply"]["title"], one["reply"]["id"]) for one in found] == [
        ("a title that is long", "one"),
        ("a title that is lo 2", "two"),
    ]


def test_a_payload_that_is_too_long_is_not_cut(graph: WhatsAppGraph) -> None:
    for count, longest in ((1, 256), (4, 200)):
        for length, fits in ((longest, True), (longest + 1, False)):
            given = (*buttons(count - 1), Button("A", "p" * length))
            if fits:
                assert sent(graph, text="Choose", buttons=given)
            else:
                with pytest.raises(Rejected):
                    sent(graph, text="Choose", buttons=given)


def test_a_picture_goes_by_its_link(graph: WhatsAppGraph) -> None:
    link = "https://shop.example/a.jpg"
    assert sent(graph, text="Rose box", image=link)["image"] == {"link": link, "caption": "Rose box"}
    with_buttons = sent(graph, text="Rose box", image=link, buttons=buttons(2))["interactive"]
    assert with_buttons["header"] == {"type": "image", "image": {"link": link}}
    with pytest.raises(Rejected):
        sent(graph, text="x" * 1025, image=link)


def test_a_template_with_its_places_and_buttons(graph: WhatsAppGraph) -> None:
    graph.customer_wrote(PHONE.value, hours_ago=100)
    graph.template("visit_reminder", "ru", places=2, buttons=1)
    template = Template(
        name="visit_reminder", language="ru", parameters=(("", "Ann"), ("", "15:00")), buttons=("re:77",)
    )
    assert sent(graph, text="not this", template=template)["template"] == {
        "name": "visit_reminder",
        "language": {"code": "ru"},
        "components": [
            {"type": "body", "parameters": [{"type": "text", "text": "Ann"}, {"type": "text", "text": "15:00"}]},
            {
                "type": "button",
                "sub_type": "quick_reply",
                "index": "0",
                "parameters": [{"type": "payload", "payload": "re:77"}],
            },
        ],
    }
    graph.template("named", "ru", named=("first_name",))
    body = sent(graph, template=Template(name="named", language="ru", parameters=(("first_name", "Ann"),)))
    assert body["template"]["components"][0]["parameters"] == [
        {"type": "text", "parameter_name": "first_name", "text": "Ann"}
    ]


@pytest.mark.parametrize(
    ("template", "code"),
    [
        (Template(name="unknown", language="ru"), "132001"),
        (Template(name="visit_reminder", language="pl", parameters=(("", "a"), ("", "b"))), "132001"),
        (Template(name="visit_reminder", language="ru", parameters=(("", "a"),)), "132000"),
        (Template(name="visit_reminder", language="ru", parameters=(("x", "a"), ("y", "b"))), "132012"),
        (Template(name="paused", language="ru"), "132015"),
        (Template(name="disabled", language="ru"), "132016"),
        (Template(name="waiting", language="ru"), "132001"),
    ],
)
def test_templates_that_meta_does_not_take(graph: WhatsAppGraph, template: Template, code: str) -> None:
    graph.template("visit_reminder", "ru", places=2)
    for status in ("paused", "disabled"):
        graph.template(status, "ru", status=status.upper())
    graph.template("waiting", "ru", status="PENDING")
    with pytest.raises(TemplateUnusable) as caught:
        sender(graph).send(Outbound(to=PHONE, template=template))
    assert caught.value.code == code


def test_read_and_typing(graph: WhatsAppGraph) -> None:
    sender(graph).typing(PHONE, read="wamid.AAA1")
    sender(graph).typing(PHONE)
    assert graph.actions == [
        {
            "messaging_product": "whatsapp",
            "status": "read",
            "message_id": "wamid.AAA1",
            "typing_indicator": {"type": "text"},
        }
    ]


# Meta: "Error codes" of the Cloud API.
ERRORS: dict[type[ChannelError], list[int]] = {
    AccountBroken: [
        0, 190, 3, 10, 200, 299, 131005, 368, 131031, 130497, 131048, 131037, 131042, 131045, 133010,
    ],
    TryLater: [4, 80007, 130429, 131056, 1, 2, 133004, 131000, 131016, 131057],
    Rejected: [33, 100, 131008, 131009, 135000, 131021, 131030, 131049, 131051, 131052, 131053, 131062],
    Unreachable: [131026, 130403, 130472],
    WindowClosed: [131047],
    OptedOut: [131050],
    TemplateUnusable: [
        131063, 131064, 132000, 132001, 132005, 132007, 132012, 132015, 132016, 132068, 132069,
    ],
}  # fmt: skip
WHOLE_ACCOUNT = {4: 60, 80007: 60, 130429: 5, 131057: 120}


@pytest.mark.parametrize("status", [400, 404, 500])
@pytest.mark.parametrize(("error", "code"), [(error, code) for error, codes in ERRORS.items() for code in codes])
def test_error(graph: WhatsAppGraph, code: int, error: type[ChannelError], status: int) -> None:
    """Whatever the HTTP status: it differs between versions of the page."""
    graph.harm("error", code=code, status=status)
    with pytest.raises(ChannelError) as caught:
        sender(graph).send(Outbound(to=PHONE, text=CUSTOMERS_WORDS))
    assert type(caught.value) is error
    assert caught.value.code == str(code)
    if isinstance(caught.value, TryLater):
        assert caught.value.whole_account is (code in WHOLE_ACCOUNT)
        rest = {131056: 1} | WHOLE_ACCOUNT
        assert caught.value.after == (timedelta(seconds=rest[code]) if code in rest else None)


def test_the_pair_limit_rests_longer_each_time(graph: WhatsAppGraph) -> None:
    waits = []
    for attempt in (1, 2, 3, 4, 9):
        graph.harm("pair_limit")
        with pytest.raises(TryLater) as caught:
            sender(graph).send(Outbound(to=PHONE, text="Hello", attempt=attempt))
        assert not caught.value.whole_account
        waits.append(caught.value.after)
    assert waits == [timedelta(seconds=seconds) for seconds in (1, 4, 16, 64, 1024)]


# --- files ---------------------------------------------------------------------------------------

PICTURE = Media("image", "", "", "900001")


def fetch(graph: WhatsAppGraph, max_bytes: int = 1000, media: Media = PICTURE) -> bytes:
    return sender(graph).fetch(media, max_bytes=max_bytes)


def test_a_file_in_two_steps_with_the_token(graph: WhatsAppGraph) -> None:
    graph.media("900001", b"\xff\xd8picture")
    assert fetch(graph) == b"\xff\xd8picture"
    first, second = graph.asked
    assert first.path.startswith("/v25.0/900001?")
    assert second.path.startswith("/files/")
    assert all(asked.headers["authorization"] == f"Bearer {TOKEN}" for asked in (first, second))


def test_an_address_that_ran_out_is_asked_for_anew_once(graph: WhatsAppGraph) -> None:
    graph.media("900001", b"picture", expired=1)
    assert fetch(graph) == b"picture"
    graph.media("900001", b"picture", expired=2)
    with pytest.raises(TryLater):
        fetch(graph)


@pytest.mark.parametrize(
    "file",
    [
        {"body": b"x" * 1001},
        {"body": b"x" * 1001, "size": 3},
        {"body": b"abc", "announced": 4 * 1024**3, "size": 3},
        {"body": b"abc", "size": 4 * 1024**3},
    ],
    ids=["too large", "lies about its size", "announces 4 GB and has 3 bytes", "says 4 GB"],
)
def test_a_file_that_is_too_large_is_refused(graph: WhatsAppGraph, file: dict[str, Any]) -> None:
    graph.media("900001", file.pop("body"), **file)
    with pytest.raises(Rejected) as caught:
        fetch(graph)
    assert caught.value.code == "too large"


def test_a_file_that_says_less_than_it_brings_is_cut_off(graph: WhatsAppGraph) -> None:
    graph.media("900001", b"x" * 5000, announced=10, size=10)
    assert fetch(graph) == b"x" * 10


@pytest.mark.parametrize(
    "url",
    [
        "http://lookaside.fbsbx.com/x",
        "https://example.org/x",
        "https://127.0.0.1/x",
        "https://169.254.169.254/latest/meta-data",
        "https://fbsbx.com.example.org/x",
        "https://user@lookaside.fbsbx.com/x",
        "https://lookaside.fbsbx.com:8443/x",
        "file:///etc/passwd",
        "https://[::1]/x",
        "nonsense",
        "",
    ],
)
def test_only_metas_own_hosts_are_asked(graph: WhatsAppGraph, url: str) -> None:
    graph.media("900001", b"picture", url=url)
    if url:
        with pytest.raises(Rejected) as caught:
            fetch(graph)
        assert caught.value.code == "address"
    with pytest.raises(Rejected):
        meta_files.check_address(shop(), url)


def test_a_host_of_metas_that_leads_home_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for address in ("10.0.0.5", "127.0.0.1", "192.168.1.1", "169.254.169.254", "::1", "fd00::1"):
        monkeypatch.setattr(
            meta_files.socket, "getaddrinfo", lambda *_, address=address, **__: [(2, 1, 6, "", (address, 443))]
        )
        with pytest.raises(Rejected):
            meta_files.check_address(shop(), "https://lookaside.fbsbx.com/x")


def test_this_machine_only_where_the_api_itself_is_on_it(graph: WhatsAppGraph) -> None:
    meta_files.check_address(shop(api_url=graph.url), f"{graph.url}/files/x")
    for account in (shop(), shop(api_url="http://10.0.0.5:80")):
        with pytest.raises(Rejected):
            meta_files.check_address(account, f"{graph.url}/files/x")
    with pytest.raises(Rejected):
        meta_files.check_address(shop(api_url="http://10.0.0.5:80"), "http://10.0.0.5:80/files/x")


@pytest.mark.parametrize(("status", "error"), [(500, TryLater), (429, TryLater), (401, AccountBroken), (403, Rejected)])
def test_what_a_refused_file_means(graph: WhatsAppGraph, status: int, error: type[ChannelError]) -> None:
    graph.media("900001", b"picture", status=status)
    with pytest.raises(error):
        fetch(graph)


def test_an_id_does_not_lead_elsewhere(graph: WhatsAppGraph) -> None:
    for name in ("../me", "900001?x", "", "900001/messages"):
        with pytest.raises(Rejected):
            fetch(graph, media=Media("image", "", "", name))
    assert graph.asked == []


# --- the account ---------------------------------------------------------------------------------


def test_what_meta_says_of_the_templates(graph: WhatsAppGraph) -> None:
    for number in range(5):
        graph.template(f"t{number}", "pl", places=number, status="APPROVED" if number else "REJECTED")
    graph.template("named", "en", named=("name", "time"), buttons=2)
    found = {one.name: one for one in sender(graph).templates()}
    assert list(found) == ["t0", "t1", "t2", "t3", "t4", "named"], "all pages"
    assert found["t0"].status == "REJECTED"
    assert (found["t3"].places, found["t3"].is_named) == (("1", "2", "3"), False)
    assert (found["named"].places, found["named"].is_named, found["named"].buttons) == (("name", "time"), True, 2)


def test_check(graph: WhatsAppGraph) -> None:
    assert sender(graph).check() == ""
    assert "business_account_id" in sender(graph, business_account_id="").check()
    graph.quality = "RED"
    assert "quality" in sender(graph).check()
    graph.apps = []
    assert "no app" in sender(graph).check()
    with pytest.raises(AccountBroken):
        sender(graph, token="wrong").check()


# --- the contract --------------------------------------------------------------------------------


class TestWhatsAppContract(ChannelContract):
    channel = WhatsApp
    account = Account(NUMBER, SECRETS)
    other_account = Account(SECOND, {"token": "other-token", "app_secret": "other-secret"})

    def signed(self, body: bytes, account: Account) -> Delivery:
        return signed(body, account.secrets.get("app_secret", ""))

    def incoming(self, text: str, external_id: str, account: Account) -> bytes:
        content = {"from": "79990000001", "id": external_id, "timestamp": "1790000000", "type": "text"}
        return encode(envelope({**content, "text": {"body": text}}, account=account.external_id))

    def batch_with_a_broken_one(self) -> bytes:
        body = envelope(text("79990000001", "before"), text("79990000001", "after"))
        body["entry"][0]["changes"][0]["value"]["messages"].insert(1, {"id": 1, "type": "text"})
        return encode(body)

    @pytest.fixture
    def service(self) -> Iterator[WhatsAppGraph]:
        running = WhatsAppGraph().start()
        yield running
        running.stop()

    def sender(self, service: WhatsAppGraph) -> WhatsApp:
        return sender(service)

    def customer(self, service: WhatsAppGraph, *, hours_ago: float = 1) -> Identity:
        service.customer_wrote(PHONE.value, hours_ago=hours_ago)
        return PHONE
