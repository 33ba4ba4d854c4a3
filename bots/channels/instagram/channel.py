"""Instagram direct messages, by way of Meta's Graph API: with a linked Facebook page or with Instagram Login."""

import contextlib
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings

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
from bots.channels.meta.channel import MetaChannel
from bots.channels.meta.graph import Verdict

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
        return graph.text(graph.post(self._account, "me/messages", body, ERRORS), "message_id")

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
        apps = graph.parts(graph.get(self._account, "me/subscribed_apps", ERRORS), "data")
        fields = [field for app in apps for field in app.get("subscribed_fields") or [] if isinstance(field, str)]
        if "messages" in fields:
            return ""
        return "The token is good, but the account does not send its messages to the app (field “messages”)."


# --- errors --------------------------------------------------------------------------------------

_WINDOW = Verdict(WindowClosed, "outside the 24-hour window")
_GONE = Verdict(Unreachable, "the customer cannot receive messages from this account")
_NOBODY = Verdict(Unreachable, "no such customer")
_RESTRICTED = Verdict(AccountBroken, "the account is restricted or blocked by Meta's policy")
_UNLINKED = Verdict(AccountBroken, "the Instagram account is no longer linked to its page or user")
_PERMISSION = Verdict(AccountBroken, "permission missing, or the app is not live")
_BODY = Verdict(Rejected, "Meta refused the message as malformed")
_MEDIA = Verdict(Rejected, "Meta could not fetch or use the file")
_OTHER_APP = Verdict(Rejected, "another app holds the conversation")
_RATE = Verdict(TryLater, "rate limit", whole_account=True, after=timedelta(seconds=60))
_FAULT = Verdict(TryLater, "temporary fault at Meta")

# Meta: "Common Error Codes" (Messenger Platform, June 2026).
ERRORS: graph.Verdicts = {
    (10, 2534022): _WINDOW,
    (10, 2018278): _WINDOW,
    (10, 2018065): _WINDOW,
    (10, 2018108): _GONE,
    (551, None): _GONE,
    (200, 1545041): _GONE,
    (100, 2534014): _NOBODY,
    (100, 2018001): _NOBODY,
    (10, 1893063): _RESTRICTED,
    (100, 2534029): _RESTRICTED,
    (368, None): _RESTRICTED,
    (2022, None): _RESTRICTED,
    (10, 2534077): _UNLINKED,
    (100, 2534013): _UNLINKED,
    (200, 2534041): Verdict(AccountBroken, "the owner switched off access to messages in the Instagram app"),
    (3, None): _PERMISSION,
    (10, None): _PERMISSION,
    (200, None): _PERMISSION,
    (190, None): Verdict(AccountBroken, "the access token is no longer valid"),
    (613, 2018338): Verdict(AccountBroken, "Meta warns of abusive use of message tags"),
    (100, 2018008): _MEDIA,
    (100, 2018047): _MEDIA,
    (100, 2018109): _MEDIA,
    (100, 2018294): _MEDIA,
    # Whether these two come as code or as subcode differs between Meta's pages.
    (2018300, None): _OTHER_APP,
    (10, 2018300): _OTHER_APP,
    (100, 2018300): _OTHER_APP,
    (200, 2018300): _OTHER_APP,
    (2018321, None): _OTHER_APP,
    (10, 2018321): _OTHER_APP,
    (100, 2018321): _OTHER_APP,
    (200, 2018321): _OTHER_APP,
    (100, 2534037): _OTHER_APP,
    (100, None): _BODY,
    (9000001, None): Verdict(Rejected, "the message was deleted"),
    (4, None): _RATE,
    (17, None): _RATE,
    (32, None): _RATE,
    (613, None): _RATE,
    (80006, None): _RATE,
    (1, 1357046): Verdict(Uncertain, "Meta reported an error for a message that may have been sent"),
    (1, None): _FAULT,
    (2, None): _FAULT,  # also when the customer blocked us, so do not try for ever
    (1200, None): _FAULT,
    (-1, None): _FAULT,
}
