"""WhatsApp, by way of Meta's Cloud API. An account is a phone number id; `business_account_id` is its WABA."""

import contextlib
from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.conf import settings

from bots.channels import reading
from bots.channels.base import (
    AccountLike,
    Button,
    ChannelError,
    Event,
    Identity,
    Limits,
    Media,
    Outbound,
    Rejected,
    Template,
    TemplateState,
    TryLater,
)
from bots.channels.meta import files as meta_files, graph
from bots.channels.meta.graph import MetaChannel
from bots.channels.whatsapp import templates as whatsapp_templates
from bots.channels.whatsapp.errors import ERRORS, PAIR_LIMIT
from bots.channels.whatsapp.events import read_entry

# Meta: "Reply buttons", "Interactive lists", "Text messages", "Image messages" (November 2025).
MOST_BUTTONS, MOST_ROWS = 3, 10
BODY_WITH_BUTTONS = 1024
CAPTION = 1024
BUTTON_ID, ROW_ID = 256, 200
OPENER = 20
SLOWEST_PAIR = 5  # 4^5 s is some 17 minutes


class WhatsApp(MetaChannel):
    code: ClassVar[str] = "whatsapp"
    label: ClassVar[str] = "WhatsApp"
    icon: ClassVar[str] = "perm_phone_msg"
    webhook: ClassVar[str] = "whatsapp/"
    limits: ClassVar[Limits] = Limits(
        text=4096,
        text_unit="characters",
        buttons=MOST_ROWS,
        button_title=20,
        window=timedelta(hours=24),
        staff_window=timedelta(hours=24),
    )
    optional_secrets: ClassVar[Collection[str]] = ("business_account_id",)
    patience: ClassVar[timedelta] = timedelta(seconds=45)  # a status that carries our reference settles it
    shows_attention: ClassVar[bool] = True
    has_templates: ClassVar[bool] = True
    keeps_files: ClassVar[frozenset[str]] = frozenset({"image", "audio", "video", "file", "sticker"})

    @classmethod
    def verify_tokens(cls) -> Mapping[str, str]:
        return {"WHATSAPP_VERIFY_TOKEN": settings.WHATSAPP_VERIFY_TOKEN, "VERIFY_TOKEN": settings.VERIFY_TOKEN}

    @classmethod
    def read_entry(cls, entry: Any, ours: Mapping[str, AccountLike]) -> Iterable[Event]:
        return read_entry(entry, ours)

    def send(self, message: Outbound) -> str:
        body = {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            **_recipient(message.to),
            **_content(message),
            **({"biz_opaque_callback_data": message.client_ref} if message.client_ref else {}),
        }
        try:
            said = graph.post(self._account, f"{self._account.external_id}/messages", body, ERRORS)
        except TryLater as error:
            if error.code == str(PAIR_LIMIT):
                # Meta: "Throughput", pair rate limits. 4^n seconds, and only this conversation rests.
                error.after = timedelta(seconds=4 ** min(message.attempt - 1, SLOWEST_PAIR))
            raise
        return reading.text(next(iter(reading.parts(said, "messages")), {}), "id")

    def typing(self, to: Identity, *, read: str = "") -> None:
        """Meta: "Typing indicators". Goes with the mark “read”; out after 25 seconds, or with our reply."""
        if not read:
            return
        body = {
            "messaging_product": "whatsapp",
            "status": "read",
            "message_id": read,
            "typing_indicator": {"type": "text"},
        }
        with contextlib.suppress(ChannelError):
            graph.post(self._account, f"{self._account.external_id}/messages", body, ERRORS, timeout=(2, 3))

    def fetch(self, media: Media, *, max_bytes: int) -> bytes:
        """Two steps: the id gives an address that lives for five minutes, and the address wants the token.

        Meta: "Media". A 404 there means that a new address is to be asked for.
        """
        for last in (False, True):
            said = graph.get(
                self._account, f"{_plain(media.id)}?{urlencode({'phone_number_id': self._account.external_id})}", ERRORS
            )
            size = reading.text(said, "file_size")
            if size.isdecimal() and int(size) > max_bytes:
                raise Rejected("too large", "the file is too large")
            try:
                return meta_files.download(
                    self._account, reading.text(said, "url"), max_bytes=max_bytes, with_token=True
                )
            except meta_files.AddressGone:
                if last:
                    raise TryLater("404", "the file's address was not good twice") from None
        raise AssertionError

    def templates(self) -> list[TemplateState]:
        return whatsapp_templates.ask(self._account)

    def check(self) -> str:
        """Meta: "Phone numbers" and "Webhooks": whether the number is in order, and its messages come to this app."""
        fields = urlencode({"fields": "display_phone_number,quality_rating"})
        number = graph.get(self._account, f"{self._account.external_id}?{fields}", ERRORS)
        business = self._account.secrets.get("business_account_id", "").strip()
        if not business:
            return "The token is good. Without business_account_id it cannot be told which templates are approved."
        if not reading.parts(graph.get(self._account, f"{_plain(business)}/subscribed_apps", ERRORS), "data"):
            return "The token is good, but the WhatsApp Business account sends its messages to no app."
        if reading.text(number, "quality_rating") == "RED":
            return "It works, but Meta rates the number's quality as low: too many customers block or report it."
        return ""


