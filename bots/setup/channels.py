"""The accounts by which customers come: whether the platform still lets us speak for them."""

from collections.abc import Iterator

from bots.channels import CHANNELS
from bots.channels.base import AccountBroken, ChannelError, TryLater, Uncertain
from bots.models import Bot, ChannelAccount
from bots.setup import LOOK, OFF, OK, WRONG, Finding
from bots.templates.automatic import automatic_messages


def check(bot: Bot | None) -> Iterator[Finding]:
    """Every account of the bot, or of all bots; those of channels that nobody has connected are named as such."""
    accounts = ChannelAccount.objects.select_related("bot").order_by("bot", "channel")
    accounts = accounts.filter(bot=bot) if bot else accounts
    for account in accounts:
        yield _look_into(account)
        if account.is_active and CHANNELS[account.channel].has_templates:
            yield _templates_of(account)
    connected = {account.channel for account in accounts}
    for code, channel in CHANNELS.items():
        if code not in connected:
            yield Finding(service=channel.label, state=OFF, words="No account is connected.")


def _templates_of(account: ChannelAccount) -> Finding:
    """Return what the account's automatic messages become once the window for free text is closed; as last asked."""
    name = f"Templates of {account}"
    page = "the admin, under Message templates"
    rows = list(account.templates.filter(is_active=True))
    bad = [f"{row} ({row.why_not or 'not checked yet'})" for row in rows if not row.is_usable]
    if bad:
        words = f"These cannot be used: {'; '.join(bad)}."
        return Finding(service=name, state=LOOK, words=words, todo=f"See {page}, and ask the platform there.")
    covered = {row.key for row in rows}
    missing = [label for key, (label, _facts) in automatic_messages().items() if key not in covered]
    if missing:
        words = f"After {_hours(account)} hours of silence these wait for a person: {', '.join(missing)}."
        return Finding(service=name, state=LOOK, words=words, todo=f"Enter an approved template for each in {page}.")
    return Finding(service=name, state=OK, words="Every automatic message has an approved template.")


def _hours(account: ChannelAccount) -> int:
    window = CHANNELS[account.channel].limits.window
    return round(window.total_seconds() / 3600) if window else 0


def _look_into(account: ChannelAccount) -> Finding:
    name = f"{account} ({account.bot})"
    page = "its page in the admin, under Channels"
    if not account.is_active or not account.bot.is_active:
        return Finding(service=name, state=OFF, words="It is switched off.")
    if missing := account.missing_secrets():
        return Finding(service=name, state=WRONG, words=f"It lacks: {', '.join(missing)}.", todo=f"Enter it on {page}.")
    try:
        said = CHANNELS[account.channel](account).check()
    except AccountBroken as error:
        todo = f"Make a new access token at the platform, and enter it on {page}."
        return Finding(service=name, state=WRONG, words=f"Refused: {error.detail or error.code}.", todo=todo)
    except (TryLater, Uncertain) as error:
        words = f"No usable answer: {error.detail or error.code}."
        return Finding(service=name, state=WRONG, words=words, todo="Try again in a minute; check the way out.")
    except ChannelError as error:
        return Finding(service=name, state=LOOK, words=f"It was answered: {error.detail or error.code}.")
    if said:
        return Finding(service=name, state=LOOK, words=said, todo="See docs, “Connect a real account”.")
    if account.paused_at:
        words = f"It works, but sending is paused: {account.paused_reason}"
        return Finding(service=name, state=LOOK, words=words, todo=f"Save it once on {page}: that ends the pause.")
    ours = "It is part of this site."
    words = "The platform knows it, and messages come to us." if CHANNELS[account.channel].leaves_server else ours
    return Finding(service=name, state=OK, words=words)
