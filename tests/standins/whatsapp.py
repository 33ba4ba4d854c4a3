"""A stand-in for WhatsApp's Cloud API, beside that for Instagram: refuses what Meta refuses, does the same harm.

    with WhatsAppGraph() as graph:
        graph.customer_wrote("48600100200")
        graph.template("visit_reminder", "pl", places=2)
        graph.media("900001", b"...")
        graph.harm("closed")              # the next message is delivered, its answer is lost
        ...                               # GRAPH_API_URL = graph.url

As a process of its own: `python -m tests.standins.whatsapp --port 8765 --webhook http://127.0.0.1:8000/webhooks/whatsapp/`,
with the controls of tests.standins.graph, and `template`, `media`.

Towards us it is Meta too: each delivered message is followed by its statuses, which carry biz_opaque_callback_data.
Errors, limits and shapes: the WhatsApp part of "Error codes", "Reply buttons", "Interactive lists", "Template messages",
"Media". What Meta answers to a wrong path is not documented; the codes here are the likely ones.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import itertools
import json
import re
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.standins import graph as graph_standin
from tests.standins.graph import (
    APP_SECRET,
    DAY,
    HARMS,
    TOKEN,
    VERSIONS,
    Asked,
    Delivered,
    Graph,
    Harm,
    HarmedRefusal,
    Refusal,
    Webhook,
    encode,
)

NUMBER = "106000000000001"
BUSINESS = "102000000000001"
SHOWN = "15550001111"
HARMS_HERE: dict[str, Harm] = {
    **HARMS,
    "rate_limit": Harm(status=400, code=130429),
    "pair_limit": Harm(status=400, code=131056),
    "blocked": Harm(status=400, code=131026),
    "opted_out": Harm(status=400, code=131050),
    "window": Harm(status=400, code=131047),
    "error_though_sent": Harm(deliver=True, status=500, body=""),
    "token_dead": Harm(status=401, code=190, times=graph_standin.FOR_EVER),
    "fails_later": Harm(deliver=True),  # accepted, and a status says afterwards that it failed; with code=…
}

# --- what Meta sends to us -----------------------------------------------------------------------

_numbers = itertools.count(1)


def new_wamid() -> str:
    return f"wamid.{time.time_ns():x}{next(_numbers):04d}"


def message(customer: str, *, at: float | None = None, **content: Any) -> dict[str, Any]:
    """One thing that a customer sent: message("48600100200", id="wamid.1", type="text", text={"body": "Hi"}).

    A customer is a phone number, a business-scoped user id, or both with a | between them.
    """
    stamp = str(int(time.time() if at is None else at))
    return {**people(customer)["item"], "timestamp": stamp, **content}


def text(customer: str, words: str, *, id: str = "", at: float | None = None) -> dict[str, Any]:
    return message(customer, id=id or new_wamid(), type="text", text={"body": words}, at=at)


def people(customer: str) -> dict[str, dict[str, str]]:
    parts = customer.split("|")
    phone = next((one for one in parts if one.isdigit()), "")
    user = next((one for one in parts if not one.isdigit()), "")
    return {
        "item": {**({"from": phone} if phone else {}), **({"from_user_id": user} if user else {})},
        "contact": {**({"wa_id": phone} if phone else {}), **({"user_id": user} if user else {})},
    }


def status(wamid: str, what: str, customer: str, *, ref: str = "", code: int = 0, at: float | None = None) -> dict:
    """What became of one of ours."""
    stamp = str(int(time.time() if at is None else at))
    error = {"code": code, "title": "An error that was ordered", "error_data": {"details": "As ordered."}}
    return {
        "id": wamid,
        "status": what,
        "timestamp": stamp,
        **({"recipient_id": customer} if customer.isdigit() else {"recipient_user_id": customer}),
        **({"biz_opaque_callback_data": ref} if ref else {}),
        **({"errors": [error]} if code else {}),
    }


def envelope(
    *messages: Mapping[str, Any],
    statuses: Any = (),
    account: str = NUMBER,
    field: str = "messages",
    names: Mapping[str, str] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """A delivery; the senders' contacts stand in it, named if `names` says how."""
    contacts = []
    for one in messages:
        found = {"wa_id": one.get("from"), "user_id": one.get("from_user_id")}
        known = {key: value for key, value in found.items() if value}
        name = (names or {}).get(str(one.get("from", "")), "")
        if known and one.get("type") != "system":
            contacts.append({"profile": {"name": name} if name else {}, **known})
    value: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": SHOWN, "phone_number_id": account},
        **({"contacts": contacts} if contacts else {}),
        **({"messages": list(messages)} if messages else {}),
        **({"statuses": list(statuses)} if statuses else {}),
        **more,
    }
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": BUSINESS, "changes": [{"field": field, "value": value}]}],
    }


