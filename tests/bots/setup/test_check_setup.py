"""`manage.py check_setup` says of each service whether it works and what to do, with one reading question each."""

import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError
from django.utils import timezone

from bots.llm import client as http_client
from bots.llm.environment import NamedKey
from bots.models import Bot, Heartbeat, Manager, StaffBot
from bots.setup import LOOK, OFF, OK, WRONG, Finding, channels, email, findings, installation, llm, telegram
from tests import factories
from tests.conversations.writer import instagram_account
from tests.features import only
from tests.standins.graph import ACCOUNT, Graph
from tests.standins.llm import KEY, Model
from tests.standins.smtp import MailServer
from tests.standins.telegram import Telegram

pytestmark = pytest.mark.django_db


def states(found: Any) -> list[str]:
    return [one.state for one in found]


# --- the installation -------------------------------------------------------------------------------------------------------


def test_database_broker_and_workers_are_asked(settings: Any) -> None:
    settings.PUBLIC_URL = "https://desk.studio.example"
    Heartbeat.objects.create(name="beat and worker", at=timezone.now())
    found = {one.service: one for one in installation.check(None)}
    assert [one.state for one in found.values()] == [OK] * 4, found
    assert re.match(r"PostgreSQL \d\d, pgvector \d", found["Database"].words)


def test_silent_workers_and_a_local_address_are_to_be_looked_at(settings: Any) -> None:
    settings.PUBLIC_URL = "http://localhost:8000"
    found = {one.service: one for one in installation.check(None)}
    assert found["Work in the background"].state == LOOK and "Procfile" in found["Work in the background"].todo
    assert found["Address"].state == LOOK and "PUBLIC_URL" in found["Address"].todo


