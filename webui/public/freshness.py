"""How long a public page may be kept: a minute, by everybody, as long as it was made for nobody in particular."""

import hashlib

from flask import make_response, request, session
from werkzeug.wrappers import Response

SECONDS = 60
"""Short, since a publication can be withdrawn."""


def kept_briefly(page: str) -> Response:
    """The answer with its mark; whoever has the same page already gets a 304 without it."""
    answer = make_response(page)
    answer.vary.update(("Cookie", "Accept-Encoding"))
    if not session:
        answer.cache_control.public = True
        answer.cache_control.max_age = SECONDS
    else:
        answer.cache_control.private = True
        answer.cache_control.no_cache = True
    answer.set_etag(hashlib.sha256(page.encode()).hexdigest()[:24], weak=True)
    return answer.make_conditional(request)
