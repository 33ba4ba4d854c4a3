"""What Meta says of a WhatsApp Business account's templates. Meta: "Message templates", Business Management API."""

import re
from typing import Any
from urllib.parse import urlencode

from bots.channels import reading
from bots.channels.base import AccountLike, Rejected, TemplateState
from bots.channels.meta import graph
from bots.channels.whatsapp.errors import ERRORS

FIELDS = "name,language,status,parameter_format,components"
MOST_PAGES = 20
_PLACE = re.compile(r"\{\{\s*([A-Za-z0-9_]{1,60})\s*\}\}")


def ask(account: AccountLike) -> list[TemplateState]:
    """Return all of them, page by page. Raises a ChannelError."""
    business = account.secrets.get("business_account_id", "").strip()
    if not business.isdecimal():
        raise Rejected("business_account_id", "without the WhatsApp Business account's id nothing can be asked")
    found: list[TemplateState] = []
    after = ""
    for _page in range(MOST_PAGES):
        query = urlencode({"fields": FIELDS, "limit": 100, **({"after": after} if after else {})})
        said = graph.get(account, f"{business}/message_templates?{query}", ERRORS)
        found += [_read(one) for one in reading.parts(said, "data")]
        paging = reading.part(said, "paging")
        after = reading.text(reading.part(paging, "cursors"), "after") if paging.get("next") else ""
        if not after:
            break
    return found


def _read(given: dict[str, Any]) -> TemplateState:
    parts = {reading.text(one, "type").upper(): one for one in reading.parts(given, "components")}
    body = reading.text(parts.get("BODY", {}), "text")
    buttons = reading.parts(parts.get("BUTTONS", {}), "buttons")
    header = parts.get("HEADER", {})
    media_header = bool(header) and reading.text(header, "format").upper() not in ("", "TEXT")
    return TemplateState(
        name=reading.text(given, "name"),
        language=reading.text(given, "language"),
        status=reading.text(given, "status").upper()[:40],
        body=body[:2000],
        places=tuple(dict.fromkeys(_PLACE.findall(body))),
        is_named=reading.text(given, "parameter_format").upper() == "NAMED",
        buttons=sum(reading.text(one, "type").upper() == "QUICK_REPLY" for one in buttons),
        other_places=media_header
        or bool(_PLACE.search(reading.text(header, "text")))
        or any(_PLACE.search(reading.text(one, "url")) for one in buttons),
    )
