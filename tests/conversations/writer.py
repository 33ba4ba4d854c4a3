"""Meta's side of our Instagram webhook, over the real URL conf, and small words for what stands in the tables."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client

from bots import accounts
from bots.models import Business, ChannelAccount
from conversations.models import Conversation, Message
from tests.factories import ChannelAccountFactory
from tests.standins import graph

URL = "/webhooks/instagram/"
SECRETS = {"token": graph.TOKEN, "app_secret": graph.APP_SECRET}


def instagram_account(**fields: Any) -> ChannelAccount:
    """An Instagram account that the Graph stand-in knows. Its bot answers at once."""
    given = {"channel": "instagram", "external_id": graph.ACCOUNT, "credentials": SECRETS} | fields
    account: ChannelAccount = ChannelAccountFactory(**given)
    accounts.forget()
    return account


class InstagramWriter:
    """Delivers to our address as Meta does."""

    def __init__(self, customer: str = "9001") -> None:
        self.client = Client(raise_request_exception=True)
        self.customer = customer

    def post(self, body: bytes, signature: str | None = None, **more: Any) -> HttpResponse:
        """Post these bytes; signed, unless told which signature to show ("" for none)."""
        shown = graph.sign(body) if signature is None else signature
        headers = {"X-Hub-Signature-256": shown} if shown else {}
        given: dict[str, Any] = {"content_type": "application/json", "headers": headers} | more
        return self.client.post(URL, body, **given)

    def bring(self, *items: Mapping[str, Any], account: str = graph.ACCOUNT) -> HttpResponse:
        return self.post(graph.encode(graph.envelope(*items, account=account)))

    def write(self, text: str = "", *, mid: str = "", ago: timedelta = timedelta(0), **message: Any) -> str:
        """The customer writes; the message's id. The delivery must be taken."""
        mid = mid or graph.new_mid()
        content = {"mid": mid, **({"text": text} if text else {}), **message}
        at = (datetime.now(UTC) - ago).timestamp()
        response = self.bring(graph.item(self.customer, at=at, message=content))
        assert response.status_code == 200, response.content
        return mid

    def edit(self, mid: str, text: str) -> None:
        self.bring(graph.item(self.customer, message_edit={"mid": mid, "text": text, "num_edit": 1}))

    def delete(self, mid: str) -> None:
        self.bring(graph.item(self.customer, message={"mid": mid, "is_deleted": True}))

    def echo(self, mid: str, text: str) -> None:
        self.bring(graph.echo(self.customer, mid, text))

    def seen(self, mid: str) -> None:
        self.bring(graph.item(self.customer, read={"mid": mid}))

    def press(self, title: str, payload: str) -> str:
        return self.write(title, quick_reply={"payload": payload})


def zone_by_day() -> str:
    """Where it is between two and three in the afternoon now: reminders wait for no morning there."""
    return f"Etc/GMT{datetime.now(UTC).hour - 14:+d}"  # the sign says how far behind Greenwich


def by_day() -> None:
    """Move every business to where it is day, so that a test of reminders runs at any hour."""
    Business.objects.update(timezone=zone_by_day())


def the_conversation() -> Conversation:
    return Conversation.objects.select_related("account__bot__business", "contact").get()


def said() -> list[str]:
    """What was said to customers, in order, whatever became of it."""
    return list(
        Message.objects.exclude(author=Message.Author.CUSTOMER)
        .order_by("conversation", "seq")
        .values_list("text", flat=True)
    )


def row(instance: Any) -> dict[str, Any]:
    """Every column, as it stands in the table now."""
    model = type(instance)
    return dict(model.objects.filter(pk=instance.pk).values().get())
