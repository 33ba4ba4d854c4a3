"""Rows for tests: a ceramics studio in Wrocław, its bot on the web chat, a customer, and what may be booked there."""

from datetime import UTC, datetime, time, timedelta

import factory
from django.contrib.auth import get_user_model
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from bookings.models import (
    ConsultationQuestion,
    ConsultationQuestionText,
    HolidayRule,
    Lead,
    Reservation,
    Resource,
    Service,
    ServiceName,
    TimeOff,
    WorkingHours,
)
from bots.models import Bot, Business, ChannelAccount, Knowledge, KnowledgeText
from conversations.models import Contact, ContactIdentity, Conversation, Message


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"staff{n}")
    is_staff = True
    password = factory.django.Password("a long enough password")


class BusinessFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Business
        skip_postgeneration_save = True

    name = "Studio Ceramiki"
    slug = factory.Sequence(lambda n: f"studio{n}")
    timezone = "Europe/Warsaw"
    country = ""  # and so no public holidays: tests that count days from now would meet them on some days of the year
    currency = "PLN"
    default_language = "pl"
    languages = factory.LazyFunction(lambda: ["pl", "en", "uk", "ru", "es"])

    @factory.post_generation
    def staff(self, create, users, **_):
        if create and users:
            self.staff.set(users)


class BotFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Bot

    business = factory.SubFactory(BusinessFactory)
    name = "Glinka"
    slug = factory.Sequence(lambda n: f"bot{n}")
    debounce_seconds = 0


class ChannelAccountFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ChannelAccount

    bot = factory.SubFactory(BotFactory)
    channel = "webchat"
    external_id = factory.LazyAttribute(lambda account: account.bot.slug)


class ContactFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Contact

    business = factory.SubFactory(BusinessFactory)
    name = factory.Sequence(lambda n: f"Customer {n}")


class ContactIdentityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ContactIdentity

    contact = factory.SubFactory(ContactFactory)
    business = factory.SelfAttribute("contact.business")
    channel = "webchat"
    kind = "session"
    value = factory.Sequence(lambda n: f"session{n}")


class ConversationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Conversation

    account = factory.SubFactory(ChannelAccountFactory)
    contact = factory.SubFactory(ContactFactory, business=factory.SelfAttribute("..account.bot.business"))
    peer_kind = "session"
    peer = factory.Sequence(lambda n: f"session{n}")
    language = "en"
    last_inbound_at = factory.LazyFunction(lambda: datetime.now(UTC))


class MessageFactory(factory.django.DjangoModelFactory):
    """Something that the customer wrote; the conversation's counters follow."""

    class Meta:
        model = Message

    conversation = factory.SubFactory(ConversationFactory)
    account = factory.SelfAttribute("conversation.account")
    seq = factory.LazyAttribute(lambda message: message.conversation.last_seq + 1)
    author = Message.Author.CUSTOMER
    status = Message.Status.RECEIVED
    external_id = factory.Sequence(lambda n: f"message{n}")
    text = "Dzień dobry"
    sent_at = factory.LazyFunction(lambda: datetime.now(UTC))

    @factory.post_generation
    def counted(self, create, _extracted, **_):
        if create:
            self.conversation.last_seq = self.seq
            if self.author == Message.Author.CUSTOMER:
                self.conversation.last_inbound_seq = self.seq
            self.conversation.save(update_fields=["last_seq", "last_inbound_seq"])

    @classmethod
    def _after_postgeneration(cls, instance, create, results=None):
        """Nothing to save again."""


class KnowledgeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Knowledge

    business = factory.SubFactory(BusinessFactory)
    topic = factory.Sequence(lambda n: f"Topic {n}")


class KnowledgeTextFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = KnowledgeText

    knowledge = factory.SubFactory(KnowledgeFactory)
    language = "en"
    questions = "Where can I park?"
    answer = "There are three places in the yard."


class WorkingHoursFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = WorkingHours

    weekday = 0
    opens = time(10)
    closes = time(18)