# --- the service ---------------------------------------------------------------------------------


class WhatsAppRefusal(Refusal):
    def __init__(self, status: int, code: int, details: str) -> None:
        super().__init__(status, code, None, f"(#{code}) {details}")
        error = json.loads(self.body)["error"]
        error["error_data"] = {"messaging_product": "whatsapp", "details": details}
        self.body = json.dumps({"error": error})


@dataclass(frozen=True)
class Approved:
    """A template as Meta knows it."""

    name: str
    language: str
    places: tuple[str, ...]
    is_named: bool
    buttons: int
    status: str

    def told(self) -> dict[str, Any]:
        body = " ".join(f"{{{{{place}}}}}" for place in self.places) or "Hello"
        replies = [{"type": "QUICK_REPLY", "text": f"Button {number}"} for number in range(self.buttons)]
        return {
            "name": self.name,
            "language": self.language,
            "status": self.status,
            "parameter_format": "NAMED" if self.is_named else "POSITIONAL",
            "components": [
                {"type": "BODY", "text": body},
                *([{"type": "BUTTONS", "buttons": replies}] if replies else []),
            ],
        }


@dataclass(frozen=True)
class File:
    """A file of a customer's, as the media API gives it out."""

    body: bytes
    mime: str = "image/jpeg"
    announced: int | None = None  # what Content-Length says
    size: int | None = None  # what file_size says
    url: str = ""  # another address than ours
    expired: int = 0  # so many addresses of it are gone when they are asked for
    status: int = 200


