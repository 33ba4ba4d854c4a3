"""The web chat's API and page, as a browser meets them."""

import json
import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from drf_spectacular.validation import validate_schema

from bots.models import Bot, Business, ChannelAccount
from conversations.models import Contact, ContactIdentity, Conversation, DeadLetter, Message
from conversations.webchat import updates as webchat_updates, views as webchat_views

pytestmark = pytest.mark.django_db

SESSION = "/chat/studio/api/session/"
MESSAGES = "/chat/studio/api/messages/"
ID = str(uuid.UUID(int=1))


@pytest.fixture(autouse=True)
def account(db: Any, settings: Any) -> ChannelAccount:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    business = Business.objects.create(
        name="Studio </script> Ceramiki", slug="studio", default_language="pl", languages=["pl", "uk", "en"]
    )
    bot = Bot.objects.create(business=business, name="Gala", slug="studio")
    return ChannelAccount.objects.create(bot=bot, channel="webchat", external_id="studio")


class Visitor:
    """A browser with its token."""

    def __init__(self, token: str = "") -> None:
        self.client = Client()
        self.token = token or self.client.post(SESSION).json()["token"]
        self.headers = {"X-Chat-Session": self.token}

    def send(self, text: str = "", *, id: str = "", **more: Any) -> Any:
        return self.post({"id": id or str(uuid.uuid4()), "text": text, **more})

    def post(self, body: Any) -> Any:
        raw = body if isinstance(body, str | bytes) else json.dumps(body)
        return self.client.post(MESSAGES, raw, content_type="application/json", headers=self.headers)

    def ask(self, query: str = "", *, etag: str = "") -> Any:
        return self.client.get(MESSAGES + query, headers=self.headers | ({"If-None-Match": etag} if etag else {}))

    def news(self, query: str = "") -> dict[str, Any]:
        found: dict[str, Any] = self.ask(query).json()
        return found


@pytest.fixture
def visitor(account: ChannelAccount) -> Visitor:
    return Visitor()


def say(text: str, *, status: str = "sent", author: str = "bot", **more: Any) -> Message:
    """The bot or a person says something in the only conversation there is."""
    conversation = Conversation.objects.get()
    Conversation.objects.filter(pk=conversation.pk).update(
        last_seq=conversation.last_seq + 1, answered_seq=conversation.last_inbound_seq
    )
    ref = uuid.uuid4()
    return Message.objects.create(
        conversation=conversation, account=conversation.account, seq=conversation.last_seq + 1, author=author,
        status=status, text=text, external_id=f"web:{ref}", client_ref=ref, sent_at=timezone.now(), **more,
    )  # fmt: skip


# --- who is there ------------------------------------------------------------------------------------


def test_a_session_is_unguessable_and_leaves_nothing_behind(account):
    answers = [Client().post(SESSION, headers={"Accept-Language": "uk-UA,uk;q=0.9"}) for _ in range(2)]
    first, second = (answer.json() for answer in answers)
    assert [answer.status_code for answer in answers] == [201, 201]
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", first["token"]) and first["token"] != second["token"]  # 256 bits
    assert first["bot"] == {"name": "Gala", "colour": "#1f6f5c", "business": "Studio </script> Ceramiki"}
    assert (first["language"], first["languages"]) == ("uk", ["pl", "uk", "en"])
    assert not Contact.objects.exists() and not Conversation.objects.exists()


def test_a_visit_leaves_no_row_and_no_cookie(visitor):
    page = visitor.client.get("/chat/studio/")
    assert visitor.ask().json() == {
        "messages": [], "typing": False, "held_by": "bot", "cursor": 0, "more": False, "reset": False,
    }  # fmt: skip
    assert not page.cookies and not visitor.client.cookies
    assert not Contact.objects.exists() and not Conversation.objects.exists()


def test_the_database_knows_only_the_hash_of_the_token(visitor):
    visitor.send("hej")
    identity = ContactIdentity.objects.get()
    assert (identity.channel, identity.kind, len(identity.value)) == ("webchat", "session", 64)
    assert visitor.token not in str(list(Message.objects.values()) + list(Conversation.objects.values()))


