"""A configuration that cannot be right is refused before anything runs, in words that say what to do."""

import os
import subprocess
import sys
from io import StringIO
from typing import Any

import pytest
from celery import current_app
from cryptography.fernet import Fernet
from django.core.checks import run_checks
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection

from bots.accounts import accounts_of
from bots.models import ChannelAccount
from bots.registry import brought
from bots.staff.api_keys import authentication
from conversations import checks
from tests.config.server import ROOT, database_url
from tests.conversations.writer import instagram_account
from tests.factories import BotFactory

pytestmark = pytest.mark.slow


def ids(databases: list[str] | None = None, *, deploy: bool = False) -> set[str]:
    found = [message.id for message in run_checks(databases=databases, include_deployment_checks=deploy)]
    return {name for name in found if name and name.startswith("frontdesk.")}


def test_as_it_is_nothing_is_wrong() -> None:
    assert ids() == set()


def test_a_model_has_less_time_than_the_lease(settings: Any) -> None:
    settings.LLM_TURN_SECONDS = settings.TURN_LEASE_SECONDS
    assert ids() == {"frontdesk.E010"}


@pytest.mark.parametrize("prices", [[1], {"llama": 1}, {"llama": [1]}, {"llama": ["a", "b"]}])
def test_prices_of_models_are_two_numbers(settings: Any, prices: Any) -> None:
    settings.LLM_PRICES = prices
    assert ids() == {"frontdesk.E011"}


@pytest.mark.parametrize("name", ["ADMIN_API_KEY", "ADMIN_TOKEN"])
def test_a_key_of_the_environment_is_not_a_short_one(settings: Any, name: str) -> None:
    setattr(settings, name, "short")
    assert ids() == {"frontdesk.E012"}


@pytest.mark.parametrize(
    ("env", "debug", "expected"),
    [("dev", True, set()), ("production", False, set()), ("production", True, {"E014"}), ("prod", False, {"E013"})],
)
def test_it_is_known_whether_this_is_production(settings: Any, env: str, debug: bool, expected: set[str]) -> None:
    settings.APP_ENV, settings.DEBUG, settings.IN_PRODUCTION = env, debug, env != "dev"
    settings.PAYMENTS_PROVIDER = ""
    assert ids() == {f"frontdesk.{name}" for name in expected}


@pytest.mark.django_db
def test_production_is_deployed_with_a_key(settings: Any) -> None:
    assert "frontdesk.E015" not in ids(deploy=True), "not asked of a developer"
    settings.APP_ENV, settings.IN_PRODUCTION, settings.DEBUG = "production", True, False
    settings.PAYMENTS_PROVIDER = ""
    assert ids() == set(), "a release that makes the tables needs none yet"
    assert ids(deploy=True) == {"frontdesk.E015"}
    row, _ = authentication.make("Reports")
    assert ids(deploy=True) == {"frontdesk.E015"}, "without a database named the tables are not asked"
    assert ids(["default"], deploy=True) == set()
    authentication.revoke([row.pk])
    assert ids(["default"], deploy=True) == {"frontdesk.E015"}
    settings.ADMIN_API_KEY = "short"
    assert ids(["default"], deploy=True) == {"frontdesk.E012", "frontdesk.E015"}
    settings.ADMIN_API_KEY = "x" * 20
    assert ids(deploy=True) == set()


@pytest.mark.parametrize(("keys", "expected"), [([], "frontdesk.E001"), (["short"], "frontdesk.E002")])
def test_keys_must_be_there_and_good(settings: Any, keys: list[str], expected: str) -> None:
    settings.DEBUG = False
    settings.FIELD_ENCRYPTION_KEYS = keys
    assert ids() == {expected}


def test_one_bad_key_among_good_ones_is_named(settings: Any) -> None:
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode(), "bad"]
    (message,) = checks.encryption_keys(None)
    assert "number 2" in message.msg and "bad" not in message.msg.replace("bad key", "")


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("CELERY_TASK_SERIALIZER", "pickle", "frontdesk.E003"),
        ("CELERY_ACCEPT_CONTENT", ["json", "pickle"], "frontdesk.E003"),
        ("CELERY_RESULT_BACKEND", "redis://127.0.0.1", "frontdesk.E004"),
        ("CELERY_TASK_ACKS_LATE", True, "frontdesk.E005"),
    ],
)
def test_celery_must_only_ring(settings: Any, name: str, value: Any, expected: str) -> None:
    setattr(settings, name, value)
    assert {message.id for message in checks.wakeups_only(None)} == {expected}


def test_task_that_acknowledges_late_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(current_app.tasks["turns.answer"], "acks_late", True)
    (message,) = checks.wakeups_only(None)
    assert "turns.answer" in message.msg


def test_view_without_csrf_must_be_on_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {*brought("csrf_exempt")} - {"conversations.webhooks.Webhook"}
    monkeypatch.setattr(checks, "brought", lambda _what: (*known, "conversations.webhooks.Gone"))
    assert {message.id for message in checks.csrf_exempt_views(None)} == {"frontdesk.E006", "frontdesk.E007"}


