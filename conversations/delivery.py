"""Sends one conversation's queue, in order: claim, send, note what came of it.

A message is `sending`, committed, before its bytes leave. A crash after that leaves it so, and what may have been sent
is told apart from what was not: it is settled by the channel's echo or receipt, or by the rule in `_settle`.
"""

import logging
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.db.models.functions import Now

from bots import wakeups
from bots.channels import CHANNELS
from bots.channels.base import (
    AccountBroken,
    Button,
    ChannelError,
    OptedOut,
    Outbound,
    Template,
    TemplateUnusable,
    TryLater,
    Uncertain,
    WindowClosed,
)
from bots.db import clock
from bots.db.claims import wait_of
from bots.models import ChannelAccount
from bots.templates.check import mark
from conversations import gate, takeover, tasks
from conversations.models import Contact, Conversation, Message, ParkedEcho
from conversations.models.conversations import lock, lock_if_free
from conversations.people import optout
from conversations.wording import choose_label

logger = logging.getLogger(__name__)

Status = Message.Status

MAX_ATTEMPTS = 8  # with the waits below some two minutes: no message keeps the next one waiting for longer
WAITS = [1, 2, 4, 8, 16, 30, 60]  # seconds


@dataclass(frozen=True, slots=True)
class SendClaim:
    """The right to send one message once. `attempt` fences off an older claim of the same message."""

    message: Message
    conversation: Conversation
    attempt: int
    window_open: bool
    until: float  # by this process's monotonic clock: later nothing may leave, somebody else has taken over
    template: Template | None = None


def deliver(conversation_id: int) -> int:
    """Send what the conversation has queued, in order, until nothing is left or something must wait.

    Returns how many were sent. Holds no lock, transaction or connection while the channel is asked.
    """
    sent = 0
    while _has_queued(conversation_id) and (claim := claim_next(conversation_id)):
        sent += _send(claim)
    return sent


def _has_queued(conversation_id: int) -> bool:
    """Return whether there may be something to send: mostly there is not, and then nobody need be locked."""
    return Message.objects.filter(conversation=conversation_id, status=Status.QUEUED).exists()


@transaction.atomic
def claim_next(conversation_id: int) -> SendClaim | None:
    """Mark the oldest unsent message as sending and return it; None if there is none or it must wait.

    Locks the conversation, and the contact against a STOP that comes at the same moment. Messages that the gate drops
    or holds are noted and passed over.
    """
    until = time.monotonic() + settings.SEND_LEASE_SECONDS  # before the lease itself begins
    conversation = lock(conversation_id)
    list(Contact.objects.raw("SELECT * FROM conversations_contact WHERE id = %s FOR SHARE", [conversation.contact_id]))
    conversation.contact.refresh_from_db(fields=["opted_out_at"])
    unsent = Message.objects.filter(conversation=conversation, status__in=[Status.QUEUED, Status.SENDING])
    for message in unsent.order_by("seq"):
        if message.status == Status.SENDING:
            return None
        match gate.verdict(message, conversation):
            case gate.Wait(until):
                if until and until != message.not_before:
                    Message.objects.filter(pk=message.pk).update(not_before=until)
                return None
            case gate.Drop(why):
                _note(message, Status.CANCELLED, why)
            case gate.Hold(why):
                _note(message, Status.HELD, why)
                takeover.raise_attention(conversation.pk, Conversation.Attention.FAILED_SEND)
            case gate.Go(window_open, template):
                message.attempts += 1
                sent_as = {"sent_as": template.name} if template else {}
                Message.objects.filter(pk=message.pk).update(
                    status=Status.SENDING,
                    attempts=message.attempts,
                    template={**message.template, **sent_as} if sent_as else F("template"),
                    status_at=Now(),
                    lease_until=Now() + timedelta(seconds=settings.SEND_LEASE_SECONDS),
                    error="",
                )
                return SendClaim(message, conversation, message.attempts, window_open, until, template)
    return None


def _note(message: Message, status: str, error: str = "") -> None:
    Message.objects.filter(pk=message.pk).update(status=status, error=error[:200], status_at=Now(), lease_until=None)


