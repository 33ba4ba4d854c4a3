"""The page behind a booking link, for a customer whose enquiry is paid: GET and HEAD show free times, POST books one.

The address is the proof (`bots.pages`). It is good for one enquiry, while that waits for its time, until it expires.
"""

import logging
from datetime import date, datetime, timedelta
from itertools import groupby
from urllib.parse import urlencode

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from bookings.availability import free_times, reasons
from bookings.availability.wording import capital, why
from bookings.leads import booking as lead_booking, notifications
from bookings.leads.visits import service_of
from bookings.models import BookingLink, Lead, Reservation, Service
from bookings.reservations.wording import service_name
from bots.db import clock, marks
from bots.pages import LimitedTokenPage, page, plain
from bots.staff import decisions as staff_decisions
from bots.staff.actors import Actor
from conversations import wording

logger = logging.getLogger(__name__)

PAGE_GOOD_FOR = timedelta(hours=12)  # how long a page that was opened can be sent
LOOK_AHEAD = timedelta(days=30)
DAYS_SHOWN = 6
TIMES_A_DAY = 8
_SALT = "bookings.page"

Status = Lead.Status


@method_decorator(csrf_exempt, name="dispatch")
class BookingPage(LimitedTokenPage[BookingLink]):
    find = staticmethod(lead_booking.find_link)

    def language_of(self, row: BookingLink) -> str:
        return notifications.language_of(row.lead)

    def show(self, row: BookingLink) -> HttpResponse:
        if refused := _refused(row):
            return refused
        asked, token = self.request.GET, self.kwargs["token"]
        start = _moment(asked.get("start", ""), row.lead)
        return _confirm(row, token, start) if start else _choose(row, token, _day(asked.get("from", "")))

    def submit(self, row: BookingLink) -> HttpResponse:
        return _refused(row) or _book(row, self.kwargs["token"], self.request)


def _refused(link: BookingLink) -> HttpResponse | None:
    """Return why the link is good for nothing now; booked by it, it shows what was booked."""
    lead = link.lead
    if lead.status == Status.BOOKED and link.used_at is not None:
        return _done(lead)
    if link.withdrawn_at is not None or lead.status != Status.BOOKING_LINK_SENT or service_of(lead) is None:
        return page("book/over.html", {"kind": "overtaken", "business": lead.business.name}, 409)
    if link.is_over:  # type: ignore[attr-defined]  # from `find_link`
        return page("book/over.html", {"kind": "expired", "business": lead.business.name}, 410)
    return None


def _choose(link: BookingLink, token: str, first: date | None, problem: str = "", status: int = 200) -> HttpResponse:
    """Return the next days on which there is a free time. Reads only."""
    lead, service = link.lead, _service(link)
    now = clock.now().astimezone(lead.business.zone)
    first = max(first or now.date(), now.date())
    slots = free_times.free_slots(service, first_day=first, last_day=first + LOOK_AHEAD, people=1, now=now)
    by_day = [
        (day, [slot.start for slot in of_day]) for day, of_day in groupby(slots, key=lambda slot: slot.start.date())
    ]
    shown = by_day[:DAYS_SHOWN]
    after = shown[-1][0] + timedelta(days=1) if len(by_day) > DAYS_SHOWN else None
    context = {
        "business": lead.business.name,
        "what": _what(service),
        "problem": problem,
        "days": [(capital(wording.long_day(day)), _times(token, starts)) for day, starts in shown],
        "later": _address(token, {"from": after.isoformat()}) if after else "",
        "earlier": _address(token) if first > now.date() else "",
        "zone": lead.business.timezone,
    }
    return page("book/choose.html", context, status)


def _times(token: str, starts: list[datetime]) -> list[tuple[str, str, str]]:
    """Address, words, and what a screen reader says: not more than a day's page has room for, spread over it."""
    step = max(1, -(-len(starts) // TIMES_A_DAY))
    return [
        (
            _address(token, {"start": start.isoformat()}),
            wording.time_text(start),
            f"{wording.long_day(start.date())}, {wording.time_text(start)}",
        )
        for start in starts[::step]
    ]


def _confirm(link: BookingLink, token: str, start: datetime) -> HttpResponse:
    """Return the time once more, before it is booked. Reads only."""
    service = _service(link)
    now = clock.now().astimezone(link.lead.business.zone)
    reason = free_times.why_not(service, start, people=1, now=now)
    if reason is not None:
        return _choose(link, token, start.date(), why(reason), 409)
    context = {
        "business": link.lead.business.name,
        "what": _what(service),
        "when": _when(start, service),
        "start": start.isoformat(),
        "page": marks.mark(link.pk, salt=_SALT),
        "back": _address(token),
    }
    return page("book/confirm.html", context)


def _book(link: BookingLink, token: str, request: HttpRequest) -> HttpResponse:
    start = _moment(request.POST.get("start", ""), link.lead)
    try:
        was_shown = marks.read(request.POST.get("page", ""), salt=_SALT, good_for=PAGE_GOOD_FOR) == link.pk
    except signing.BadSignature:
        was_shown = False
    if start is None or not was_shown:
        return _choose(link, token, None, _("This page was open for a while. Please choose once more."), 409)
    try:
        lead_booking.book(link.lead_id, by=Actor.customer(), start=start, in_chat=False)
    except reasons.NotFree as error:
        return _choose(link, token, start.date(), why(error.reason), 409)
    except (staff_decisions.AlreadyDecided, staff_decisions.NotAllowed):
        now = lead_booking.find_link(token)
        return (now and _refused(now)) or plain(request, "away", 503)
    logger.info("booked by link", extra={"link": link.pk, "lead": link.lead_id})
    return _done(Lead.objects.select_related("business", "bot").get(pk=link.lead_id))


def _done(lead: Lead) -> HttpResponse:
    visits = Reservation.objects.select_related("service")
    visit = visits.filter(pk=lead.reservation_id).first() if lead.reservation_id else None
    context = {"business": lead.business.name, "when": "", "what": ""}
    if visit is not None and visit.service is not None:
        start = visit.period.lower.astimezone(lead.business.zone)
        end = visit.period.upper.astimezone(lead.business.zone)
        context |= {"when": capital(wording.span_text(start, end)), "what": _what(visit.service)}
    return page("book/done.html", context)


def _service(link: BookingLink) -> Service:
    service = service_of(link.lead)
    assert service is not None  # `_refused` has looked
    return service


def _what(service: Service) -> str:
    return service_name(service, translation.get_language() or "en")


def _when(start: datetime, service: Service) -> str:
    return capital(wording.span_text(start, start + timedelta(minutes=service.duration_minutes)))


def _moment(text: str, lead: Lead) -> datetime | None:
    """On the business's clock; None for what is no moment with a zone."""
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(lead.business.zone) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _address(token: str, query: dict[str, str] | None = None) -> str:
    return reverse("book", args=[token]) + (f"?{urlencode(query)}" if query else "")
