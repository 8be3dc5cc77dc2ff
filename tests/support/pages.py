"""The application behind its real web server, and a real browser in front of it."""

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import waitress
from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from waitress import wasyncore

QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def free_listener() -> socket.socket:
    """A bound socket on a free port of this machine."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    return listener


@contextmanager
def served(app: Flask, listener: socket.socket) -> Iterator[None]:
    """Serve the application on the socket, in a thread, until the end of the block."""
    server = waitress.create_server(app, sockets=[listener], threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        # In its own thread, with the connections that browsers keep open: else its loop waits for them.
        server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map, ignore_all=True))
        thread.join(timeout=5)
        server.task_dispatcher.shutdown()
        listener.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's chromium, or the one Playwright brought where the system has none."""
    system = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system, args=QUIET)
        try:
            yield browser
        finally:
            browser.close()
