"""The files of customers, for staff's eyes only: shown small in the timeline, opened as pictures, else downloaded."""

import re
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase

from conversations.attachments.fetching import path_of
from conversations.models import Conversation
from conversations.models.attachments import Attachment

ENDINGS = {
    "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif", "application/pdf": "pdf",
    "audio/ogg": "ogg", "application/ogg": "ogg", "audio/mpeg": "mp3", "video/mp4": "mp4", "application/zip": "zip",
}  # fmt: skip
# Whatever the bytes are, they run nothing and call nobody.
HARMLESS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; style-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, max-age=3600",
}


def file_response(request: HttpRequest, conversation: Conversation) -> HttpResponseBase:
    """The file of that `number`, or with `small` its thumbnail. Raises 404 unless it is stored and of this talk."""
    number = request.GET.get("number", "")
    if not number.isdecimal() or len(number) > 18:
        raise Http404("There is no such file.")
    return stored_file(conversation, int(number), small="small" in request.GET)


def stored_file(conversation: Conversation, attachment_id: int, *, small: bool = False) -> HttpResponseBase:
    """Return the file, or its thumbnail. Raises 404 unless it is stored and of this conversation."""
    rows = Attachment.objects.filter(message__conversation=conversation, status=Attachment.Status.STORED)
    row = rows.filter(pk=attachment_id).first()
    if row is None or (small and not row.has_thumbnail):
        raise Http404("There is no such file.")
    path = path_of(row, thumbnail=small)
    if not path.is_file():
        raise Http404("There is no such file.")
    return _answer(path, row, small=small)


def _answer(path: Path, row: Attachment, *, small: bool) -> HttpResponseBase:
    """Only pictures that were read whole are shown in the page; everything else is downloaded as plain bytes."""
    shown = row.is_image
    kind = ("image/jpeg" if small else row.content_type) if shown else "application/octet-stream"
    # The file is opened here, sent and closed by the server: FileResponse takes care of it.
    response = FileResponse(path.open("rb"), as_attachment=not shown, filename=_name(row), content_type=kind)
    for name, value in HARMLESS.items():
        response.headers[name] = value
    return response


def _name(row: Attachment) -> str:
    """Return a name for the downloads folder: ours, with the ending of what the file is; never one that runs."""
    stem = re.sub(r"[^\w -]", "", Path(row.title).stem)[:60].strip() or f"file-{row.pk}"
    return f"{stem}.{ENDINGS.get(row.content_type, 'bin')}"