class WhatsAppGraph(Graph):
    """The service. What it has of Graph is said there."""

    harms = HARMS_HERE

    def __init__(self, *, account: str = NUMBER, **options: Any) -> None:
        super().__init__(account=account, **options)

    def reset(self) -> None:
        super().reset()
        with self._lock:
            self.business = BUSINESS
            self.templates: dict[tuple[str, str], Approved] = {}
            self.files: dict[str, File] = {}
            self.apps = ["Frontdesk"]
            self.quality = "GREEN"
            self._addresses: dict[str, str] = {}

    def template(
        self,
        name: str,
        language: str,
        *,
        places: int = 0,
        named: tuple[str, ...] = (),
        buttons: int = 0,
        status: str = "APPROVED",
    ) -> None:
        """Meta knows this template, with so many places, or with these."""
        found = tuple(named) or tuple(str(number) for number in range(1, places + 1))
        with self._lock:
            self.templates[name, language] = Approved(name, language, found, bool(named), buttons, status)

    def media(self, media_id: str, body: bytes | str, **options: Any) -> None:
        """A customer has uploaded this file."""
        with self._lock:
            self.files[media_id] = File(body.encode() if isinstance(body, str) else body, **options)

    def write(self, customer: str, text: str = "", account: str = "", mid: str = "", **content: Any) -> dict[str, Any]:
        """The customer writes: delivered to the webhook at once, and answered with its status."""
        mid = mid or new_wamid()
        for identity in customer.split("|"):
            self.customer_wrote(identity, account)
        given = content or {"type": "text", "text": {"body": text}}
        return {"mid": mid, "status": self.bring([message(customer, id=mid, **given)], account)}

    def bring(self, items: list[dict[str, Any]], account: str = "") -> int:
        with self._lock:
            webhook = self._webhook
        if webhook is None:
            raise LookupError("no webhook was set")
        return self._bring(webhook, encode(envelope(*items, account=account or self._first[0])))

    def tell(self, *statuses: dict[str, Any]) -> int:
        """Deliver statuses to the webhook, once; its status."""
        with self._lock:
            webhook = self._webhook
        assert webhook is not None
        return self._bring(webhook, encode(envelope(statuses=statuses, account=self._first[0])))

    # Inside.

    def take(self, asked: Asked) -> tuple[Harm, str | bytes]:
        with self._lock:
            self._asked.append(asked)
            path = urlsplit(asked.path).path
            if path.startswith("/files/"):
                return self._file(asked, path.removeprefix("/files/"))
            found = re.fullmatch(r"/(v\d+\.\d+)/([A-Za-z0-9_-]+)(?:/([a-z_]+))?", path)
            if found is None or found[1] not in VERSIONS:
                raise Refusal(400, 2500, None, f"Unknown path components: {path}")
            self._check_token(asked)
            if asked.method == "GET":
                return Harm(), json.dumps(self._read(asked, found[2], found[3] or ""))
            if found[3] != "messages":
                raise Refusal(400, 2500, None, f"Unknown path components: {path}")
            return self._post(asked, found[2])

    def _check_token(self, asked: Asked) -> str:
        bearer = re.fullmatch(r"Bearer (.+)", asked.headers.get("authorization", ""))
        account = next((code for code, token in self._accounts.items() if bearer and token == bearer[1]), None)
        if account is None:  # Meta repeats the token in its message: nobody may log or show that
            raise Refusal(401, 190, None, f"Invalid OAuth access token: {bearer[1] if bearer else ''}")
        return account

    def _post(self, asked: Asked, number: str) -> tuple[Harm, str]:
        if number not in self._accounts:
            raise Refusal(400, 100, 33, f"Unsupported post request. Object with ID '{number}' does not exist")
        body = asked.body
        if not isinstance(body, dict):
            raise WhatsAppRefusal(400, 100, "The body is not a JSON object")
        if body.get("messaging_product") != "whatsapp":
            raise WhatsAppRefusal(400, 100, "The parameter messaging_product is required.")
        if "status" in body:
            check_read(body)
            self._actions.append(body)
            return Harm(), json.dumps({"success": True})
        customer = self._customer(body, number)
        check_message(body, self.templates)
        if body["type"] != "template":
            self._check_open(number, customer)
        words = words_of(body)
        harm = self._next_harm(customer, words) or Harm(deliver=True)
        answer = ""
        if harm.deliver:
            delivered = Delivered(
                time.time(), number, customer, words, new_wamid(), str(body.get("biz_opaque_callback_data", "")), body
            )
            self._deliveries.append(delivered)
            answer = self._accepted(body, customer, delivered.message_id)
            if self._webhook is not None:
                self._tell_of(self._webhook, delivered, harm)
        if harm.code is not None and not harm.deliver:
            raise HarmedRefusal(harm)
        return harm, answer if harm.body is None else harm.body

    def _accepted(self, body: Mapping[str, Any], customer: str, wamid: str) -> str:
        contact = {"input": body.get("to") or customer, **({"wa_id": customer} if customer.isdigit() else {})}
        contact |= {} if customer.isdigit() else {"user_id": customer}
        sent = {"id": wamid} | ({"message_status": "accepted"} if body["type"] == "template" else {})
        return json.dumps({"messaging_product": "whatsapp", "contacts": [contact], "messages": [sent]})

    def _customer(self, body: Mapping[str, Any], number: str) -> str:
        to = body.get("to")
        if to is None:
            customer = body.get("recipient")
            if not isinstance(customer, str) or not re.fullmatch(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}", customer):
                raise WhatsAppRefusal(400, 100, "The parameter to is required.")
        elif not isinstance(to, str) or not re.fullmatch(r"\+[1-9][0-9]{5,14}", to):
            # Meta takes numbers without + and may put the business's own country code before them: a silent fault,
            # which is louder here.
            raise WhatsAppRefusal(400, 131009, "to is not a number with + and country code")
        else:
            customer = to[1:]
        if body.get("recipient_type", "individual") != "individual":
            raise WhatsAppRefusal(400, 100, "recipient_type must be individual")
        if (number, customer) not in self._wrote and not self._anyone:
            raise WhatsAppRefusal(400, 131026, "Message undeliverable")
        return customer

    def _check_open(self, number: str, customer: str) -> None:
        if time.time() - self._wrote.get((number, customer), time.time()) > DAY:
            raise WhatsAppRefusal(400, 131047, "More than 24 hours have passed since the customer last replied.")

    def _tell_of(self, webhook: Webhook, delivered: Delivered, harm: Harm) -> None:
        if webhook.echo == "never":
            return
        later = {"code": harm.code} if harm.code else {}
        steps = ["failed"] if harm.code else ["sent", "delivered"]
        for step in steps:
            item = status(delivered.message_id, step, delivered.customer, ref=delivered.client_ref, **later)
            body = encode(envelope(statuses=[item], account=delivered.account))
            if webhook.echo == "before":
                self._bring(webhook, body)
            else:
                self._meta.submit(self._bring_until_taken, webhook, body)

    # What is read.

    def _read(self, asked: Asked, name: str, edge: str) -> dict[str, Any]:
        query = parse_qs(urlsplit(asked.path).query)
        if edge == "subscribed_apps" and name == self.business:
            return {"data": [{"whatsapp_business_api_data": {"name": app, "id": "4"}} for app in self.apps]}
        if edge == "message_templates" and name == self.business:
            return self._told_templates(query)
        if not edge and name in self._accounts:
            return {"id": name, "display_phone_number": SHOWN, "quality_rating": self.quality}
        if not edge and name in self.files:
            return self._address(name)
        raise Refusal(400, 100, 33, f"Unsupported get request. Object with ID '{name}' does not exist")

    def _told_templates(self, query: Mapping[str, list[str]]) -> dict[str, Any]:
        rows = [one.told() for one in self.templates.values()]
        start, size = int(query.get("after", ["0"])[0]), min(int(query.get("limit", ["25"])[0]), 2)
        page: dict[str, Any] = {"data": rows[start : start + size]}  # two a page, so that pages are turned
        if start + size < len(rows):
            page["paging"] = {"cursors": {"after": str(start + size)}, "next": "https://graph.facebook.com/next"}
        return page

    def _address(self, media_id: str) -> dict[str, Any]:
        file = self.files[media_id]
        secret = f"{media_id}-{len(self._addresses)}"
        self._addresses[secret] = media_id
        size = len(file.body) if file.size is None else file.size
        return {
            "messaging_product": "whatsapp",
            "url": file.url or f"{self.url}/files/{secret}",
            "mime_type": file.mime,
            "sha256": hashlib.sha256(file.body).hexdigest(),
            "file_size": size,
            "id": media_id,
        }

    def _file(self, asked: Asked, secret: str) -> tuple[Harm, bytes]:
        self._check_token(asked)
        media_id = self._addresses.get(secret, "")
        file = self.files.get(media_id)
        if asked.method != "GET" or file is None or file.expired > 0:
            if file is not None:
                self.files[media_id] = replace(file, expired=file.expired - 1)
            return Harm(status=404), b""
        headers = {"Content-Type": file.mime}
        if file.announced is not None:
            headers["Content-Length"] = str(file.announced)
        return Harm(status=file.status, headers=headers), file.body


