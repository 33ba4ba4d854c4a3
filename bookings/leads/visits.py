"""What is booked for an enquiry: the service, and a visit of it that has no time yet."""

from django.utils.translation import gettext as _

from bookings.leads.transitions import settings_of
from bookings.models import Lead, Reservation, Service
from bots.staff.decisions import NotAllowed


def chosen_service(lead: Lead, service_id: int | None) -> Service:
    """Return what is booked for the enquiry. Raises NotAllowed if nobody has said."""
    if service_id is not None:
        chosen = Service.objects.filter(pk=service_id, business=lead.business_id, is_active=True).first()
    else:
        chosen = service_of(lead)
    if chosen is None:
        raise NotAllowed(_("Choose what shall be booked."))
    return chosen


def service_of(lead: Lead) -> Service | None:
    """Return what is booked for the enquiry, as far as anybody has said."""
    return lead.service or settings_of(lead.bot).service


def visit_of(lead: Lead) -> Reservation:
    """Return an unsaved visit for the enquiry. Raises NotAllowed if nobody has said what is booked."""
    return Reservation(
        business=lead.business,
        contact=lead.contact,
        conversation=lead.conversation,
        service=chosen_service(lead, None),
        people=1,
        language=lead.language,
        note=lead.title,
        version=0,
    )
