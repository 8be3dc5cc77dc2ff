"""Serves the pages: `python -m webui`, with `--when-current` as soon as somebody has brought the database up to date."""

import logging
import sys
import time

from waitress import serve

from models.database import reading
from models.editions import in_force_now
from models.migrations import newest, reached
from models.settings import settings
from webui.app import create_app

THREADS = 8
"""Requests answered at once; the database pool has room for all of them."""
LOOK_EVERY = 0.05
"""Seconds between two looks at a database that is not up to date yet."""


def main() -> None:
    """Serve until stopped."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    app = create_app()
    while "--when-current" in sys.argv and not _is_current():
        time.sleep(LOOK_EVERY)
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


def _is_current() -> bool:
    """Whether `kyodo upgrade` has done its work for this version."""
    if reached() != newest():
        return False
    with reading() as session:
        return bool(in_force_now(session))


if __name__ == "__main__":
    main()
