"""The inbox and the page of a conversation, as staff use them through the browser's requests."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bots.models import Decision
from bots.staff.presentation import one_line, printable, span, web_link
from bots.staff.roles import front_desk_group
from conversations.admin.inbox import needs_you_count
from conversations.admin.why import pairs
from conversations.models import Conversation, Message, Pause, Turn
from tests import factories

pytestmark = pytest.mark.django_db

INBOX = "admin:conversations_conversation_changelist"


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def anna():
    user = factories.UserFactory(first_name="Anna", last_name="Nowak")
    user.groups.add(front_desk_group())
    return user


@pytest.fixture
def account(anna):
    return factories.ChannelAccountFactory(bot__business=factories.BusinessFactory(staff=[anna]))


@pytest.fixture
def client(anna):
    client = Client()
    client.force_login(anna)
    return client


def talk(account, name="Maria", text="Dzień dobry", **fields) -> Conversation:
    conversation = factories.ConversationFactory(account=account, contact__name=name, **fields)
    message = factories.MessageFactory(conversation=conversation, text=text)
    Conversation.objects.filter(pk=conversation.pk).update(last_message_at=message.sent_at)
    return conversation


def bot_says(conversation, text="Proszę", **fields) -> Message:
    values = {"author": "bot", "status": "sent", "external_id": ""}
    return factories.MessageFactory(conversation=conversation, text=text, **{**values, **fields})


def page(conversation) -> str:
    return reverse("admin:conversations_conversation_change", args=[conversation.pk])


def news(conversation) -> str:
    return reverse("admin:conversations_conversation_news", args=[conversation.pk])


def press(client, conversation, verb, **data):
    url = reverse("admin:conversations_conversation_do", args=[conversation.pk])
    return client.post(url, {"verb": verb, **data}, headers={"accept": "application/json"}).json()


def minutes_ago(minutes: int) -> datetime:
    return datetime.now(UTC) - timedelta(minutes=minutes)


# --- the inbox -----------------------------------------------------------------------------------------------


def test_the_inbox_opens_on_what_needs_you_the_oldest_first(client, account):
    talk(account, "Nobody waits")
    talk(account, "Later", attention="question", attention_at=minutes_ago(10))
    talk(account, "Sooner", attention="wants_person", attention_at=minutes_ago(90))
    failed = talk(account, "Failed send")
    bot_says(failed, status="failed", status_at=minutes_ago(40))
    response = client.get(reverse(INBOX))
    rows = response.context["rows"]
    assert [(row.name, row.waits) for row in rows] == [
        ("Sooner", "1 h 30 min"),
        ("Failed send", "40 min"),
        ("Later", "10 min"),
    ]
    assert [row.reasons[0][1] for row in rows] == ["Wants a person", "1 message not delivered", "Unanswered question"]


def test_the_badge_equals_the_first_tab(client, account, anna, rf):
    talk(account, attention="late", attention_at=minutes_ago(1))
    held = talk(account)
    bot_says(held, status="held")
    talk(account)
    talk(factories.ChannelAccountFactory(), attention="question")  # another business
    response = client.get(reverse(INBOX))
    assert [(code, count) for code, _, count, _ in response.context["tabs"]] == [
        ("needs", 2), ("all", 3), ("person", 0), ("bot", 3),
    ]  # fmt: skip
    request = rf.get("/")
    request.user = anna
    assert needs_you_count(request) == 2
    assert "data-needs-you" in response.content.decode()


def test_tabs_tell_who_holds_it(client, account):
    talk(account, "By a person", mode="person")
    talk(account, "By nobody", mode="nobody")
    talk(account, "By the bot")
    shown_names = {
        tab: {row.name for row in client.get(reverse(INBOX), {"show": tab}).context["rows"]}
        for tab in ("person", "bot", "all")
    }
    assert shown_names["person"] == {"By a person", "By nobody"}
    assert shown_names["bot"] == {"By the bot"}
    assert len(shown_names["all"]) == 3


@pytest.mark.parametrize("words", ["Kowalska", "+48 601-222", "601222333", "szkliwo bez"])
def test_search_finds_names_phones_and_texts_in_all_tabs(client, account, words):
    found = talk(account, "Maria Kowalska", "czy szkliwo bezpieczne?")
    found.contact.phone = "+48601222333"
    found.contact.save()
    talk(account, "Piotr", "cześć")
    assert [row.name for row in client.get(reverse(INBOX), {"q": words}).context["rows"]] == ["Maria Kowalska"]


def test_a_row_tells_unread_holder_window_and_last_words(client, account):
    conversation = talk(account, "Maria", "pierwsze", mode="person")
    factories.MessageFactory(conversation=conversation, text="drugie " + "x" * 300)
    row = client.get(reverse(INBOX), {"show": "all"}).context["rows"][0]
    assert (row.unread, row.holder, row.window) == (2, "Person", "")
    assert row.last.startswith("drugie xxx")
    assert len(row.last) == 90


def test_the_window_left_is_told_and_when_it_is_closed(client, account):
    account.channel, account.credentials = "instagram", {"token": "t", "app_secret": "s"}
    account.save()
    for name, hours in (("Open", 3), ("People", 30), ("Closed", 24 * 8)):
        talk(account, name, last_inbound_at=minutes_ago(60 * hours))
    windows = {
        row.name: (row.window, row.window_closed) for row in client.get(reverse(INBOX), {"show": "all"}).context["rows"]
    }
    assert windows["Open"][0].startswith("open 20 h")
    assert windows["People"][0].startswith("people only")
    assert windows["Closed"] == ("closed", True)


def test_the_inbox_asks_as_many_questions_for_thirty_rows_as_for_three(client, account):
    def fill(number: int) -> int:
        for _ in range(number):
            conversation = talk(account, attention="question", attention_at=minutes_ago(5))
            bot_says(conversation, status="failed")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(INBOX)).status_code == 200
        return len(queries)

    client.get(reverse(INBOX))
    assert fill(3) == fill(27) <= 21


# --- one conversation ------------------------------------------------------------------------------------------


def test_customers_html_is_inert_everywhere(client, account):
    evil = '<img src=x onerror="alert(1)">'
    conversation = talk(account, evil, f"{evil}\u202egod\u202c", attention="question", attention_at=minutes_ago(1))
    factories.MessageFactory(
        conversation=conversation,
        text="",
        kind="media",
        media=[
            {"kind": "image", "url": "javascript:alert(1)", "title": evil},
            {"kind": "image", "url": "https://a.example/b.jpg"},
        ],
    )
    bot_says(conversation, evil, buttons=[{"title": evil, "payload": "x"}], status="failed", error=evil)
    for url in (reverse(INBOX), page(conversation), reverse("admin:conversations_contact_changelist")):
        body = client.get(url).content.decode()
        assert evil not in body
        assert "&lt;img src=x onerror=" in body
    body = client.get(page(conversation)).content.decode()
    assert evil not in client.get(news(conversation)).json()["html"]
    assert "javascript:alert" not in body
    assert "[U+202E]god[U+202C]" in body
    assert '<a class="fd-link" href="https://a.example/b.jpg"' in body
    assert "<img" not in body.split('id="talk"')[1].split('id="keys-help"')[0]


def test_bubbles_tell_author_status_and_what_may_have_been_sent_twice(client, account, anna):
    conversation = talk(account)
    bot_says(conversation, "raz", status="read", maybe_duplicate=True)
    bot_says(conversation, "dwa", author="staff", by=anna, status="cancelled", error="dropped by Anna")
    bubbles = client.get(page(conversation)).context["bubbles"]
    assert [(b.side, b.author, b.status_word, b.twice) for b in bubbles] == [
        ("in", "Maria", "", False), ("out", "Glinka", "Read", True), ("out", "Anna Nowak", "Not sent", False),
    ]  # fmt: skip
    assert "May have been sent twice" in client.get(page(conversation)).content.decode()


def test_a_reaction_stands_on_its_message_and_an_edit_tells_what_was(client, account):
    conversation = talk(account)
    first = factories.MessageFactory(conversation=conversation, text="o 17", external_id="mid1")
    factories.MessageFactory(conversation=conversation, kind="reaction", text="❤️", raw={"target": "mid1"})
    factories.MessageFactory(conversation=conversation, kind="edited", text="o 18", raw={"target": "mid1"})
    factories.MessageFactory(conversation=conversation, kind="deleted", text="", raw={"target": "mid1"})
    by_pk = {bubble.pk: bubble for bubble in client.get(page(conversation)).context["bubbles"]}
    assert by_pk[first.pk].reactions == ["❤️"]
    notes = [bubble.note for bubble in by_pk.values()]
    assert "Edited a message (was: “o 17”):" in notes
    assert any(note.startswith("Deleted a message") for note in notes)
    assert not any(bubble.kind == "reaction" for bubble in by_pk.values())


def test_why_is_told_in_plain_words(client, account):
    conversation = talk(account, text="czy we wtorek  na 17 jest wolne?")
    turn = Turn.objects.create(
        conversation=conversation, generation=1, after_seq=0, upto_seq=1, agent="rules", outcome="answered",
        understood={
            "lang": "pl", "lang_score": 0.9, "intents": [["book", 0.8], ["price", 0.7]], "intent": "book",
            "time": "17:00", "date": "2026-11-24", "people": None,
            "spans": [{"field": "time", "start": 15, "end": 20, "value": "17:00"}],
        },
        steps=[{"tool": "free_times", "arguments": {"day": "2026-11-24"}, "facts": {"free": ["15:00", "18:30"]}}],
        started_at=minutes_ago(0),
    )  # fmt: skip
    bot_says(conversation, turn=turn)
    told = client.get(page(conversation)).context["bubbles"][-1].why
    assert told.agent == "Rules"
    assert told.understood[:2] == [("Language", "Polski"), ("Wants", "book, price")]
    assert set(told.understood[2:]) == {
        ("Time", "17:00 (from “na 17”)"), ("Date", "Tuesday 24 November 2026"),
    }  # fmt: skip
    assert told.called[0].tool == "Free times"
    assert ("Free", "15:00, 18:30") in told.called[0].said


BOOK, OTHER = {"title": "Wyślij", "payload": "booking:yes:1"}, {"title": "Inny dzień", "payload": "booking:no:1"}


def going_on(at: datetime, upto_seq: int = 1, **slots: dict) -> dict:
    """What is kept of a talk about a visit whose summary was shown."""
    filled = {name: {"seq": 1, "how": "said", "replaced": None, **slot} for name, slot in slots.items()}
    return {
        "version": 1, "at": at.isoformat(), "upto_seq": upto_seq,
        "frames": [{"kind": "visit", "at": at.isoformat(), "slots": filled}],
        "question": {
            "skill": "booking", "asks": ["confirm"], "buttons": [BOOK, OTHER], "yes": BOOK["payload"],
            "no": OTHER["payload"], "seq": 2, "times": 2, "text": "Czy wysłać prośbę?",
        },
        "offer": {"buttons": [{"title": "czw. 3.12 17:00", "payload": "booking:slot:1"}], "seq": 2},
    }  # fmt: skip


def test_why_tells_what_the_message_does_what_was_open_and_by_which_rule(client, account):
    conversation = talk(account, text="tak, ale ile to trwa?")
    at = datetime(2026, 11, 29, 9, tzinfo=UTC)
    turn = Turn.objects.create(
        conversation=conversation, generation=1, after_seq=0, upto_seq=1, agent="rules", outcome="answered",
        understood={
            "lang": "pl", "answer": "but", "several": False, "excluded": [0, "2026-12-05"],
            "acts": [
                {"kind": "accept", "start": 0, "end": 3}, {"kind": "inform", "start": 0, "end": 3},
                {"kind": "ask_duration", "start": 5, "end": 21}, {"kind": "new_kind", "start": 90, "end": 99},
            ],
            "unclear": [{"field": "date", "values": ["2026-12-18", "2026-12-16"], "why": "weekday_differs"}],
        },
        before=going_on(at, day={"value": "2026-12-03", "replaced": "2026-12-02"}, people={"value": 2}),
        rules=["asked about the visit itself: answered from its row", "a yes with a question: the summary again"],
        started_at=at + timedelta(days=3),
    )  # fmt: skip
    bot_says(conversation, turn=turn)
    response = client.get(page(conversation))
    told = response.context["bubbles"][-1].why
    assert dict(told.understood) == {
        "Language": "Polski",
        "Does": "agrees, tells (“tak”); asks how long it takes (“ale ile to trwa?”); new kind",
        "Answers": "yes, but something else in it",
        "Not": "Monday or Saturday 5 December 2026",
        "Unclear": "date: Friday 18 December 2026 or Wednesday 16 December 2026 (day and date differ)",
    }
    assert told.before == [
        ("Wants a visit", "Thursday 3 December (before it was Wednesday 2 December), 2 people"),
        ("Asked", "“Czy wysłać prośbę?” – asked 2 times, a plain yes means “Wyślij”, a plain no means “Inny dzień”"),
        ("Offered", "czw. 3.12 17:00"),
    ]
    assert told.decided == [
        "Asked about the visit itself: answered from its row", "A yes with a question: the summary again",
    ]  # fmt: skip
    body = response.content.decode()
    assert "Open before this" in body and "<h4>Decided</h4>" in body
    assert "&#x27;" not in body.split("fd-why-body")[1].split("</details>")[0], "no JSON and no Python"


def test_why_of_an_old_turn_leaves_out_what_was_not_kept_then(client, account):
    conversation = talk(account)
    bot_says(
        conversation,
        turn=Turn.objects.create(
            conversation=conversation, generation=1, after_seq=0, upto_seq=1, agent="rules", outcome="answered",
            understood={"lang": "pl", "intents": [["greet", 1.0]]}, started_at=minutes_ago(0),
        ),
    )  # fmt: skip
    response = client.get(page(conversation))
    told = response.context["bubbles"][-1].why
    assert (told.before, told.decided) == ([], [])
    assert told.understood == [("Language", "Polski"), ("Wants", "greet")]
    assert "Open before this" not in response.content.decode()


# --- what the bot thinks is going on -------------------------------------------------------------------------------

HEADING = "What the bot thinks is going on"


def test_what_is_going_on_stands_beside_the_conversation(client, account):
    conversation = talk(account)
    service = factories.ServiceFactory(business=account.bot.business, name="Koło garncarskie")
    slots = {
        "day": {"value": "2026-12-03"}, "earliest": {"value": "17:00"}, "latest": {"value": "20:59"},
        "people": {"value": 2, "how": "pressed"}, "service_id": {"value": service.pk, "how": "default"},
        "excluded": {"value": [0]},
    }  # fmt: skip
    state = going_on(datetime.now(UTC), **slots)
    Conversation.objects.filter(pk=conversation.pk).update(dialogue=state)
    year = "" if datetime.now(UTC).year == 2026 else " 2026"
    response = client.get(page(conversation))
    wants, asked, offered = response.context["going_on"]
    assert wants == (
        "Wants a visit",
        f"Thursday 3 December{year} from 17:00 until 20:59, Koło garncarskie (taken for granted), "
        "2 people (by a button), not on Mondays",
    )
    assert asked[1].startswith("“Czy wysłać prośbę?” – asked 2 times, a plain yes means “Wyślij”")
    assert offered == ("Offered", "czw. 3.12 17:00")
    assert HEADING in response.content.decode()


@pytest.mark.parametrize("state", [{}, {"version": 0}, {"version": 1, "at": None, "upto_seq": 1, "frames": []}])
def test_nothing_going_on_takes_no_room(client, account, state):
    conversation = talk(account)
    Conversation.objects.filter(pk=conversation.pk).update(dialogue=state)
    body = client.get(page(conversation)).content.decode()
    assert HEADING not in body
    assert '<div data-part="going-on"></div>' in body


def test_what_is_forgotten_by_now_is_not_shown(client, account):
    conversation = talk(account)
    state = {**going_on(minutes_ago(60 * 25), day={"value": "2026-12-03"}), "question": None}
    Conversation.objects.filter(pk=conversation.pk).update(dialogue=state)
    assert client.get(page(conversation)).context["going_on"] == []


def test_a_question_in_markup_is_inert_beside_the_conversation(client, account):
    conversation = talk(account)
    state = going_on(datetime.now(UTC))
    state["question"]["text"] = "<img src=x onerror=alert(1)>"
    Conversation.objects.filter(pk=conversation.pk).update(dialogue=state)
    body = client.get(page(conversation)).content.decode()
    assert "<img src=x" not in body and "&lt;img src=x" in body


def test_clearing_forgets_what_is_going_on_and_what_was_shown(client, account):
    conversation = talk(account)
    bot_says(conversation, "Która godzina?", buttons=[{"title": "17:00", "payload": "booking:slot:1:2026-12-03"}])
    state = going_on(datetime.now(UTC), day={"value": "2026-12-03"})
    Conversation.objects.filter(pk=conversation.pk).update(dialogue=state)
    assert press(client, conversation, "clear")["message"] == "Cleared what was unfinished (dialogue)."
    response = client.get(page(conversation))
    assert response.context["going_on"] == []
    assert HEADING not in response.content.decode()
    assert press(client, conversation, "clear")["message"] == "There was nothing unfinished."


def test_a_typed_reply_takes_over(client, account, anna):
    conversation = talk(account, attention="wants_person", attention_at=minutes_ago(1))
    waiting = bot_says(conversation, status="queued", purpose="reply")
    assert press(client, conversation, "reply", text="Dzień dobry, tu Anna") == {
        "ok": True, "message": "Sent. You hold this conversation now.",
    }  # fmt: skip
    conversation.refresh_from_db()
    assert (conversation.mode, conversation.attention) == ("person", "")
    pause = Pause.objects.get(conversation=conversation, ended_at=None)
    assert (pause.by, pause.by_name) == (anna, "Anna Nowak")
    waiting.refresh_from_db()
    assert waiting.status == "cancelled"
    reply = conversation.messages.latest("seq")
    assert (reply.author, reply.by, reply.text, reply.status) == ("staff", anna, "Dzień dobry, tu Anna", "queued")
    body = client.get(page(conversation)).content.decode()
    assert "You hold this conversation until" in body
    assert "Hand back to the bot" in body


def test_a_colleague_reads_who_holds_it(client, account):
    conversation = talk(account, mode="person")
    Pause.objects.create(conversation=conversation, until=datetime.now(UTC) + timedelta(hours=2), by_name="Ewa <b>")
    body = client.get(page(conversation)).content.decode()
    assert "Ewa &lt;b&gt; holds this conversation until" in body


def test_an_empty_reply_is_refused_and_changes_nothing(client, account):
    conversation = talk(account)
    assert press(client, conversation, "reply", text="  \n ") == {"ok": False, "message": "Write something first."}
    assert conversation.messages.count() == 1
    assert not Pause.objects.exists()


def test_take_over_prolong_and_hand_back(client, account):
    conversation = talk(account)
    assert press(client, conversation, "pause", hours="3")["ok"]
    assert press(client, conversation, "pause", hours="24")["message"].startswith("You hold this conversation until")
    pause = Pause.objects.get()
    assert timedelta(hours=23, minutes=59) < pause.until - datetime.now(UTC) <= timedelta(hours=24)
    assert press(client, conversation, "pause", hours="9999") == {"ok": False, "message": "Choose for how long."}
    assert press(client, conversation, "resume", from_status="person") == {
        "ok": True,
        "message": "The bot answers again.",
    }
    conversation.refresh_from_db()
    assert conversation.mode == "bot"


def test_a_stale_page_cannot_act(client, account):
    conversation = talk(account, attention="question", attention_at=minutes_ago(1), mode="person")
    Conversation.objects.filter(pk=conversation.pk).update(attention="wants_person", mode="nobody")
    for verb, seen in (("done", "question"), ("resume", "person")):
        answer = press(client, conversation, verb, from_status=seen)
        assert not answer["ok"]
        assert "Something has changed" in answer["message"]
    conversation.refresh_from_db()
    assert (conversation.attention, conversation.mode) == ("wants_person", "nobody")
    assert press(client, conversation, "done", from_status="wants_person")["ok"]
    conversation.refresh_from_db()
    assert conversation.attention == ""


def test_failed_sends_are_sent_again_or_dropped_once(client, account):
    conversation = talk(account)
    again, dropped = (bot_says(conversation, status="failed", error="Rejected 551") for _ in range(2))
    assert "Rejected 551" in client.get(page(conversation)).content.decode()
    assert press(client, conversation, "retry", message=again.pk, from_status="failed")["ok"]
    assert press(client, conversation, "discard", message=dropped.pk, from_status="failed")["ok"]
    assert not press(client, conversation, "discard", message=dropped.pk, from_status="failed")["ok"]
    again.refresh_from_db()
    dropped.refresh_from_db()
    assert (again.status, dropped.status) == ("queued", "cancelled")


def test_a_message_of_another_conversation_is_out_of_reach(client, account):
    conversation = talk(account)
    foreign = bot_says(talk(factories.ChannelAccountFactory()), status="failed")
    assert not press(client, conversation, "retry", message=foreign.pk, from_status="failed")["ok"]
    foreign.refresh_from_db()
    assert foreign.status == "failed"


def test_clear_state_is_recorded(client, account):
    conversation = talk(account)
    assert press(client, conversation, "clear")["message"] == "There was nothing unfinished."
    assert Decision.objects.get(subject="conversation").by_name == "Anna Nowak"


def test_buttons_need_post_and_the_csrf_token(anna, account):
    conversation = talk(account)
    client = Client(enforce_csrf_checks=True)
    client.force_login(anna)
    url = reverse("admin:conversations_conversation_do", args=[conversation.pk])
    assert client.get(url).status_code == 405
    assert client.post(url, {"verb": "reply", "text": "x"}).status_code == 403
    assert client.post(page(conversation), {"mode": "person"}).status_code == 403
    assert conversation.messages.count() == 1


def test_a_conversation_cannot_be_edited_by_hand(client, account):
    conversation = talk(account)
    assert client.post(page(conversation), {"mode": "person"}).status_code == 405
    assert client.get(reverse("admin:conversations_conversation_add")).status_code == 403
    assert client.post(reverse("admin:conversations_conversation_delete", args=[conversation.pk])).status_code == 403


def test_who_may_only_look_gets_no_buttons(account, anna):
    anna.groups.clear()
    anna.user_permissions.add(*front_desk_group().permissions.filter(codename__startswith="view_"))
    client = Client()
    client.force_login(anna)
    conversation = talk(account)
    assert 'id="composer"' not in client.get(page(conversation)).content.decode()
    url = reverse("admin:conversations_conversation_do", args=[conversation.pk])
    assert client.post(url, {"verb": "reply", "text": "x"}).status_code == 403


# --- what is new -------------------------------------------------------------------------------------------------


def test_nothing_new_is_one_cheap_question(client, account):
    conversation = talk(account)
    etag = client.get(news(conversation)).headers["ETag"]
    with CaptureQueriesContext(connection) as queries:
        response = client.get(news(conversation), headers={"if-none-match": etag})
    assert response.status_code == 304
    assert response.content == b""
    asked = [query["sql"] for query in queries if "conversations_" in query["sql"]]
    assert len(asked) == 1
    assert len(queries) <= 5  # the login and the permissions besides


@pytest.mark.parametrize("change", ["message", "status", "mode", "attention", "pause", "reservation", "dialogue"])
def test_whatever_the_page_shows_makes_news(client, account, change):
    conversation = talk(account)
    message = bot_says(conversation)
    etag = client.get(news(conversation)).headers["ETag"]
    match change:
        case "message":
            factories.MessageFactory(conversation=conversation)
        case "status":
            Message.objects.filter(pk=message.pk).update(status="delivered", status_at=datetime.now(UTC))
        case "mode":
            Conversation.objects.filter(pk=conversation.pk).update(mode="nobody")
        case "attention":
            Conversation.objects.filter(pk=conversation.pk).update(attention="question")
        case "pause":
            Pause.objects.create(conversation=conversation, until=datetime.now(UTC), by_name="Anna")
        case "reservation":
            service = factories.ServiceFactory(business=conversation.business)
            factories.DraftFactory(service=service, conversation=conversation)
        case "dialogue":
            Conversation.objects.filter(pk=conversation.pk).update(dialogue=going_on(datetime.now(UTC)))
    response = client.get(news(conversation), headers={"if-none-match": etag})
    assert response.status_code == 200
    assert response.headers["ETag"] != etag
    assert "data-bubbles" in response.json()["html"]


def test_a_long_talk_is_shown_from_its_end_and_read_backwards(client, account):
    conversation = talk(account, text="first word")
    for number in range(70):
        factories.MessageFactory(conversation=conversation, text=f"word {number}")
    response = client.get(page(conversation))
    assert len(response.context["bubbles"]) == 60
    assert response.context["has_more"]
    first = response.context["bubbles"][0].seq
    earlier = client.get(news(conversation), {"before": first}).json()
    assert "first word" in earlier["html"]
    assert earlier["more"] is False


def test_the_page_asks_as_many_questions_for_fifty_messages_as_for_five(client, account, anna):
    conversation = talk(account)

    def count(number: int) -> int:
        for _ in range(number):
            bot_says(conversation, author="staff", by=anna)
        with CaptureQueriesContext(connection) as queries:
            client.get(page(conversation))
        return len(queries)

    assert count(5) == count(45) <= 22


def test_reading_is_noted_and_never_goes_backwards(client, account):
    conversation = talk(account)
    factories.MessageFactory(conversation=conversation)
    url = reverse("admin:conversations_conversation_read", args=[conversation.pk])
    for upto, expected in (("1", 1), ("99", 2), ("1", 2), ("x", 2), ("9" * 40, 2)):
        assert client.post(url, {"upto": upto}).status_code == 204
        conversation.refresh_from_db()
        assert conversation.staff_read_seq == expected


# --- words -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("a\u202eb", "a[U+202E]b"),
        ("a\u200fb", "a[U+200F]b"),
        ("a\x07b", "ab"),
        ("a\r\nb", "a\nb"),
        ("👩‍🎨", "👩‍🎨"),
        ("", ""),
    ],
)
def test_invisible_marks_are_made_visible(given, read):
    assert printable(given) == read


def test_long_texts_are_cut_by_characters():
    assert one_line("zażółć " * 40, 20) == "zażółć zażółć zażół…"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 min"), (59, "59 min"), (60, "1 h"), (179, "2 h 59 min"), (21 * 60, "21 h"), (72 * 60, "3 d")],
)
def test_lengths_are_told_as_exactly_as_one_needs(minutes, words):
    assert span(timedelta(minutes=minutes)) == words


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//evil", "ftp://a.example", "", "http://[x"]
)
def test_only_web_addresses_are_links(url):
    assert web_link(url) == ""


def test_facts_of_any_shape_become_lines():
    assert pairs({"a": 1, "empty": None, "yes": True, "many": [{"name": "x"}, 2], "deep": {"b": {"c": "d"}}}) == [
        ("A", "1"), ("Yes", "yes"), ("Many", "x, 2"), ("Deep", "b c d"),
    ]  # fmt: skip
    assert pairs("plain") == [("", "plain")]
    assert pairs({"start_time": "18:00:00", "end": "2026-12-03T18:30:00"}) == [
        ("Start time", "18:00"), ("End", "Thursday 3 December 2026, 18:30"),
    ]  # fmt: skip