@pytest.mark.parametrize("token", ["", "short", "a" * 44, "ж" * 43, "a" * 42 + " "])
def test_without_a_proper_token_nothing_is_said_or_read(account, token):
    visitor = Visitor("x")
    visitor.headers = {"X-Chat-Session": token.encode().decode("latin-1")} if token else {}
    assert (visitor.send("hej").status_code, visitor.ask().status_code) == (401, 401)
    assert not Message.objects.exists()


def test_a_visitor_never_sees_another(visitor):
    other = Visitor()
    visitor.send("my phone is 600 100 200")
    other.send("hello")
    assert [one["text"] for one in visitor.news()["messages"]] == ["my phone is 600 100 200"]
    assert [one["text"] for one in other.news()["messages"]] == ["hello"]
    assert Contact.objects.count() == 2


def test_the_same_id_of_two_visitors_is_two_messages(visitor):
    same = str(uuid.uuid4())
    assert (visitor.send("one", id=same).status_code, Visitor().send("two", id=same).status_code) == (202, 202)
    assert sorted(Message.objects.values_list("text", flat=True)) == ["one", "two"]


# --- saying something ----------------------------------------------------------------------------------


def test_a_message_is_stored_before_it_is_accepted(visitor):
    given = str(uuid.uuid4())
    answer = visitor.send("  hej\nile kosztuje? 🏺 مرحبا  ", id=given, choice="booking:yes", language="pl")
    assert (answer.status_code, answer.json()) == (202, {"id": given, "seq": 1})
    message = Message.objects.get()
    assert (message.text, message.choice) == ("hej\nile kosztuje? 🏺 مرحبا", "booking:yes")
    assert message.raw == {"page_language": "pl"}
    assert (message.author, message.status, message.expected) == ("customer", "received", True)


def test_the_same_id_again_is_the_same_message(visitor):
    given = str(uuid.uuid4())
    first = visitor.send("hej", id=given)
    due = Conversation.objects.get().due_at
    again = visitor.send("hej", id=given.upper())
    assert (again.status_code, again.json()) == (202, first.json())
    assert Message.objects.count() == 1
    assert Conversation.objects.get().due_at == due


def test_a_button_alone_is_a_message(visitor):
    assert visitor.send(choice="booking:yes:1").status_code == 202
    assert Message.objects.get().choice == "booking:yes:1"


def test_nul_and_lone_surrogates_are_taken_out(visitor):
    assert visitor.post(f'{{"id": "{ID}", "text": "a\\u0000b\\ud800c"}}').status_code == 202
    assert Message.objects.get().text == "ab\ufffdc"


def test_ten_thousand_characters_are_taken_and_one_more_is_not(visitor):
    assert visitor.send("🏺" * 10_000).status_code == 202
    refused = visitor.send("a" * 10_001)
    assert (refused.status_code, "10000 characters" in refused.json()["detail"]) == (400, True)
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 400),
        ("not json", 400),
        ("[]", 400),
        ("null", 400),
        ('"text"', 400),
        (b"\xff\xfe{}", 400),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, 413),
        ('{"a":' * 5_000 + "1" + "}" * 5_000, 400),
        (f'{{"id": "{ID}", "text": NaN}}', 400),
        (f'{{"id": "{ID}", "text": "a", "more": 1e999}}', 400),
        (f'{{"id": "{ID}", "text": "a", "more": {"9" * 5_000}}}', 400),
        ({}, 400),
        ({"id": ID}, 400),
        ({"id": ID, "text": "   \n "}, 400),
        ({"id": ID, "text": "\x00"}, 400),
        ({"id": ID, "text": None}, 400),
        ({"id": ID, "text": ["a"]}, 400),
        ({"id": ID, "text": {"a": 1}}, 400),
        ({"id": "1", "text": "a"}, 400),
        ({"id": "../" + ID, "text": "a"}, 400),
        ({"id": None, "text": "a"}, 400),
        ({"text": "a"}, 400),
        ({"id": ID, "text": "a", "choice": "x" * 401}, 400),
        ({"id": ID, "text": "a", "language": "<b>"}, 400),
        ({"id": ID, "text": "a" * 140_000}, 413),
    ],
)
def test_bad_input_gets_a_plain_answer_and_the_next_message_works(visitor, body, status):
    answer = visitor.post(body)
    assert (answer.status_code, type(answer.json()["detail"])) == (status, str)
    assert not Message.objects.exists() and not DeadLetter.objects.exists()
    assert visitor.send("now it is right").status_code == 202


