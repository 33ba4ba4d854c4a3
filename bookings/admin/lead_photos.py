"""The photos of enquiries, as staff see them: small on a card, all of them on the enquiry's page."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from bookings.models import LeadPhoto

ON_CARD = 3


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """`small` and `url` are empty while the picture is not kept here; `words` then say why."""

    url: str
    small: str
    words: str
    icon: str = "photo_camera"


def thumbnails(lead_ids: Collection[int], most: int = ON_CARD) -> dict[int, tuple[list[Thumbnail], int]]:
    """The first photos of each enquiry, and how many more there are; one query."""
    found: dict[int, list[LeadPhoto]] = defaultdict(list)
    for photo in LeadPhoto.objects.filter(lead__in=lead_ids).select_related("message").order_by("lead_id", "pk"):
        found[photo.lead_id].append(photo)
    return {pk: ([_thumbnail(one) for one in found[pk][:most]], max(len(found[pk]) - most, 0)) for pk in lead_ids}


def _thumbnail(photo: LeadPhoto) -> Thumbnail:
    return Thumbnail("", "", f"Photo {photo.position + 1}")
