"""Who wants no automatic messages: by their words, by a button, or by what they told the platform.

Heard in the transaction that stores what they wrote, whoever holds the conversation and before anybody thinks. From
that commit on no automatic message is claimed for sending: the claim reads the contact under a share lock (`delivery`).
"""

from datetime import datetime

from django.db import transaction
from django.db.models.functions import Now
from django.utils import translation
from django.utils.translation import gettext as _

from bots.db import clock
from bots.language.stopping import START, STOP
from bots.staff.actors import Actor
from bots.staff.records import record
from conversations import outbox
from conversations.models import Contact, Conversation, Message
from conversations.models.conversations import lock

STOP_CHOICE, START_CHOICE = "stop:please", "start:please"  # payloads of buttons, of templates too
BY_WORDS, BY_PLATFORM = "words", "platform"

__all__ = ["BY_PLATFORM", "BY_WORDS", "START", "START_CHOICE", "STOP", "STOP_CHOICE", "start", "stop"]


@transaction.atomic
def stop(
    conversation_id: int, *, at: datetime, source: str = BY_WORDS, confirm: bool = True, language: str = ""
) -> bool:
    """No automatic messages to this person any more, on any channel; said back once if `confirm`.

    `at` (aware) is when they said so: something newer that they said before stands. Locks the conversation, then the
    contact. Returns whether that is new.
    """
    conversation = lock(conversation_id)
    contact = Contact.objects.select_for_update().get(pk=conversation.contact_id)
    if contact.opted_out_at or (contact.consent_at and contact.consent_at > at):
        return False
    contact.opted_out_at, contact.opted_out_by, contact.consent_at = clock.now(), source, at
    contact.save(update_fields=["opted_out_at", "opted_out_by", "consent_at"])
    _note(conversation, "opt out", "", "opted out", source)
    _drop_waiting(conversation)
    if confirm:
        _confirm(conversation, language, at, stopped=True)
    return True


@transaction.atomic
def start(
    conversation_id: int, *, at: datetime, source: str = BY_WORDS, confirm: bool = True, language: str = ""
) -> bool:
    """Automatic messages again. What was told to the platform is undone there or by words; words only by words.

    Locks and returns as `stop` does.
    """
    conversation = lock(conversation_id)
    contact = Contact.objects.select_for_update().get(pk=conversation.contact_id)
    if not contact.opted_out_at or (contact.consent_at and contact.consent_at > at):
        return False
    if source == BY_PLATFORM and contact.opted_out_by != BY_PLATFORM:
        return False
    contact.opted_out_at, contact.opted_out_by, contact.consent_at = None, "", at
    contact.save(update_fields=["opted_out_at", "opted_out_by", "consent_at"])
    _note(conversation, "opt in", "opted out", "", source)
    if confirm:
        _confirm(conversation, language, at, stopped=False)
    return True


def _confirm(conversation: Conversation, language: str, at: datetime, *, stopped: bool) -> None:
    """Said by the platform, so that it goes out although they want quiet, and whoever holds the conversation."""
    business = conversation.business
    code = business.language_for(conversation.language or language or business.default_language)
    with translation.override(code):
        text = _("Welcome back! I will answer here again.")
        if stopped:
            text = _("All right: no automatic messages from now on. Write “start” if you want them again.")
        outbox.say(
            conversation.pk,
            text,
            purpose=Message.Purpose.NOTICE,
            dedupe_key=f"consent:{conversation.contact_id}:{int(stopped)}:{at.timestamp():.3f}",
        )


def _drop_waiting(conversation: Conversation) -> None:
    """What waits to be sent on its own is not sent; the gate drops the rest, here and elsewhere, at its moment."""
    automatic = [Message.Purpose.REMINDER, Message.Purpose.NEWS, Message.Purpose.REPLY]
    waiting = Message.objects.filter(
        conversation=conversation, status__in=[Message.Status.QUEUED, Message.Status.HELD], purpose__in=automatic
    )
    if waiting.update(status=Message.Status.CANCELLED, status_at=Now(), error="opted out"):
        outbox.seen_to(conversation.pk)


def _note(conversation: Conversation, verb: str, old: str, new: str, source: str) -> None:
    record(
        business_id=conversation.business.pk,
        subject="contact",
        subject_id=conversation.contact_id,
        verb=verb,
        from_status=old,
        to_status=new,
        by=Actor.customer(),
        reason="Told the platform" if source == BY_PLATFORM else "Wrote or pressed it",
    )