def test_what_is_not_json_is_refused_by_its_type(visitor):
    answer = visitor.client.post(MESSAGES, {"text": "a"}, headers=visitor.headers)
    assert answer.status_code == 415


@pytest.mark.parametrize("query", ["?after=x", "?after=-1", "?before=1.5", "?after=" + "9" * 30])
def test_a_place_that_is_no_number_is_refused(visitor, query):
    assert visitor.ask(query).status_code == 400


def test_too_many_messages_are_told_when_to_come_back(visitor, monkeypatch):
    monkeypatch.setattr(webchat_views.SessionMessages, "rate", "3/min")
    given = str(uuid.uuid4())
    codes = [visitor.send("hej", id=given).status_code for _ in range(4)]
    refused = visitor.send("hej")
    assert codes == [202, 202, 202, 429]
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert "moment" in refused.json()["detail"]
    assert Visitor().send("another visitor is not held up").status_code == 202
    assert visitor.ask().status_code == 200


def test_many_visitors_of_one_address_are_held_up_too(account, monkeypatch):
    monkeypatch.setattr(webchat_views.AddressMessages, "rate", "2/min")
    monkeypatch.setattr(webchat_views.AddressSessions, "rate", "100/min")
    assert [Visitor().send("hej").status_code for _ in range(3)] == [202, 202, 429]


def test_a_forged_forwarding_header_does_not_lift_the_limit(account, monkeypatch):
    monkeypatch.setattr(webchat_views.AddressSessions, "rate", "2/min")
    codes = [Client().post(SESSION, headers={"X-Forwarded-For": f"10.0.0.{at}"}).status_code for at in range(3)]
    assert codes == [201, 201, 429]


# --- what is new ------------------------------------------------------------------------------------------


def test_an_answer_arrives_with_its_buttons(visitor):
    visitor.send("hej", id=ID)
    assert visitor.news()["typing"] is True
    answer = say("Cześć!", buttons=[{"title": "wt. 15:00", "payload": "slot:1"}])
    news = visitor.news()
    assert [(one["seq"], one["author"], one["status"]) for one in news["messages"]] == [
        (1, "you", "sent"),
        (2, "bot", "sent"),
    ]
    assert (news["messages"][0]["id"], news["messages"][1]["id"]) == (ID, str(answer.client_ref))
    assert news["messages"][1]["buttons"] == [{"title": "wt. 15:00", "payload": "slot:1"}]
    assert (news["typing"], news["held_by"], news["cursor"], news["more"]) == (False, "bot", 2, False)
    assert visitor.news("?after=1")["messages"] == news["messages"][1:]


@pytest.mark.parametrize("status", ["queued", "sending", "failed", "held", "cancelled", "unknown"])
def test_what_was_not_sent_is_not_shown(visitor, status):
    visitor.send("hej")
    say("secret", status=status)
    assert [one["author"] for one in visitor.news()["messages"]] == ["you"]


def test_nothing_is_skipped_when_an_older_message_is_still_being_sent(visitor):
    visitor.send("one")
    late = say("late", status="sending")
    visitor.send("two")
    before = visitor.news()
    assert ([one["text"] for one in before["messages"]], before["cursor"]) == (["one", "two"], 1)
    Message.objects.filter(pk=late.pk).update(status="sent")
    after = visitor.news(f"?after={before['cursor']}")
    assert ([one["text"] for one in after["messages"]], after["cursor"]) == (["late", "two"], 3)


def test_nothing_new_is_304_and_any_news_is_not(visitor):
    visitor.send("hej")
    etag = visitor.ask()["ETag"]
    unchanged = visitor.ask("?after=1", etag=etag)
    assert (unchanged.status_code, unchanged.content, unchanged["ETag"]) == (304, b"", etag)
    queued = say("Cześć!", status="queued")
    steps = []
    for change in (
        lambda: None,
        lambda: Message.objects.filter(pk=queued.pk).update(status="sent"),
        lambda: Conversation.objects.update(mode="person"),
        lambda: visitor.send("ok"),
        lambda: Conversation.objects.update(mode="bot"),
    ):
        change()
        answer = visitor.ask("?after=1", etag=etag)
        steps.append(answer.status_code)
        etag = answer["ETag"]
        assert visitor.ask("?after=1", etag=etag).status_code == 304
    assert steps == [200, 200, 200, 200, 200]