def test_a_broker_that_is_away_is_named(settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    assert [(one.state, "REDIS_URL" in one.todo) for one in installation.check(None) if one.service == "Broker"] == [
        (WRONG, True)
    ]


# --- Instagram -------------------------------------------------------------------------------------------------------


@pytest.fixture
def graph(settings: Any) -> Iterator[Graph]:
    with Graph() as standin:
        settings.GRAPH_API_URL = standin.url
        yield standin


def test_an_account_that_meta_knows_works(graph: Graph) -> None:
    account = instagram_account()
    found = [one for one in channels.check(account.bot) if one.service.startswith("Instagram ")]
    assert states(found) == [OK]
    assert [(one.method, one.path) for one in graph.asked] == [("GET", "/v25.0/me/subscribed_apps")]


def test_an_account_that_sends_us_nothing_is_to_be_looked_at(graph: Graph) -> None:
    account = instagram_account()
    graph.subscribed[ACCOUNT] = {"comments"}
    assert "does not send its messages" in next(iter(channels.check(account.bot))).words


def test_a_refused_token_says_what_to_do_and_is_not_shown(graph: Graph) -> None:
    account = instagram_account(credentials={"token": "an-old-token", "app_secret": "x"})
    found = next(iter(channels.check(account.bot)))
    assert found.state == WRONG and "new access token" in found.todo and "an-old-token" not in str(found)


def test_a_platform_that_is_away_is_not_blamed_on_the_token(settings: Any) -> None:
    settings.GRAPH_API_URL = "http://127.0.0.1:9"
    found = next(iter(channels.check(instagram_account().bot)))
    assert found.state == WRONG and "no connection" in found.words and "token" not in found.todo


def test_an_account_without_its_secrets_is_not_asked_for(graph: Graph) -> None:
    found = next(iter(channels.check(instagram_account(credentials={"token": "x"}).bot)))
    assert found.state == WRONG and "app_secret" in found.words and not graph.asked


# --- Telegram --------------------------------------------------------------------------------------------------------


@pytest.fixture
def telegram_server(settings: Any) -> Iterator[Telegram]:
    with Telegram() as standin:
        settings.TELEGRAM_API_URL = standin.url
        yield standin


def staff_bot(standin: Telegram, token: str = "") -> tuple[Bot, StaffBot]:
    bot = factories.BotFactory()
    token = token or standin.token
    row = StaffBot.objects.create(
        business=bot.business, telegram_id=int(token.split(":")[0]), credentials={"token": token}
    )
    return bot, row


@pytest.mark.django_db(transaction=True)
def test_a_bot_that_telegram_knows_works_once_somebody_is_linked(telegram_server: Telegram) -> None:
    bot, _ = staff_bot(telegram_server)
    (found,) = telegram.check(bot)
    assert found.state == LOOK and "OWNER_TELEGRAM_CHAT_ID" in found.todo
    Manager.objects.create(business=bot.business, name="Ola", telegram_chat_id=42)
    (found,) = telegram.check(bot)
    assert found.state == OK and "managers linked: 1" in found.words


@pytest.mark.django_db(transaction=True)
def test_a_refused_bot_token_says_whom_to_ask(telegram_server: Telegram) -> None:
    bot, _ = staff_bot(telegram_server, "111:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
    (found,) = telegram.check(bot)
    assert found.state == WRONG and "@BotFather" in found.words and "AAAA" not in str(found)


# --- e-mail ----------------------------------------------------------------------------------------------------------


def by_smtp(settings: Any, port: int) -> None:
    settings.EMAIL_IS_SET_UP = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""


def test_a_mail_server_is_greeted_and_sent_nothing(settings: Any) -> None:
    with MailServer() as server:
        by_smtp(settings, server.port)
        assert states(email.check(None)) == [OK] and not server.letters
        server.shutdown()


def test_a_mail_server_that_is_away_is_named(settings: Any) -> None:
    by_smtp(settings, 9)
    (found,) = email.check(None)
    assert found.state == WRONG and "EMAIL_URL" in found.todo


def test_a_refused_password_is_named(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with MailServer() as server:
        by_smtp(settings, server.port)
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = "x"
        server.offers_login, server.refuse["AUTH"] = True, "535 wrong"
        (found,) = email.check(None)
        server.shutdown()
    assert found.state == WRONG and "password" in found.words


@pytest.mark.parametrize("needed", [False, True])
def test_no_mail_server_is_wrong_only_for_those_who_need_one(needed: bool) -> None:
    if needed:
        Manager.objects.create(business=factories.BusinessFactory(), name="Ola", email="ola@studio.example")
    assert states(email.check(None)) == [WRONG if needed else OFF]


# --- models ----------------------------------------------------------------------------------------------------------


@pytest.fixture(params=["openai", "anthropic"])
def model(request: Any, settings: Any) -> Iterator[tuple[str, Model]]:
    code: str = request.param
    with Model() as standin:
        settings.OPENAI_BASE_URL, settings.ANTHROPIC_BASE_URL = standin.openai_url, standin.anthropic_url
        settings.LLM_KEYS = {"openai": [], "anthropic": [], code: [NamedKey("KEY", KEY)]}
        yield code, standin
    http_client.close_all()


def about(code: str, bot: Bot | None = None) -> Finding:
    found = [one for one in llm.check(bot or factories.BotFactory()) if one.service.startswith(llm.NAMES[code])]
    assert len(found) == 1
    return found[0]


def test_a_good_key_costs_nothing_to_ask(model: tuple[str, Model]) -> None:
    code, standin = model
    assert about(code).state == OK and not standin.asked


def test_a_refused_key_and_an_unknown_model_are_told_apart(model: tuple[str, Model], settings: Any) -> None:
    code, _ = model
    bot = factories.BotFactory(llm_provider=code, llm_model="nonesuch-9")
    found = about(code, bot)
    assert found.state == LOOK and "nonesuch-9" in found.words and "another model" in found.todo
    settings.LLM_KEYS[code] = [NamedKey("KEY", "sk-wrong-key-0123456789")]
    found = about(code, bot)
    assert found.state == WRONG and "refused" in found.words and "sk-wrong" not in str(found)


def test_a_service_that_is_away_is_named(settings: Any) -> None:
    settings.LLM_KEYS = {"openai": [NamedKey("KEY", KEY)], "anthropic": []}
    settings.OPENAI_BASE_URL = "http://127.0.0.1:9/v1"
    found = about("openai")
    assert found.state == WRONG and "127.0.0.1:9" in found.words


# --- the command -----------------------------------------------------------------------------------------------------


def told(settings: Any, *found: Finding, bot: str | None = None) -> str:
    global _FOUND
    _FOUND = list(found)
    out = StringIO()
    with only(setup_checks=(prepared,)):
        call_command("check_setup", *([bot] if bot else []), stdout=out, no_color=True)
    return out.getvalue()


_FOUND: list[Finding] = []


def prepared(bot: Bot | None) -> list[Finding]:
    return _FOUND


def broken(bot: Bot | None) -> list[Finding]:
    raise ZeroDivisionError("secret words")


def test_what_works_is_said_in_a_line(settings: Any) -> None:
    said = told(settings, Finding(service="Oven", state=OK, words="It is hot."))
    assert said == "✓ Oven: works.\n    It is hot.\nEverything that is set up works.\n"


def test_what_is_wrong_ends_with_an_error_for_scripts(settings: Any) -> None:
    with pytest.raises(CommandError, match="1 of 2 services that are set up do not work"):
        told(settings, Finding(service="Oven", state=WRONG, words="Cold.", todo="Heat it."),
             Finding(service="Kiln", state=OK, words="Hot."), Finding(service="Shop", state=OFF, words="None."))  # fmt: skip


def test_an_unknown_bot_is_said_with_those_that_there_are(settings: Any) -> None:
    factories.BotFactory(slug="ceramics")
    with pytest.raises(CommandError, match=r"There is no bot pottery\. Known: ceramics"):
        told(settings, bot="pottery")


def test_a_check_that_breaks_does_not_keep_the_others_from_asking(settings: Any) -> None:
    _FOUND[:] = [Finding(service="Kiln", state=OK, words="Hot.")]
    with only(setup_checks=(broken, prepared)):
        assert states(findings(None)) == [WRONG, OK]
        assert "secret" not in str(list(findings(None)))


def without_tables(bot: Bot | None) -> list[Finding]:
    raise ProgrammingError("relation does not exist")


def test_without_the_tables_it_says_what_comes_first(settings: Any) -> None:
    with only(setup_checks=(without_tables,)):
        (found,) = findings(None)
    assert found.state == WRONG and found.todo == "See to the database first."


def test_every_check_that_is_listed_can_be_asked_of_a_new_installation(settings: Any) -> None:
    found = list(findings(None))
    assert not [one for one in found if "broke" in one.words], found
    assert {"Database", "Broker", "Telegram", "E-mail", "OpenAI", "Anthropic", "Instagram"} <= {
        one.service for one in found
    }
