"""What goes in and out of the web chat's API, as its schema describes it."""

from typing import Any

from rest_framework import serializers

MAX_TEXT = 10_000  # characters
SESSION_HEADER = "X-Chat-Session"


class NewMessage(serializers.Serializer[Any]):
    id = serializers.UUIDField(help_text="Made by the client. The same id twice is the same message.")
    text = serializers.CharField(max_length=MAX_TEXT, required=False, allow_blank=True, default="")
    choice = serializers.CharField(
        max_length=400, required=False, allow_blank=True, default="", help_text="Payload of the button pressed."
    )
    language = serializers.RegexField(
        r"^[a-z]{2}$", required=False, allow_blank=True, default="", help_text="Of the page, like “pl”."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not (attrs["text"] or attrs["choice"]):
            raise serializers.ValidationError({"text": ["There is nothing in this message."]})
        return attrs


class ButtonOut(serializers.Serializer[Any]):
    title = serializers.CharField()
    payload = serializers.CharField()


class MessageOut(serializers.Serializer[Any]):
    seq = serializers.IntegerField(help_text="Place in the conversation.")
    id = serializers.CharField(help_text="Of your own messages the id that you gave them.")
    author = serializers.ChoiceField(["you", "bot", "person"])
    text = serializers.CharField()
    buttons = ButtonOut(many=True)
    at = serializers.DateTimeField()
    status = serializers.ChoiceField(["sent", "delivered", "read"])


class News(serializers.Serializer[Any]):
    messages = MessageOut(many=True)
    typing = serializers.BooleanField(help_text="The bot is about to answer.")
    held_by = serializers.ChoiceField(["bot", "person"])
    cursor = serializers.IntegerField(help_text="Ask for what comes after this next time.")
    more = serializers.BooleanField(help_text="There is more in this direction than fits in one answer: ask again.")
    reset = serializers.BooleanField(help_text="What you had before is no longer there: forget it.")


class Accepted(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    seq = serializers.IntegerField()


class BotOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    colour = serializers.CharField(help_text="Like #1f6f5c.")
    business = serializers.CharField()


class NewSession(serializers.Serializer[Any]):
    token = serializers.CharField(help_text=f"Keep it secret, send it as {SESSION_HEADER}.")
    bot = BotOut()
    language = serializers.CharField()
    languages = serializers.ListField(child=serializers.CharField())


class Problem(serializers.Serializer[Any]):
    detail = serializers.CharField()
