"""Which of an account's approved templates stands for a message."""

from bots.models import ChannelAccount, MessageTemplate


def template_for(account: ChannelAccount, key: str, language: str) -> MessageTemplate | None:
    """The active template of this account that stands for the message, in the customer's language or in the default."""
    wanted = [language, account.bot.business.default_language]
    rows = {row.language: row for row in MessageTemplate.objects.filter(account=account, key=key, is_active=True)}
    found = [rows[code] for code in wanted if code in rows]
    return next((row for row in found if row.is_usable), found[0] if found else None)