def test_a_person_who_took_over_is_shown(visitor):
    visitor.send("człowiek")
    Conversation.objects.update(mode="person")
    say("Tu Marta", author="staff")
    news = visitor.news()
    assert (news["held_by"], news["typing"], news["messages"][-1]["author"]) == ("person", False, "person")


def test_typing_is_not_shown_forever(visitor):
    visitor.send("hej")
    Conversation.objects.update(oldest_unanswered_at=timezone.now() - webchat_updates.TYPING_LASTS)
    assert visitor.news()["typing"] is False


def test_long_histories_come_in_pages(visitor, monkeypatch):
    monkeypatch.setattr(webchat_updates, "PAGE", 3)
    visitor.send("1")
    for text in "2345678":
        say(text)
    latest = visitor.news()
    assert ([one["text"] for one in latest["messages"]], latest["more"], latest["cursor"]) == (["6", "7", "8"], True, 8)
    older = visitor.news("?before=6")
    assert ([one["text"] for one in older["messages"]], older["more"]) == (["3", "4", "5"], True)
    assert [one["text"] for one in visitor.news("?before=3")["messages"]] == ["1", "2"]
    onward = visitor.news("?after=1")
    assert ([one["text"] for one in onward["messages"]], onward["more"], onward["cursor"]) == (["2", "3", "4"], True, 4)


def test_a_wiped_conversation_is_forgotten_by_the_browser_too(visitor):
    visitor.send("hej")
    Conversation.objects.all().delete()
    assert visitor.news("?after=1")["reset"] is True
    visitor.send("hej again")
    news = visitor.news("?after=7")
    assert (news["reset"], [one["text"] for one in news["messages"]]) == (True, ["hej again"])


def test_receipts_say_delivered_then_read_and_are_written_once(visitor, django_assert_num_queries):
    visitor.send("hej")
    first, second = say("Cześć!"), say("Co słychać?")

    def statuses() -> list[str]:
        return list(Message.objects.filter(pk__in=[first.pk, second.pk]).values_list("status", flat=True))

    visitor.ask("?after=1&seen=1")
    assert statuses() == ["sent", "sent"]  # it did not have them yet
    etag = visitor.ask("?after=3")["ETag"]
    assert statuses() == ["delivered", "delivered"]
    visitor.ask("?after=3&seen=1", etag=etag)
    assert statuses() == ["read", "read"]
    with django_assert_num_queries(1):
        assert visitor.ask("?after=3&seen=1", etag=etag).status_code == 304
    with django_assert_num_queries(1):
        assert visitor.ask("?after=3", etag=etag).status_code == 304
    assert statuses() == ["read", "read"]


def test_a_poll_costs_the_same_however_much_was_said(visitor, django_assert_num_queries):
    visitor.send("hej")
    for at in range(40):
        say(f"answer {at}", status="read")
    with django_assert_num_queries(2):
        assert len(visitor.news()["messages"]) == 41
    with django_assert_num_queries(2):
        assert len(visitor.news("?after=40")["messages"]) == 1
    etag = visitor.ask()["ETag"]
    with django_assert_num_queries(1):
        visitor.ask("?after=41", etag=etag)


# --- chats that are not there, and a database that is not ----------------------------------------------


@pytest.mark.parametrize("off", ["bot", "account"])
def test_a_chat_that_is_switched_off_is_not_there(visitor, account, off):
    visitor.send("hej")
    target = account.bot if off == "bot" else account
    type(target).objects.filter(pk=target.pk).update(is_active=False)
    answers = [
        visitor.client.get("/chat/studio/"), visitor.client.get("/chat/studio/embed.js"),
        visitor.client.post(SESSION), visitor.send("hej"), visitor.ask(),
    ]  # fmt: skip
    assert [answer.status_code for answer in answers] == [404] * 5
    assert Message.objects.count() == 1


def test_an_unknown_chat_is_told_in_the_visitors_language(client):
    answer = client.get("/chat/nowhere/", headers={"Accept-Language": "de,pl;q=0.5"})
    assert (answer.status_code, 'lang="pl"' in answer.text, answer.text.count("<h1>")) == (404, True, 1)


