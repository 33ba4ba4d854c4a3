"""What there is of enquiries in a copy of a business."""

from collections.abc import Mapping
from typing import Any, ClassVar

from bookings.models import ConsultationQuestion, Lead, LeadAnswer, LeadSettings, Service
from bots.models import Bot, Business
from conversations.evaluation.sandbox import Commitment, Sandbox, copied
from conversations.models import Contact, Conversation


class LeadSandbox(Sandbox):
    case_keys: ClassVar[tuple[str, ...]] = ("lead",)

    def copy(self, old: Bot, new: Bot) -> None:
        questions: dict[int, ConsultationQuestion] = {}
        for question in old.consultation_questions.order_by("position", "pk"):
            follows = questions.get(question.only_if_id or 0)
            questions[question.pk] = copied(question, bot_id=new.pk, only_if_id=follows.pk if follows else None)
            for text in question.texts.all():
                copied(text, question_id=questions[question.pk].pk)
        settings = LeadSettings.objects.filter(bot=old).first()
        if settings is None:
            return
        services = _services(old, new)
        service = services.get(settings.service_id or 0)
        row = copied(settings, bot_id=new.pk, service_id=service)
        row.needs_enquiry.set([services[pk] for pk in settings.needs_enquiry.values_list("pk", flat=True)])

    def forget(self, business: Business) -> None:
        Lead.objects.filter(business=business).delete()

    def commitments(self, contact: Contact) -> set[Commitment]:
        """Return every enquiry that is no draft, with how far it has come."""
        rows = Lead.objects.filter(contact=contact).exclude(status=Lead.Status.DRAFT)
        return {(f"enquiry {pk}", str(status)) for pk, status in rows.values_list("pk", "status")}

    # --- recorded talks ----------------------------------------------------------------------------------------------

    def differences(self, conversation: Conversation, case: Mapping[str, Any], days: Mapping[str, Any]) -> list[str]:
        wanted = case.get("lead")
        if wanted is None:
            return []
        real = answers_by_code(latest(conversation.contact))
        return [
            f"of the enquiry {name} is {real.get(name)}, not {wanted[name]}"
            for name in wanted
            if real.get(name) != wanted[name]
        ]

    def goal_of(self, conversation: Conversation, days: Mapping[Any, str]) -> dict[str, Any]:
        lead = latest(conversation.contact)
        if lead is None:
            return {}
        told = {code: value for code, value in answers_by_code(lead).items() if code != "status"}
        kept = {answer.question.code for answer in lead.answers.select_related("question") if _tells_nobody(answer)}
        return {"lead": {"status": str(lead.status), **{code: told[code] for code in told if code in kept}}}


def _services(old: Bot, new: Bot) -> dict[int, int]:
    """Return the copies of the services, by the numbers of those that they were made from."""
    pairs = [Service.objects.filter(business=bot.business_id).order_by("pk") for bot in (old, new)]
    return {before.pk: after.pk for before, after in zip(*pairs, strict=True)}


def _tells_nobody(answer: LeadAnswer) -> bool:
    """Return whether it is no free text, which could tell who it is."""
    return bool({"choice", "cm", "high"} & answer.value.keys())


def latest(contact: Contact) -> Lead | None:
    """Return the customer's latest enquiry."""
    return Lead.objects.filter(contact=contact).order_by("-pk").first()


def answers_by_code(lead: Lead | None) -> dict[str, Any]:
    """Return its status, and what each question was answered with: a choice, centimetres, a sum, else words."""
    if lead is None:
        return {"status": "none"}
    found: dict[str, Any] = {"status": str(lead.status)}
    for answer in lead.answers.select_related("question"):
        value = answer.value
        found[answer.question.code] = value.get("choice") or value.get("cm") or value.get("high") or answer.words
    return found