def _plain(name: str) -> str:
    """Return an id as part of a path: nothing in it leads elsewhere."""
    if not name.isascii() or not name.replace("_", "").replace("-", "").isalnum():
        raise Rejected("id", "the platform's id cannot be one")
    return name


# --- what is sent --------------------------------------------------------------------------------


def _recipient(to: Identity) -> dict[str, str]:
    """Without the + Meta may put the business's own country code before a number."""
    if to.kind == "bsuid":
        return {"recipient": to.value}
    return {"to": f"+{to.value.removeprefix('+')}"}


def _content(message: Outbound) -> dict[str, Any]:
    if message.template:
        return {"type": "template", "template": _template(message.template)}
    if message.buttons:
        return {"type": "interactive", "interactive": _choices(message)}
    if message.image:
        caption = {"caption": message.text} if message.text else {}
        if len(message.text) > CAPTION:
            raise Rejected("caption", "the words under the picture are too long")
        return {"type": "image", "image": {"link": message.image, **caption}}
    return {"type": "text", "text": {"body": message.text, "preview_url": False}}


def _choices(message: Outbound) -> dict[str, Any]:
    """Up to three as buttons beneath the text; more of them, or a long text, as a list that is opened."""
    buttons = _unlike(message.buttons[:MOST_ROWS])
    is_list = len(buttons) > MOST_BUTTONS or len(message.text) > BODY_WITH_BUTTONS
    if any(len(button.payload) > (ROW_ID if is_list else BUTTON_ID) for button in buttons):
        raise Rejected("payload", "a button's payload is too long")  # cut, it would mean something else
    body = {"text": message.text}
    if is_list:
        rows = [{"id": one.payload, "title": one.title} for one in buttons]
        opener = (message.choose or "…")[:OPENER]
        return {
            "type": "list",
            "body": body,
            "action": {"button": opener, "sections": [{"title": opener, "rows": rows}]},
        }
    replies = [{"type": "reply", "reply": {"id": one.payload, "title": one.title}} for one in buttons]
    header = {"header": {"type": "image", "image": {"link": message.image}}} if message.image else {}
    return {"type": "button", **header, "body": body, "action": {"buttons": replies}}


def _unlike(buttons: Collection[Button]) -> list[Button]:
    """Return the buttons with titles that differ, and each payload once: WhatsApp refuses two that are alike."""
    found: dict[str, Button] = {}
    titles: set[str] = set()
    for button in buttons:
        title, number = button.title[: WhatsApp.limits.button_title], 1
        while title in titles:
            number += 1
            end = f" {number}"
            title = button.title[: WhatsApp.limits.button_title - len(end)] + end
        if button.payload not in found:
            titles.add(title)
            found[button.payload] = Button(title, button.payload)
    return list(found.values())


def _template(template: Template) -> dict[str, Any]:
    """Meta: "Template messages". Places in order, or by name, never both; each quick reply gets our payload."""
    components: list[dict[str, Any]] = []
    if template.parameters:
        places = [
            {"type": "text", **({"parameter_name": name} if name else {}), "text": value}
            for name, value in template.parameters
        ]
        components.append({"type": "body", "parameters": places})
    for index, payload in enumerate(template.buttons):
        reply = {"type": "payload", "payload": payload}
        components.append({"type": "button", "sub_type": "quick_reply", "index": str(index), "parameters": [reply]})
    named = {"name": template.name, "language": {"code": template.language}}
    return {**named, "components": components} if components else named