# --- what Meta refuses ---------------------------------------------------------------------------


def _bad(details: str, code: int = 131009) -> WhatsAppRefusal:
    return WhatsAppRefusal(400, code, details)


def check_read(body: Mapping[str, Any]) -> None:
    if body["status"] != "read" or not isinstance(body.get("message_id"), str) or not body["message_id"]:
        raise _bad("status must be read, with a message_id", 100)
    if body.get("typing_indicator", {"type": "text"}) != {"type": "text"}:
        raise _bad("typing_indicator.type must be text", 100)


def check_message(body: Mapping[str, Any], templates: Mapping[tuple[str, str], Approved]) -> None:
    kind = body.get("type")
    ref = body.get("biz_opaque_callback_data", "")
    if not isinstance(ref, str) or len(ref) > 512:
        raise _bad("biz_opaque_callback_data is too long", 100)
    if kind not in ("text", "interactive", "image", "template", "document", "reaction"):
        raise _bad(f"type {kind} is not one of those known", 100)
    given = body.get(kind)
    if not isinstance(given, dict):
        raise _bad(f"the parameter {kind} is required", 131008)
    if kind == "text":
        _text(given.get("body"), 4096, "text.body")
    elif kind == "interactive":
        _interactive(given)
    elif kind == "image":
        _image(given)
    elif kind == "template":
        _template(given, templates)


def _text(value: Any, longest: int, name: str) -> None:
    if not isinstance(value, str) or not value.strip():
        raise _bad(f"{name} is empty", 131008)
    if len(value) > longest:
        raise _bad(f"{name} must be at most {longest} characters", 100)


def _image(given: Mapping[str, Any]) -> None:
    if not re.match(r"https?://", str(given.get("link", ""))) and not given.get("id"):
        raise _bad("an image needs a link or an id")
    if len(str(given.get("caption", ""))) > 1024:
        raise _bad("caption is too long")


