"""Where the demo's web server listens."""

import argparse
import errno
import http.client
import ipaddress
import os
import socket
from dataclasses import dataclass

from config.demo.terminal import DemoError


@dataclass(frozen=True, slots=True)
class Address:
    host: str
    port: int

    @property
    def url(self) -> str:
        return f"http://{bracketed(self.near_host)}:{self.port}"

    @property
    def near_host(self) -> str:
        """Where we reach ourselves: a wildcard is no address to connect to."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104

    @property
    def allowed_hosts(self) -> str | None:
        """What Django must answer to beyond its own default, for its setting ALLOWED_HOSTS."""
        if self.host == "localhost" or ipaddress.ip_address(self.host).is_loopback:
            return None
        return "*" if self.near_host != self.host else f"localhost,127.0.0.1,[::1],{bracketed(self.host)}"

    def check(self) -> None:
        """Raise DemoError if we could not listen there."""
        reason = self._why_not(self.port)
        if reason == errno.EADDRINUSE:
            free = next((port for port in range(self.port + 10, 65_536, 10) if self._why_not(port) is None), 8010)
            raise DemoError(f"Port {self.port} is taken. Run: make demo PORT={free}")
        if reason is not None:
            raise DemoError(f"Cannot listen on {self.host}, port {self.port}: {os.strerror(reason)}.")

    def is_healthy(self) -> bool:
        connection = http.client.HTTPConnection(self.near_host, self.port, timeout=3)
        try:
            connection.request("GET", "/health/")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _why_not(self, port: int) -> int | None:
        """Return the error number that keeps us from listening there; None if nothing does."""
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, port))
            except socket.gaierror:
                return errno.EADDRNOTAVAIL
            except OSError as error:
                return error.errno
        return None


def bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def port_from(text: str) -> int:
    """For argparse."""
    if text.isascii() and text.isdigit() and 0 < int(text) < 65_536:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no port: it takes a number from 1 to 65535.")


def host_from(text: str) -> str:
    """For argparse."""
    if text != "localhost":
        try:
            ipaddress.ip_address(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{text!r} is no address: for example 127.0.0.1, or 0.0.0.0.") from None
    return text


def host_from_environment() -> str:
    """Some shells set HOST to the machine's name without being asked; only an address is meant for us."""
    try:
        return host_from(os.environ.get("HOST", ""))
    except argparse.ArgumentTypeError:
        return "127.0.0.1"
