"""Tests talk to this machine only: any other address is refused before a packet leaves."""

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch


class OutsideError(OSError):
    """A test tried to reach another machine."""


def _check(address: Any) -> None:
    if not isinstance(address, tuple):
        return  # a UNIX socket
    host = str(address[0])
    if host in ("", "localhost"):
        return
    try:
        inside = ipaddress.ip_address(host).is_loopback or ipaddress.ip_address(host).is_unspecified
    except ValueError:
        inside = False
    if not inside:
        raise OutsideError(f"A test tried to reach {host}. Tests may open connections to 127.0.0.1 only.")


@contextmanager
def only_loopback() -> Iterator[None]:
    """Until the end of the block, names are not looked up and connections leave the machine nowhere."""
    connect, connect_ex, lookup = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def checked_connect(self: socket.socket, address: Any) -> None:
        _check(address)
        connect(self, address)

    def checked_connect_ex(self: socket.socket, address: Any) -> int:
        _check(address)
        return connect_ex(self, address)

    def checked_lookup(host: Any, *rest: Any, **named: Any) -> Any:
        if host is not None:
            _check((host.decode() if isinstance(host, bytes) else host,))
        return lookup(host, *rest, **named)

    with (
        patch.object(socket.socket, "connect", checked_connect),
        patch.object(socket.socket, "connect_ex", checked_connect_ex),
        patch.object(socket, "getaddrinfo", checked_lookup),
    ):
        yield
