"""What is remembered of earlier dialogues: read-only, for whoever answers."""

from conversations.chat.skills import ToolResult
from conversations.models import Summary


def latest(conversation_id: int) -> Summary | None:
    return Summary.objects.filter(conversation_id=conversation_id).order_by("-upto_seq").first()


def upto(conversation_id: int) -> int:
    """Return the last message that is part of a summary; 0 if there is none."""
    found = latest(conversation_id)
    return found.upto_seq if found else 0


def remembered(conversation_id: int) -> ToolResult:
    found = latest(conversation_id)
    if found is None:
        return {}
    return {"summary": found.text, "about_the_customer": found.facts, "open_matters": found.open_matters}