@pytest.mark.django_db
@pytest.mark.parametrize("missing", ["token", "app_secret"])
def test_account_without_its_secret_is_an_error_and_takes_nothing(settings: Any, missing: str) -> None:
    settings.VERIFY_TOKEN = "word"
    account = instagram_account()
    assert ids(["default"]) == set() and accounts_of("instagram")
    credentials = {name: value for name, value in account.credentials.items() if name != missing}
    account.delete()
    broken = instagram_account(credentials=credentials)
    assert ids(["default"]) == {"frontdesk.E008"}
    assert ids() == set(), "without a database named the tables are not asked"
    assert accounts_of("instagram") == {}
    with pytest.raises(ValidationError, match=missing):
        broken.clean()
    ChannelAccount.objects.update(is_active=False)
    assert ids(["default"]) == set()


@pytest.mark.django_db
def test_instagram_needs_its_verify_token(settings: Any) -> None:
    settings.VERIFY_TOKEN = ""
    account = instagram_account()
    assert ids(["default"]) == {"frontdesk.E009"}
    ChannelAccount.objects.filter(pk=account.pk).delete()
    instagram_account(credentials=account.credentials | {"verify_token": "word"})
    assert ids(["default"]) == set()


@pytest.mark.django_db
def test_secrets_that_no_key_opens_are_an_error_and_not_a_crash(settings: Any) -> None:
    settings.VERIFY_TOKEN = "word"
    instagram_account()
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    assert ids(["default"]) == {"frontdesk.E008"}
    assert accounts_of("instagram") == {}


@pytest.mark.django_db
def test_web_chat_needs_no_secret() -> None:
    ChannelAccount.objects.create(bot=BotFactory(), channel="webchat", external_id="x")
    assert ids(["default"]) == set()


@pytest.mark.django_db
def test_preset_with_a_missing_variable_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INSTAGRAM_ACCOUNT_ID", "1784")
    monkeypatch.setenv("INSTAGRAM_TOKEN", "  ")
    with pytest.raises(CommandError, match="INSTAGRAM_TOKEN and META_APP_SECRET"):
        call_command("load_preset", "ceramics", stdout=StringIO())
    assert not ChannelAccount.objects.exists(), "half a preset is not loaded"


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A real manage.py, or another process of ours, on production settings."""
    given = {
        **{name: os.environ[name] for name in ("PATH", "HOME", "FIELD_ENCRYPTION_KEYS") if name in os.environ},
        "SECRET_KEY": "an-example-of-fifty-characters-at-least-0123456789-abcdefghij",
        "ALLOWED_HOSTS": "frontdesk.example",
        "DATABASE_URL": "postgres://nobody@127.0.0.1:9/nothing",
        "REDIS_URL": "redis://127.0.0.1:9/0",
        "ADMIN_API_KEY": "an-example-of-a-key-that-machines-send",
        **environment,
    }
    started = arguments if arguments[0] in ("-c", "-m") else ("manage.py", *arguments)
    return subprocess.run([sys.executable, *started], cwd=ROOT, env=given, capture_output=True, text=True, timeout=60)


def test_production_settings_pass_the_deploy_checks_without_a_database() -> None:
    done = run("check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr


def test_production_refuses_to_start_without_its_keys() -> None:
    done = run("check", FIELD_ENCRYPTION_KEYS="")
    assert done.returncode != 0 and "FIELD_ENCRYPTION_KEYS is empty" in done.stderr


@pytest.mark.django_db(transaction=True)
def test_release_refuses_an_account_without_its_secret() -> None:
    instagram_account(credentials={"token": "t"})
    connection.close()
    done = run("migrate", "--noinput", DATABASE_URL=database_url())
    assert done.returncode != 0
    assert "lacks: app_secret" in done.stderr and "Traceback" not in done.stderr


WEB = ("-c", "import config.wsgi; print('started')")
WORKER = ("-m", "celery", "-A", "config", "worker", "-P", "solo", "-Q", "turns")
NO_KEY = "In production the API needs a key"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("process", [WEB, WORKER], ids=["web", "worker"])
def test_production_does_not_start_without_a_key(process: tuple[str, ...]) -> None:
    url = database_url()
    connection.close()
    done = run(*process, ADMIN_API_KEY="", DATABASE_URL=url)
    assert done.returncode != 0 and NO_KEY in done.stderr and "started" not in done.stdout


@pytest.mark.django_db(transaction=True)
def test_production_starts_with_a_key_of_the_table() -> None:
    authentication.make("Reports")
    url = database_url()
    connection.close()
    assert "started" in run(*WEB, ADMIN_API_KEY="", DATABASE_URL=url).stdout


@pytest.mark.parametrize(
    "environment",
    [
        {"ADMIN_API_KEY": "", "ADMIN_TOKEN": "an-example-of-the-older-name"},
        {"ADMIN_API_KEY": "", "APP_ENV": "dev"},
        {"ADMIN_API_KEY": "", "DEBUG": "true"},
        {},
    ],
    ids=["older name", "named dev", "debug", "key"],
)
def test_starts_without_asking_the_database(environment: dict[str, str]) -> None:
    done = run(*WEB, **environment)
    assert "started" in done.stdout and "key" not in done.stderr


def test_starts_while_the_database_is_away_and_says_what_it_does_not_know() -> None:
    """Deliveries must be told to come again, and without a key nobody gets in."""
    done = run(*WEB, ADMIN_API_KEY="")
    assert "started" in done.stdout and "without knowing whether there is an API key" in done.stderr
