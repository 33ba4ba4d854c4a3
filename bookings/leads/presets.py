"""Loads what a preset says about enquiries: the questions in all their languages, the settings, the reminders."""

from collections.abc import Mapping
from typing import Any

from bookings.models import ConsultationQuestion, ConsultationQuestionText, LeadReminderRule, LeadSettings, Service
from bots.models import Bot
from bots.presets.loading import Environment, ensure


def load_consultation(bot: Bot, entry: Mapping[str, Any], environment: Environment, *, overwrite: bool) -> None:
    """Load everything under `consultation`. To be called in a transaction.

    A row that is there stays as staff left it, unless `overwrite`; loading twice changes nothing.
    """
    _load_settings(bot, entry.get("settings", {}), overwrite=overwrite)
    known: dict[str, ConsultationQuestion] = {}
    for position, question in enumerate(entry.get("questions", []), start=1):
        known[question["code"]] = _load_question(bot, question, position, known, overwrite=overwrite)
    if overwrite or not bot.lead_reminder_rules.exists():
        for rule in entry.get("reminders", []):
            names = {"bot": bot, "step": rule["step"], "hours_after": rule["hours_after"]}
            ensure(LeadReminderRule, names, {"is_active": True}, overwrite=overwrite)


def _load_settings(bot: Bot, entry: Mapping[str, Any], *, overwrite: bool) -> None:
    services = {service.name: service for service in Service.objects.filter(business=bot.business_id)}
    fields = {key: value for key, value in entry.items() if key not in ("service", "needs_enquiry")}
    fields["service"] = services.get(entry.get("service", ""))
    is_new = not LeadSettings.objects.filter(bot=bot).exists()
    row = ensure(LeadSettings, {"bot": bot}, fields, overwrite=overwrite)
    if is_new or overwrite:
        row.needs_enquiry.set([services[name] for name in entry.get("needs_enquiry", [])])


def _load_question(
    bot: Bot, entry: Mapping[str, Any], position: int, known: Mapping[str, ConsultationQuestion], *, overwrite: bool
) -> ConsultationQuestion:
    fields = {key: value for key, value in entry.items() if key not in ("code", "texts", "only_if")}
    fields |= {"position": position, "only_if": known.get(entry.get("only_if", ""))}
    question = ensure(ConsultationQuestion, {"bot": bot, "code": entry["code"]}, fields, overwrite=overwrite)
    for language, words in entry["texts"].items():
        names = {"question": question, "language": language}
        ensure(ConsultationQuestionText, names, dict(words), overwrite=overwrite)
    return question
