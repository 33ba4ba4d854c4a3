"""What is said: people, their conversations, every message in and out, and why the bot answered as it did."""

from conversations.models.attachments import Attachment
from conversations.models.conversations import Conversation, ConversationQuerySet, Pause, Summary
from conversations.models.llm import BotPrompt, LLMCall
from conversations.models.messages import DeadLetter, Message, ParkedEcho, Turn
from conversations.models.people import Contact, ContactIdentity

__all__ = [
    "Attachment", "BotPrompt", "Contact", "ContactIdentity", "Conversation", "ConversationQuerySet", "DeadLetter",
    "LLMCall", "Message", "ParkedEcho", "Pause", "Summary", "Turn",
]  # fmt: skip
