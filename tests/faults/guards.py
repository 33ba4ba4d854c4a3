"""The guards that an experiment can take away from its own processes, one function each (HARM_WITHOUT in `harm`)."""

import re
import secrets
import signal
import time
from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from celery import current_app
from celery.signals import worker_ready
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, connections
from django.db.backends.utils import CursorWrapper
from django.db.models import F, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from kombu.exceptions import OperationalError as KombuError
from redis.exceptions import RedisError

from bookings.models import Reminder
from bots import wakeups
from bots.channels import reading
from bots.channels.base import AccountBroken, Receipt, TryLater
from bots.channels.whatsapp.channel import WhatsApp
from bots.db import clock
from bots.models import ChannelAccount
from conversations import delivery, gate, inbox, outbox, receipts, reminders, turns, webhooks
from conversations.chat.skills import TurnContext
from conversations.models import Contact, Conversation, Message
from conversations.people import contacts


def without_lease() -> None:
    """Anybody may answer at any time: no lease at the claim, no generation at the commit."""
    lease = " AND (lease_until IS NULL OR lease_until < now())"
    assert lease in turns._CLAIM
    turns._CLAIM = turns._CLAIM.replace(lease, "")

    def seconds_until_due(conversation_id: int) -> float | None:
        waiting = Conversation.objects.filter(pk=conversation_id, answered_seq__lt=F("last_inbound_seq"))
        due_at = waiting.values_list("due_at", flat=True).first()
        return None if due_at is None else max((due_at - timezone.now()).total_seconds() + 0.01, 0.0)

    turns._seconds_until_due = seconds_until_due
    without_fence()


def without_fence() -> None:
    """A turn is committed whoever has taken over meanwhile."""
    original = turns.commit

    def commit(lease: turns.Lease, *args: Any, **kwargs: Any) -> str:
        now = Conversation.objects.values_list("generation", flat=True).get(pk=lease.conversation_id)
        return original(replace(lease, generation=now), *args, **kwargs)

    turns.commit = commit


def without_dedupe_key() -> None:
    """The same cause may have its effect twice."""
    original = outbox.say

    def say(*args: Any, **kwargs: Any) -> Message | None:
        return original(*args, **kwargs | {"dedupe_key": ""})

    outbox.say = say


def without_second_look() -> None:
    """A turn does not look whether more was written while it thought."""
    turns.MAX_REDO = 0


def without_flag() -> None:
    """What may have arrived is sent again without a word about it."""

    def settle(message: Message) -> None:
        delivery._requeue(message, "", not_before=None)

    delivery._settle = settle


def without_external_id() -> None:
    """The platform's own id is not looked at: a repeated delivery is a new message."""
    external_id = "%(external_id)s"
    assert external_id in inbox._STORE
    inbox._STORE = inbox._STORE.replace(external_id, f"left({external_id}, 300) || gen_random_uuid()::text")


def without_commit_before_200() -> None:
    """The webhook thanks for what it could not store."""
    original = webhooks.Webhook._receive

    def receive(self: Any, *args: Any) -> Any:
        try:
            return original(self, *args)
        except (OperationalError, InterfaceError):
            connection.close()
            return webhooks._plain("ok", 200)

    webhooks.Webhook._receive = receive


def without_one_by_one() -> None:
    """An item that cannot be read spoils its whole delivery."""
    reading._translated = lambda item, account, read_item: read_item(item)


def without_digest() -> None:
    """What cannot be read is set aside each time that it comes."""
    original = inbox.dead_letter

    def dead_letter(channel: str, account: str, reason: str, body: bytes) -> None:
        original(channel, account, reason, body + b" " * secrets.randbelow(10**6))

    inbox.dead_letter = dead_letter


def without_one_person() -> None:
    """Nobody waits for who makes a person's rows, and no constraint of the table catches it."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE conversations_contactidentity DROP CONSTRAINT IF EXISTS identity_once")
    connection.close()
    contacts._one_at_a_time = lambda business_id, people: None
    create = Contact.objects.create

    def linger_and_create(**fields: Any) -> Contact:
        time.sleep(0.3)  # between look and insert, where a race happens
        return create(**fields)

    Contact.objects.create = linger_and_create


def without_written_order() -> None:
    """Messages are read in the order in which they arrived."""
    original = turns.turn_context

    def turn_context(*args: Any, **kwargs: Any) -> TurnContext:
        turn = original(*args, **kwargs)
        turn.messages.sort(key=lambda message: message.seq)
        return turn

    turns.turn_context = turn_context


def without_early_ack() -> None:
    """Tasks are acknowledged when they are done, as our settings forbid."""
    current_app.conf.task_acks_late = True


def without_wakeup() -> None:
    """Nobody is woken up: only the sweeps find what is to be done."""
    wakeups.enqueue_now = lambda task, conversation_id: None


def without_wakeup_timeout() -> None:
    """Who enqueues waits for the broker as long as it takes."""
    settings.CELERY_BROKER_TRANSPORT_OPTIONS["socket_timeout"] = None


def without_quiet() -> None:
    """Everybody enqueues, however long the one before has been waiting and whatever became of it."""

    def enqueue(task: str, conversation_id: int) -> None:
        with suppress(KombuError, RedisError, OSError):
            wakeups._publish(task, conversation_id)

    wakeups.enqueue_now = enqueue


def without_lock_timeout() -> None:
    """Who meets a row that is held waits until it is let go, or the statement's time is up."""
    options = connections.settings["default"]["OPTIONS"]
    assert "-c lock_timeout=" in options["options"]
    options["options"] = re.sub(r"-c lock_timeout=\d+", "", options["options"])


