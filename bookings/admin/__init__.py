"""Staff's pages for bookings: reservations, services, places and hours."""

from bookings.admin import calendars, reservation, setup

__all__ = ["calendars", "reservation", "setup"]
