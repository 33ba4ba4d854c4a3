"""What a file really is, read from its bytes. Pure: no Django, no network."""

import io
import warnings
from dataclasses import dataclass

import puremagic
from PIL import Image, ImageOps

IMAGES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
OTHERS = {  # what we know by its first bytes, and keep for staff to download
    "application/pdf", "audio/ogg", "application/ogg", "audio/mpeg", "audio/aac", "audio/amr", "audio/mp4",
    "audio/x-m4a", "audio/wav", "audio/x-wav", "video/mp4", "video/3gpp", "video/quicktime", "video/webm", "video/ogg",
    "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint", "application/zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.oasis.opendocument.text", "image/heic", "image/heif", "image/avif", "image/tiff", "image/bmp",
}  # fmt: skip
UNKNOWN = "application/octet-stream"
MOST_PIXELS = 50_000_000  # a picture that claims more is a bomb
THUMBNAIL = (480, 480)


class Unwanted(Exception):
    """It is not kept; says why in plain words."""


@dataclass(frozen=True, slots=True)
class Looked:
    content_type: str
    thumbnail: bytes = b""  # a JPEG that we made ourselves; only of pictures
    width: int = 0
    height: int = 0


def look_into(body: bytes) -> Looked:
    """Return what these bytes are. A picture must be readable as a whole. Raises Unwanted."""
    if not body:
        raise Unwanted("the file is empty")
    guessed = _guess(body)
    picture = _picture(body)
    if picture is not None:
        return picture
    if guessed.removeprefix("image/") in ("jpeg", "png", "webp", "gif"):
        raise Unwanted("it begins like a picture and is none")
    if guessed in OTHERS:
        return Looked(guessed)
    raise Unwanted("its kind is not known")


def _guess(body: bytes) -> str:
    try:
        return puremagic.from_string(body[:65_536] + body[-4096:], mime=True) or UNKNOWN
    except (puremagic.PureError, ValueError):
        return UNKNOWN


def _picture(body: bytes) -> Looked | None:
    """Return the picture, decoded whole; None if it is none of those that browsers show."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(body), formats=tuple(IMAGES)) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise Unwanted("the picture has too many pixels")
                image.verify()
            with Image.open(io.BytesIO(body), formats=tuple(IMAGES)) as image:
                kind = IMAGES[image.format or ""]
                width, height = image.size
                image.draft("RGB", THUMBNAIL)
                small = ImageOps.exif_transpose(image).convert("RGB")
                small.thumbnail(THUMBNAIL)
                made = io.BytesIO()
                small.save(made, "JPEG", quality=80)
                return Looked(kind, made.getvalue(), width, height)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unwanted("the picture has too many pixels") from None
    except (OSError, ValueError, SyntaxError, KeyError, EOFError, TypeError, IndexError, AttributeError):
        return None