def without_waiting_alone() -> None:
    """Every thread of the web waits for a conversation that is held."""
    inbox.alone_if_held = lambda who: nullcontext()


def without_skip_locked() -> None:
    """Sweeps wait for rows that somebody holds."""
    original = QuerySet.select_for_update

    def select_for_update(self: Any, *args: Any, skip_locked: bool = False, **kwargs: Any) -> Any:
        return original(self, *args, **kwargs)

    QuerySet.select_for_update = select_for_update


def without_reminder_claim() -> None:
    """Who found a reminder due queues it, whatever another has done with it meanwhile."""
    original = reminders._queue

    def queue(kind: Any, found: Any, *, now: datetime) -> bool:
        if isinstance(found, Reminder):
            Reminder.objects.filter(pk=found.pk).update(status=Reminder.Status.SCHEDULED)
        return original(kind, found, now=now)

    reminders._queue = queue


def without_reference() -> None:
    """A status is known only by the platform's id; who waits for one waits a short while."""
    original = receipts._find

    def find(account: ChannelAccount, event: Receipt) -> Message | None:
        return original(account, replace(event, client_ref=""))

    receipts._find = find
    WhatsApp.patience = timedelta(seconds=2)


def without_account_rest() -> None:
    """What one message of an account hears of its limits, the others do not."""
    original = delivery._try_later

    def try_later(message: Message, error: TryLater, note: str) -> None:
        error.whole_account, error.after = False, timedelta(seconds=0.2)
        original(message, error, note)

    delivery._try_later = try_later


def without_account_pause() -> None:
    """An account whose token is dead goes on."""
    original = delivery.refused

    def refused(message: Message, error: Any, **more: Any) -> None:
        original(
            message, TryLater("190", after=timedelta(seconds=0.2)) if type(error) is AccountBroken else error, **more
        )

    delivery.refused = refused


def without_window() -> None:
    """The window is looked at when something is queued, not when it leaves."""
    original = gate._open
    gate._open = lambda until, now: original(until, now - timedelta(minutes=10))


def without_reminder_once() -> None:
    """A reminder of which nobody knows whether it arrived is worth a second copy."""
    original = delivery._settle

    def settle(message: Message) -> None:
        message.purpose = Message.Purpose.NEWS
        original(message)

    delivery._settle = settle


def without_warm_shutdown() -> None:
    """A worker that is told to stop drops what it has in hand."""
    worker_ready.connect(lambda **_: signal.signal(signal.SIGTERM, signal.SIG_DFL), weak=False)


def without_one_clock() -> None:
    """Each machine goes by its own clock: in Python, in queries, and in the statements that are written by hand."""
    clock.now = lambda: datetime.now(UTC)

    def as_postgresql(self: Now, *_: Any, **__: Any) -> tuple[str, list[datetime]]:
        return "%s::timestamptz", [datetime.now(UTC)]

    Now.as_postgresql = as_postgresql
    execute = CursorWrapper.execute

    def with_own_time(self: CursorWrapper, query: str, params: Any = None) -> Any:
        return execute(self, re.sub(r"\bnow\(\)", f"'{datetime.now(UTC).isoformat()}'::timestamptz", query), params)

    CursorWrapper.execute = with_own_time


GUARDS: dict[str, Callable[[], None]] = {
    "lease": without_lease,
    "fence": without_fence,
    "dedupe key": without_dedupe_key,
    "second look": without_second_look,
    "flag": without_flag,
    "external id": without_external_id,
    "commit before 200": without_commit_before_200,
    "one by one": without_one_by_one,
    "digest": without_digest,
    "one person": without_one_person,
    "written order": without_written_order,
    "early ack": without_early_ack,
    "wake-up": without_wakeup,
    "wake-up time-out": without_wakeup_timeout,
    "quiet": without_quiet,
    "lock time-out": without_lock_timeout,
    "waiting alone": without_waiting_alone,
    "skip locked": without_skip_locked,
    "reminder claim": without_reminder_claim,
    "warm shutdown": without_warm_shutdown,
    "reference": without_reference,
    "account rest": without_account_rest,
    "account pause": without_account_pause,
    "window": without_window,
    "reminder once": without_reminder_once,
    "one clock": without_one_clock,
}
