"""The city's own name and colour on every page."""

import re

from flask import Flask, Response, abort

from models.portal import portal
from models.programme.city import OUR_BLUE
from webui.access import public

COLOUR = re.compile(r"[0-9a-f]{6}")
DARKER = 0.8
"""How dark the second shade is that links and pressed buttons have."""
PALER = 0.08
"""How much of the colour is in the shade behind chosen things."""


def own_colour() -> str:
    """The colour without its #, where the city chose one; empty for the house's own."""
    chosen = portal().colour
    return "" if chosen == OUR_BLUE else chosen.removeprefix("#")


@public
def colours(colour: str) -> Response:
    """The style sheet that puts the city's colour in place of the house's; its address changes with the colour."""
    if not COLOUR.fullmatch(colour):
        abort(404)
    channels = [int(colour[place : place + 2], 16) for place in (0, 2, 4)]
    dark = "".join(f"{round(channel * DARKER):02x}" for channel in channels)
    pale = "".join(f"{round(255 - (255 - channel) * PALER):02x}" for channel in channels)
    answer = Response(f":root {{ --key: #{colour}; --key-dark: #{dark}; --key-pale: #{pale}; }}\n", mimetype="text/css")
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


def install(app: Flask) -> None:
    """Give templates the portal."""
    app.jinja_env.globals.update(portal=portal, own_colour=own_colour)
