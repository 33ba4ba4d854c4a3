"""The web chat's API, stable and described at `/api/schema/`: verify, validate, call an action.

A visitor is an unguessable token that the browser keeps; the database knows its SHA-256 only, and nothing at all
before the first message. A poll with no news is one indexed query and writes nothing.
"""

import re
from typing import Any, NoReturn

from django.conf import settings
from django.core.cache.backends.locmem import LocMemCache
from django.http import HttpResponse
from django.utils.http import parse_etags
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import APIException, NotFound, ParseError
from rest_framework.parsers import BaseParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bots.channels.base import BadDelivery, Identity, Inbound, Receipt
from bots.channels.reading import read
from bots.limits import Limit
from bots.models import ChannelAccount
from bots.tokens import hash_token, is_token, new_token
from conversations import inbox
from conversations.models import Message
from conversations.webchat import updates
from conversations.webchat.pages import account_of, business_languages, colour_of, page_language
from conversations.webchat.serializers import MAX_TEXT, SESSION_HEADER, Accepted, NewMessage, News, NewSession, Problem

# --- what can be wrong, in plain words ---------------------------------------------------------------


class NoSession(APIException):
    status_code = 401
    default_detail = f"Ask for a session first and send its token as {SESSION_HEADER}."


class TooLarge(APIException):
    status_code = 413
    default_detail = f"This is too large. A message has {MAX_TEXT} characters at most."


class TooMany(APIException):
    """Over the limit. `wait` (seconds) becomes Retry-After."""

    status_code = 429
    default_detail = (
        "These were many messages at once. Please try again in a moment; nothing that was accepted is lost."
    )

    def __init__(self, wait: float | None) -> None:
        super().__init__()
        self.wait = max(1, round(wait or 1))


# --- limits: each web process counts for itself, so that they hold with no other server up --------------


class SessionMessages(Limit):
    scope, rate = "webchat-session", "30/min"
    cache = LocMemCache("webchat-rates", {"OPTIONS": {"MAX_ENTRIES": 20_000}})

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        return self.cache_format % {"scope": self.scope, "ident": session_of(request)}


class AddressMessages(Limit):
    """Generous: a whole mobile network may be one address."""

    scope, rate = "webchat-address", "240/min"
    cache = SessionMessages.cache


class AddressSessions(AddressMessages):
    scope, rate = "webchat-new", "120/min"


# --- what comes in -----------------------------------------------------------------------------------


class SmallJSON(BaseParser):
    """A JSON object up to CHAT_MAX_BYTES, cleaned of what no database takes."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> dict[str, Any]:
        body = stream.read(settings.CHAT_MAX_BYTES + 1)
        if len(body) > settings.CHAT_MAX_BYTES:
            raise TooLarge
        try:
            return read(body)
        except BadDelivery:
            raise ParseError("This is not a JSON object that can be read.") from None


# --- the API ------------------------------------------------------------------------------------------

_BOT = OpenApiParameter("bot", str, OpenApiParameter.PATH, description="The bot's slug.")
_SESSION = OpenApiParameter(SESSION_HEADER, str, OpenApiParameter.HEADER, required=True)


def _problems(*statuses: int) -> dict[int, Any]:
    return dict.fromkeys(statuses, Problem)


def session_of(request: Request) -> str:
    """SHA-256 of the visitor's token, which is all that is ever stored of it. Raises NoSession."""
    token = request.headers.get(SESSION_HEADER, "")
    if not is_token(token):
        raise NoSession
    return hash_token(token)


def _account(bot: str) -> ChannelAccount:
    account = account_of(bot)
    if account is None:
        raise NotFound("There is no chat at this address.")
    return account


class _ChatView(APIView):
    """Anonymous. The token goes in a header, never in a cookie, so that no other page can speak for the visitor."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    parser_classes = (SmallJSON,)

    def throttled(self, request: Request, wait: float | None) -> NoReturn:
        raise TooMany(wait)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response


class SessionView(_ChatView):
    throttle_classes = (AddressSessions,)

    @extend_schema(
        operation_id="chat_session", parameters=[_BOT], request=None,
        responses={201: NewSession, **_problems(404, 429, 503)},
    )  # fmt: skip
    def post(self, request: Request, bot: str) -> Response:
        """A new visitor's token. Nothing is stored before the first message."""
        account = _account(bot)
        business = account.bot.business
        answer = {
            "token": new_token(),
            "bot": {"name": account.bot.name, "colour": colour_of(account.bot), "business": business.name},
            "language": page_language(request._request, business),
            "languages": business_languages(business),
        }
        return Response(answer, status=201)


