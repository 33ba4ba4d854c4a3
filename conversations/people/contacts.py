"""Who writes: people are known by identities (channel, kind, value); a phone number is never required.

A person may have several on one channel, a phone number and an id of the platform's, and they may become known one
after the other. When two that were taken for two people turn out to be one, these are merged (`merging`).
"""

import re
from collections.abc import Collection, Sequence

from django.db import connection, transaction
from django.db.models import Q

from bots.channels.base import Identity
from bots.models import ChannelAccount
from conversations.models import Contact, ContactIdentity, Conversation
from conversations.people.merging import merge, one_talk


def find_conversation(
    account: ChannelAccount, peer: Identity, *, name: str = "", also: Sequence[Identity] = ()
) -> Conversation:
    """Return the conversation of this person on this account, made with its contact if this is the first word.

    `also` are other identities of the same person: they are remembered, and what they lead to is merged. Two first
    words at the same moment make one contact and one conversation: the second waits for the first.
    """
    if not also:
        found = Conversation.objects.filter(account=account, peer_kind=peer.kind, peer=peer.value).first()
        if found:
            return found
    with transaction.atomic():
        everyone = (peer, *also)
        _one_at_a_time(account.bot.business_id, everyone)
        contact = _contact_of(account.bot.business_id, everyone, name)
        return _conversation_of(account, contact, everyone)


def are_known(account: ChannelAccount, identities: Collection[Identity]) -> bool:
    """Return whether all these are known already, as one person. One query, for the way in."""
    rows = ContactIdentity.objects.filter(_any_of(account.bot.business_id, identities))
    contacts = list(rows.values_list("contact_id", flat=True))
    return len(contacts) == len(set(identities)) and len(set(contacts)) == 1


@transaction.atomic
def move(account: ChannelAccount, old: Identity, new: Sequence[Identity]) -> Conversation:
    """The person behind `old` is known by `new` from now on. What was theirs by kind is forgotten, for the old number
    may be somebody else's tomorrow. Locks the conversations and contacts concerned. Returns their conversation.
    """
    business_id = account.bot.business_id
    _one_at_a_time(business_id, (old, *new))
    contact = _contact_of(business_id, (old, *new), "")
    kinds = {identity.kind for identity in new}
    passed = contact.identities.filter(channel=account.channel, kind__in=kinds)
    for identity in new:
        passed = passed.exclude(kind=identity.kind, value=identity.value)
    gone = {(row.kind, row.value) for row in passed}
    if contact.phone in {f"+{value}" for kind, value in gone if kind == "phone"}:
        contact.phone = _phone(new)
        contact.save(update_fields=["phone"])
    conversation = _conversation_of(account, contact, tuple(new), instead_of=gone)
    passed.delete()
    return conversation


def _contact_of(business_id: int, everyone: Sequence[Identity], name: str) -> Contact:
    """Return the one contact behind these identities, made or merged. The identities must be held."""
    rows = list(ContactIdentity.objects.filter(_any_of(business_id, everyone)).order_by("contact_id"))
    ids = sorted({row.contact_id for row in rows})
    if ids:
        contact = merge(ids) if len(ids) > 1 else Contact.objects.get(pk=ids[0])
    else:
        contact = Contact.objects.create(business_id=business_id, name=name[:200], phone=_phone(everyone))
    known = {(row.kind, row.value) for row in rows}
    for identity in everyone:
        if (identity.kind, identity.value) not in known:
            ContactIdentity.objects.create(
                contact=contact,
                business_id=business_id,
                channel=identity.channel,
                kind=identity.kind,
                value=identity.value,
            )
    _complete(contact, name, _phone(everyone))
    return contact


def _complete(contact: Contact, name: str, phone: str) -> None:
    """Fill in what was not known yet; what staff have written stays."""
    changed = []
    if name and not contact.name:
        contact.name = name[:200]
        changed.append("name")
    if phone and not contact.phone:
        contact.phone = phone
        changed.append("phone")
    if changed:
        contact.save(update_fields=changed)


def _conversation_of(
    account: ChannelAccount,
    contact: Contact,
    everyone: Sequence[Identity],
    *,
    instead_of: Collection[tuple[str, str]] = (),
) -> Conversation:
    """The contact's one conversation on this account, under the first of `everyone`, which is the way to reach them."""
    best = everyone[0]
    known = {(one.kind, one.value) for one in contact.identities.filter(channel=account.channel)}
    known |= {(identity.kind, identity.value) for identity in everyone}
    rows = Conversation.objects.filter(account=account, contact=contact).order_by("pk")
    found = [talk for talk in rows if (talk.peer_kind, talk.peer) in known]
    if not found:
        peer = {"account": account, "peer_kind": best.kind, "peer": best.value}
        return Conversation.objects.get_or_create(**peer, defaults={"contact": contact})[0]
    kept = one_talk(found, (best.kind, best.value))
    outdated = (kept.peer_kind, kept.peer) in instead_of or (kept.peer_kind == "bsuid" and best.kind == "phone")
    if outdated and (kept.peer_kind, kept.peer) != (best.kind, best.value):
        kept.peer_kind, kept.peer = best.kind, best.value
        kept.save(update_fields=["peer_kind", "peer"])
    return kept


def _any_of(business_id: int, identities: Collection[Identity]) -> Q:
    wanted = Q()
    for one in identities:
        wanted |= Q(channel=one.channel, kind=one.kind, value=one.value)
    return Q(business_id=business_id) & wanted


def _phone(identities: Sequence[Identity]) -> str:
    """In international form, where one of the identities is a phone number."""
    found = next(
        (one.value for one in identities if one.kind == "phone" and re.fullmatch(r"[0-9]{6,15}", one.value)), ""
    )
    return f"+{found}" if found else ""


def _one_at_a_time(business_id: int, people: Sequence[Identity]) -> None:
    """Wait for whoever makes this person's rows, until the end of the transaction.

    A lock on the person, because a row of theirs is what is missing. The account's row would not do: whoever has
    stored a message holds a share of it, and two deliveries with known and new people would wait for each other.
    """
    names = sorted(f"{business_id}:{one.channel}:{one.kind}:{one.value}" for one in people)
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
