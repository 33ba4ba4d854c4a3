from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Importing `checks` registers them."""

    name = "payments"
