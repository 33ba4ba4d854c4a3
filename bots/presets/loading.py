"""Loads what a preset says about who answers: the business, its bot, the accounts and the knowledge.

A row is known by what names it (a slug, a topic, a language). One that is there stays as staff left it, unless
`overwrite` is asked for; one that is missing is made. So loading twice changes nothing.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import models

from bots.channels import CHANNELS
from bots.models import Bot, Business, ChannelAccount, Knowledge, KnowledgeText, Manager, StaffBot, Wording
from bots.presets import Preset, PresetError

M = TypeVar("M", bound=models.Model)

Environment = Mapping[str, str]


def ensure(model: type[M], names: dict[str, Any], fields: dict[str, Any], *, overwrite: bool) -> M:
    """Return the row that `names` names, made from both if it is missing, its `fields` written again if `overwrite`."""
    manager = model._default_manager
    if overwrite:
        return manager.update_or_create(defaults=fields, **names)[0]
    return manager.get_or_create(defaults=fields, **names)[0]


def load_bot(preset: Preset, environment: Environment, *, overwrite: bool) -> Bot:
    """The preset's bot with all that it needs. To be called in a transaction. Raises PresetError, naming variables."""
    data = preset["business"]
    accounts = [account for entry in data.get("accounts", []) if (account := _account(entry, environment))]
    fields = dict(data["business"])
    business = ensure(Business, {"slug": fields.pop("slug")}, fields, overwrite=overwrite)
    fields = dict(data["bot"]) | {"business": business}
    bot = ensure(Bot, {"slug": fields.pop("slug")}, fields, overwrite=overwrite)
    for names, fields in accounts:
        ensure(ChannelAccount, names, fields | {"bot": bot}, overwrite=overwrite)
    for sentence, texts in data.get("wordings", {}).items():
        for language, text in texts.items():
            names = {"bot": bot, "sentence": sentence, "language": language}
            ensure(Wording, names, {"text": text}, overwrite=overwrite)
    load_managers(business, data.get("managers", {}), environment, overwrite=overwrite)
    load_knowledge(business, preset.get("knowledge", []), overwrite=overwrite)
    return bot


def load_managers(
    business: Business, entry: Mapping[str, Any], environment: Environment, *, overwrite: bool
) -> Manager | None:
    """Return the bot for staff and the owner's own Telegram, where the environment names them. Raises PresetError."""
    if not entry:
        return None
    token, chat = (environment.get(entry[name], "").strip() for name in ("token_from", "chat_from"))
    if not token and not chat:
        return None
    number = token.partition(":")[0]
    if not (number.isdigit() and ":" in token):
        raise PresetError(f"{entry['token_from']} must be the token that @BotFather gives, like 123456789:AAE….")
    ensure(
        StaffBot,
        {"business": business},
        {"telegram_id": int(number), "credentials": {"token": token}},
        overwrite=overwrite,
    )
    if not chat:
        return None
    if not chat.lstrip("-").isdigit():
        raise PresetError(f"{entry['chat_from']} must be a number: write to @userinfobot in Telegram, it tells yours.")
    chat_id = int(chat)
    person = chat_id if chat_id > 0 else None  # a group's members are linked one by one
    fields = {"name": entry["name"], "language": entry["language"], "telegram_user_id": person}
    return ensure(Manager, {"business": business, "telegram_chat_id": chat_id}, fields, overwrite=overwrite)


def names_an_account(preset: Preset, environment: Environment) -> bool:
    """Whether the environment names an account that the preset would make of it."""
    variables = [entry.get("external_id_from", "") for entry in preset["business"].get("accounts", [])]
    return any(environment.get(variable, "").strip() for variable in variables if variable)


def _account(entry: Mapping[str, Any], environment: Environment) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """What names the account and its fields; None where the environment names none, or its channel is unknown here."""
    if entry["channel"] not in CHANNELS:
        return None
    external_id = entry.get("external_id") or environment.get(entry["external_id_from"], "").strip()
    if not external_id:
        return None
    variables: dict[str, str] = entry.get("secrets_from", {})
    missing = [variable for variable in variables.values() if not environment.get(variable, "").strip()]
    if missing:
        raise PresetError(
            f"{entry['external_id_from']} is set, so {' and '.join(missing)} must be set as well. "
            f"Without {entry['external_id_from']} the preset is loaded without that channel."
        )
    more: dict[str, str] = entry.get("optional_secrets_from", {})
    found = {name: environment.get(variable, "").strip() for name, variable in {**variables, **more}.items()}
    secrets = {name: value for name, value in found.items() if value}
    names = {"channel": entry["channel"], "external_id": external_id}
    return names, {"name": entry.get("name", ""), "credentials": secrets}


def load_knowledge(business: Business, entries: list[dict[str, Any]], *, overwrite: bool) -> None:
    """The knowledge entries and their texts. Vectors are made by `bots.knowledge.search.index_all`, not here."""
    for entry in entries:
        texts = {language: text for language, text in entry.items() if language != "topic"}
        knowledge = ensure(Knowledge, {"business": business, "topic": entry["topic"]}, {}, overwrite=False)
        for language, text in texts.items():
            fields = {"questions": text["questions"].strip(), "answer": text["answer"].strip()}
            ensure(KnowledgeText, {"knowledge": knowledge, "language": language}, fields, overwrite=overwrite)
