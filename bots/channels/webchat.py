"""The chat on the business's own page. The customer's browser asks for news, so a send is done once it is recorded."""

from collections.abc import Collection
from typing import ClassVar

from bots.channels.base import AccountLike, BadDelivery, Channel, Delivery, Event, Limits, Outbound


class WebChat(Channel):
    code: ClassVar[str] = "webchat"
    label: ClassVar[str] = "Web chat"
    icon: ClassVar[str] = "chat"
    leaves_server: ClassVar[bool] = False
    limits: ClassVar[Limits] = Limits(
        text=4000, text_unit="characters", buttons=10, button_title=40, window=None, staff_window=None
    )

    @classmethod
    def parse(cls, delivery: Delivery, accounts: Collection[AccountLike]) -> list[Event]:
        raise BadDelivery("The web chat has its own API and takes no webhook.")

    def __init__(self, account: AccountLike) -> None:
        self.account = account

    def send(self, message: Outbound) -> str:
        """Nothing leaves this server: the message is there for the browser to fetch."""
        return f"web:{message.client_ref}"
