"""The photos of enquiries, as staff see them: small on a card, all of them on the enquiry's page."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse

from bookings.models import LeadPhoto
from bots.staff.presentation import web_link
from conversations.models.attachments import Attachment

ON_CARD = 3
ICONS = {Attachment.Status.WAITING: "hourglass_top", Attachment.Status.STORED: "description"}


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """`small` is empty while there is no picture to show; `words` then say why, and `icon` stands in its place."""

    url: str
    small: str
    words: str
    icon: str


def thumbnails(lead_ids: Collection[int], most: int = ON_CARD) -> dict[int, tuple[list[Thumbnail], int]]:
    """Return the first photos of each enquiry, and how many more there are; two queries."""
    found: dict[int, list[LeadPhoto]] = defaultdict(list)
    rows = LeadPhoto.objects.filter(lead__in=lead_ids).select_related("message").order_by("lead_id", "pk")
    for photo in rows.prefetch_related("message__attachments"):
        found[photo.lead_id].append(photo)
    return {
        pk: (
            [_thumbnail(one, number) for number, one in enumerate(found[pk][:most], start=1)],
            max(len(found[pk]) - most, 0),
        )
        for pk in lead_ids
    }


def _thumbnail(photo: LeadPhoto, number: int) -> Thumbnail:
    """Return what we keep of it; else where the platform has it; else why there is nothing."""
    file = photo.file
    if file is None or file.status != Attachment.Status.STORED:
        media = photo.message.media[photo.position] if photo.position < len(photo.message.media) else {}
        state = f": {file.get_status_display().lower()}" if file else ""
        icon = ICONS.get(file.status, "broken_image") if file else "photo_camera"  # type: ignore[call-overload]
        return Thumbnail(web_link(str(media.get("url") or "")), "", f"Photo {number}{state}", icon)
    page = reverse("admin:conversations_conversation_file", args=[photo.message.conversation_id])
    url = f"{page}?number={file.pk}"
    small = f"{url}&small" if file.is_image else ""
    return Thumbnail(url, small, f"Photo {number}", ICONS[Attachment.Status.STORED])
