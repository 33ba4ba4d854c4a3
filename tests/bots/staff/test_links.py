"""One-time links: looking changes nothing, pressing decides once, and every way in which one is over has its page."""

import re
from datetime import UTC, datetime, time, timedelta
from html import unescape
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from bookings.models import Reservation
from bookings.reservations import actions as reservation_actions, holds
from bots.limits import Limit
from bots.models import ActionLink, Decision, Manager
from bots.staff.actors import Actor
from bots.staff.links import actions as link_actions
from bots.staff.subjects import choice_of
from config.logs import redacted
from conversations.models import Message
from tests import factories

pytestmark = pytest.mark.django_db
WARSAW = ZoneInfo("Europe/Warsaw")
ANNA = Actor("Anna", "admin")


def at(days: int, hour: int) -> datetime:
    return datetime.combine(datetime.now(WARSAW).date() + timedelta(days=days), time(hour), tzinfo=WARSAW)


def visit(status: str = "pending", **fields: Any) -> Reservation:
    service = fields.pop("service", None) or factories.ServiceFactory(business__default_language="en")
    conversation = factories.ConversationFactory(
        account__bot__business=service.business, contact__name="Marta <b>Nowak</b>", contact__phone="+48600100200"
    )
    fields = {"start": at(3, 12), "hold_until": timezone.now() + timedelta(hours=5), **fields}
    row: Reservation = factories.ReservationFactory(
        service=service, status=status, conversation=conversation, note="z córką, 7 lat", **fields
    )
    return row


def manager(row: Reservation, language: str = "en", **fields: Any) -> Manager:
    return Manager.objects.create(
        business=row.business, name="Ola", language=language, email="ola@studio.example", **fields
    )


def link(row: Reservation, name: str = "approve", **fields: Any) -> str:
    """The path of a new link."""
    choice = choice_of("reservation", name)
    assert choice is not None
    if not fields.keys() & {"user_id", "manager"}:
        fields["manager"] = manager(row)
    status = fields.pop("from_status", row.status)
    address = link_actions.make(choice, row.pk, business_id=row.business_id, from_status=status, **fields)
    return urlsplit(address).path


def everything() -> tuple[Any, ...]:
    """All that a link could change."""
    tables = (Reservation, Decision, Message, ActionLink)
    return tuple(list(table.objects.order_by("pk").values()) for table in tables)


def page_of(path: str, client: Client | None = None) -> str:
    response = (client or Client()).get(path)
    assert response.status_code == 200, response.content.decode()
    found = re.search(r'name="page" value="([^"]+)"', response.content.decode())
    assert found
    return unescape(found[1])


def press(path: str, client: Client | None = None, **form: str) -> Any:
    form.setdefault("page", page_of(path, client))
    return (client or Client()).post(path, form)


def status_of(row: Reservation) -> str:
    return Reservation.objects.values_list("status", flat=True).get(pk=row.pk)


# --- looking ---------------------------------------------------------------------------------------------------------


def test_the_page_tells_what_would_happen() -> None:
    row = visit()
    body = Client().get(link(row)).content.decode()
    for words in ("12:00–13:00", "Marta &lt;b&gt;Nowak&lt;/b&gt;", "z córką, 7 lat", "made for Ola", "Confirm",
                  "The customer is told that the visit is confirmed."):  # fmt: skip
        assert words in body
    assert "<b>Nowak" not in body and "<script" not in body


PREVIEWERS = [
    "TelegramBot (like TwitterBot)",
    "WhatsApp/2.23.20.0",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) SafeLinks Chrome/131.0 Safari/537.36",
    "GoogleImageProxy",
    "",
]


@pytest.mark.parametrize("agent", PREVIEWERS)
@pytest.mark.parametrize("method", ["get", "head", "options", "put", "delete", "patch"])
def test_looking_changes_nothing(agent: str, method: str) -> None:
    row = visit()
    path = link(row)
    before = everything()
    for _ in range(3):
        getattr(Client(headers={"user-agent": agent}), method)(path)
    assert everything() == before
    assert press(path).status_code == 200  # and it is as good as before
    assert status_of(row) == "confirmed"


