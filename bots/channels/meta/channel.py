"""What the two channels of Meta share: who signed a delivery, and how an address is verified."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar

from bots.channels.base import AccountLike, BadDelivery, Channel, Delivery, Event
from bots.channels.meta import graph


class MetaChannel(Channel):
    required_secrets: ClassVar[Collection[str]] = ("token", "app_secret")

    @classmethod
    def read_entry(cls, entry: Any, ours: Mapping[str, AccountLike]) -> Iterable[Event]:
        """Translate one entry of a delivery that `ours`, by external id, have signed."""
        raise NotImplementedError

    @classmethod
    def parse(cls, delivery: Delivery, accounts: Collection[AccountLike]) -> list[Event]:
        ours = graph.signers(delivery, accounts)
        entries = graph.read(delivery.body).get("entry")
        if not isinstance(entries, list):
            raise BadDelivery("no list of entries")
        return [event for entry in entries for event in cls.read_entry(entry, ours)]

    @classmethod
    def handshake(cls, params: Mapping[str, str], accounts: Collection[AccountLike]) -> str | None:
        brought = [account.secrets.get("verify_token", "") for account in accounts]
        return graph.challenge(params, [*cls.verify_tokens().values(), *brought])

    def __init__(self, account: AccountLike) -> None:
        self._account = account
