"""Who writes: people are known by an identity (channel, kind, value); a phone number is never required."""

from django.db import connection, transaction

from bots.channels.base import Identity
from bots.models import ChannelAccount
from conversations.models import Contact, ContactIdentity, Conversation


def find_conversation(account: ChannelAccount, peer: Identity, *, name: str = "") -> Conversation:
    """The conversation of this person on this account, made with its contact if this is the first word.

    Two first words at the same moment make one contact and one conversation: the second waits for the first.
    """
    found = Conversation.objects.filter(account=account, peer_kind=peer.kind, peer=peer.value).first()
    if found:
        return found
    with transaction.atomic():
        business_id = account.bot.business_id
        _one_at_a_time(business_id, peer)
        identity = (
            ContactIdentity.objects.select_related("contact")
            .filter(business_id=business_id, channel=peer.channel, kind=peer.kind, value=peer.value)
            .first()
        )
        if identity is None:
            contact = Contact.objects.create(business_id=business_id, name=name[:200])
            ContactIdentity.objects.create(
                contact=contact, business_id=business_id, channel=peer.channel, kind=peer.kind, value=peer.value
            )
        else:
            contact = identity.contact
        conversation, _ = Conversation.objects.get_or_create(
            account=account, peer_kind=peer.kind, peer=peer.value, defaults={"contact": contact}
        )
        return conversation


def _one_at_a_time(business_id: int, peer: Identity) -> None:
    """Wait for whoever makes this person's rows, until the end of the transaction.

    A lock on the person, because a row of theirs is what is missing. The account's row would not do: whoever has
    stored a message holds a share of it, and two deliveries with known and new people would wait for each other.
    """
    with connection.cursor() as cursor:
        who = f"{business_id}:{peer.channel}:{peer.kind}:{peer.value}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [who])
