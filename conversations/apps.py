from django.apps import AppConfig

from conversations import checks

__all__ = ["ConversationsConfig", "checks"]


class ConversationsConfig(AppConfig):
    """Importing `checks` registers them."""

    name = "conversations"