@pytest.mark.parametrize("kind", ["open", "used", "unknown"])
def test_no_page_may_be_kept_indexed_or_told_of(kind: str) -> None:
    row = visit()
    path = link(row)
    if kind == "used":
        press(path)
    response = Client().get("/a/" + "x" * 43 + "/" if kind == "unknown" else path)
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert not response.cookies
    token = path.strip("/").removeprefix("a/")
    assert token not in response.content.decode()


def test_only_a_hash_is_kept() -> None:
    path = link(visit())
    token = path.strip("/").removeprefix("a/")
    kept = ActionLink.objects.values().get()
    assert token not in str(kept) and len(kept["token_hash"]) == 64
    assert redacted(f"GET {path} 500") == "GET /a/…/ 500"


# --- pressing --------------------------------------------------------------------------------------------------------


def test_one_press_decides() -> None:
    row = visit()
    path = link(row)
    response = press(path, Client(headers={"user-agent": "Phone"}))
    assert response.status_code == 200 and "Confirmed. The customer is told." in response.content.decode()
    decision = Decision.objects.get(subject_id=row.pk)
    assert (decision.verb, decision.from_status, decision.to_status) == ("approve", "pending", "confirmed")
    assert (decision.by_name, decision.source) == ("Ola", "link")
    used = ActionLink.objects.get()
    assert used.used_at is not None and used.used_from == "127.0.0.1 Phone"
    assert Message.objects.filter(conversation=row.conversation, author="bot").count() == 1


def test_it_needs_no_cookie_and_no_referrer() -> None:
    row = visit()
    path = link(row)
    page = page_of(path)
    client = Client(enforce_csrf_checks=True, headers={"origin": "null"})
    assert client.post(path, {"page": page}).status_code == 200
    assert status_of(row) == "confirmed"


def test_a_reason_goes_along() -> None:
    row = visit()
    assert press(link(row, "reject"), reason="  niestety \n komplet ").status_code == 200
    assert status_of(row) == "rejected"
    assert Decision.objects.get(subject_id=row.pk).reason == "niestety komplet"


def test_another_time_is_offered_from_the_free_ones() -> None:
    row = visit()
    path = link(row, "other_time")
    body = Client().get(path).content.decode()
    times = re.findall(r'name="time" value="([^"]+)"', body)
    assert len(times) == 3
    assert press(path, time=times[0]).status_code == 200
    offered = Reservation.objects.get(moves=row)
    assert offered.status == "held" and offered.period.lower == datetime.fromisoformat(times[0])


def test_a_time_of_the_own_clock_is_the_business_s() -> None:
    row = visit()
    wanted = at(4, 15)
    assert press(link(row, "other_time"), time=f"{wanted:%Y-%m-%dT%H:%M}").status_code == 200
    assert Reservation.objects.get(moves=row).period.lower == wanted


@pytest.mark.parametrize(("time", "words"), [("", "Choose a time."), ("soon", "Choose a time."), ("taken", "taken")])
def test_a_refused_time_leaves_the_link_good(time: str, words: str) -> None:
    row = visit()
    path = link(row, "other_time")
    if time == "taken":
        visit("confirmed", service=row.service, start=at(4, 15))
        time = at(4, 15).isoformat()
    before = everything()
    response = press(path, time=time)
    assert response.status_code == 409 and words in response.content.decode()
    assert everything() == before
    assert press(path, time=at(4, 16).isoformat()).status_code == 200


def test_a_visit_whose_time_is_past_is_not_confirmed() -> None:
    row = visit(start=datetime.now(UTC) - timedelta(hours=2))
    path = link(row)
    before = everything()
    response = press(path)
    assert response.status_code == 409 and "would have begun" in response.content.decode()
    assert everything() == before


# --- over ------------------------------------------------------------------------------------------------------------


