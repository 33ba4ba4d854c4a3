"""What every channel with a webhook and a service of its own must do, whoever the vendor is.

A channel's tests subclass `ChannelContract` and fill in what only they know: how a genuine delivery looks, how a
forged one, and how its stand-in does harm.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar, Protocol

import pytest

from bots.channels.base import (
    AccountBroken,
    BadDelivery,
    Button,
    Channel,
    ChannelError,
    Delivery,
    Forged,
    Identity,
    Inbound,
    Outbound,
    Rejected,
    TryLater,
    Uncertain,
    Unreachable,
    Unreadable,
    WindowClosed,
)

CUSTOMERS_WORDS = "a customer's own words"


@dataclass
class Account:
    external_id: str
    secrets: Mapping[str, str] = field(default_factory=dict)


class Service(Protocol):
    """A stand-in. The names of the harms are those of tests/standins/graph.py."""

    def harm(self, name: str, **options: Any) -> None: ...
    def count(self, *, text: str) -> int: ...
    def stop(self) -> None: ...


UNREADABLE_BODIES: dict[str, bytes] = {
    "empty": b"",
    "not JSON": b"hello",
    "half of it": b'{"object":"insta',
    "a list": b"[]",
    "a string": b'"entry"',
    "null": b"null",
    "nested 100,000 deep": b"[" * 100_000,
    "nested 100,000 deep in an object": b'{"entry":' * 100_000,
    "nested 200 deep and closed": b'{"entry":' + b"[" * 200 + b"]" * 200 + b"}",
    "NaN": b'{"entry":[{"id":NaN}]}',
    "Infinity": b'{"entry":[{"id":-Infinity}]}',
    "1e400": b'{"entry":[{"id":1e400}]}',
    "5,000 digits": b'{"entry":[{"id":' + b"9" * 5000 + b"}]}",
    "UTF-16": '{"entry":[]}'.encode("utf-16"),
    "UTF-16 without mark": '{"entry":[]}'.encode("utf-16-le"),
    "UTF-8 with mark": b'\xef\xbb\xbf{"entry":[]}',
    "invalid UTF-8": b'{"entry":[{"id":"\xff\xfe"}]}',
    "half a surrogate pair in UTF-8": b'{"entry":[{"id":"\xed\xa0\xbd"}]}',
}


class ChannelContract:
    channel: ClassVar[type[Channel]]
    account: ClassVar[Account]
    other_account: ClassVar[Account]  # another shop, with a secret of its own
    timeout: ClassVar[str] = "bots.channels.calling.TIMEOUT"  # seconds to connect and to wait, as a dotted path

    # --- what a channel fills in

    def signed(self, body: bytes, account: Account) -> Delivery:
        """A genuine delivery of this body; without a content type, its one header is the signature."""
        raise NotImplementedError

    def forgeries(self, body: bytes) -> Iterable[tuple[str, Delivery]]:
        """Deliveries of this body that the vendor did not sign."""
        good = self.signed(body, self.account)
        [(name, signature)] = [item for item in good.headers.items() if item[0] != "content-type"]
        wrong = {
            "empty": "",
            "wrong": signature[:-8] + "0" * 8,
            "another secret": self.signed(body, self.other_account).headers[name],
            "twice": signature * 2,
        }
        for why, value in wrong.items():
            yield why, Delivery(body, {name: value})
        yield "missing", Delivery(body, {})
        yield "indented again", Delivery(json.dumps(json.loads(body), indent=1).encode(), good.headers)

    def incoming(self, text: str, external_id: str, account: Account) -> bytes:
        """The vendor's body for one text message."""
        raise NotImplementedError

    def batch_with_a_broken_one(self) -> bytes:
        """Texts "before" and "after", and between them an item that cannot be read."""
        raise NotImplementedError

    @pytest.fixture
    def service(self) -> Any:
        raise NotImplementedError

    def sender(self, service: Any) -> Channel:
        """The channel, talking to the stand-in."""
        return self.channel(self.account)

    def customer(self, service: Any, *, hours_ago: float = 1) -> Identity:
        """Somebody who wrote to us that long ago."""
        raise NotImplementedError

    # --- in

    def test_a_genuine_delivery_is_read(self) -> None:
        body = self.incoming("Привіт 🏺", "id-1", self.account)
        [event] = self.channel.parse(self.signed(body, self.account), [self.account, self.other_account])
        assert isinstance(event, Inbound)
        assert (event.account, event.external_id, event.text) == (self.account.external_id, "id-1", "Привіт 🏺")
        assert event.sent_at.utcoffset() == timedelta(0)
        assert event.sender.channel == self.channel.code

    def test_a_repeated_delivery_is_the_same_event(self) -> None:
        delivery = self.signed(self.incoming("Hello", "id-1", self.account), self.account)
        [event] = self.channel.parse(delivery, [self.account])
        assert self.channel.parse(delivery, [self.account]) == [event]

    def test_forged_deliveries_are_refused(self) -> None:
        tried = []
        for name, delivery in self.forgeries(self.incoming("Hello", "id-1", self.account)):
            tried.append(name)
            try:
                events = self.channel.parse(delivery, [self.account])
            except Forged:
                continue
            pytest.fail(f"{name} was let in: {events}")
        assert len(tried) >= 5

    def test_without_accounts_everything_is_forged(self) -> None:
        delivery = self.signed(self.incoming("Hello", "id-1", self.account), self.account)
        with pytest.raises(Forged):
            self.channel.parse(delivery, [])

    def test_an_account_without_secrets_trusts_nobody(self) -> None:
        bare = Account(self.account.external_id, dict.fromkeys(self.account.secrets, ""))
        for account in (bare, Account(self.account.external_id)):
            for signer in (self.account, bare):
                delivery = self.signed(self.incoming("Hello", "id-1", self.account), signer)
                with pytest.raises(Forged):
                    self.channel.parse(delivery, [account])

    def test_the_secret_of_one_shop_does_not_open_another(self) -> None:
        body = self.incoming("Hello", "id-1", self.account)
        delivery = self.signed(body, self.other_account)
        with contextlib.suppress(Forged):
            assert self.channel.parse(delivery, [self.account, self.other_account]) == []

    @pytest.mark.parametrize("name", UNREADABLE_BODIES)
    def test_a_body_that_cannot_be_read(self, name: str) -> None:
        with pytest.raises(BadDelivery):
            self.channel.parse(self.signed(UNREADABLE_BODIES[name], self.account), [self.account])

    def test_a_broken_item_costs_no_other(self) -> None:
        delivery = self.signed(self.batch_with_a_broken_one(), self.account)
        events = self.channel.parse(delivery, [self.account])
        assert [event.text for event in events if isinstance(event, Inbound)] == ["before", "after"]
        assert any(isinstance(event, Unreadable) for event in events)

    def test_long_strange_and_cut_text_survives(self) -> None:
        for text in ("x" * 10_000, "👨‍👩‍👧" * 5_000, "\u202eمرحبا\u200f", "e" + "\u0301" * 10_000, "=1+1"):
            [event] = self.channel.parse(
                self.signed(self.incoming(text, "id-1", self.account), self.account), [self.account]
            )
            assert isinstance(event, Inbound)
            assert event.text == text

    def test_nul_and_half_pairs_are_taken_out(self) -> None:
        body = self.incoming("a\0b\ud83dc", "id-1", self.account)
        [event] = self.channel.parse(self.signed(body, self.account), [self.account])
        assert isinstance(event, Inbound)
        assert event.text == "ab\ufffdc"
        assert "\0" not in repr(event.raw)
        repr(event.raw).encode()

    # --- out

    def outbound(self, service: Any, text: str = CUSTOMERS_WORDS, **options: Any) -> Outbound:
        return Outbound(to=self.customer(service), text=text, **options)

    def test_a_sent_message_arrives_once_and_has_an_id(self, service: Service) -> None:
        assert self.sender(service).send(self.outbound(service, "Бачимося о 15:00"))
        assert service.count(text="Бачимося о 15:00") == 1

    def test_as_many_buttons_as_the_limits_say(self, service: Service) -> None:
        limits = self.channel.limits
        buttons = tuple(Button("й" * limits.button_title, f"choice:{number}") for number in range(limits.buttons))
        assert self.sender(service).send(self.outbound(service, "Choose", buttons=buttons))

    def test_text_as_long_as_the_limits_say_and_no_longer(self, service: Service) -> None:
        limits = self.channel.limits
        letters = limits.text // 2 if limits.text_unit == "bytes" else limits.text
        assert self.sender(service).send(self.outbound(service, "ї" * letters))
        with pytest.raises(Rejected):
            self.sender(service).send(self.outbound(service, "ї" * letters + "!"))

    @pytest.mark.parametrize(
        ("harm", "error", "arrived"),
        [
            ("throttled", TryLater, 0),
            ("temporary", TryLater, 0),
            ("fault", Uncertain, 0),
            ("fault_though_sent", Uncertain, 1),
            ("closed", Uncertain, 1),
            ("dropped", Uncertain, 0),
            ("hang", Uncertain, 1),
            ("oversized", Uncertain, 1),
            ("blocked", Unreachable, 0),
            ("token_dead", AccountBroken, 0),
        ],
    )
    def test_each_harm_says_what_to_do_next(
        self, service: Service, monkeypatch: pytest.MonkeyPatch, harm: str, error: type[ChannelError], arrived: int
    ) -> None:
        if harm == "hang":
            monkeypatch.setattr(self.timeout, (5.0, 0.5))
        channel, message = self.sender(service), self.outbound(service)
        service.harm(harm)
        with pytest.raises(ChannelError) as caught:
            channel.send(message)
        assert type(caught.value) is error
        assert service.count(text=CUSTOMERS_WORDS) == arrived
        self.assert_says_nothing(caught.value)

    def test_after_harm_the_next_message_goes(self, service: Service) -> None:
        channel = self.sender(service)
        service.harm("closed")
        with pytest.raises(Uncertain):
            channel.send(self.outbound(service))
        assert channel.send(self.outbound(service, "next"))

    def test_throttling_says_for_how_long_and_for_whom(self, service: Service) -> None:
        channel, message = self.sender(service), self.outbound(service)
        service.harm("throttled")
        with pytest.raises(TryLater) as caught:
            channel.send(message)
        assert caught.value.after == timedelta(seconds=7)
        assert caught.value.whole_account

    def test_accepted_without_an_id_is_accepted(self, service: Service) -> None:
        channel = self.sender(service)
        for harm in ("without_id", "nonsense"):
            service.harm(harm)
            assert channel.send(self.outbound(service)) == ""
        assert service.count(text=CUSTOMERS_WORDS) == 2

    def test_after_the_window_nothing_goes(self, service: Service) -> None:
        if self.channel.limits.window is None:
            pytest.skip("this channel has no window")
        hours = self.channel.limits.window / timedelta(hours=1) + 1
        with pytest.raises(WindowClosed):
            self.sender(service).send(Outbound(to=self.customer(service, hours_ago=hours), text=CUSTOMERS_WORDS))
        assert service.count(text=CUSTOMERS_WORDS) == 0

    def test_a_service_that_is_down_gets_it_later(self, service: Service) -> None:
        channel, message = self.sender(service), self.outbound(service)
        assert channel.send(message)
        service.stop()  # also ends the connection that was kept alive
        with pytest.raises(TryLater) as caught:
            channel.send(message)
        self.assert_says_nothing(caught.value)

    def test_typing_never_raises(self, service: Service) -> None:
        channel, to = self.sender(service), self.customer(service)
        channel.typing(to)
        channel.typing(Identity(to.channel, to.kind, "0"))
        service.stop()
        channel.typing(to)

    def assert_says_nothing(self, error: ChannelError) -> None:
        """Neither a secret nor the customer's words, in anything that logs or trackers may keep."""
        said = repr([error, error.args, error.code, error.detail, error.__context__, error.__cause__])
        for secret in self.account.secrets.values():
            assert secret not in said
        assert CUSTOMERS_WORDS not in said
        assert error.__suppress_context__ or error.__context__ is None
        assert 0 < len(error.code) <= 60
        assert len(error.detail) <= 160
