"""Downloads files from Meta's hosts, and from nowhere else."""

import ipaddress
import socket
from urllib.parse import urlsplit

from bots import http
from bots.channels.base import AccountBroken, AccountLike, Rejected, TryLater
from bots.channels.meta import graph
from bots.http import TOO_LARGE

# Where Meta keeps media: WhatsApp's come from lookaside.fbsbx.com, Instagram's from its content network.
HOSTS = ("fbsbx.com", "fbcdn.net", "cdninstagram.com", "facebook.com", "instagram.com", "whatsapp.net", "whatsapp.com")


class AddressGone(Exception):
    """404: the address has run out; another one may be asked for."""


def download(account: AccountLike, url: str, *, max_bytes: int, with_token: bool) -> bytes:
    """Return the file behind an address that Meta gave, with the account's token if asked for. No redirect is followed.

    Raises AddressGone, Rejected (too large, refused, not an address of Meta's), TryLater, AccountBroken.
    """
    check_address(account, url)
    headers = {"Accept": "*/*"} | (
        {"Authorization": f"Bearer {account.secrets.get('token', '')}"} if with_token else {}
    )
    try:
        answer = http.request("GET", url, headers=headers, max_bytes=max_bytes)
    except http.Failure as failure:
        if failure.reason == TOO_LARGE:
            raise Rejected("too large", "the file is too large") from None
        raise TryLater("no file", failure.reason) from None
    if answer.status == 404 or answer.status == 410:
        raise AddressGone
    if answer.status == 401:
        raise AccountBroken("401", "access to the file was refused")
    if answer.status in (408, 425, 429) or answer.status >= 500:
        raise TryLater(f"HTTP {answer.status}", "the file could not be had just now")
    if not answer.ok:
        raise Rejected(f"HTTP {answer.status}", "the file was refused")
    return answer.body


def check_address(account: AccountLike, url: str) -> None:
    """Raises Rejected unless it is https on a host of Meta's that is no machine of our own network.

    Where the Graph API itself is configured on this machine (a stand-in), files may come from there too.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
        base = urlsplit(graph.graph_url(account, ""))
        base_host, base_port = base.hostname or "", base.port
    except ValueError:
        raise Rejected("address", "the file's address cannot be read") from None
    if (parts.scheme, host, port) == (base.scheme, base_host, base_port):
        if _is_loopback(host):
            return
    elif not any(host == one or host.endswith(f".{one}") for one in HOSTS):
        raise Rejected("address", "the file is on a host that is not Meta's")
    if parts.scheme != "https" or parts.username or port not in (None, 443):
        raise Rejected("address", "the file's address is not a plain https one")
    _check_public(host)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _check_public(host: str) -> None:
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, 443, proto=socket.IPPROTO_TCP)}
    except OSError:
        raise TryLater("no file", "the file's host is not found") from None
    if not found or any(not ipaddress.ip_address(one.partition("%")[0]).is_global for one in found):
        raise Rejected("address", "the file's host leads into a private network")