def test_the_second_press_is_told_that_the_link_was_used() -> None:
    row = visit()
    path = link(row)
    page = page_of(path)
    press(path)
    before = everything()
    for response in (Client().get(path), Client().post(path, {"page": page})):
        body = response.content.decode()
        assert response.status_code == 410 and "This link has been used" in body
        assert "Confirmed: Ola" in body and "<form" not in body
    assert everything() == before


def test_an_old_link_does_nothing() -> None:
    row = visit()
    path = link(row)
    page = page_of(path)
    ActionLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    before = everything()
    for response in (Client().get(path), Client().post(path, {"page": page})):
        assert response.status_code == 410 and "This link is too old" in response.content.decode()
    assert everything() == before


OVERTAKERS = [
    ("a colleague", lambda row: reservation_actions.reject(row.pk, by=ANNA), "Declined: Anna"),
    ("the customer", lambda row: reservation_actions.cancel(row.pk, by=Actor.customer()), "Cancelled: the customer"),
    ("the clock", lambda row: _run_out(row), "Not answered in time: time ran out"),
]


def _run_out(row: Reservation) -> None:
    Reservation.objects.filter(pk=row.pk).update(hold_until=timezone.now() - timedelta(minutes=1))
    holds.expire_holds()


@pytest.mark.parametrize(("who", "overtake", "words"), OVERTAKERS, ids=[one[0] for one in OVERTAKERS])
def test_the_late_one_is_told_who_was_first(who: str, overtake: Any, words: str) -> None:
    row = visit()
    path = link(row)
    page = page_of(path)
    overtake(row)
    before = everything()
    for response in (Client().get(path), Client().post(path, {"page": page})):
        body = response.content.decode()
        assert response.status_code == 409 and "This has been decided already" in body and words in body, body
    assert everything() == before


def test_a_link_for_a_request_does_not_cancel_the_visit_it_became() -> None:
    row = visit("held")
    path = link(row, "cancel")
    page = page_of(path)
    Reservation.objects.filter(pk=row.pk).update(status="confirmed")
    assert Client().post(path, {"page": page}).status_code == 409
    assert status_of(row) == "confirmed"


def test_what_changed_since_the_page_was_opened_is_shown_first() -> None:
    row = visit()
    path = link(row)
    page = page_of(path)
    Reservation.objects.filter(pk=row.pk).update(version=row.version + 1, people=4)
    response = Client().post(path, {"page": page})
    assert response.status_code == 409 and "look again" in response.content.decode()
    assert status_of(row) == "pending"
    assert press(path).status_code == 200


def _leave(row: Reservation) -> str:
    one = manager(row)
    path = link(row, manager=one)
    Manager.objects.filter(pk=one.pk).update(is_active=False)
    return path


def _lose_the_job(row: Reservation) -> str:
    user = factories.UserFactory()
    row.business.staff.add(user)
    path = link(row, user_id=user.pk)
    row.business.staff.remove(user)
    return path


def _lock_out(row: Reservation) -> str:
    user = factories.UserFactory(is_active=False)
    row.business.staff.add(user)
    return link(row, user_id=user.pk)


def _move_elsewhere(row: Reservation) -> str:
    one = manager(row)
    path = link(row, manager=one)
    Manager.objects.filter(pk=one.pk).update(business=factories.BusinessFactory())
    return path


def _take_back(row: Reservation) -> str:
    path = link(row)
    assert link_actions.withdraw([ActionLink.objects.get().pk]) == 1
    return path


@pytest.mark.parametrize("how", [_leave, _lose_the_job, _lock_out, _move_elsewhere, _take_back])
def test_who_may_not_decide_any_more_does_not(how: Any) -> None:
    row = visit()
    path = how(row)
    before = everything()
    mark = link_actions.page_mark(ActionLink.objects.get(), row.version)
    for response in (Client().get(path), Client().post(path, {"page": mark})):
        body = response.content.decode()
        assert response.status_code == 410 and "does not work any more" in body and "Marta" not in body
    assert everything() == before


