"""The board of enquiries and the page of one: what staff see, decide, take back, and nobody else's."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bookings.leads import actions as lead_actions
from bookings.leads.admin import board as lead_board
from bookings.models import Lead, LeadAnswer, LeadPhoto, LeadSettings
from bots.models import ActionLink, Decision
from bots.staff.actors import Actor
from bots.staff.roles import front_desk_group
from conversations.attachments.fetching import path_of
from conversations.models.attachments import Attachment
from tests import factories
from tests.bookings.leads.paying import opened, paid

pytestmark = pytest.mark.django_db

Status = Lead.Status
BOARD = reverse("admin:bookings_lead_changelist")


@pytest.fixture
def business() -> Any:
    return factories.BusinessFactory(default_language="en", languages=["en"], currency="EUR")


def person(*businesses: Any, name: str = "Anna", desk: bool = True, **fields: Any) -> Client:
    user = factories.UserFactory(first_name=name, **fields)
    if desk:
        user.groups.add(front_desk_group())
    for one in businesses:
        one.staff.add(user)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def anna(business: Any) -> Client:
    return person(business)


def enquiry(business: Any, status: str = Status.PENDING_APPROVAL, **fields: Any) -> Lead:
    name = fields.pop("name", "Marta")
    conversation = factories.ConversationFactory(account__bot__business=business, contact__name=name)
    given = {"status": status, "title": "A fern", "submitted_at": timezone.now(), **fields}
    lead: Lead = factories.LeadFactory(conversation=conversation, **given)
    return lead


def card(page: Any, lead: Lead) -> str:
    """The HTML of one card."""
    found = re.search(rf'<article[^>]* id="l{lead.pk}".*?</article>', page.content.decode(), re.S)
    assert found, "there is no such card"
    return found[0]


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def decide(client: Client, lead: Lead, choice: str, **form: Any) -> dict[str, Any]:
    form.setdefault("from_status", lead.status)
    url = reverse("admin:bookings_lead_decide", args=[lead.pk])
    return client.post(url, {"choice": choice, **form}, headers={"accept": "application/json"}).json()


def columns(page: Any) -> dict[str, list[int]]:
    return {one.status: [card.pk for card in one.cards] for one in page.context_data["columns"]}


# --- the board --------------------------------------------------------------------------------------------------------


def test_a_column_for_each_status_the_longest_waiting_first(business: Any, anna: Client) -> None:
    made = {status: enquiry(business, status) for status in Status.values}
    older = enquiry(business, status_at=timezone.now() - timedelta(days=2))
    page = anna.get(BOARD)
    found = columns(page)
    assert list(found) == [
        "draft", "pending_approval", "approved", "deposit_requested", "deposit_paid", "booking_link_sent", "booked",
    ]  # fmt: skip
    assert found["pending_approval"] == [older.pk, made["pending_approval"].pk]
    assert found["booked"] == [made["booked"].pk]
    assert [(code, count) for code, _, count, _ in page.context_data["tabs"]] == [
        ("board", 7), ("needs", 4), ("closed", 3), ("all", 11),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "No enquiry is open."),
        ("?show=needs", "No enquiry waits for you."),
        ("?show=closed", "There are none."),
        ("?q=Marta", "Nothing found for “Marta”."),
    ],
)
def test_an_empty_page_says_so_in_one_sentence(anna: Client, query: str, words: str) -> None:
    enquiry(factories.BusinessFactory())  # another business's
    page = anna.get(BOARD + query)
    assert page.context_data["columns"] == []
    html = page.content.decode()
    assert words in html and "fd-board" not in html and "fd-jump" not in html


def test_a_board_of_closed_ones_only_is_empty(business: Any, anna: Client) -> None:
    enquiry(business, Status.REJECTED)
    page = anna.get(BOARD)
    assert "No enquiry is open." in page.content.decode()
    assert page.context_data["tabs"][0][::2] == ("board", 0)


def test_a_card_tells_what_one_needs_to_decide(business: Any, anna: Client) -> None:
    lead = enquiry(
        business, size_cm="12.0", budget_amount=30_000, budget_currency="EUR", wished_day="2026-12-04",
        status_at=timezone.now() - timedelta(hours=5),
    )  # fmt: skip
    words = text(card(anna.get(BOARD), lead))
    for told in ("Marta", "5 h", "A fern", "12 cm", "budget €300", "wishes Fri 4 Dec", "Approve or decline it",
                 "Take it, ask for the deposit", "Decline", "Open the chat"):  # fmt: skip
        assert told in words, words


def picture_of(lead: Lead, *, status: str = "stored") -> LeadPhoto:
    """A photo of the enquiry whose file is kept, or is not."""
    message = factories.MessageFactory(conversation=lead.conversation, media=[{"kind": "image"}])
    file = Attachment.objects.create(
        message=message, kind="image", status=status, has_thumbnail=status == "stored", content_type="image/png"
    )
    if status == "stored":
        for small in (False, True):
            path = path_of(file, thumbnail=small)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"small" if small else b"large")
    return LeadPhoto.objects.create(lead=lead, message=message)


def test_photos_are_shown_small_and_open_large(business: Any, anna: Client, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    lead = enquiry(business)
    for _ in range(4):
        picture_of(lead)
    html = card(anna.get(BOARD), lead)
    small = [unescape(address) for address in re.findall(r'<img src="([^"]+)"', html)]
    assert len(small) == 3 and "+1" in text(html)
    large = small[0].removesuffix("&small")
    assert b"".join(anna.get(small[0]).streaming_content) == b"small"
    assert b"".join(anna.get(large).streaming_content) == b"large"
    assert person(factories.BusinessFactory(), name="Eve").get(small[0]).status_code == 404


@pytest.mark.parametrize(
    ("status", "words"), [("waiting", "being fetched"), ("refused", "not kept"), ("lost", "could not be fetched")]
)
def test_a_photo_that_is_not_kept_says_why(business: Any, anna: Client, status: str, words: str) -> None:
    lead = enquiry(business)
    picture_of(lead, status=status)
    html = card(anna.get(BOARD), lead)
    assert "<img" not in html and f"Photo 1: {words}" in html


def test_what_was_booked_long_ago_has_left_the_board(business: Any, anna: Client) -> None:
    enquiry(business, Status.BOOKED, status_at=timezone.now() - timedelta(days=15))
    assert columns(anna.get(BOARD)) == {}
    assert len(anna.get(f"{BOARD}?show=booked").context_data["cards"]) == 1


def test_a_long_column_is_cut_and_leads_on(business: Any, anna: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(lead_board, "IN_COLUMN", 2)
    made = [enquiry(business, status_at=timezone.now() - timedelta(hours=hours)) for hours in (5, 4, 3, 2)]
    page = anna.get(BOARD)
    assert columns(page)["pending_approval"] == [made[0].pk, made[1].pk]
    assert "2 more" in page.content.decode()
    listed = anna.get(f"{BOARD}?show=pending_approval").context_data["cards"]
    assert [one.pk for one in listed] == [lead.pk for lead in made]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?show=needs", ["approved", "deposit_paid", "expired", "pending_approval"]),
        ("?show=closed", ["expired", "rejected", "withdrawn"]),
        ("?show=draft", ["draft"]),
        ("?q=Marta", sorted(Status.values)),
        ("?q=nobody", []),
    ],
)
def test_lists(business: Any, anna: Client, query: str, expected: list[str]) -> None:
    for status in Status.values:
        late = timezone.now() if status == Status.EXPIRED else None
        enquiry(business, status, paid_late_at=late)
    cards = anna.get(BOARD + query).context_data["cards"]
    assert sorted(one.status for one in cards) == expected


def test_paid_too_late_is_told_and_decided(business: Any, anna: Client) -> None:
    lead = enquiry(business, Status.EXPIRED, paid_late_at=timezone.now())
    other = enquiry(business, Status.APPROVED, paid_late_at=timezone.now())
    assert columns(anna.get(BOARD))["late"] == [lead.pk, other.pk] and columns(anna.get(BOARD))["approved"] == []
    words = text(card(anna.get(f"{BOARD}?show=needs"), lead))
    assert "Paid too late" in words and "keep it or give it back" in words and "Keep the late payment" in words


def test_the_board_asks_as_many_questions_for_many_as_for_few(business: Any, anna: Client) -> None:
    def fill() -> None:
        for status in Status.values:
            lead = enquiry(business, status)
            LeadSettings.objects.create(
                bot=lead.bot, deposit_amount=5_000, service=factories.ServiceFactory(business=business)
            )
            message = factories.MessageFactory(conversation=lead.conversation, media=[{}])
            LeadPhoto.objects.create(lead=lead, message=message)
            Decision.objects.create(
                business=business, subject="lead", subject_id=lead.pk, verb="approve", from_status="x",
                to_status=lead.status, by_name="Anna", source="admin",
            )  # fmt: skip

    def count(page: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert anna.get(page).status_code == 200
        return len(queries)

    fill()
    anna.get(BOARD)
    few = [count(BOARD), count(f"{BOARD}?show=all")]
    for _ in range(3):
        fill()
    assert [count(BOARD), count(f"{BOARD}?show=all")] == few
    assert max(few) <= 26, few


# --- deciding ----------------------------------------------------------------------------------------------------------


def test_one_press_moves_it_on_and_says_so(business: Any, anna: Client) -> None:
    lead = enquiry(business)
    said = decide(anna, lead, "approve")
    lead.refresh_from_db()
    assert (said["ok"], lead.status) == (True, Status.APPROVED)
    decision = Decision.objects.get(subject="lead", to_status="approved")
    assert (decision.by_name, decision.source) == ("Anna", "admin")


def test_without_a_script_one_is_led_back_to_the_board(business: Any, anna: Client) -> None:
    lead = enquiry(business)
    form = {"choice": "approve", "from_status": lead.status, "next": f"{BOARD}?show=needs"}
    response = anna.post(reverse("admin:bookings_lead_decide", args=[lead.pk]), form, follow=True)
    assert response.redirect_chain == [(f"{BOARD}?show=needs", 302)]
    assert "The customer is told that you take it." in response.content.decode()


def test_declining_asks_once_more_and_for_the_reason(business: Any, anna: Client) -> None:
    lead = enquiry(business)
    html = card(anna.get(BOARD), lead)
    assert "Reason, which the customer reads" in html and "Yes: decline" in html
    decide(anna, lead, "reject", reason="We do no faces.")
    lead.refresh_from_db()
    assert (lead.status, lead.reason) == (Status.REJECTED, "We do no faces.")


def test_who_comes_second_is_told_who_was_first(business: Any, anna: Client) -> None:
    lead = enquiry(business)
    lead_actions.approve(lead.pk, by=Actor("Ola", "telegram"))
    said = decide(anna, lead, "reject")
    lead.refresh_from_db()
    assert (said["ok"], lead.status) == (False, Status.APPROVED)
    assert "Already decided" in said["message"] and "Ola" in said["message"]


@pytest.mark.parametrize(
    ("choice", "form"),
    [
        ("approve", {"from_status": "approved"}),
        ("nonsense", {}),
        ("", {}),
        ("book_time", {"time": "soon"}),
        ("undo", {}),
    ],
)
def test_what_cannot_be_decided_changes_nothing(business: Any, anna: Client, choice: str, form: dict[str, str]) -> None:
    lead = enquiry(business)
    before = Lead.objects.values().get()
    assert decide(anna, lead, choice, **form)["ok"] is False
    assert Lead.objects.values().get() == before and not Decision.objects.exists()


@pytest.mark.parametrize(
    ("moves", "back_to"),
    [
        (["approve"], Status.PENDING_APPROVAL),
        (["reject"], Status.PENDING_APPROVAL),
        (["approve", "send_deposit"], Status.APPROVED),
    ],
)
def test_taking_back_is_one_press_where_it_is_safe(business: Any, anna: Client, moves: list[str], back_to: str) -> None:
    lead = enquiry(business)
    for move in moves:
        assert decide(anna, lead, move)["ok"]
        lead.refresh_from_db()
    page = anna.get(reverse("admin:bookings_lead_change", args=[lead.pk]))
    assert "Take the last step back" in card(page, lead)
    assert decide(anna, lead, "undo") == {"ok": True, "message": "Taken back."}
    lead.refresh_from_db()
    assert lead.status == back_to
    assert decide(anna, lead, "undo")["ok"] is False, "not twice"


def test_what_is_paid_is_not_taken_back(business: Any, anna: Client) -> None:
    lead = enquiry(business, Status.APPROVED)
    lead_actions.send_deposit(lead.pk, by=Actor("Anna", "admin"))
    paid(opened(lead))
    lead.refresh_from_db()
    assert lead.status == Status.DEPOSIT_PAID
    html = card(anna.get(BOARD), lead)
    assert "Take the last step back" not in html and "Deposit €200: paid" in text(html)
    assert decide(anna, lead, "undo")["ok"] is False


def test_free_times_are_offered_as_buttons(business: Any, anna: Client) -> None:
    lead = enquiry(business, Status.DEPOSIT_PAID, service=factories.ServiceFactory(business=business))
    page = anna.get(reverse("admin:bookings_lead_times", args=[lead.pk])).content.decode()
    first = re.search(r'value="(20[^"]+)"', page)
    assert first
    assert decide(anna, lead, "book_time", time=first[1])["ok"]
    lead.refresh_from_db()
    assert lead.status == Status.BOOKED and lead.reservation is not None


# --- the page of one ---------------------------------------------------------------------------------------------------


def test_page_tells_everything_there_is(business: Any, anna: Client) -> None:
    lead = enquiry(business, Status.APPROVED)
    question = factories.ConsultationQuestionFactory(bot=lead.bot, code="size", kind="size")
    LeadAnswer.objects.create(lead=lead, question=question, words="like a <b>palm</b>, 12", value={"cm": [12, 8]})
    message = factories.MessageFactory(conversation=lead.conversation, media=[{}])
    LeadPhoto.objects.create(lead=lead, message=message)
    lead_actions.send_deposit(lead.pk, by=Actor("Ola", "telegram"))
    page = anna.get(reverse("admin:bookings_lead_change", args=[lead.pk])).content.decode()
    words = text(page)
    for told in ("12 × 8 cm", "like a &lt;b&gt;palm&lt;/b&gt;, 12", "Photo 1", "Deposit asked for", "Ola", "telegram",
                 "Deposit €200", "Open the chat", "Copy link"):  # fmt: skip
        assert told in words, told
    assert reverse("admin:conversations_conversation_change", args=[lead.conversation_id]) in page


def test_page_is_only_looked_at(business: Any, anna: Client) -> None:
    lead = enquiry(business)
    url = reverse("admin:bookings_lead_change", args=[lead.pk])
    assert anna.post(url, {"status": "booked"}).status_code == 405
    assert anna.get(reverse("admin:bookings_lead_decide", args=[lead.pk])).status_code == 405
    assert anna.get(reverse("admin:bookings_lead_add")).status_code == 403
    assert anna.post(reverse("admin:bookings_lead_delete", args=[lead.pk]), {"post": "yes"}).status_code == 403


def test_customers_words_stay_words(business: Any, anna: Client) -> None:
    lead = enquiry(business, title="<script>alert(1)</script> \u202etsrif", name="<img src=x>")
    for url in (BOARD, reverse("admin:bookings_lead_change", args=[lead.pk])):
        html = anna.get(url).content.decode()
        assert "<script>alert(1)" not in html and "<img src=x>" not in html and "\u202e" not in html


def test_a_link_is_made_here_for_somebody(business: Any, anna: Client) -> None:
    lead = enquiry(business)
    url = reverse("admin:bookings_lead_link", args=[lead.pk])
    made = anna.post(url, {"choice": "approve"}, headers={"accept": "application/json"}).json()
    assert made["ok"] and "/a/" in made["address"]
    link = ActionLink.objects.get()
    assert (link.subject, link.subject_id, link.verb, link.from_status) == (
        "lead", lead.pk, "approve", "pending_approval"
    )  # fmt: skip
    taken = anna.post(reverse("admin:bookings_lead_take_back", args=[lead.pk]), {"link": link.pk})
    link.refresh_from_db()
    assert taken.status_code == 302 and link.withdrawn_at is not None


# --- beside the conversation, and in the sidebar -----------------------------------------------------------------------


def test_it_stands_beside_its_conversation_and_on_needs_you(business: Any, anna: Client) -> None:
    lead = enquiry(business)
    inbox = anna.get(reverse("admin:conversations_conversation_changelist"))
    assert [row.pk for row in inbox.context_data["rows"]] == [lead.conversation_id]
    assert "Enquiry: your turn" in inbox.content.decode()
    chat = reverse("admin:conversations_conversation_change", args=[lead.conversation_id])
    assert (
        "Take it, ask for the deposit" in anna.get(chat).content.decode()
        or "Take it" in anna.get(chat).content.decode()
    )
    decide(anna, lead, "reject")
    assert anna.get(reverse("admin:conversations_conversation_changelist")).context_data["rows"] == []


def test_the_conversations_page_notices_each_move(business: Any, anna: Client) -> None:
    lead = enquiry(business)
    url = reverse("admin:conversations_conversation_news", args=[lead.conversation_id])
    etag = anna.get(url)["ETag"]
    assert anna.get(url, headers={"if-none-match": etag}).status_code == 304
    Lead.objects.filter(pk=lead.pk).update(version=lead.version + 1)
    assert anna.get(url, headers={"if-none-match": etag}).status_code == 200


@pytest.mark.parametrize(("status", "badge"), [("pending_approval", "1"), ("deposit_requested", ""), ("booked", "")])
def test_the_sidebar_counts_what_waits_for_staff(business: Any, anna: Client, status: str, badge: str) -> None:
    enquiry(business, status)
    enquiry(factories.BusinessFactory())
    request = RequestFactory().get("/")
    request.user = business.staff.get()
    assert lead_board.badge(request) == badge


# --- nobody else's ------------------------------------------------------------------------------------------------------


def test_another_businesss_enquiry_does_not_exist(business: Any) -> None:
    lead = enquiry(business)
    eve = person(factories.BusinessFactory(), name="Eve")
    assert columns(eve.get(BOARD)) == {}
    assert eve.get(f"{BOARD}?q=Marta").context_data["cards"] == []
    assert eve.get(reverse("admin:bookings_lead_change", args=[lead.pk])).status_code == 404
    for name in ("decide", "link", "take_back"):
        form = {"choice": "approve", "from_status": lead.status}
        assert eve.post(reverse(f"admin:bookings_lead_{name}", args=[lead.pk]), form).status_code == 404
    assert eve.get(reverse("admin:bookings_lead_times", args=[lead.pk])).status_code == 404
    lead.refresh_from_db()
    assert lead.status == Status.PENDING_APPROVAL and not ActionLink.objects.exists()


def test_who_may_only_look_decides_nothing(business: Any) -> None:
    lead = enquiry(business)
    looker = person(business, desk=False)
    assert looker.get(BOARD).status_code == 403
    business.staff.get().user_permissions.add(Permission.objects.get(codename="view_lead"))
    page = looker.get(BOARD)
    assert "fd-buttons" not in card(page, lead)
    assert looker.post(reverse("admin:bookings_lead_decide", args=[lead.pk]), {"choice": "approve"}).status_code == 403
    assert Client().get(BOARD).status_code == 302