class MessagesView(_ChatView):
    def get_throttles(self) -> list[Any]:
        return [SessionMessages(), AddressMessages()] if self.request.method == "POST" else []

    @extend_schema(
        operation_id="chat_send", parameters=[_BOT, _SESSION], request=NewMessage,
        responses={202: Accepted, **_problems(400, 401, 404, 413, 429, 503)},
    )  # fmt: skip
    def post(self, request: Request, bot: str) -> Response:
        """Say something. 202 means that it is stored for good; repeat with the same id until you get it."""
        session, account = session_of(request), _account(bot)
        form = NewMessage(data=request.data)
        if not form.is_valid():
            raise ParseError(_first_problem(form.errors))
        message = _inbound(account, session, form.validated_data)
        inbox.receive(account, [message])
        seq = Message.objects.filter(account=account, external_id=message.external_id).values_list("seq", flat=True)
        if not (stored := seq.first()):
            raise ParseError("This message cannot be read.")
        return Response({"id": str(form.validated_data["id"]), "seq": stored}, status=202)

    @extend_schema(
        operation_id="chat_news",
        parameters=[
            _BOT,
            _SESSION,
            OpenApiParameter("after", int, description="What came after this `cursor`; without it the latest."),
            OpenApiParameter("before", int, description="Older messages: those before this `seq`."),
            OpenApiParameter("seen", bool, description="The customer has what came up to `after` before their eyes."),
            OpenApiParameter("If-None-Match", str, OpenApiParameter.HEADER, description="ETag of the last answer."),
        ],
        responses={200: News, 304: OpenApiResponse(description="Nothing is new."), **_problems(400, 401, 404, 503)},
    )
    def get(self, request: Request, bot: str) -> HttpResponse:
        """What is new. 304 if nothing changed since the answer that had this ETag."""
        session = session_of(request)
        after, before = _number(request, "after"), _number(request, "before")
        state = updates.state_of(bot, session, after=after or 0)
        if state is None:
            _account(bot)
            return Response(updates.nothing(after=after or 0), headers={"ETag": '"0"'})
        _note_receipt(bot, session, state, seen=request.query_params.get("seen") in ("1", "true"))
        if before is None and state.etag in parse_etags(request.headers.get("If-None-Match", "")):
            return HttpResponse(status=304, headers={"ETag": state.etag, "Cache-Control": "private, no-store"})
        return Response(updates.news(state, after=after or 0, before=before), headers={"ETag": state.etag})


def _first_problem(errors: Any) -> str:
    field, problems = next(iter(errors.items()))
    return f"{field}: {problems[0]}"


def _inbound(account: ChannelAccount, session: str, said: dict[str, Any]) -> Inbound:
    return Inbound(
        account=account.external_id,
        external_id=f"web:{session[:16]}:{said['id']}",
        sender=Identity("webchat", "session", session),
        text=said["text"],
        choice=said["choice"],
        raw={"page_language": said["language"]} if said["language"] else {},
    )


def _note_receipt(bot: str, session: str, state: updates.ChatState, *, seen: bool) -> None:
    """The browser asks for what comes after our last message: it has that one. Written once a message, not a poll."""
    status = state.receipt_due(seen=seen)
    if status is None:
        return
    receipt = Receipt(
        account=bot,
        external_id=state.heard_id,
        status=status,
        sender=Identity("webchat", "session", session),
        upto=True,
    )
    inbox.receive(_account(bot), [receipt])


def _number(request: Request, name: str) -> int | None:
    given = request.query_params.get(name, "")
    if not given:
        return None
    if not re.fullmatch(r"[0-9]{1,18}", given):
        raise ParseError(f"“{name}” is a whole number.")
    return int(given)
