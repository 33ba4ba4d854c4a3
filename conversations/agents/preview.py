"""Tries a prompt on one message: what would be understood, looked up and said. Nothing of it happens."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bots.language import Understanding, understand
from bots.llm.choosing import choices_for
from bots.models import Bot, ChannelAccount
from conversations.agents import dry_run
from conversations.agents.thinking import think
from conversations.chat.skills import TurnContext, context_for
from conversations.dialogue.state import Dialogue
from conversations.memory import summaries
from conversations.models import Contact, Conversation, Message

READING = ("intent_detection", "service_identification")


@dataclass(slots=True)
class Tried:
    """What came of a prompt: messages, tools as (name, what it was told), what was read, or why rules would answer."""

    texts: list[str] = field(default_factory=list)
    tools: list[tuple[str, str]] = field(default_factory=list)
    read: list[tuple[str, str]] = field(default_factory=list)
    fallback: str = ""
    complaints: list[str] = field(default_factory=list)


def try_prompt(bot: Bot, purpose: str, text: str, *, instead: Mapping[str, str] | None = None) -> Tried:
    """With the bot's prompts as they are, or with others `instead`. Asks a model, and pays for it; changes nothing."""
    account = ChannelAccount.objects.filter(bot=bot).select_related("bot__business").first()
    if account is None:
        return Tried(fallback="the bot has no channel account yet")
    choices = choices_for(account.bot)
    if not choices:
        return Tried(fallback="there is no key for a language model, or the bot answers with rules")
    if purpose == "dialogue_compression":
        return _summary(account, text, instead)
    turn = imagined(account, text)
    turn.bot.llm_extraction = Bot.Extraction.ALWAYS if purpose in READING else Bot.Extraction.NEVER
    thoughts = think(turn, choices, instead=instead)
    says = [say.text for outcome in thoughts.outcomes for say in outcome.says if say.text]
    return Tried(
        texts=[] if thoughts.fallback else [*says, *thoughts.texts],
        tools=[(one.wanted.name, one.error or str(one.facts)[:300]) for one in thoughts.outcomes],
        read=_read(turn.understood) if purpose in READING else [],
        fallback=thoughts.fallback,
        complaints=thoughts.complaints,
    )


def imagined(account: ChannelAccount, text: str) -> TurnContext:
    """Return the first message of a customer whom there is not. Its rows stand in no table."""
    business = account.bot.business
    turn = TurnContext(
        conversation=Conversation(account=account),
        contact=Contact(business=business),
        bot=account.bot,
        business=business,
        now=business.now(),
        language=business.default_language,
        messages=[Message(text=text, author=Message.Author.CUSTOMER, seq=1)],
        text=text,
        choice="",
        understood=Understanding(lang=business.default_language),
        last_reply=None,
        first_contact=True,
    )
    with dry_run.taken_back(turn, locked=False) as staged:
        context = context_for(staged.conversation, Dialogue())
    understood = understand(
        text, now=turn.now, tz=business.zone, default_lang=business.default_language, context=context
    )
    return replace(turn, understood=understood, language=business.language_for(understood.lang))


def _read(understood: Understanding) -> list[tuple[str, str]]:
    shown = ("lang", "intent", "date", "date_end", "time", "end_time", "people", "service", "questions")
    return [(name, str(value)) for name, value in understood.as_json().items() if name in shown and value]


def _summary(account: ChannelAccount, text: str, instead: Mapping[str, str] | None) -> Tried:
    now = account.bot.business.now()
    message = Message(text=text, author=Message.Author.CUSTOMER, sent_at=now)
    found = summaries.by_model(Conversation(account=account), None, [message], instead)
    if found is None:
        return Tried(fallback="the model gave no summary")
    notes = [("About the customer", ", ".join(found.facts)), ("Open", ", ".join(found.open_matters))]
    return Tried(texts=[found.text], read=[note for note in notes if note[1]])
