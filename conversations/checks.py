"""What must be true of the configuration before anything runs: Django's system checks say what is wrong and what to do.

`manage.py check` and every command that checks (migrate among them, with which a release begins) look at the settings;
those that look into the tables run where a database is named: `check --database default`, and migrate too.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from celery import current_app
from cryptography.fernet import Fernet
from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.authentication import SessionAuthentication

from bots.channels import CHANNELS
from bots.registry import brought
from bots.staff.api_keys import environment


@register(Tags.security)
def encryption_keys(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Credentials can be encrypted, and every key that is named can be read."""
    if not settings.FIELD_ENCRYPTION_KEYS:
        missing = Warning if settings.DEBUG else Error
        hint = (
            "Make one with: python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'"
        )
        return [missing("FIELD_ENCRYPTION_KEYS is empty: no account can be used.", hint=hint, id="frontdesk.E001")]
    return [
        Error(f"Key number {number} of FIELD_ENCRYPTION_KEYS is not a Fernet key.", id="frontdesk.E002")
        for number, key in enumerate(settings.FIELD_ENCRYPTION_KEYS, start=1)
        if not _is_key(key)
    ]


def _is_key(key: str) -> bool:
    try:
        Fernet(key)
    except (ValueError, TypeError):
        return False
    return True


@register()
def language_models(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """A model has less time than the turn's lease, and prices are two numbers each."""
    found: list[CheckMessage] = []
    if settings.LLM_TURN_SECONDS + 15 > settings.TURN_LEASE_SECONDS:
        hint = "Leave fifteen seconds for the answer to be written down, or another worker begins it anew."
        found.append(Error("LLM_TURN_SECONDS is too near to TURN_LEASE_SECONDS.", hint=hint, id="frontdesk.E010"))
    try:
        [(float(given[0]), float(given[1])) for given in settings.LLM_PRICES.values()]
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        hint = 'Write it like {"llama": [0, 0]}: dollars per million tokens in and out.'
        found.append(Error("LLM_PRICES cannot be read.", hint=hint, id="frontdesk.E011"))
    return found


@register(Tags.security)
def api_keys_of_environment(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Return a key that opens every business is not a short one."""
    hint = "Make one with: python -c 'import secrets; print(secrets.token_urlsafe(32))'"
    short = [name for name in environment.NAMES if getattr(settings, name) and name not in environment.usable()]
    words = f"has fewer than {environment.SHORTEST} characters, so it opens nothing."
    return [Error(f"{name} {words}", hint=hint, id="frontdesk.E012") for name in short]


@register(Tags.security)
def environment_named(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """It is known whether this is production, and production shows nobody how it is made."""
    found: list[CheckMessage] = []
    if settings.APP_ENV not in ("dev", "production"):
        found.append(
            Error("APP_ENV is neither “dev” nor “production”, so it counts as production.", id="frontdesk.E013")
        )
    elif settings.IN_PRODUCTION and settings.DEBUG:
        hint = "Set DEBUG=false, or APP_ENV=dev if no customers are served here."
        found.append(
            Error("DEBUG shows the insides of errors, and APP_ENV is production.", hint=hint, id="frontdesk.E014")
        )
    return found


@register(Tags.security, deploy=True)
def api_key_in_production(
    app_configs: Any, databases: Sequence[str] | None = None, **options: Any
) -> list[CheckMessage]:
    """Production has a key for its API. The table is asked only where a database is named, as all tables are."""
    if not settings.IN_PRODUCTION or environment.usable():
        return []
    hint = "Set ADMIN_API_KEY to 20 random characters or more"
    if not databases:
        hint += ", or, with keys that were made in the admin, run: check --deploy --database default"
    else:
        try:
            if environment.is_there_a_key():
                return []
        except DatabaseError:  # no tables yet
            pass
        hint += ", or make a key: manage.py make_api_key NAME"
    return [Error("There is no key for the API.", hint=f"{hint}.", id="frontdesk.E015")]


@register("celery")
def wakeups_only(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Celery's messages are hints: JSON, acknowledged early, never kept, never repeated by Celery itself."""
    found: list[CheckMessage] = []
    if settings.CELERY_TASK_SERIALIZER != "json" or list(settings.CELERY_ACCEPT_CONTENT) != ["json"]:
        found.append(Error("Celery must speak JSON and nothing else.", id="frontdesk.E003"))
    if settings.CELERY_RESULT_BACKEND:
        found.append(Error("Celery must keep no results: the truth is in PostgreSQL.", id="frontdesk.E004"))
    # Not `import_default_modules`: Celery's Django fixup runs these checks from there.
    late = sorted(name for name, task in current_app.tasks.items() if task.acks_late)
    if settings.CELERY_TASK_ACKS_LATE or late:
        named = f" These are late: {', '.join(late)}." if late else ""
        found.append(Error(f"Celery tasks must be acknowledged early.{named}", id="frontdesk.E005"))
    return found


@register(Tags.urls)
def csrf_exempt_views(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Return only the views that a Feature names go without CSRF protection."""
    exempt = {f"{view.__module__}.{view.__qualname__}" for view in _exempt_views(get_resolver().url_patterns)}
    listed = set(brought("csrf_exempt"))
    unlisted, idle = sorted(exempt - listed), sorted(listed - exempt)
    return [
        *(Error(f"{name} is csrf-exempt and not on the list.", id="frontdesk.E006") for name in unlisted),
        *(Error(f"{name} is listed as csrf-exempt and is not.", id="frontdesk.E007") for name in idle),
    ]


def _exempt_views(patterns: Sequence[URLPattern | URLResolver]) -> Iterator[Any]:
    """Those behind a session are left out: REST framework checks their token itself."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _exempt_views(pattern.url_patterns)
        elif getattr(pattern.callback, "csrf_exempt", False):
            view = getattr(pattern.callback, "cls", None) or getattr(pattern.callback, "view_class", pattern.callback)
            if SessionAuthentication not in getattr(view, "authentication_classes", ()):
                yield view


@register(Tags.database)
def account_secrets(app_configs: Any, databases: Sequence[str] | None = None, **options: Any) -> list[CheckMessage]:
    """Every active account has the secrets without which it takes and sends nothing."""
    if not databases:
        return []
    rows = apps.get_model("bots", "ChannelAccount").objects.filter(is_active=True)
    try:
        accounts = list(rows)
    except DatabaseError:  # no tables yet: this is the migrate that makes them
        return []
    found: list[CheckMessage] = [
        Error(
            f"The account {account.channel} {account.external_id} lacks: {', '.join(missing)}.",
            hint="Fill them in on its page in the admin, or switch it off. If they were there, "
            "FIELD_ENCRYPTION_KEYS no longer has the key that they were encrypted with.",
            id="frontdesk.E008",
        )
        for account in accounts
        if (missing := account.missing_secrets())
    ]
    return found + [_unverifiable(code) for code in CHANNELS if _lacks_token(code, accounts)]


def _lacks_token(code: str, accounts: list[Any]) -> bool:
    tokens = CHANNELS[code].verify_tokens()
    own = [account for account in accounts if account.channel == code]
    brought = any(account.secrets.get("verify_token") for account in own)
    return bool(tokens and own) and not any(tokens.values()) and not brought


def _unverifiable(code: str) -> CheckMessage:
    label, name = CHANNELS[code].label, next(iter(CHANNELS[code].verify_tokens()))
    hint = "Choose any long word, set it, and give the same to Meta where it asks for the verify token."
    return Error(
        f"{'An' if label[0] in 'AEIOU' else 'A'} {label} account needs {name}.", hint=hint, id="frontdesk.E009"
    )
