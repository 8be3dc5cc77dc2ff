"""A line to a server of this machine that a test can cut and mend, as if the server were gone and came back."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Line:
    """Passes bytes on from a port of its own. While it is cut, nobody answers there."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._listener = _listening(0)
        self.port: int = self._listener.getsockname()[1]
        self._open: set[socket.socket] = set()
        threading.Thread(target=self._take_calls, args=(self._listener,), daemon=True).start()

    def cut(self) -> None:
        """End every connection and answer no more."""
        for each in (self._listener, *self._open):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        self._open.clear()

    def mend(self) -> None:
        """Answer again, at the same port."""
        self._listener = _listening(self.port)
        threading.Thread(target=self._take_calls, args=(self._listener,), daemon=True).start()

    def _take_calls(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                caller, _ = listener.accept()
                called = socket.create_connection(("127.0.0.1", self._target))
                self._open |= {caller, called}
                for one, other in ((caller, called), (called, caller)):
                    threading.Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while said := one.recv(65536):
                other.sendall(said)
        for each in (one, other):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
            self._open.discard(each)


def _listening(port: int) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen()
    return listener


@contextmanager
def line_to(port: int) -> Iterator[Line]:
    """A line that is open until the end of the block."""
    line = Line(port)
    try:
        yield line
    finally:
        line.cut()
