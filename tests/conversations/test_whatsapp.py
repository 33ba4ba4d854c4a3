"""WhatsApp through the whole application: who writes, the window and its templates, uncertain sends, consent, late messages."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bookings.models import Reservation
from bookings.reservations import notifications as reservation_notifications
from bots.channels.base import AccountBroken
from bots.models import ChannelAccount, Decision
from bots.models.templates import MessageTemplate
from bots.staff.actors import Actor
from bots.templates import check as template_check
from bots.work import drain
from conversations import delivery, outbox, takeover
from conversations.admin.timeline import bubbles
from conversations.models import Contact, ContactIdentity, Conversation, DeadLetter, Message
from conversations.people import contacts, optout
from tests.conversations.whatsapp_writer import ANN, ANN_ID, URL, WhatsAppWriter, whatsapp_account
from tests.conversations.writer import by_day, the_conversation
from tests.factories import DraftFactory, ReservationFactory, ServiceFactory
from tests.standins.whatsapp import NUMBER, WhatsAppGraph, message

pytestmark = pytest.mark.django_db(transaction=True)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FACTS = {"name": "Ann", "business": "Studio", "visit": "Tuesday, 18:30", "when": "18:30"}


@pytest.fixture
def account(db: Any) -> ChannelAccount:
    return whatsapp_account()


@pytest.fixture
def writer(account: ChannelAccount) -> WhatsAppWriter:
    return WhatsAppWriter()


@pytest.fixture
def api(settings: Any) -> Iterator[WhatsAppGraph]:
    with WhatsAppGraph(anyone=True) as graph:
        settings.GRAPH_API_URL = graph.url
        yield graph


@pytest.fixture
def talk(writer: WhatsAppWriter) -> Conversation:
    """Ann has written, and that was answered."""
    writer.write("Hi")
    Conversation.objects.update(answered_seq=1)
    return the_conversation()


def ours() -> Message:
    return Message.objects.exclude(author="customer").get()


def state(message: Message) -> str:
    message.refresh_from_db()
    return message.status


def silent_for(talk: Conversation, length: timedelta) -> None:
    Conversation.objects.filter(pk=talk.pk).update(last_inbound_at=timezone.now() - length)


# --- what comes in ------------------------------------------------------------------------------------


@pytest.mark.parametrize("token", ["WHATSAPP_VERIFY_TOKEN", "VERIFY_TOKEN"])
def test_handshake_with_either_token(settings: Any, account: ChannelAccount, token: str) -> None:
    settings.VERIFY_TOKEN = settings.WHATSAPP_VERIFY_TOKEN = ""
    setattr(settings, token, "a word")
    for given, status in (("a word", 200), ("another", 403), ("", 403)):
        asked = {"hub.mode": "subscribe", "hub.verify_token": given, "hub.challenge": "1158201444"}
        answer = Client().get(URL, asked)
        assert (answer.status_code, answer.content == b"1158201444") == (status, status == 200)


def test_a_talk_from_end_to_end(writer: WhatsAppWriter, api: WhatsAppGraph) -> None:
    wamid = writer.write("Hello, where can I park?")
    drain()
    assert api.deliveries, "it was answered"
    assert the_conversation().contact.phone == f"+{ANN}"
    assert the_conversation().contact.name == "Ann"
    delivery.show_attention(the_conversation().pk)
    assert [action["message_id"] for action in api.actions][-1] == wamid


def test_a_fault_of_the_account_is_kept_for_staff(writer: WhatsAppWriter) -> None:
    writer.bring(errors=[{"code": 130429, "title": "Rate limit hit"}])
    assert DeadLetter.objects.get().reason == "error 130429 Rate limit hit"
    assert not Conversation.objects.exists()


# --- who writes ----------------------------------------------------------------------------------


def known() -> set[tuple[str, str]]:
    return set(ContactIdentity.objects.values_list("kind", "value"))


def test_number_and_user_id_are_one_person(writer: WhatsAppWriter) -> None:
    writer.write("both", customer=f"{ANN}|{ANN_ID}")
    writer.write("only the id", customer=ANN_ID)
    writer.write("only the number", customer=ANN)
    assert Contact.objects.count() == Conversation.objects.count() == 1
    assert known() == {("phone", ANN), ("bsuid", ANN_ID)}
    assert (the_conversation().peer_kind, the_conversation().peer) == ("phone", ANN)


def test_the_number_becomes_known_later(writer: WhatsAppWriter, api: WhatsAppGraph) -> None:
    writer.write("only the id", customer=ANN_ID)
    outbox.say(the_conversation().pk, "Hello")
    delivery.deliver(the_conversation().pk)
    writer.write("both", customer=f"{ANN}|{ANN_ID}")
    assert Conversation.objects.count() == 1
    assert (the_conversation().peer, the_conversation().contact.phone) == (ANN, f"+{ANN}")
    outbox.say(the_conversation().pk, "Again")
    delivery.deliver(the_conversation().pk)
    sent = [{key: one.body.get(key) for key in ("to", "recipient")} for one in api.deliveries]
    assert sent == [{"to": None, "recipient": ANN_ID}, {"to": f"+{ANN}", "recipient": None}]


def test_two_who_turn_out_to_be_one_are_merged(
    writer: WhatsAppWriter, account: ChannelAccount, api: WhatsAppGraph
) -> None:
    writer.write("by number", customer=ANN)
    writer.write("by id", customer=ANN_ID)
    assert Contact.objects.count() == 2
    first, second = Conversation.objects.order_by("pk")
    service = ServiceFactory(business=account.bot.business)
    draft = DraftFactory(service=service, conversation=second, contact=second.contact)
    Contact.objects.filter(pk=second.contact_id).update(opted_out_at=timezone.now(), opted_out_by="words")
    writer.write("both", customer=f"{ANN}|{ANN_ID}")
    draft.refresh_from_db()
    kept = Contact.objects.get(pk=first.contact_id)
    assert (draft.contact_id, draft.conversation_id) == (kept.pk, first.pk), "what others keep about them goes along"
    assert kept.opted_out_at, "their wish for quiet too"
    assert {row.contact_id for row in ContactIdentity.objects.all()} == {kept.pk}
    writer.write("by id again", customer=ANN_ID)
    assert list(first.messages.values_list("text", flat=True)) == ["by number", "both", "by id again"]
    second.refresh_from_db()
    assert (second.contact_id, second.peer_kind) == (kept.pk, "merged")
    outbox.say(second.pk, "Still for you", purpose="staff")
    delivery.deliver(second.pk)
    assert api.deliveries[-1].customer == ANN


def test_a_new_number_is_followed_and_the_old_one_let_go(writer: WhatsAppWriter) -> None:
    writer.write("Hi", customer=f"{ANN}|{ANN_ID}")
    moved = {"type": "user_changed_user_id", "wa_id": "48700", "user_id": "PL.2", "body": "changed"}
    moved["wa_id"] = "48700100200"
    for _ in range(2):
        writer.bring(message(ANN, id="wamid.SYS1", type="system", system=moved))
    assert known() == {("phone", "48700100200"), ("bsuid", "PL.2")}
    assert (the_conversation().peer, the_conversation().contact.phone) == ("48700100200", "+48700100200")
    assert the_conversation().messages.filter(kind="event").count() == 1
    writer.write("It is me", customer="48700100200")
    assert Conversation.objects.count() == 1
    writer.write("I am somebody else", customer=ANN)
    assert Contact.objects.count() == Conversation.objects.count() == 2


def test_a_merge_that_a_constraint_forbids_loses_nothing(account: ChannelAccount, writer: WhatsAppWriter) -> None:
    """Both have the same row that may be there once: the one of who was merged stays with them."""
    writer.write("by number", customer=ANN)
    writer.write("by id", customer=ANN_ID)
    one, two = Contact.objects.order_by("pk")
    ContactIdentity.objects.create(contact=two, business=two.business, channel="webchat", kind="session", value="x")
    writer.write("both", customer=f"{ANN}|{ANN_ID}")
    assert set(one.identities.values_list("channel", flat=True)) == {"whatsapp", "webchat"}
    assert contacts.are_known(account, [contacts.Identity("whatsapp", "phone", ANN)])


# --- what became of it ---------------------------------------------------------------------------


def test_a_lost_answer_is_settled_by_the_status(writer: WhatsAppWriter, talk: Conversation, api: WhatsAppGraph) -> None:
    api.harm("closed")
    outbox.say(talk.pk, "We are open.")
    delivery.deliver(talk.pk)
    assert state(ours()) == "sending"
    [delivered] = api.deliveries
    writer.tell(delivered.message_id, "delivered", ref=delivered.client_ref)
    assert (ours().status, ours().external_id) == ("delivered", delivered.message_id)
    Message.objects.update(lease_until=timezone.now() - HOUR)
    delivery.settle_uncertain()
    delivery.deliver(talk.pk)
    assert api.count(text="We are open.") == 1
    assert not ours().maybe_duplicate


def test_a_status_that_comes_before_our_answer(writer: WhatsAppWriter, talk: Conversation, api: WhatsAppGraph) -> None:
    sent = outbox.say(talk.pk, "We are open.")
    claim = delivery.claim_next(talk.pk)
    writer.tell("wamid.OUT1", "sent", ref=str(sent.client_ref))
    writer.tell("wamid.OUT1", "read", ref=str(sent.client_ref))
    assert claim
    delivery._sent(claim, "wamid.OUT1")
    writer.tell("wamid.OUT1", "delivered", ref=str(sent.client_ref))
    assert (ours().status, ours().external_id) == ("read", "wamid.OUT1"), "never backwards"


def test_a_status_with_a_strange_reference_is_nobodys(writer: WhatsAppWriter, talk: Conversation) -> None:
    sent = outbox.say(talk.pk, "We are open.")
    for ref in ("", "outbox:501", "0" * 600, str(sent.client_ref)[:-1] + "x"):
        writer.tell("wamid.OUT1", "read", ref=ref)
    assert state(ours()) == "queued"


def test_a_late_failure_of_another_copy_changes_nothing(
    writer: WhatsAppWriter, talk: Conversation, api: WhatsAppGraph
) -> None:
    outbox.say(talk.pk, "We are open.")
    delivery.deliver(talk.pk)
    writer.tell("wamid.OTHER", "failed", ref=str(ours().client_ref), code=131000)
    assert state(ours()) == "sent"


@pytest.mark.parametrize(
    ("code", "status", "attention"),
    [
        (131026, "failed", "failed_send"),
        (130472, "failed", "failed_send"),
        (999999, "failed", "failed_send"),
        (131047, "held", "failed_send"),
        (132001, "held", "failed_send"),
        (131050, "cancelled", ""),
        (131000, "queued", ""),
        (190, "queued", "failed_send"),
    ],
)
def test_what_a_late_failure_makes_of_a_message(
    writer: WhatsAppWriter, talk: Conversation, api: WhatsAppGraph, code: int, status: str, attention: str
) -> None:
    outbox.say(talk.pk, "We are open.")
    delivery.deliver(talk.pk)
    for _ in range(2):
        writer.tell(ours().external_id or "wamid.GONE", "failed", ref=str(ours().client_ref), code=code)
    assert (ours().status, the_conversation().attention) == (status, attention)
    assert bool(the_conversation().contact.opted_out_at) is (code == 131050)
    assert bool(the_conversation().account.paused_at) is (code == 190)


# --- the window ----------------------------------------------------------------------------------


def approved(account: ChannelAccount, **more: Any) -> MessageTemplate:
    given = {"key": "visit_reminder", "language": "en", "name": "visit_reminder", "parameters": "name\nwhen"}
    row = MessageTemplate.objects.create(account=account, **given | more)
    template_check.check(account)
    row.refresh_from_db()
    return row


def remind(talk: Conversation, **more: Any) -> Message | None:
    given: dict[str, Any] = {"purpose": "reminder", "template": "visit_reminder", "parameters": FACTS}
    return outbox.say(talk.pk, "A reminder: Tuesday, 18:30.", **given | more)


@pytest.fixture(autouse=True)
def where_it_is_day(account: ChannelAccount) -> None:
    by_day()


def test_inside_the_window_it_goes_as_it_is(account: ChannelAccount, talk: Conversation, api: WhatsAppGraph) -> None:
    api.template("visit_reminder", "en", places=2)
    approved(account)
    remind(talk)
    delivery.deliver(talk.pk)
    assert [one.text for one in api.deliveries] == ["A reminder: Tuesday, 18:30."]


def test_outside_it_goes_as_its_template(account: ChannelAccount, talk: Conversation, api: WhatsAppGraph) -> None:
    api.template("visit_reminder", "en", places=2)
    approved(account)
    silent_for(talk, 25 * HOUR)
    remind(talk)
    delivery.deliver(talk.pk)
    assert [one.text for one in api.deliveries] == ["template visit_reminder | Ann | 18:30"]
    assert (ours().status, ours().template["sent_as"]) == ("sent", "visit_reminder")
    assert bubbles(the_conversation(), timezone.now())[-1].purpose == "Reminder, as the template “visit_reminder”"


def test_buttons_of_the_template_carry_our_payloads(
    account: ChannelAccount, talk: Conversation, api: WhatsAppGraph
) -> None:
    api.template("visit_reminder", "en", named=("who", "time"), buttons=2)
    approved(account, parameters="who=name\ntime=when")
    silent_for(talk, 25 * HOUR)
    buttons = [
        reservation_notifications.Button(title, payload)
        for title, payload in (("Yes", "y"), ("Move", "m"), ("Cancel", "c"))
    ]
    remind(talk, buttons=buttons)
    delivery.deliver(talk.pk)
    parts = api.deliveries[0].body["template"]["components"]
    assert [part["parameters"][0].get("payload") for part in parts] == [None, "y", "m"]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (None, "no template stands for “Reminder before a visit” (en)"),
        ({"name": "unknown"}, "no template of this name"),
        ({"name": "waits"}, "the platform says: pending"),
        ({"parameters": "name"}, "it has 2 places, and 1 facts are given"),
        ({"parameters": "a=name\nb=when"}, "its places have numbers, not names"),
        ({"parameters": "name\nold"}, "lacks a fact"),
        ({"is_active": False}, "no template stands for"),
        ({"language": "es"}, "no template stands for"),
    ],
)
def test_what_cannot_go_waits_with_a_reason(
    account: ChannelAccount, talk: Conversation, api: WhatsAppGraph, given: dict[str, Any] | None, why: str
) -> None:
    api.template("visit_reminder", "en", places=2)
    api.template("waits", "en", status="PENDING")
    if given is not None:
        approved(account, **given)
    silent_for(talk, 25 * HOUR)
    remind(talk)
    delivery.deliver(talk.pk)
    assert state(ours()) == "held"
    assert why in ours().error
    assert the_conversation().attention == "failed_send"
    assert api.deliveries == []


def test_the_default_language_will_do(account: ChannelAccount, talk: Conversation, api: WhatsAppGraph) -> None:
    api.template("visit_reminder", "pl", places=2)
    approved(account, language="pl")
    silent_for(talk, 25 * HOUR)
    remind(talk)
    delivery.deliver(talk.pk)
    assert api.deliveries[0].body["template"]["language"] == {"code": "pl"}


def test_metas_word_goes_before_our_clock(account: ChannelAccount, talk: Conversation, api: WhatsAppGraph) -> None:
    """131047 although we think that it is open: the same path, and no second refusal for the next message."""
    api.template("visit_reminder", "en", places=2)
    approved(account)
    api.harm("window")
    remind(talk)
    outbox.say(talk.pk, "And one that no template stands for", purpose="news")
    drain()
    assert [one.text for one in api.deliveries] == ["template visit_reminder | Ann | 18:30"]
    assert len([one for one in api.asked if one.method == "POST"]) == 2
    assert Message.objects.get(purpose="news").status == "held"


def test_a_late_refusal_leads_to_the_same_path(
    account: ChannelAccount, writer: WhatsAppWriter, talk: Conversation, api: WhatsAppGraph
) -> None:
    api.template("visit_reminder", "en", places=2)
    approved(account)
    remind(talk)
    delivery.deliver(talk.pk)
    writer.tell(ours().external_id, "failed", code=131047)
    drain()
    assert [one.text for one in api.deliveries] == [
        "A reminder: Tuesday, 18:30.",
        "template visit_reminder | Ann | 18:30",
    ]
    assert state(ours()) == "sent"


def test_a_late_refusal_after_the_customer_wrote_sends_it_as_it_is(
    writer: WhatsAppWriter, talk: Conversation, api: WhatsAppGraph
) -> None:
    outbox.say(talk.pk, "We are open.", purpose="news")
    delivery.deliver(talk.pk)
    writer.tell(ours().external_id, "failed", code=131047, ago=10 * timedelta(seconds=1))
    delivery.deliver(talk.pk)
    assert api.count(text="We are open.") == 2
    assert state(ours()) == "sent"


def test_a_template_that_meta_stopped_is_not_tried_again(
    account: ChannelAccount, talk: Conversation, api: WhatsAppGraph
) -> None:
    api.template("visit_reminder", "en", places=2)
    row = approved(account)
    api.template("visit_reminder", "en", places=2, status="PAUSED")
    silent_for(talk, 25 * HOUR)
    for _ in range(2):
        remind(talk)
        delivery.deliver(talk.pk)
    row.refresh_from_db()
    assert not row.is_usable
    assert "132015" in row.trouble
    assert len([one for one in api.asked if one.method == "POST"]) == 1
    assert set(Message.objects.exclude(author="customer").values_list("status", flat=True)) == {"held"}
    api.template("visit_reminder", "en", places=2)
    assert template_check.check_all() == 1
    row.refresh_from_db()
    assert row.is_usable


def test_what_was_held_goes_when_the_customer_writes(
    writer: WhatsAppWriter, talk: Conversation, api: WhatsAppGraph
) -> None:
    silent_for(talk, 25 * HOUR)
    outbox.say(talk.pk, "Confirmed: Tuesday.", purpose="news")
    outbox.say(talk.pk, "Too late by then", purpose="news", expires_at=timezone.now() + HOUR)
    outbox.say(talk.pk, "A reply of the bot")
    outbox.say(talk.pk, "Written by a person", purpose="staff")
    delivery.deliver(talk.pk)
    assert set(Message.objects.exclude(author="customer").values_list("status", flat=True)) == {"held"}
    Message.objects.filter(text="Too late by then").update(expires_at=timezone.now() - HOUR)
    writer.write("An old one, redelivered", ago=30 * HOUR)
    assert Message.objects.filter(status="held").count() == 4, "what was written before opens nothing"
    Conversation.objects.update(attention="failed_send")
    writer.write("Hello?")
    delivery.deliver(talk.pk)
    assert [one.text for one in api.deliveries] == ["Confirmed: Tuesday.", "Written by a person"]
    assert set(Message.objects.filter(status="cancelled").values_list("text", flat=True)) == {
        "Too late by then",
        "A reply of the bot",
    }
    assert the_conversation().attention == ""


def test_newer_news_of_a_visit_overtake_what_is_held(
    account: ChannelAccount, writer: WhatsAppWriter, talk: Conversation, api: WhatsAppGraph
) -> None:
    service = ServiceFactory(business=account.bot.business)
    start = timezone.now() + 3 * DAY
    visit = ReservationFactory(service=service, conversation=talk, contact=talk.contact, start=start)
    silent_for(talk, 25 * HOUR)
    reservation_notifications.confirmed(visit)
    delivery.deliver(talk.pk)
    visit.version += 1
    reservation_notifications.cancelled(visit, [], "Ill", now=timezone.now())
    delivery.deliver(talk.pk)
    assert list(Message.objects.exclude(author="customer").order_by("seq").values_list("status", flat=True)) == [
        "cancelled",
        "held",
    ]
    writer.write("Hello?")
    delivery.deliver(talk.pk)
    assert len(api.deliveries) == 1


def test_news_carry_the_facts_that_templates_want(account: ChannelAccount, talk: Conversation) -> None:
    service = ServiceFactory(business=account.bot.business)
    start = timezone.now() + 3 * DAY
    visit = ReservationFactory(service=service, conversation=talk, contact=talk.contact, start=start)
    reservation_notifications.confirmed(visit)
    reservation_notifications.moved(visit, visit)
    reservation_notifications.offered(visit, visit)
    reservation_notifications.rejected(visit, [], "No clay", now=timezone.now())
    reservation_notifications.cancelled(visit, [], "", now=timezone.now())
    reservation_notifications.expired(visit, [], now=timezone.now())
    said = [one.template for one in Message.objects.exclude(author="customer")]
    assert {one["key"] for one in said} == set(reservation_notifications.TEMPLATES) - {"visit_reminder"}
    for one in said:
        facts = reservation_notifications.TEMPLATES[one["key"]][1]
        assert all(one["parameters"].get(fact) for fact in facts), one
        assert one["language"] == "pl"


# --- who wants quiet -----------------------------------------------------------------------------

STOPS = [
    "STOP", "Stop.", "please stop", "unsubscribe", "stop texting me", "rezygnuję", "Wypisz mnie!", "proszę nie pisać",
    "стоп", "Відписатись", "не пишіть мені", "отписаться", "не пишите мне, пожалуйста", "baja", "darme de baja",
    "no más mensajes", "🛑 STOP",
]  # fmt: skip
GOES_ON = ["stop by on Friday?", "I cannot stop thinking about it", "nie rezygnuję", "стоп, а сколько стоит?", "start"]


@pytest.mark.parametrize("words", STOPS)
@pytest.mark.parametrize("mode", ["bot", "person"])
def test_stop_is_heard_at_the_door(
    writer: WhatsAppWriter, talk: Conversation, api: WhatsAppGraph, words: str, mode: str
) -> None:
    if mode == "person":
        takeover.pause(talk.pk, by=Actor.customer())
    remind(talk)
    writer.write(words)
    contact = the_conversation().contact
    assert (bool(contact.opted_out_at), contact.opted_out_by) == (True, "words")
    writer.write(words)
    drain()
    assert len(api.deliveries) == 1, "confirmed once, and nothing else"
    assert Message.objects.get(purpose="reminder").status == "cancelled"
    assert Decision.objects.filter(subject="contact", verb="opt out").count() == 1
    outbox.reply_as_staff(talk.pk, "Sorry to bother you, a colleague here.", by=Actor("Anna", "admin"))
    delivery.deliver(talk.pk)
    assert len(api.deliveries) == 2, "a person may write"
    writer.write("START")
    assert the_conversation().contact.opted_out_at is None


@pytest.mark.parametrize("words", GOES_ON)
def test_what_only_sounds_like_it_is_left_to_understanding(
    writer: WhatsAppWriter, talk: Conversation, words: str
) -> None:
    writer.write(words)
    assert the_conversation().contact.opted_out_at is None
    assert the_conversation().last_inbound_seq == 2, "it waits for an answer"


def test_buttons_stop_and_start(writer: WhatsAppWriter, talk: Conversation) -> None:
    writer.press("No more of these", optout.STOP_CHOICE)
    assert the_conversation().contact.opted_out_at
    writer.press("Again, please", optout.START_CHOICE)
    assert the_conversation().contact.opted_out_at is None


def test_what_was_told_to_whatsapp_holds_here(writer: WhatsAppWriter, talk: Conversation, api: WhatsAppGraph) -> None:
    writer.prefer("stop")
    assert the_conversation().contact.opted_out_by == "platform"
    writer.prefer("resume")
    assert the_conversation().contact.opted_out_at is None
    writer.write("STOP")
    writer.prefer("resume")
    assert the_conversation().contact.opted_out_at, "words are taken back by words"
    drain()
    assert len(api.deliveries) == 1, "only the words were confirmed"


def test_the_platforms_block_opts_out(talk: Conversation, api: WhatsAppGraph) -> None:
    api.harm("opted_out")
    outbox.say(talk.pk, "News", purpose="news")
    outbox.say(talk.pk, "More news", purpose="news")
    drain()
    assert api.deliveries == []
    assert the_conversation().contact.opted_out_by == "platform"
    assert set(Message.objects.exclude(author="customer").values_list("status", flat=True)) == {"cancelled"}


def test_a_stop_that_comes_late_does_not_undo_a_newer_start(writer: WhatsAppWriter, talk: Conversation) -> None:
    writer.write("STOP")
    writer.write("START")
    writer.write("STOP", ago=timedelta(minutes=5))
    assert the_conversation().contact.opted_out_at is None


def test_quiet_on_one_channel_is_quiet_on_all(writer: WhatsAppWriter, talk: Conversation, api: WhatsAppGraph) -> None:
    second = whatsapp_account(external_id="106000000000002", bot=talk.account.bot)
    other = Conversation.objects.create(account=second, contact=talk.contact, peer_kind="phone", peer=ANN)
    outbox.say(other.pk, "News", purpose="news")
    writer.write("STOP")
    delivery.deliver(other.pk)
    assert Message.objects.get(conversation=other).status == "cancelled"


# --- the order of messages -----------------------------------------------------------------------


def test_a_late_message_stands_where_it_belongs(writer: WhatsAppWriter, api: WhatsAppGraph) -> None:
    writer.write("Sunday at 18:00, please", ago=timedelta(seconds=40))
    drain()
    writer.write("Saturday at 17:00, please", ago=timedelta(minutes=2))
    shown = [bubble.text for bubble in bubbles(the_conversation(), timezone.now()) if bubble.side == "in"]
    assert shown == ["Saturday at 17:00, please", "Sunday at 18:00, please"]


def test_a_late_message_does_not_undo_a_newer_answer(
    account: ChannelAccount, writer: WhatsAppWriter, api: WhatsAppGraph
) -> None:
    ServiceFactory(business=account.bot.business, name="Wheel workshop")
    writer.write("I would like to book the wheel workshop on Sunday for 2 people", ago=timedelta(seconds=40))
    drain()
    before = list(Reservation.objects.values("day", "people"))
    heard = len(api.deliveries)
    writer.write("No wait, on Saturday for 5 people", ago=timedelta(minutes=2))
    drain()
    assert list(Reservation.objects.values("day", "people")) == before
    assert len(api.deliveries) == heard
    assert the_conversation().attention == "late", "a person sees it"


def test_a_late_question_is_answered_all_the_same(writer: WhatsAppWriter, api: WhatsAppGraph) -> None:
    writer.write("Hello", ago=timedelta(seconds=40))
    drain()
    heard = len(api.deliveries)
    writer.write("Where can I park?", ago=timedelta(minutes=2))
    drain()
    assert len(api.deliveries) == heard + 1


# --- setting up ----------------------------------------------------------------------------------


def test_a_dead_token_changes_nothing_about_templates(account: ChannelAccount, api: WhatsAppGraph) -> None:
    api.template("visit_reminder", "en", places=2)
    row = approved(account)
    account.credentials = {**account.secrets, "token": "dead"}
    account.save()
    with pytest.raises(AccountBroken):
        template_check.check(account)
    assert template_check.check_all() == 0
    row.refresh_from_db()
    assert row.is_usable
    assert row.account.external_id == NUMBER
