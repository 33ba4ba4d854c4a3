from django.apps import AppConfig

from payments import checks

__all__ = ["PaymentsConfig", "checks"]


class PaymentsConfig(AppConfig):
    """Importing `checks` registers them."""

    name = "payments"
