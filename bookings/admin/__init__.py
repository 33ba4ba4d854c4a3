"""Staff's pages for bookings: reservations, enquiries, services, places and hours."""

from django.http import HttpRequest

from bookings.admin import calendars, lead, lead_board, lead_setup, reservation, setup
from bookings.models import Lead

__all__ = ["calendars", "lead", "lead_setup", "reservation", "setup"]


def leads_badge(request: HttpRequest) -> str:
    """The number beside *Enquiries* in the sidebar: how many wait for somebody of the staff. Empty if none does."""
    if not request.user.is_authenticated:
        return ""
    return str(lead_board.needing_staff(Lead.objects.of(request.user)).count() or "")
