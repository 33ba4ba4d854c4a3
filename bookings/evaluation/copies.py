"""A copy of a business to play with: all that decides what its bot does, nobody who works there, no customers."""

import secrets
from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import models, transaction

from bookings.models import (
    ConsultationQuestion,
    HolidayRule,
    Lead,
    LeadSettings,
    Reservation,
    Resource,
    Service,
    TimeOff,
)
from bots.models import Bot, Business, ChannelAccount, KnowledgeVector
from conversations.models import BotPrompt, Contact

M = TypeVar("M", bound=models.Model)


def copied(row: M, **changes: Any) -> M:
    """Return a new row like this one, but for the changes."""
    fields = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    return type(row)._default_manager.create(**(fields | changes))


@transaction.atomic
def copy_of(bot: Bot, *, agent: str) -> Bot:
    """Return a bot that answers as this one does, for a business of its own; with `agent` it is said who answers."""
    mark = secrets.token_hex(4)
    business = copied(bot.business, slug=f"evaluation-{mark}", name=bot.business.name)
    fields = {"business_id": business.pk, "slug": f"evaluation-{mark}", "agent": agent, "debounce_seconds": 0}
    new = copied(bot, **fields)
    for wording in bot.wordings.all():
        copied(wording, bot_id=new.pk)
    for prompt in BotPrompt.objects.filter(bot=bot, is_active=True):
        copied(prompt, bot_id=new.pk)
    ChannelAccount.objects.create(bot=new, channel="webchat", external_id=new.slug)
    _copy_knowledge(bot.business, business)
    services = _copy_offers(bot.business, business)
    _copy_consultation(bot, new, services)
    return new


def _copy_knowledge(old: Business, new: Business) -> None:
    for knowledge in old.knowledge.all():
        topic = copied(knowledge, business_id=new.pk)
        for text in knowledge.texts.all():
            words = copied(text, knowledge_id=topic.pk)
            for vector in KnowledgeVector.objects.filter(text=text):
                copied(vector, text_id=words.pk)


def _copy_offers(old: Business, new: Business) -> dict[int, Service]:
    """Return the copies of the services, by the numbers of those that they were made from."""
    services: dict[int, Service] = {}
    places: dict[int, Resource] = {}
    for resource in Resource.objects.filter(business=old):
        places[resource.pk] = copied(resource, business_id=new.pk)
        for hours in resource.hours.all():
            copied(hours, resource_id=places[resource.pk].pk)
    for service in Service.objects.filter(business=old):
        offer = services[service.pk] = copied(service, business_id=new.pk)
        offer.resources.set([places[resource.pk] for resource in service.resources.all()])
        for name in service.names.all():
            copied(name, service_id=offer.pk)
    for rule in HolidayRule.objects.filter(business=old):
        copied(rule, business_id=new.pk)
    for off in TimeOff.objects.filter(business=old):
        resource_id = places[off.resource_id].pk if off.resource_id else None
        copied(off, business_id=new.pk, resource_id=resource_id)
    return services


def _copy_consultation(old: Bot, new: Bot, services: Mapping[int, Service]) -> None:
    questions: dict[int, ConsultationQuestion] = {}
    for question in old.consultation_questions.order_by("position", "pk"):
        follows = questions.get(question.only_if_id or 0)
        questions[question.pk] = copied(question, bot_id=new.pk, only_if_id=follows.pk if follows else None)
        for text in question.texts.all():
            copied(text, question_id=questions[question.pk].pk)
    settings = LeadSettings.objects.filter(bot=old).first()
    if settings is not None:
        service = services.get(settings.service_id or 0)
        row = copied(settings, bot_id=new.pk, service_id=service.pk if service else None)
        row.needs_enquiry.set([services[pk] for pk in settings.needs_enquiry.values_list("pk", flat=True)])


def forget_customers(business: Business) -> None:
    """All that customers of the copy have left, so that the next talk finds it as it was."""
    Lead.objects.filter(business=business).delete()
    Reservation.objects.filter(business=business).delete()
    Contact.objects.filter(business=business).delete()


def remove(bot: Bot) -> None:
    """The copy and all that hangs on it."""
    if not bot.business.slug.startswith("evaluation-"):
        raise ValueError("This is not a copy.")
    forget_customers(bot.business)
    bot.business.delete()
