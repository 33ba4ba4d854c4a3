"""Staff's pages for businesses, bots, accounts, knowledge; and that nobody sees another business on any page."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse

from bookings.models import (
    CalendarEvent,
    ConsultationQuestionText,
    GoogleCalendar,
    HolidayRule,
    LeadReminderRule,
    LeadSettings,
    ReminderRule,
    Resource,
    Service,
    TimeOff,
)
from bots.admin.scoped import ScopedAdmin
from bots.models import (
    ApiKey,
    BotSpend,
    Business,
    ChannelAccount,
    KeyState,
    Knowledge,
    Manager,
    MessageTemplate,
    StaffBot,
    StaffNotice,
    TelegramUpdate,
)
from bots.staff.api_keys import authentication
from bots.staff.roles import front_desk_group
from conversations.models import BotPrompt, DeadLetter, LLMCall
from payments.models import Deposit, PaymentEvent
from tests import factories

pytestmark = pytest.mark.django_db

SECRET_NAME = "Nobody-else-may-read-this"


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def log_in(business: Business, **fields) -> tuple[Client, User]:
    user = factories.UserFactory(**fields)
    user.groups.add(front_desk_group())
    business.staff.add(user)
    client = Client()
    client.force_login(user)
    return client, user


@pytest.fixture
def ours():
    return factories.BusinessFactory(name="Ours")


@pytest.fixture
def theirs():
    """Another business with one row of everything, each with a name that must not be read elsewhere."""
    business = factories.BusinessFactory(name=SECRET_NAME)
    bot = factories.BotFactory(business=business, name=SECRET_NAME)
    account = factories.ChannelAccountFactory(bot=bot, name=SECRET_NAME)
    contact = factories.ContactFactory(business=business, name=SECRET_NAME)
    conversation = factories.ConversationFactory(account=account, contact=contact, attention="question")
    message = factories.MessageFactory(conversation=conversation, text=SECRET_NAME)
    knowledge = factories.KnowledgeFactory(business=business, topic=SECRET_NAME)
    factories.KnowledgeTextFactory(knowledge=knowledge, answer=SECRET_NAME)
    resource = factories.ResourceFactory(business=business, name=SECRET_NAME)
    service = factories.ServiceFactory(business=business, name=SECRET_NAME, resources=[resource])
    start = datetime.now(UTC) + timedelta(days=2)
    reservation = factories.ReservationFactory(
        service=service, conversation=conversation, contact=contact, start=start, status="pending"
    )
    time_off = factories.TimeOffFactory(
        business=business, resource=resource, reason=SECRET_NAME, period=(start, start + timedelta(hours=1))
    )
    holiday = factories.HolidayRuleFactory(business=business, day="2026-12-24", name=SECRET_NAME)
    unreadable = DeadLetter.objects.create(
        channel=account.channel, account=account.external_id, reason=SECRET_NAME, body=b"x", digest="d"
    )
    spend = BotSpend.objects.create(bot=bot, day="2026-11-21")
    key = KeyState.objects.create(provider="openai", fingerprint="f", name=SECRET_NAME)
    call = LLMCall.objects.create(
        bot=bot, purpose=SECRET_NAME, provider="openai", model=SECRET_NAME, key="f", latency_ms=1, outcome="done"
    )
    prompt = BotPrompt.objects.create(bot=bot, purpose="main_response", text=SECRET_NAME, version="1")
    staff_bot = StaffBot.objects.create(business=business, telegram_id=7, username=SECRET_NAME)
    update = TelegramUpdate.objects.create(staff_bot=staff_bot, update_id=1, payload={}, outcome=SECRET_NAME)
    manager = Manager.objects.create(business=business, name=SECRET_NAME)
    notice = StaffNotice.objects.create(
        business=business,
        manager=manager,
        backend="email",
        kind="news",
        trouble=SECRET_NAME,
        give_up_at=start,
        dedupe_key="k",
    )
    calendar = GoogleCalendar.objects.create(business=business, calendar_id=SECRET_NAME)
    copy = CalendarEvent.objects.create(reservation=reservation, calendar=calendar, event_id="e", trouble=SECRET_NAME)
    rule = ReminderRule.objects.create(business=business)
    machine, _ = authentication.make(SECRET_NAME, business_id=business.pk)
    template = MessageTemplate.objects.create(account=account, key="x", language="en", name=SECRET_NAME)
    lead = factories.LeadFactory(conversation=conversation, title=SECRET_NAME, status="pending_approval")
    deposit = Deposit.objects.create(
        business=business, subject="lead", subject_id=lead.pk, title=SECRET_NAME, amount=100, currency="PLN",
        language="en", expires_at=start, provider="sandbox",
    )  # fmt: skip
    event = PaymentEvent.objects.create(
        provider="sandbox", event_id="e", type=SECRET_NAME, payload={}, deposit=deposit, outcome=SECRET_NAME
    )
    question = factories.ConsultationQuestionFactory(bot=bot, code="nobody-else")
    ConsultationQuestionText.objects.filter(question=question).update(name=SECRET_NAME)
    asking = LeadSettings.objects.create(bot=bot, service=service)
    nudge = LeadReminderRule.objects.create(bot=bot, step="unpaid")
    rows = [
        question, asking, nudge,
        machine, template, lead, deposit, event,
        staff_bot, update, manager, notice, calendar, copy, rule,
        prompt, business, bot, account, contact, conversation, knowledge, resource, service, reservation, time_off, holiday,
        unreadable, spend, key, call,
    ]  # fmt: skip
    return {type(row): row for row in rows} | {"message": message}


def scoped_pages() -> list[ScopedAdmin]:
    return [page for page in admin.site._registry.values() if isinstance(page, ScopedAdmin)]


def urls_with_an_id(page: ScopedAdmin, pk: int) -> list[str]:
    """Every address of the page that names a row."""
    found = []
    for pattern in page.get_urls():
        if "object_id" not in pattern.pattern.converters or pattern.name is None:
            continue
        others = {name: 1 for name in pattern.pattern.converters if name != "object_id"}
        found.append(reverse(f"admin:{pattern.name}", kwargs={"object_id": pk, **others}))
    return found


def test_every_model_of_ours_that_has_a_page_is_scoped(theirs):
    ours_only = [
        model
        for model in admin.site._registry
        if model._meta.app_label in ("bots", "conversations", "payments", "bookings")
    ]
    assert len(ours_only) >= 20
    assert {page.model for page in scoped_pages()} == set(ours_only)
    assert set(ours_only) <= set(theirs), "the walk below has a row of every model"


def test_staff_of_one_business_reach_nothing_of_another(ours, theirs):
    client, _ = log_in(ours)
    walked = 0
    for page in scoped_pages():
        row = theirs[page.model]
        for url in urls_with_an_id(page, row.pk):
            for response in (client.get(url), client.post(url, {"post": "yes", "verb": "reply", "text": "x"})):
                assert response.status_code in (403, 404, 405), (url, response.status_code)
                assert SECRET_NAME not in response.content.decode(), url
            walked += 1
        assert page.model.objects.filter(pk=row.pk).exists(), f"{page.model} was deleted"
    assert walked >= 12 * 3


def test_lists_and_forms_name_nothing_of_another_business(ours, theirs):
    client, _ = log_in(ours)
    listed = set()
    for page in scoped_pages():
        name = f"admin:{page.opts.app_label}_{page.opts.model_name}"
        for query in ("", "?show=all", "?q=Nobody", f"?q={theirs[page.model].pk}", "?business__id__exact=1"):
            response = client.get(reverse(f"{name}_changelist") + query)
            assert response.status_code in (200, 302, 403), (page, query)
            body = response.content.decode().replace(f"“{SECRET_NAME}”", "")
            assert SECRET_NAME not in body, (page, query)
            listed |= {page.model} if response.status_code == 200 else set()
        response = client.get(reverse(f"{name}_add"))
        assert SECRET_NAME not in response.content.decode(), page
    assert listed == {page.model for page in scoped_pages()} - {ApiKey}


def test_autocomplete_offers_nothing_of_another_business(ours, theirs):
    client, _ = log_in(ours)
    asked = 0
    for model in admin.site._registry:
        for field in model._meta.get_fields():
            if not (field.concrete and field.remote_field and field.related_model in admin.site._registry):
                continue
            response = client.get(
                reverse("admin:autocomplete"),
                {
                    "app_label": model._meta.app_label,
                    "model_name": model._meta.model_name,
                    "field_name": field.name,
                    "term": "",
                },
            )
            assert response.status_code in (200, 403, 404)
            assert SECRET_NAME not in response.content.decode(), (model, field)
            asked += response.status_code == 200
    assert asked >= 3


def test_a_foreign_id_in_a_form_is_refused(ours, theirs):
    client, _ = log_in(ours)
    mine = factories.ResourceFactory(business=ours, hours={})
    data = {
        "business": theirs[Business].pk, "name": "Moved", "capacity": 1, "is_active": "on",
        "hours-TOTAL_FORMS": 0, "hours-INITIAL_FORMS": 0,
    }  # fmt: skip
    response = client.post(reverse("admin:bookings_resource_change", args=[mine.pk]), data)
    assert response.status_code == 200
    assert "Select a valid choice" in response.content.decode()
    mine.refresh_from_db()
    assert mine.business == ours


def test_a_service_takes_resources_of_its_own_business_only(ours, theirs):
    client, user = log_in(ours)
    second = factories.BusinessFactory(name="Also ours")
    second.staff.add(user)
    place = factories.ResourceFactory(business=second, name="Place of the second", hours={})
    response = client.post(
        reverse("admin:bookings_service_add"),
        {
            "business": ours.pk, "name": "New", "is_active": "on", "resources": [place.pk], "duration_minutes": 60,
            "step_minutes": 30, "buffer_before_minutes": 0, "buffer_after_minutes": 0, "lead_time_minutes": 0,
            "horizon_days": 30, "min_people": 1, "max_people": 1, "price": 0, "hold_minutes": 60,
            "free_cancellation_hours": 24, "names-TOTAL_FORMS": 0, "names-INITIAL_FORMS": 0,
        },
    )  # fmt: skip
    assert response.status_code == 200
    assert "Belongs to another business: Place of the second." in response.content.decode()
    assert Service.objects.filter(name="New").count() == 0


def test_bulk_actions_do_not_reach_foreign_rows(ours, theirs):
    client, _ = log_in(ours)
    for model in (Knowledge, Resource, Service, TimeOff, HolidayRule):
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        row = theirs[model]
        data = {"action": "delete_selected", "_selected_action": [row.pk], "index": 0, "post": "yes"}
        response = client.post(reverse(name), data)
        assert SECRET_NAME not in response.content.decode()
        assert model.objects.filter(pk=row.pk).exists()


def test_the_superuser_sees_every_business(ours, theirs):
    client = Client()
    client.force_login(factories.UserFactory(is_superuser=True))
    for page in scoped_pages():
        url = reverse(f"admin:{page.opts.app_label}_{page.opts.model_name}_change", args=[theirs[page.model].pk])
        assert client.get(url).status_code == 200, url


def test_people_and_groups_are_for_superusers_only(ours):
    client, user = log_in(ours)
    user.user_permissions.set(front_desk_group().permissions.model.objects.all())  # every permission there is
    for name in ("admin:auth_user_changelist", "admin:auth_group_changelist", "admin:auth_user_add"):
        assert client.get(reverse(name)).status_code == 403
    assert client.get(reverse("admin:auth_user_change", args=[user.pk])).status_code == 403


def test_pages_that_are_not_scoped_are_closed_to_the_front_desk(ours):
    client, _ = log_in(ours)
    closed = [model for model, page in admin.site._registry.items() if not isinstance(page, ScopedAdmin)]
    assert {User, Group} <= set(closed)
    for model in closed:
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        assert client.get(url).status_code == 403, url


def test_recent_actions_show_only_ones_own(ours, theirs):
    client, _ = log_in(ours)
    other = factories.UserFactory()
    LogEntry.objects.create(
        user=other, content_type=ContentType.objects.get_for_model(Business), object_id=str(theirs[Business].pk),
        object_repr=SECRET_NAME, action_flag=CHANGE,
    )  # fmt: skip
    assert SECRET_NAME not in client.get(reverse("admin:index")).content.decode()


def test_the_front_desk_group_is_made_once_and_kept_up_to_date():
    group = front_desk_group()
    count = group.permissions.count()
    group.permissions.clear()
    assert front_desk_group() == group
    assert group.permissions.count() == count > 20
    assert Group.objects.count() == 1
    codes = set(group.permissions.values_list("codename", flat=True))
    assert {"change_reservation", "change_conversation", "add_knowledgetext", "delete_workinghours"} <= codes
    assert not codes & {"delete_conversation", "delete_reservation", "add_business", "delete_business", "add_user"}


def account_data(account: ChannelAccount, **fields) -> dict:
    return {
        "bot": account.bot_id,
        "external_id": account.external_id,
        "name": account.name,
        "is_active": "on",
        **fields,
    }


@pytest.fixture
def instagram(ours):
    bot = factories.BotFactory(business=ours)
    return factories.ChannelAccountFactory(
        bot=bot,
        channel="instagram",
        external_id="17841",
        credentials={"token": "T0ken-value", "app_secret": "Sekret-value"},
    )


def test_credentials_are_never_shown(ours, instagram):
    client, _ = log_in(ours)
    url = reverse("admin:bots_channelaccount_change", args=[instagram.pk])
    refused = client.post(
        url, account_data(instagram, external_id="", secret_token="New-token", more_secrets="other=Another")
    )
    pages = [client.get(url), refused, client.get(reverse("admin:bots_channelaccount_changelist"))]
    pages.append(client.get(reverse("admin:bots_channelaccount_history", args=[instagram.pk])))
    for response in pages:
        assert response.status_code == 200
        for secret in ("T0ken-value", "Sekret-value", "New-token", "Another"):
            assert secret not in response.content.decode()
    assert "Set. It is not shown again" in pages[0].content.decode()


def test_credentials_stay_when_their_fields_are_left_empty_and_change_when_filled(ours, instagram):
    client, _ = log_in(ours)
    url = reverse("admin:bots_channelaccount_change", args=[instagram.pk])
    assert client.post(url, account_data(instagram, name="Renamed")).status_code == 302
    instagram.refresh_from_db()
    assert (instagram.name, instagram.secrets) == ("Renamed", {"token": "T0ken-value", "app_secret": "Sekret-value"})
    client.post(url, account_data(instagram, secret_token="T2", more_secrets="page = 12\n"))
    instagram.refresh_from_db()
    assert instagram.secrets == {"token": "T2", "app_secret": "Sekret-value", "page": "12"}
    entry = LogEntry.objects.latest("pk")
    assert "T2" not in entry.change_message


def test_an_active_account_without_its_secrets_is_refused(ours, instagram):
    client, _ = log_in(ours)
    url = reverse("admin:bots_channelaccount_change", args=[instagram.pk])
    response = client.post(url, account_data(instagram, more_secrets="token="))
    assert response.status_code == 200
    assert "Instagram cannot run without: token" in response.content.decode()
    instagram.refresh_from_db()
    assert instagram.secrets["token"] == "T0ken-value"
    switched_off = account_data(instagram, more_secrets="token=")
    del switched_off["is_active"]
    assert client.post(url, switched_off).status_code == 302


def test_new_credentials_end_a_stop_that_the_old_ones_caused(ours, instagram):
    ChannelAccount.objects.filter(pk=instagram.pk).update(
        paused_at=datetime.now(UTC), paused_reason="AccountBroken 190"
    )
    client, _ = log_in(ours)
    client.post(
        reverse("admin:bots_channelaccount_change", args=[instagram.pk]), account_data(instagram, secret_token="T2")
    )
    instagram.refresh_from_db()
    assert (instagram.paused_at, instagram.paused_reason) == (None, "")


def test_what_had_stopped_sending_sends_again_when_staff_say_so(ours, instagram):
    ChannelAccount.objects.filter(pk=instagram.pk).update(paused_at=datetime.now(UTC), paused_reason="200/2534041")
    client, _ = log_in(ours)
    chosen = {"action": "send_again", "_selected_action": [instagram.pk]}
    response = client.post(reverse("admin:bots_channelaccount_changelist"), chosen, follow=True)
    assert "1 of 1 had stopped and send again." in response.content.decode()
    instagram.refresh_from_db()
    assert (instagram.paused_at, instagram.paused_reason) == (None, "")


def test_the_web_chats_page_shows_its_link_and_tag(ours):
    account = factories.ChannelAccountFactory(bot__business=ours)
    client, _ = log_in(ours)
    body = client.get(reverse("admin:bots_channelaccount_change", args=[account.pk])).content.decode()
    assert f'href="/chat/{account.bot.slug}/"' in body
    assert f"/chat/{account.bot.slug}/embed.js" in body


def test_saving_knowledge_brings_its_vectors_up_to_date(ours, django_capture_on_commit_callbacks):
    client, _ = log_in(ours)
    data = {
        "business": ours.pk, "topic": "Parking", "is_active": "on", "texts-TOTAL_FORMS": 1, "texts-INITIAL_FORMS": 0,
        "texts-0-language": "en", "texts-0-answer": "In the yard.",
        "texts-0-questions": "Where can I park?\nIs there parking?",
    }  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(reverse("admin:bots_knowledge_add"), data).status_code == 302
    vectors = Knowledge.objects.get(topic="Parking").texts.get().vectors
    assert set(vectors.values_list("phrasing", flat=True)) >= {"Where can I park?", "Is there parking?"}


def test_all_addresses_of_the_admin_ask_for_a_login():
    for model in admin.site._registry:
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        assert Client().get(url).status_code == 302
