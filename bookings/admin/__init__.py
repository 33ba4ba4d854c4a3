"""Staff's pages for bookings: reservations, enquiries, services, places and hours."""

from bookings.availability import admin as availability_admin
from bookings.leads.admin import pages as lead_pages, setup as lead_setup
from bookings.mirrors.google_calendar import admin as calendar_admin
from bookings.reservations.admin import pages as reservation_pages

__all__ = ["availability_admin", "calendar_admin", "lead_pages", "lead_setup", "reservation_pages"]
