"""Instagram direct messages, by way of Meta's Graph API: with a linked Facebook page or with Instagram Login."""

import contextlib
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings

from bots.channels import reading
from bots.channels.base import (
    AccountBroken,
    AccountLike,
    ChannelError,
    Event,
    Identity,
    Limits,
    Media,
    Outbound,
    Rejected,
    TryLater,
    Uncertain,
    Unreachable,
    WindowClosed,
)
from bots.channels.instagram.events import read_entry
from bots.channels.meta import files as meta_files, graph
from bots.channels.meta.graph import MetaChannel, Verdict

MAX_PAYLOAD = 1000  # characters. Meta: Messenger's value; its Instagram page names none


class Instagram(MetaChannel):
    code: ClassVar[str] = "instagram"
    label: ClassVar[str] = "Instagram"
    icon: ClassVar[str] = "photo_camera"
    webhook: ClassVar[str] = "instagram/"
    # Meta: "Send a Message" (Instagram Messaging) and "Quick Replies". A person may write for 7 days (Human Agent).
    limits: ClassVar[Limits] = Limits(
        text=1000,
        text_unit="bytes",
        buttons=13,
        button_title=20,
        window=timedelta(hours=24),
        staff_window=timedelta(days=7),
    )
    echoes_sends: ClassVar[bool] = True
    keeps_files: ClassVar[frozenset[str]] = frozenset({"image", "audio", "video", "file"})

    @classmethod
    def verify_tokens(cls) -> Mapping[str, str]:
        return {"VERIFY_TOKEN": settings.VERIFY_TOKEN}

    @classmethod
    def read_entry(cls, entry: Any, ours: Mapping[str, AccountLike]) -> Iterable[Event]:
        return read_entry(entry, ours)

    def send(self, message: Outbound) -> str:
        body: dict[str, Any] = {
            "recipient": {"id": message.to.value},
            "messaging_type": "RESPONSE",
            "message": {"text": message.text},
        }
        if message.by_staff and not message.window_open:
            body |= {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
        if message.buttons:
            if any(len(button.payload) > MAX_PAYLOAD for button in message.buttons):
                raise Rejected("payload", "a button's payload is too long")  # cut, it would mean something else
            body["message"]["quick_replies"] = [
                {"content_type": "text", "title": button.title[: self.limits.button_title], "payload": button.payload}
                for button in message.buttons
            ]
        return reading.text(graph.post(self._account, "me/messages", body, ERRORS), "message_id")

    def typing(self, to: Identity, *, read: str = "") -> None:
        """Meta: "Sender Actions". Goes out by itself after a while, or with the next message."""
        body = {"recipient": {"id": to.value}, "sender_action": "typing_on"}
        with contextlib.suppress(ChannelError):
            graph.post(self._account, "me/messages", body, ERRORS, timeout=(2, 3))

    def fetch(self, media: Media, *, max_bytes: int) -> bytes:
        """The address came with the message, and lasts for some days; no other can be asked for."""
        try:
            return meta_files.download(self._account, media.url, max_bytes=max_bytes, with_token=False)
        except meta_files.AddressGone:
            raise Rejected("404", "the file is not there any more") from None

    def check(self) -> str:
        """Meta: "Webhooks", per-account subscription: without it a good token sends, and nothing comes in."""
        apps = reading.parts(graph.get(self._account, "me/subscribed_apps", ERRORS), "data")
        fields = [field for app in apps for field in app.get("subscribed_fields") or [] if isinstance(field, str)]
        if "messages" in fields:
            return ""
        return "The token is good, but the account does not send its messages to the app (field “messages”)."


# --- errors --------------------------------------------------------------------------------------


# Meta: "Common Error Codes" (Messenger Platform, June 2026).
ERRORS: graph.Verdicts = graph.by_code({
    Verdict(WindowClosed, "outside the 24-hour window"): [(10, 2534022), (10, 2018278), (10, 2018065)],
    Verdict(Unreachable, "the customer cannot receive messages from this account"): [
        (10, 2018108), 551, (200, 1545041),
    ],
    Verdict(Unreachable, "no such customer"): [(100, 2534014), (100, 2018001)],
    Verdict(AccountBroken, "the account is restricted or blocked by Meta's policy"): [
        (10, 1893063), (100, 2534029), 368, 2022,
    ],
    Verdict(AccountBroken, "the Instagram account is no longer linked to its page or user"): [
        (10, 2534077), (100, 2534013),
    ],
    Verdict(AccountBroken, "the owner switched off access to messages in the Instagram app"): [(200, 2534041)],
    Verdict(AccountBroken, "permission missing, or the app is not live"): [3, 10, 200],
    Verdict(AccountBroken, "the access token is no longer valid"): [190],
    Verdict(AccountBroken, "Meta warns of abusive use of message tags"): [(613, 2018338)],
    Verdict(Rejected, "Meta could not fetch or use the file"): [
        (100, 2018008), (100, 2018047), (100, 2018109), (100, 2018294),
    ],
    # Whether these come as code or as subcode differs between Meta's pages.
    Verdict(Rejected, "another app holds the conversation"): [
        2018300, (10, 2018300), (100, 2018300), (200, 2018300), 2018321, (10, 2018321), (100, 2018321),
        (200, 2018321), (100, 2534037),
    ],
    Verdict(Rejected, "Meta refused the message as malformed"): [100],
    Verdict(Rejected, "the message was deleted"): [9000001],
    Verdict(TryLater, "rate limit", whole_account=True, after=timedelta(seconds=60)): [4, 17, 32, 613, 80006],
    Verdict(Uncertain, "Meta reported an error for a message that may have been sent"): [(1, 1357046)],
    # 2 also when the customer blocked us, so do not try for ever.
    Verdict(TryLater, "temporary fault at Meta"): [1, 2, 1200, -1],
})  # fmt: skip
