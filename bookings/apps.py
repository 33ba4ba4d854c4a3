from importlib import import_module

from django.apps import AppConfig


class BookingsConfig(AppConfig):
    name = "bookings"

    def ready(self) -> None:
        """Payments are heard from now on."""
        import_module("bookings.leads.receivers")