@pytest.fixture
def database_away(transactional_db: Any) -> Iterator[None]:
    """Nobody listens where the database should be."""
    connection.close()
    connection.close_pool()
    options = connection.settings_dict["OPTIONS"]
    kept = connection.settings_dict["PORT"], options["pool"]
    connection.settings_dict["PORT"], options["pool"] = 1, {"min_size": 0, "max_size": 1, "timeout": 0.5}
    yield
    connection.close_pool()
    connection.settings_dict["PORT"], options["pool"] = kept


def test_without_the_database_everything_says_try_again(account, database_away):
    visitor = Visitor("a" * 43)
    answers = [visitor.send("hej"), visitor.ask(), visitor.client.post(SESSION), visitor.client.get("/chat/studio/")]
    assert [answer.status_code for answer in answers] == [503] * 4
    assert all(answer["Retry-After"] for answer in answers)
    assert visitor.client.get("/chat/studio/embed.js").status_code == 503


# --- the page and the script ------------------------------------------------------------------------------


def directives(answer: Any) -> dict[str, str]:
    pairs = (part.strip().partition(" ") for part in answer["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in pairs}


def test_the_page_allows_only_its_own_files_and_any_frame(client):
    page = client.get("/chat/studio/")
    assert directives(page) == {
        "default-src": "'self'", "object-src": "'none'", "base-uri": "'none'", "form-action": "'self'",
        "frame-ancestors": "*",
    }  # fmt: skip
    assert not page.has_header("X-Frame-Options")
    assert page["Cache-Control"] == "no-cache"


def test_the_page_holds_no_inline_script_or_style(client):
    html = client.get("/chat/studio/").text
    scripts = re.findall(r"<script([^>]*)>", html)
    assert [attributes for attributes in scripts if "src=" not in attributes] == [
        ' id="config" type="application/json"'  # data, which no browser runs
    ]
    assert not re.search(r"<style|style=|\son[a-z]+=|javascript:", html)


def test_names_are_text_and_never_markup(client):
    html = client.get("/chat/studio/").text
    assert "Studio </script>" not in html and "Studio &lt;/script&gt; Ceramiki" in html


@pytest.mark.parametrize(
    ("query", "accept", "language"),
    [
        ("", "", "pl"),
        ("", "uk-UA,uk;q=0.9,en;q=0.5", "uk"),
        ("", "ru,en;q=0.5", "en"),
        ("", "de", "pl"),
        ("?lang=en", "uk", "en"),
        ("?lang=es", "uk", "uk"),
        ("?lang=<script>", "", "pl"),
    ],
)
def test_the_page_speaks_a_language_of_the_business(client, query, accept, language):
    answer = client.get("/chat/studio/" + query, headers={"Accept-Language": accept})
    assert (answer.status_code, f'<html lang="{language}"' in answer.text) == (200, True)


@pytest.mark.parametrize(
    ("colour", "shown", "ink"),
    [("#1f6f5c", "#1f6f5c", "#ffffff"), ("#ffe000", "#ffe000", "#10211c"), ("red;}", "#1f6f5c", "#ffffff")],
)
def test_words_can_be_read_on_any_colour(client, account, colour, shown, ink):
    Bot.objects.update(colour=colour)
    found = re.search(r'<script id="config" type="application/json">(.*?)</script>', client.get("/chat/studio/").text)
    config = json.loads(found[1])
    assert (config["colour"], config["ink"]) == (shown, ink)


def test_the_script_embeds_with_the_business_languages(client):
    answer = client.get("/chat/studio/embed.js")
    config = json.loads(re.search(r"const config = (\{.*\});", answer.text)[1])
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert sorted(config["labels"]) == ["en", "pl", "uk"]
    assert config["labels"]["en"]["open"] == "Chat with Studio </script> Ceramiki"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not answer.cookies


def test_the_schema_describes_the_api(client):
    schema = client.get("/api/schema/?format=json", headers={"Accept": "application/json"}).json()
    validate_schema(schema)
    session, messages = (schema["paths"][f"/chat/{{bot}}/api/{name}/"] for name in ("session", "messages"))
    assert sorted(session["post"]["responses"]) == ["201", "404", "429", "503"]
    assert sorted(messages["post"]["responses"]) == ["202", "400", "401", "404", "413", "429", "503"]
    assert sorted(messages["get"]["responses"]) == ["200", "304", "400", "401", "404", "503"]
    assert {one["name"] for one in messages["get"]["parameters"]} >= {
        "bot",
        "X-Chat-Session",
        "after",
        "before",
        "seen",
    }