def _send(claim: SendClaim) -> int:
    message, conversation = claim.message, claim.conversation
    account = conversation.account
    outbound = Outbound(
        to=conversation.address(),
        text=message.text,
        buttons=tuple(Button(one["title"], one["payload"]) for one in message.buttons),
        client_ref=str(message.client_ref),
        by_staff=message.purpose == Message.Purpose.STAFF,
        window_open=claim.window_open,
        choose=choose_label(conversation.business.language_for(conversation.language)) if message.buttons else "",
        template=claim.template,
        attempt=claim.attempt,
    )
    connection.close()  # back to the pool: the channel may take its time
    if time.monotonic() > claim.until:
        return 0  # this process was frozen for a while
    try:
        external_id = CHANNELS[account.channel](account).send(outbound)
    except ChannelError as error:
        _failed(claim, error)
        return 0
    _sent(claim, external_id)
    return 1


def _sent(claim: SendClaim, external_id: str) -> None:
    ours = Message.objects.filter(pk=claim.message.pk, status=Status.SENDING, attempts=claim.attempt)
    try:
        with transaction.atomic():
            ours.update(status=Status.SENT, external_id=external_id, status_at=Now(), lease_until=None)
    except IntegrityError:
        # The echo came first and was taken for a person's words: keep both, tell them apart by the note.
        ours.update(status=Status.SENT, status_at=Now(), lease_until=None, error="its echo was noted apart")
    logger.info("message sent", extra={"conversation": claim.conversation.pk, "message_id": claim.message.pk})


def _failed(claim: SendClaim, error: ChannelError) -> None:
    """The channel did not take it, or nobody knows whether it did."""
    with transaction.atomic():
        conversation = lock(claim.conversation.pk)
        message = Message.objects.select_related("account").get(pk=claim.message.pk)
        if message.status != Status.SENDING or message.attempts != claim.attempt:
            return  # an echo, a receipt or a sweep has settled it meanwhile
        message.conversation = conversation
        refused(message, error)


def refused(message: Message, error: ChannelError, *, at: datetime | None = None) -> None:
    """Do what the error says to do next, whether it came as the answer or later as a receipt (then from `at`, aware).

    The only place that reads these errors. The conversation must be locked.
    """
    conversation, account = message.conversation, message.account
    note = f"{type(error).__name__} {error.code} {error.detail}".strip()[:200]
    about = {"conversation": conversation.pk, "message_id": message.pk}
    logger.warning("send failed", extra={**about, "error": type(error).__name__, "code": error.code})
    match error:
        case TryLater() if message.attempts < MAX_ATTEMPTS:
            _try_later(message, error, note)
        case AccountBroken():
            _requeue(message, note, not_before=None)
            ChannelAccount.objects.filter(pk=account.pk, paused_at=None).update(paused_at=Now(), paused_reason=note)
            takeover.raise_attention(conversation.pk, Conversation.Attention.FAILED_SEND)
        case Uncertain():
            patience = CHANNELS[account.channel].patience
            Message.objects.filter(pk=message.pk).update(error=note, status_at=Now(), lease_until=Now() + patience)
        case WindowClosed():
            _window_is_closed(message, note, at or clock.now())
        case OptedOut():
            _note(message, Status.CANCELLED, note)
            optout.stop(conversation.pk, at=clock.now(), source=optout.BY_PLATFORM, confirm=False)
        case TemplateUnusable():
            mark(account, str(message.template.get("sent_as", "")), note)
            _hold(message, note)
        case _:
            _note(message, Status.FAILED, note)
            takeover.raise_attention(conversation.pk, Conversation.Attention.FAILED_SEND)


def _window_is_closed(message: Message, note: str, at: datetime) -> None:
    """The channel's word goes before our own clock: as a template if one stands for it, else a person sees to it.

    If the customer has written since then, the message goes as it is.
    """
    conversation = message.conversation
    if not CHANNELS[message.account.channel].has_templates:
        _hold(message, note)  # nothing else could be sent: whether the next one is refused too, the channel says
        return
    Conversation.objects.filter(pk=conversation.pk).update(window_refused_at=at)
    conversation.window_refused_at = at
    was_template = bool(message.template.get("sent_as"))
    match gate.verdict(message, conversation):
        case gate.Drop(why):
            _note(message, Status.CANCELLED, why)
        case gate.Wait():
            _requeue(message, note, not_before=None)
        case gate.Go(is_open, template) if (
            (is_open or template) and not was_template and message.attempts < MAX_ATTEMPTS
        ):
            _requeue(message, note, not_before=None)
            wakeups.enqueue(tasks.DELIVER, conversation.pk)
        case gate.Hold(why) if why != gate.CLOSED:
            _hold(message, f"{note}; {why}")
        case _:
            _hold(message, note)


