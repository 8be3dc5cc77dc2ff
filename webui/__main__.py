"""Serves the pages: `python -m webui`."""

import logging

from waitress import serve

from models.settings import settings
from webui.app import create_app

THREADS = 8
"""Requests answered at once; the database pool has room for all of them."""


def main() -> None:
    """Serve until stopped."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    app = create_app()
    serve(
        app,
        host=settings().host,
        port=settings().port,
        threads=THREADS,
        ident="",
        # Past our own limit, so that a file somewhat too large still gets a page that says so.
        max_request_body_size=2 * int(app.config["MAX_CONTENT_LENGTH"]),
        # Failed sign-ins are counted by address, so behind a proxy the visitor's own address has to come through.
        trusted_proxy=settings().trusted_proxy or None,
        trusted_proxy_headers={"x-forwarded-for", "x-forwarded-proto"} if settings().trusted_proxy else set(),
        clear_untrusted_proxy_headers=True,
    )


if __name__ == "__main__":
    main()
