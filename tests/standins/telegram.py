"""A stand-in for Telegram's Bot API: refuses what Telegram would refuse, with its HTTP codes, and plays the people.

    with Telegram() as telegram:                       # TELEGRAM_API_URL = telegram.url
        telegram.start(42)                             # a person opens the bot: it may write to them from now on
        telegram.harm("429", method="sendMessage")
        telegram.press(42, "Confirm")                  # what they see under the newest message with that button

What people do becomes an update: handed to `deliver` if that is set (a webhook), kept for getUpdates otherwise.
As a process of its own: python -m tests.standins.telegram --port 8766, with POST /_control/press {"user": 42, …} and
GET /_control/messages. Unknown form fields are refused here, which Telegram does not do, so that a slip is seen.
"""

from __future__ import annotations

import argparse
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

TOKEN = "8100200300:AAstand-in-token-of-the-owners-bot"
FOR_EVER = 10**9
TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "a", "code", "pre", "blockquote", "tg-spoiler"}
COMMON = {"chat_id", "text", "parse_mode", "entities", "link_preview_options", "reply_markup", "message_thread_id"}
FIELDS = {
    "getMe": set(),
    "sendMessage": COMMON | {"disable_notification", "protect_content", "reply_parameters"},
    "editMessageText": COMMON | {"message_id", "inline_message_id"},
    "editMessageReplyMarkup": {"chat_id", "message_id", "inline_message_id", "reply_markup"},
    "answerCallbackQuery": {"callback_query_id", "text", "show_alert", "url", "cache_time"},
    "getUpdates": {"offset", "limit", "timeout", "allowed_updates"},
    "setWebhook": {"url", "secret_token", "max_connections", "allowed_updates", "drop_pending_updates", "ip_address"},
    "deleteWebhook": {"drop_pending_updates"},
    "getWebhookInfo": set(),
}


class Refusal(Exception):
    def __init__(self, status: int, words: str, **parameters: Any) -> None:
        super().__init__(words)
        self.status, self.words, self.parameters = status, words, parameters


@dataclass
class Harm:
    """What happens to the next requests of a method (to all, if none is named)."""

    status: int = 0
    words: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    cut: bool = False  # done, but the answer is lost
    garbage: bool = False
    slow: float = 0.0
    method: str = ""
    times: int = 1


