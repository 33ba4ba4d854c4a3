"""The inbox: which conversations need a person and why, and what a row tells. A constant number of queries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject, Least, Left
from django.http import HttpRequest

from bots.channels import CHANNELS
from bots.staff.presentation import age, counted, moment, one_line, span
from conversations.admin.panels import all_panels
from conversations.models import Contact, ContactIdentity, Conversation, Message

STUCK = [Message.Status.FAILED, Message.Status.HELD, Message.Status.UNKNOWN]
HOLDERS = {
    Conversation.Mode.BOT: ("smart_toy", "Bot", "blue"),
    Conversation.Mode.PERSON: ("person", "Person", "green"),
    Conversation.Mode.NOBODY: ("person_off", "Nobody", "orange"),
}
ATTENTION_ICONS = {
    Conversation.Attention.WANTS_PERSON: "front_hand",
    Conversation.Attention.QUESTION: "help",
    Conversation.Attention.WAITING: "hourglass_top",
    Conversation.Attention.FAILED_SEND: "error",
    Conversation.Attention.LATE: "history",
    Conversation.Attention.STUCK: "warning",
}


def needs_you() -> Q:
    """Conversations that wait for a person: by what the bot noted, unsent messages, or what a panel knows."""
    noted = Conversation.objects.exclude(attention="").order_by().values("pk")
    stuck = Message.objects.filter(status__in=STUCK).order_by().values("conversation_id")
    others = [panel.waiting().order_by().values("conversation_id") for panel in all_panels()]
    return Q(pk__in=noted.union(stuck, *others))  # each part reads its own small index


def with_rows(conversations: QuerySet[Conversation]) -> QuerySet[Conversation]:
    """Return the same conversations with all that a row of the inbox tells, in one query."""
    messages = Message.objects.filter(conversation=OuterRef("pk"))
    stuck = messages.filter(status__in=STUCK).order_by().values("conversation")
    unread = messages.filter(author=Message.Author.CUSTOMER, seq__gt=OuterRef("staff_read_seq")).exclude(
        kind=Message.Kind.EVENT
    )
    last = messages.exclude(kind=Message.Kind.EVENT).order_by("-seq")
    handle = ContactIdentity.objects.filter(contact=OuterRef("contact")).order_by("pk").values("value")
    waiting: dict[str, Any] = {
        f"waits_{panel.name}": Exists(panel.waiting().filter(conversation=OuterRef("pk"))) for panel in all_panels()
    }
    return conversations.select_related("contact", "account__bot__business").annotate(
        last=Subquery(
            last.values(data=JSONObject(text=Left("text", 200), author="author", kind="kind", status="status"))[:1]
        ),
        unread=Subquery(unread.order_by().values("conversation").annotate(n=Count("pk")).values("n")),
        stuck=Subquery(stuck.annotate(n=Count("pk")).values("n")),
        handle=Subquery(handle[:1]),
        **waiting,
    )


def with_needs_since(conversations: QuerySet[Conversation]) -> QuerySet[Conversation]:
    """With the moment since when a person is waited for; the oldest of all reasons."""
    stuck = Message.objects.filter(conversation=OuterRef("pk"), status__in=STUCK).order_by().values("conversation")
    since = [Subquery(stuck.annotate(at=Min("status_at")).values("at")), *[panel.since() for panel in all_panels()]]
    return conversations.annotate(needs_since=Least(F("attention_at"), *since))


@dataclass(frozen=True, slots=True)
class Tab:
    code: str
    label: str
    condition: Q


def tabs() -> list[Tab]:
    return [
        Tab("needs", "Needs you", needs_you()),
        Tab("all", "All", Q()),
        Tab("person", "Person holds it", Q(mode__in=[Conversation.Mode.PERSON, Conversation.Mode.NOBODY])),
        Tab("bot", "Bot holds it", Q(mode=Conversation.Mode.BOT)),
    ]


def tab_counts(conversations: QuerySet[Conversation]) -> dict[str, int]:
    return conversations.aggregate(**{tab.code: Count("pk", filter=tab.condition) for tab in tabs()})


def needs_you_count(request: HttpRequest) -> int:
    """Return how many conversations wait for this person; asked once a request."""
    if not hasattr(request, "needs_you_count"):
        mine = Conversation.objects.of(request.user).filter(needs_you())  # type: ignore[arg-type]
        request.needs_you_count = mine.count()  # type: ignore[attr-defined]
    return int(request.needs_you_count)  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Row:
    """What the inbox shows of one conversation, as plain words."""

    pk: int
    name: str
    channel: str
    channel_icon: str
    business: str
    last: str
    last_by: str
    at: str
    unread: int
    holder_icon: str
    holder: str
    holder_colour: str
    reasons: list[tuple[str, str]]
    waits: str
    window: str
    window_closed: bool


def row_of(conversation: Any, now: datetime) -> Row:
    zone = conversation.business.zone
    last = conversation.last or {"text": "", "author": "", "kind": "text"}
    icon, holder, colour = HOLDERS[conversation.mode]
    window, closed = window_left(conversation, now)
    said = last["text"] or ("" if last["kind"] == Message.Kind.TEXT else Message.Kind(last["kind"]).label)
    at = conversation.last_message_at
    return Row(
        pk=conversation.pk,
        name=contact_name(conversation.contact, conversation.handle or ""),
        channel=conversation.account.get_channel_display(),
        channel_icon=CHANNELS[conversation.account.channel].icon,
        business=conversation.business.name,
        last=one_line(said),
        last_by={"bot": "Bot: ", "staff": "You: "}.get(last["author"], ""),
        at=moment(at.astimezone(zone), now.astimezone(zone)) if at else "",
        unread=conversation.unread or 0,
        holder_icon=icon,
        holder=holder,
        holder_colour=colour,
        reasons=reasons(conversation),
        waits=age(conversation.needs_since, now),
        window=window,
        window_closed=closed,
    )


def contact_name(contact: Contact, handle: str) -> str:
    """Return the name, or how the channel knows the person where that says anything, or a number."""
    readable = handle if len(handle) <= 32 and not handle.replace("-", "").isalnum() else ""
    return one_line(contact.name or contact.phone or readable or f"Guest {contact.pk}", 60)


def reasons(conversation: Any) -> list[tuple[str, str]]:
    """Return why it needs a person: (icon, words)."""
    found = [(panel.icon, panel.reason) for panel in all_panels() if getattr(conversation, f"waits_{panel.name}")]
    if conversation.attention and not (
        conversation.attention == Conversation.Attention.FAILED_SEND and conversation.stuck
    ):
        found.append((ATTENTION_ICONS.get(conversation.attention, "warning"), conversation.get_attention_display()))
    if conversation.stuck:
        found.append(("error", f"{counted(conversation.stuck, 'message')} not delivered"))
    return found


def window_left(conversation: Conversation, now: datetime) -> tuple[str, bool]:
    """Return how long replies may still go out, and whether that is over even for people."""
    if conversation.last_inbound_at is None:
        return "", False
    until, by_staff = conversation.window_until(), conversation.window_until(by_staff=True)
    if until is None or until > now:
        return (f"open {span(until - now)}" if until else ""), False
    if by_staff is None or by_staff > now:
        return ("people only" + (f" {span(by_staff - now)}" if by_staff else "")), False
    return "closed", True


def window_words(conversation: Conversation, now: datetime) -> str:
    """For whoever is about to write: until when the channel takes it, in a sentence; "" where it always does."""
    words, closed = window_left(conversation, now)
    if closed:
        return (
            "The channel takes no replies any more, until the customer writes again. What you send now waits for that."
        )
    until = conversation.window_until(by_staff=True)
    return f"Replies are taken for another {span(until - now)}." if words and until else ""


def find(conversations: QuerySet[Conversation], words: str) -> QuerySet[Conversation]:
    """Return those whose customer's name, phone or address, or whose texts, contain these words."""
    digits = "".join(letter for letter in words if letter.isdigit())
    looks_like_phone = len(digits) >= 4 and not any(letter.isalpha() for letter in words)
    found = (
        Q(contact__name__icontains=words)
        | Q(contact__email__icontains=words)
        | Q(peer__icontains=words)
        | Q(Exists(ContactIdentity.objects.filter(contact=OuterRef("contact"), value__icontains=words)))
        | Q(Exists(Message.objects.filter(conversation=OuterRef("pk"), text__icontains=words)))
    )
    if looks_like_phone:
        found |= Q(contact__phone__contains=digits)
    return conversations.filter(found)