def test_a_user_s_link_speaks_for_the_user() -> None:
    row = visit()
    user = factories.UserFactory(first_name="Ewa")
    row.business.staff.add(user)
    assert press(link(row, user_id=user.pk)).status_code == 200
    decision = Decision.objects.get(subject_id=row.pk)
    assert (decision.by_name, decision.by_id, decision.source) == ("Ewa", user.pk, "link")


# --- forged, foreign, guessed ----------------------------------------------------------------------------------------

NEVER_LINKS = ["x", "x" * 42, "x" * 43, "x" * 44, "é" * 43, "x" * 42 + "%00", "..%2e" * 9, "x" * 4000]


@pytest.mark.parametrize("token", NEVER_LINKS)
def test_what_never_was_a_link_is_answered_alike(token: str) -> None:
    path = link(visit())
    before = everything()
    answers = {
        (one.status_code, one.content)
        for one in (
            Client().get(f"/a/{token}/"),
            Client().post(f"/a/{token}/", {"page": "x"}),
            Client().get(path[:-3] + "/"),
        )
    }
    Limit.cache.clear()
    assert answers == {(404, Client().get("/a/unknown/").content)}
    assert everything() == before


@pytest.mark.parametrize("mark", ["", "1", "a:b:c", "of another link"])
def test_only_a_page_that_was_shown_can_be_sent(mark: str) -> None:
    row = visit()
    path = link(row)
    if mark == "of another link":
        other = visit()
        mark = page_of(link(other))
    before = everything()
    assert Client().post(path, {"page": mark}).status_code == 409
    assert everything() == before


def test_a_link_decides_what_it_was_made_for_whatever_the_form_says() -> None:
    row, other = visit(), visit()
    form = {"choice": "reject", "verb": "reject", "subject_id": str(other.pk), "id": str(other.pk)}
    assert press(link(row), **form).status_code == 200
    assert (status_of(row), status_of(other)) == ("confirmed", "pending")


def test_who_guesses_is_slowed_down_and_others_are_not() -> None:
    row = visit()
    path = link(row)
    answers = [Client().get(f"/a/{number:043}/").status_code for number in range(12)]
    assert answers == [404] * 10 + [429] * 2
    assert Client().get(path).status_code == 429
    assert Client(REMOTE_ADDR="198.51.100.7").get(path).status_code == 200


def test_a_forwarding_header_does_not_help_who_guesses() -> None:
    answers = [
        Client(headers={"x-forwarded-for": f"10.0.0.{number}"}).get(f"/a/{number:043}/").status_code
        for number in range(12)
    ]
    assert answers[-1] == 429


# --- words -----------------------------------------------------------------------------------------------------------

SAYS = {
    "en": ("Confirm", "Confirmed. The customer is told.", "This link has been used"),
    "pl": ("Potwierdź", "Potwierdzono. Klient dostał wiadomość.", "Ten link został już użyty"),
    "uk": ("Підтвердити", "Підтверджено. Клієнта повідомлено.", "Це посилання вже використано"),
    "ru": ("Подтвердить", "Подтверждено. Клиенту сообщили.", "Эта ссылка уже использована"),
    "es": ("Confirmar", "Confirmada. El cliente recibe el aviso.", "Este enlace ya se ha usado"),
}


@pytest.mark.parametrize("language", SAYS)
def test_pages_are_in_the_manager_s_language(language: str) -> None:
    row = visit()
    path = link(row, manager=manager(row, language))
    button, done, used = SAYS[language]
    asked = Client().get(path)
    assert f">{button}</button>" in asked.content.decode() and asked["Content-Language"] == language
    assert done in press(path).content.decode()
    assert used in Client().get(path).content.decode()


def test_old_links_are_forgotten_in_the_end() -> None:
    link(visit())
    link(visit())
    ActionLink.objects.filter(pk=ActionLink.objects.latest("pk").pk).update(
        expires_at=timezone.now() - timedelta(days=91)
    )
    assert link_actions.forget_old() == 1 and ActionLink.objects.count() == 1
