"""Staff's pages for bookings: reservations, services, places and hours."""

from bookings.admin import reservation, setup

__all__ = ["reservation", "setup"]