class ResourceFactory(factory.django.DjangoModelFactory):
    """Works from 10 to 18 every day, unless `hours` says otherwise: {weekday: [("10:00", "14:00"), …]}."""

    class Meta:
        model = Resource
        skip_postgeneration_save = True

    business = factory.SubFactory(BusinessFactory)
    name = factory.Sequence(lambda n: f"Place {n}")
    capacity = 1

    @factory.post_generation
    def hours(self, create, hours, **_):
        if not create:
            return
        every_day = {weekday: [("10:00", "18:00")] for weekday in range(7)}
        for weekday, rows in (every_day if hours is None else hours).items():
            for opens, closes in rows:
                WorkingHoursFactory(
                    resource=self, weekday=weekday, opens=time.fromisoformat(opens), closes=time.fromisoformat(closes)
                )


class ServiceFactory(factory.django.DjangoModelFactory):
    """An hour at one resource, every half hour, bookable at once and for 60 days; needs approval as by default."""

    class Meta:
        model = Service
        skip_postgeneration_save = True

    business = factory.SubFactory(BusinessFactory)
    name = "Wheel workshop"
    lead_time_minutes = 0
    price = 12000

    @factory.post_generation
    def resources(self, create, resources, **_):
        if create:
            self.resources.set([ResourceFactory(business=self.business)] if resources is None else resources)


class ServiceNameFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ServiceName

    service = factory.SubFactory(ServiceFactory)
    language = "pl"
    name = "Warsztaty na kole"


class TimeOffFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TimeOff

    business = factory.SubFactory(BusinessFactory)


class HolidayRuleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = HolidayRule

    business = factory.SubFactory(BusinessFactory)


class DraftFactory(factory.django.DjangoModelFactory):
    """A draft of one visit; give `service`, `day`, `start_time`. Its conversation belongs to the same business."""

    class Meta:
        model = Reservation

    service = factory.SubFactory(ServiceFactory)
    business = factory.SelfAttribute("service.business")
    conversation = factory.SubFactory(
        ConversationFactory, account__bot__business=factory.SelfAttribute("....service.business")
    )
    contact = factory.Maybe(
        "conversation", yes_declaration=factory.SelfAttribute("conversation.contact"), no_declaration=None
    )
    people = 1


class ReservationFactory(DraftFactory):
    """A visit that has its place: give `start` (aware). Confirmed, unless told otherwise."""

    class Params:
        start = None

    status = Reservation.Status.CONFIRMED
    resource = factory.LazyAttribute(lambda visit: visit.service.resources.order_by("pk").first())
    duration_minutes = factory.LazyAttribute(lambda visit: visit.service.duration_minutes)
    period = factory.LazyAttribute(
        lambda visit: DateTimeTZRange(
            visit.start.astimezone(UTC), visit.start.astimezone(UTC) + timedelta(minutes=visit.duration_minutes)
        )
    )
    block = factory.LazyAttribute(
        lambda visit: DateTimeTZRange(
            visit.period.lower - timedelta(minutes=visit.service.buffer_before_minutes),
            visit.period.upper + timedelta(minutes=visit.service.buffer_after_minutes),
        )
    )
    day = factory.LazyAttribute(lambda visit: visit.start.astimezone(visit.business.zone).date())
    start_time = factory.LazyAttribute(lambda visit: visit.start.astimezone(visit.business.zone).time())
    exclusive = factory.LazyAttribute(lambda visit: visit.resource.capacity == 1)


class ConsultationQuestionFactory(factory.django.DjangoModelFactory):
    """A question with one text in English; more by `texts`: {"pl": {"name": …, "text": …}}."""

    class Meta:
        model = ConsultationQuestion
        skip_postgeneration_save = True

    bot = factory.SubFactory(BotFactory)
    code = factory.Sequence(lambda n: f"question{n}")
    position = factory.Sequence(lambda n: n)

    @factory.post_generation
    def texts(self, create, texts, **_):
        for language, fields in (texts or {"en": {}}).items():
            said = {"name": self.code.capitalize(), "text": f"What about {self.code}?"} | fields
            ConsultationQuestionText.objects.create(question=self, language=language, **said)


class LeadFactory(factory.django.DjangoModelFactory):
    """An enquiry in a conversation of its own bot, with a service that it may book."""

    class Meta:
        model = Lead

    conversation = factory.SubFactory(ConversationFactory)
    business = factory.LazyAttribute(lambda lead: lead.conversation.business)
    bot = factory.LazyAttribute(lambda lead: lead.conversation.bot)
    contact = factory.LazyAttribute(lambda lead: lead.conversation.contact)
    language = "en"
    title = "A wolf on the forearm"
    deposit_amount = 20000