HARMS = {
    "429": Harm(429, "Too Many Requests: retry after 3", {"retry_after": 3}),
    "403": Harm(403, "Forbidden: bot was blocked by the user"),
    "400": Harm(400, "Bad Request: something is wrong"),
    "401": Harm(401, "Unauthorized"),
    "409": Harm(
        409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    ),
    "migrated": Harm(400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": -1009}),
    "500": Harm(500, "Internal Server Error"),
    "502": Harm(502, "Bad Gateway"),
    "cut": Harm(cut=True),
    "garbage": Harm(garbage=True),
}


@dataclass
class Shown:
    """A message as the person's phone shows it."""

    chat: int
    message_id: int
    html: str
    text: str
    keyboard: list[list[dict[str, Any]]]
    silent: bool = False
    edits: int = 0

    @property
    def buttons(self) -> list[str]:
        return [button["text"] for row in self.keyboard for button in row]


class _Text(HTMLParser):
    """Telegram's HTML: closed tags of its own list, else “can't parse entities”."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()
        if self.open:
            raise Refusal(
                400, f"Bad Request: can't parse entities: Can't find end tag corresponding to {self.open[-1]}"
            )

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in TAGS:
            raise Refusal(400, f'Bad Request: can\'t parse entities: Unsupported start tag "{tag}"')
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise Refusal(400, f'Bad Request: can\'t parse entities: Unmatched end tag "{tag}"')

    def handle_data(self, data: str) -> None:
        self.text += data


class Telegram:
    def __init__(self, port: int = 0, token: str = TOKEN) -> None:
        self.token = token
        self.lock = threading.RLock()
        self.known: set[int] = set()  # who has started the bot, and groups it was added to
        self.blocked: set[int] = set()
        self.messages: list[Shown] = []
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.refused: list[tuple[str, int, str]] = []
        self.answers: list[dict[str, str]] = []  # to presses: what pops up
        self.open_presses: set[str] = set()
        self.updates: list[dict[str, Any]] = []
        self.webhook: dict[str, Any] = {}
        self.harms: list[Harm] = []
        self.deliver: Callable[[dict[str, Any]], Any] | None = None
        self.next_update = 900
        self.next_message = 1
        self.readers = 0
        self._server = _Server(("127.0.0.1", port), _Handler)
        self._server.telegram = self

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Telegram:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    # --- what people see and do -----------------------------------------------------------------------------------

    def chat(self, chat: int) -> list[Shown]:
        return [message for message in self.messages if message.chat == chat]

    def last(self, chat: int) -> Shown:
        return self.chat(chat)[-1]

    def person(self, user: int, name: str = "Owner") -> dict[str, Any]:
        return {"id": user, "is_bot": False, "first_name": name, "language_code": "en"}

    def start(self, user: int, code: str = "") -> None:
        """Open the bot; with the code of a link, if there is one."""
        self.known.add(user)
        self.blocked.discard(user)
        if code:
            self.write(user, f"/start {code}")

    def write(self, user: int, text: str, *, chat: int = 0, reply_to: int = 0, name: str = "Owner") -> dict[str, Any]:
        message = self._message(chat or user) | {"from": self.person(user, name), "text": text}
        if reply_to:
            message["reply_to_message"] = self._message(chat or user) | {"message_id": reply_to, "text": "?"}
        return self.bring({"message": message})

    def press(self, user: int, label: str, *, chat: int = 0, data: str = "", message_id: int = 0) -> dict[str, Any]:
        """Press the button that says so under the newest message that has it; or send `data` of one's own."""
        shown = [one for one in self.chat(chat or user) if not message_id or one.message_id == message_id]
        if not data:
            found = [
                (one, button) for one in shown for row in one.keyboard for button in row if label in button["text"]
            ]
            message, button = found[-1]
            data = button["callback_data"]
        else:
            message = shown[-1] if shown else Shown(chat or user, message_id or 1, "", "", [])
        press_id = str(4000 + self.next_update)
        self.open_presses.add(press_id)
        query = {
            "id": press_id,
            "from": self.person(user),
            "chat_instance": "-77",
            "message": self._message(chat or user) | {"message_id": message.message_id, "text": message.text},
            "data": data,
        }
        return self.bring({"callback_query": query})

    def bring(self, content: dict[str, Any]) -> dict[str, Any]:
        with self.lock:
            update = {"update_id": self.next_update, **content}
            self.next_update += 1
            if self.deliver is None:
                self.updates.append(update)
        if self.deliver is not None:
            self.deliver(update)
        return update

    def _message(self, chat: int) -> dict[str, Any]:
        with self.lock:
            number = self.next_message
            self.next_message += 1
        kind = "private" if chat > 0 else "group"
        return {"message_id": number, "date": int(time.time()), "chat": {"id": chat, "type": kind, "title": "Team"}}

    def harm(self, name: str, *, method: str = "", times: int = 1, **change: Any) -> None:
        self.harms.append(Harm(**{**vars(HARMS[name]), "method": method, "times": times, **change}))

    # --- the API ----------------------------------------------------------------------------------------------------

    def take(self, path: str, form: dict[str, str]) -> Any:
        token, _slash, method = path.removeprefix("/bot").partition("/")
        if not path.startswith("/bot") or token != self.token:
            raise Refusal(401, "Unauthorized")
        if method not in FIELDS:
            raise Refusal(404, "Not Found")
        self.asked.append((method, form))
        if unknown := set(form) - FIELDS[method]:
            raise Refusal(400, f"Bad Request: unknown fields {sorted(unknown)}")
        return getattr(self, f"_{method}")(form)

    def next_harm(self, method: str) -> Harm | None:
        with self.lock:
            for harm in self.harms:
                if harm.times > 0 and harm.method in ("", method):
                    harm.times -= 1
                    return harm
        return None

    def _getMe(self, form: dict[str, str]) -> Any:
        number = int(self.token.partition(":")[0])
        return {"id": number, "is_bot": True, "first_name": "Desk", "username": "frontdesk_test_bot"}

    def _reachable(self, form: dict[str, str]) -> int:
        try:
            chat = int(form["chat_id"])
        except (KeyError, ValueError):
            raise Refusal(400, "Bad Request: chat_id is empty") from None
        if chat in self.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        if chat not in self.known:
            raise Refusal(400, "Bad Request: chat not found")
        return chat

    def _text(self, form: dict[str, str]) -> str:
        html = form.get("text", "")
        if form.get("parse_mode") not in ("HTML", None):
            raise Refusal(400, "Bad Request: unsupported parse_mode")
        text = _Text(html).text if form.get("parse_mode") else html
        length = len(text.encode("utf-16-le")) // 2
        if not text.strip():
            raise Refusal(400, "Bad Request: message text is empty")
        if length > 4096:
            raise Refusal(400, "Bad Request: message is too long")
        return text

    def _keyboard(self, form: dict[str, str]) -> list[list[dict[str, Any]]]:
        if "reply_markup" not in form:
            return []
        try:
            markup = json.loads(form["reply_markup"])
        except ValueError:
            raise Refusal(400, "Bad Request: can't parse reply keyboard markup JSON object") from None
        rows = markup.get("inline_keyboard", [])
        if sum(map(len, rows)) > 100 or any(len(row) > 8 for row in rows):
            raise Refusal(400, "Bad Request: reply markup is too long")
        for button in (button for row in rows for button in row):
            actions = set(button) - {"text", "style", "icon_custom_emoji_id"}
            if not button.get("text") or len(actions) != 1:
                raise Refusal(400, "Bad Request: BUTTON_TYPE_INVALID")
            if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
                raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
        return rows

    def _as_api(self, message: Shown) -> Any:
        chat = {"id": message.chat, "type": "private" if message.chat > 0 else "group"}
        return {"message_id": message.message_id, "date": int(time.time()), "chat": chat, "text": message.text}

    def _sendMessage(self, form: dict[str, str]) -> Any:
        chat, text, keyboard = self._reachable(form), self._text(form), self._keyboard(form)
        silent = form.get("disable_notification") == "true"
        with self.lock:
            shown = Shown(chat, self.next_message, form["text"], text, keyboard, silent)
            self.next_message += 1
            self.messages.append(shown)
        return self._as_api(shown)

    def _edited(self, form: dict[str, str]) -> Shown:
        chat = self._reachable(form)
        for message in self.messages:
            if message.chat == chat and str(message.message_id) == form.get("message_id"):
                return message
        raise Refusal(400, "Bad Request: message to edit not found")

    def _editMessageText(self, form: dict[str, str]) -> Any:
        message, text, keyboard = self._edited(form), self._text(form), self._keyboard(form)
        return self._edit(message, form["text"], text, keyboard)

    def _editMessageReplyMarkup(self, form: dict[str, str]) -> Any:
        message = self._edited(form)
        return self._edit(message, message.html, message.text, self._keyboard(form))

    def _edit(self, message: Shown, html: str, text: str, keyboard: list[list[dict[str, Any]]]) -> Any:
        with self.lock:
            if (message.html, message.keyboard) == (html, keyboard):
                raise Refusal(
                    400,
                    "Bad Request: message is not modified: specified new message content and reply markup are exactly"
                    " the same as a current content and reply markup of the message",
                )
            message.html, message.text, message.keyboard = html, text, keyboard
            message.edits += 1
        return self._as_api(message)

    def _answerCallbackQuery(self, form: dict[str, str]) -> Any:
        with self.lock:
            if form.get("callback_query_id") not in self.open_presses:
                words = "query is too old and response timeout expired or query ID is invalid"
                raise Refusal(400, f"Bad Request: {words}")
            if len(form.get("text", "")) > 200:
                raise Refusal(400, "Bad Request: MESSAGE_TOO_LONG")
            self.open_presses.discard(form["callback_query_id"])
            self.answers.append(form)
        return True

    def _getUpdates(self, form: dict[str, str]) -> Any:
        if self.webhook.get("url"):
            raise Refusal(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first")
        with self.lock:
            if self.readers:
                raise Refusal(409, HARMS["409"].words)
            self.readers += 1
        try:
            until = time.monotonic() + min(int(form.get("timeout", 0)), 2)
            offset = int(form.get("offset", 0))
            while True:
                with self.lock:
                    self.updates = [one for one in self.updates if one["update_id"] >= offset]
                    if self.updates or time.monotonic() >= until:
                        return self.updates[: int(form.get("limit", 100))]
                time.sleep(0.02)
        finally:
            with self.lock:
                self.readers -= 1

    def _setWebhook(self, form: dict[str, str]) -> Any:
        url = form.get("url", "")
        secret = form.get("secret_token", "")
        if url and not url.startswith("https://"):
            raise Refusal(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        if not all(letter.isalnum() or letter in "_-" for letter in secret) or len(secret) > 256:
            raise Refusal(400, "Bad Request: secret token contains unallowed characters")
        self.webhook = {"url": url, "secret_token": secret}
        return True

    def _deleteWebhook(self, form: dict[str, str]) -> Any:
        self.webhook = {}
        return True

    def _getWebhookInfo(self, form: dict[str, str]) -> Any:
        return {
            "url": self.webhook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self.updates),
        }


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    telegram: Telegram

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Peers that hang up are what this server is for."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        if self.path == "/_control/messages":
            self._send(200, [vars(one) | {"buttons": one.buttons} for one in self.server.telegram.messages])
        else:
            self._send(200, {"ok": True})

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = urlsplit(self.path).path
        telegram = self.server.telegram
        if path.startswith("/_control/"):
            action = getattr(telegram, path.removeprefix("/_control/"))
            self._send(200, action(**(json.loads(raw) if raw else {})))
            return
        method = path.rpartition("/")[2]
        harm = telegram.next_harm(method) or Harm()
        if harm.slow:
            time.sleep(harm.slow)
        try:
            if harm.status:
                raise Refusal(harm.status, harm.words, **harm.parameters)
            result = telegram.take(path, self._form(raw))
        except Refusal as refusal:
            telegram.refused.append((method, refusal.status, refusal.words))
            answer = {"ok": False, "error_code": refusal.status, "description": refusal.words}
            if refusal.parameters:
                answer["parameters"] = refusal.parameters
            self._send(refusal.status, answer)
            return
        if harm.cut:
            self.close_connection = True
            return
        self._send(200, "<html>" if harm.garbage else {"ok": True, "result": result}, raw=harm.garbage)

    def _form(self, raw: bytes) -> dict[str, str]:
        kind = self.headers.get("Content-Type", "").partition(";")[0]
        if not raw:
            return {}
        if kind != "application/x-www-form-urlencoded":
            raise Refusal(400, f"Bad Request: {kind} is not what the library sends")
        return dict(parse_qsl(raw.decode(), keep_blank_values=True, strict_parsing=True))

    def _send(self, status: int, content: Any, *, raw: bool = False) -> None:
        body = (content if raw else json.dumps(content)).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=8766)
    parser.add_argument("--token", default=TOKEN)
    given = parser.parse_args()
    with Telegram(given.port, given.token) as telegram:
        print(telegram.url, flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
