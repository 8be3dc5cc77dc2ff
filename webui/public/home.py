"""The front page, and the pages the footer leads to."""

from flask import current_app, render_template, url_for
from flask_babel import lazy_gettext as _l

from models.portal import portal
from webui.access import public

JOURNEY = (
    (_l("受付"), _l("提案書を書いて送ります。書き足りないところがあれば、市が理由を示してお返しします。")),
    (_l("除外審査"), _l("協働の対象になる事業かを、公開している基準で確かめます。")),
    (_l("事前協議"), _l("担当課と話し合い、目的、役割、経費を決めて、双方が確かめます。")),
    (_l("協定"), _l("決めたことを協定書にして、双方が署名します。")),
    (_l("実施報告"), _l("事業を行い、進み具合と会計を報告します。")),
    (_l("相互評価"), _l("団体と市が、それぞれ点検したうえで、いっしょに振り返ります。")),
    (_l("公表"), _l("結果を公開し、次の協働に生かします。")),
)
"""The seven stages in a citizen's words."""


@public
def home() -> str:
    """What Kyodo is and how a proposal travels."""
    return render_template(
        "public/home.html", journey=JOURNEY, propose=_address("proposals.new"), cases=_address("public.cases")
    )


@public
def accessibility() -> str:
    """How these pages keep themselves open to everybody."""
    return render_template("public/accessibility.html")


@public
def privacy() -> str:
    """What becomes of personal data."""
    return render_template("public/privacy.html", years=portal().personal_years)


@public
def help_page() -> str:
    """How to use the portal."""
    return render_template("public/help.html")


def _address(endpoint: str) -> str | None:
    return url_for(endpoint) if endpoint in current_app.view_functions else None
