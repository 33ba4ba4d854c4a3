"""The messages that the bot sends on its own, for which an approved template may stand."""

from bots.registry import brought


def automatic_messages() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the messages that a template may stand for, by key: their name for staff, and the facts that each carries.

    Every app that says something on its own lists them in its Feature.
    """
    return dict(brought("templates"))


def key_choices() -> list[tuple[str, str]]:
    return [(key, label) for key, (label, _facts) in automatic_messages().items()]