def _interactive(given: Mapping[str, Any]) -> None:
    action, kind = given.get("action"), given.get("type")
    body = (given.get("body") or {}).get("text")
    if not isinstance(action, dict):
        raise _bad("action is required", 131008)
    if kind == "button":
        _text(body, 1024, "body.text")
        replies = action.get("buttons")
        if not isinstance(replies, list) or not 1 <= len(replies) <= 3:
            raise _bad("1 to 3 buttons")
        _choices([one.get("reply") for one in replies if one.get("type") == "reply"], len(replies), 20, 256)
    elif kind == "list":
        _text(body, 4096, "body.text")
        _text(action.get("button"), 20, "action.button")
        sections = action.get("sections")
        if not isinstance(sections, list) or not 1 <= len(sections) <= 10:
            raise _bad("1 to 10 sections")
        if any(len(str(one.get("title", ""))) > 24 for one in sections) or (
            len(sections) > 1 and not sections[0].get("title")
        ):
            raise _bad("a section's title is missing or longer than 24")
        rows = [row for one in sections for row in one.get("rows", [])]
        if not 1 <= len(rows) <= 10:
            raise _bad("1 to 10 rows in all")
        _choices(rows, len(rows), 24, 200)
        if any(len(str(row.get("description", ""))) > 72 for row in rows):
            raise _bad("a row's description is longer than 72")
    else:
        raise _bad("unknown interactive type")


def _choices(rows: list[Any], count: int, title: int, longest_id: int) -> None:
    if len(rows) != count or not all(isinstance(row, dict) for row in rows):
        raise _bad("a choice is malformed")
    for row in rows:
        _text(row.get("title"), title, "title")
        _text(row.get("id"), longest_id, "id")
    if len({row["id"] for row in rows}) < count or len({row["title"] for row in rows}) < count:
        raise _bad("Duplicated title or id")


def _template(given: Mapping[str, Any], templates: Mapping[tuple[str, str], Approved]) -> None:
    code = (given.get("language") or {}).get("code")
    known = templates.get((str(given.get("name")), str(code)))
    if known is None or known.status not in ("APPROVED", "PAUSED", "DISABLED"):
        raise WhatsAppRefusal(404, 132001, f"template name ({given.get('name')}) does not exist in {code}")
    if known.status != "APPROVED":
        raise WhatsAppRefusal(400, 132015 if known.status == "PAUSED" else 132016, f"template is {known.status}")
    parts = given.get("components", [])
    body = [place for one in parts if one.get("type") == "body" for place in one.get("parameters", [])]
    if len(body) != len(known.places):
        raise WhatsAppRefusal(400, 132000, f"body: number of localizable_params ({len(body)}) does not match")
    names = [place.get("parameter_name", "") for place in body]
    if any(bool(name) != known.is_named for name in names) or (known.is_named and set(names) != set(known.places)):
        raise WhatsAppRefusal(400, 132012, "parameter names do not match")
    for place in body:
        if (
            place.get("type") != "text"
            or not str(place.get("text", "")).strip()
            or re.search(r"[\n\t]| {5}", place["text"])
        ):
            raise WhatsAppRefusal(400, 132012, "a parameter is empty or has line ends")
    replies = [one for one in parts if one.get("type") == "button"]
    if len(replies) > known.buttons or [one.get("index") for one in replies] != [str(n) for n in range(len(replies))]:
        raise WhatsAppRefusal(400, 132000, "buttons do not match")


def words_of(body: Mapping[str, Any]) -> str:
    """What the customer reads: the text, or a template with what stands in its places."""
    given = body[body["type"]]
    if body["type"] == "text":
        return str(given["body"])
    if body["type"] == "interactive":
        return str(given["body"]["text"])
    if body["type"] == "template":
        values = [
            place["text"] for one in given.get("components", []) for place in one["parameters"] if "text" in place
        ]
        return " | ".join([f"template {given['name']}", *values])
    return str(given.get("caption", ""))


graph_standin._WRITE.update(
    {
        "template": lambda graph: graph.template,  # type: ignore[attr-defined]
        "media": lambda graph: graph.media,  # type: ignore[attr-defined]
    }
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.standins.whatsapp", description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one and says which")
    parser.add_argument("--account", default=NUMBER)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--anyone", action="store_true", help="every customer exists and has just written")
    parser.add_argument("--webhook", default="", help="our own address, for statuses and for `write`")
    parser.add_argument("--app-secret", default=APP_SECRET)
    parser.add_argument("--echo", choices=["after", "before", "never"], default="after", help="when statuses come")
    given = parser.parse_args()
    graph = WhatsAppGraph(port=given.port, account=given.account, token=given.token, anyone=given.anyone)
    if given.webhook:
        graph.webhook(given.webhook, secret=given.app_secret, echo=given.echo)
    with graph:
        print(graph.url, flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
