"""Meta's side of our WhatsApp webhook, over the real URL conf."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client

from bots import accounts
from bots.models import ChannelAccount
from tests.factories import ChannelAccountFactory
from tests.standins import graph, whatsapp

URL = "/webhooks/whatsapp/"
SECRETS = {"token": graph.TOKEN, "app_secret": graph.APP_SECRET, "business_account_id": whatsapp.BUSINESS}
ANN = "48600100200"
ANN_ID = "PL.1349120865530274"


def whatsapp_account(**fields: Any) -> ChannelAccount:
    """A WhatsApp number that the stand-in knows. Its bot answers at once."""
    given = {"channel": "whatsapp", "external_id": whatsapp.NUMBER, "credentials": SECRETS} | fields
    account: ChannelAccount = ChannelAccountFactory(**given)
    accounts.forget()
    return account


class WhatsAppWriter:
    """Delivers to our address as Meta does. A customer is a number, a user id, or both with a | between them."""

    def __init__(self, customer: str = ANN) -> None:
        self.client = Client(raise_request_exception=True)
        self.customer = customer

    def post(self, body: bytes) -> HttpResponse:
        headers = {"X-Hub-Signature-256": graph.sign(body)}
        response: Any = self.client.post(URL, body, content_type="application/json", headers=headers)
        assert response.status_code == 200, response.content
        return response

    def bring(self, *items: Mapping[str, Any], **more: Any) -> None:
        self.post(graph.encode(whatsapp.envelope(*items, **more)))

    def write(self, words: str = "", *, ago: timedelta = timedelta(0), customer: str = "", **content: Any) -> str:
        """The customer writes; the message's id."""
        wamid = whatsapp.new_wamid()
        given = content or {"type": "text", "text": {"body": words}}
        at = (datetime.now(UTC) - ago).timestamp()
        self.bring(whatsapp.message(customer or self.customer, id=wamid, at=at, **given), names={ANN: "Ann"})
        return wamid

    def picture(self, media_id: str, caption: str = "") -> str:
        return self.write(type="image", image={"id": media_id, "mime_type": "image/jpeg", "caption": caption})

    def press(self, title: str, payload: str) -> str:
        reply = {"type": "button_reply", "button_reply": {"id": payload, "title": title}}
        return self.write(type="interactive", interactive=reply)

    def tell(self, wamid: str, what: str, *, ref: str = "", code: int = 0, ago: timedelta = timedelta(0)) -> None:
        """What became of a message of ours."""
        at = (datetime.now(UTC) - ago).timestamp()
        self.bring(statuses=[whatsapp.status(wamid, what, ANN, ref=ref, code=code, at=at)])

    def prefer(self, value: str) -> None:
        """The customer stops or resumes marketing messages in WhatsApp itself."""
        at = int(datetime.now(UTC).timestamp())  # whole seconds, as messages have them
        wish = {"wa_id": ANN, "category": "marketing_messages", "value": value, "timestamp": at}
        self.bring(field="user_preferences", user_preferences=[wish])