def _hold(message: Message, note: str) -> None:
    _note(message, Status.HELD, note)
    takeover.raise_attention(message.conversation_id, Conversation.Attention.FAILED_SEND)


def _try_later(message: Message, error: TryLater, note: str) -> None:
    wait = error.after or wait_of(WAITS, message.attempts)
    if error.whole_account:
        ChannelAccount.objects.filter(pk=message.account_id).update(send_not_before=Now() + wait)
    _requeue(message, note, not_before=Now() + wait)


def _requeue(message: Message, note: str, *, not_before: object) -> None:
    Message.objects.filter(pk=message.pk).update(
        status=Status.QUEUED, error=note, not_before=not_before, status_at=Now(), lease_until=None
    )


def settle_uncertain() -> int:
    """Settle the sends that nobody finished: their worker died, or the channel's answer was lost.

    An echo that came meanwhile proves the send. Otherwise the rule of `_settle`. Returns how many were settled.
    """
    overdue = Message.objects.filter(status=Status.SENDING, lease_until__lt=Now()).values_list("pk", "conversation_id")
    settled = 0
    for message_id, conversation_id in list(overdue[:500]):
        with transaction.atomic():
            if lock_if_free(conversation_id) is None:
                continue
            message = (
                Message.objects.select_for_update(of=("self",))
                .select_related("account", "conversation")
                .filter(pk=message_id, status=Status.SENDING, lease_until__lt=Now())
                .first()
            )
            if message:
                _settle(message)
                settled += 1
        wakeups.enqueue(tasks.DELIVER, conversation_id)
    return settled


def _settle(message: Message) -> None:
    """News are worth a second copy, a reply while nothing newer was written; a reminder is sent once or not at all."""
    channel = CHANNELS[message.account.channel]
    if not channel.leaves_server:
        _requeue(message, "", not_before=None)
        return
    echo = ParkedEcho.objects.filter(conversation=message.conversation, text=message.text).first()
    if echo:
        Message.objects.filter(pk=message.pk).update(
            status=Status.SENT, external_id=echo.external_id, status_at=Now(), lease_until=None, error=""
        )
        echo.delete()
        return
    overtaken = Message.objects.filter(
        conversation=message.conversation, author=Message.Author.CUSTOMER, seq__gt=message.seq, expected=True
    ).exists()
    worth_it = message.purpose in (Message.Purpose.NEWS, Message.Purpose.STAFF, Message.Purpose.NOTICE) or (
        message.purpose == Message.Purpose.REPLY and not overtaken
    )
    if worth_it and not message.maybe_duplicate:
        Message.objects.filter(pk=message.pk).update(maybe_duplicate=True)
        _requeue(message, "sent again: it was not known whether it arrived", not_before=None)
        return
    _note(message, Status.UNKNOWN, "it is not known whether it arrived")
    takeover.raise_attention(message.conversation_id, Conversation.Attention.FAILED_SEND)


def show_attention(conversation_id: int) -> None:
    """Let the customer see that their last message was read and that an answer is being written. Best effort."""
    conversation = Conversation.objects.select_related("account", "contact").filter(pk=conversation_id).first()
    if conversation is None or conversation.account.paused_at:
        return
    inbound = Message.objects.filter(conversation=conversation, author=Message.Author.CUSTOMER, expected=True)
    last = inbound.order_by("-seq").values_list("external_id", flat=True).first()
    to, channel = conversation.address(), CHANNELS[conversation.account.channel](conversation.account)
    connection.close()
    channel.typing(to, read=last or "")


def due(*, missed_for: timedelta = timedelta(0), limit: int = 500) -> list[int]:
    """Conversations with something to send that should have left at least `missed_for` ago."""
    queued = Message.objects.filter(status=Status.QUEUED, account__is_active=True, account__paused_at=None)
    if missed_for:
        queued = queued.filter(status_at__lte=Now() - missed_for)
    rows = (
        queued.exclude(not_before__gt=Now())
        .exclude(account__send_not_before__gt=Now())
        .values_list("conversation_id", flat=True)
        .order_by("conversation_id")
        .distinct()
    )
    return list(rows[:limit])
