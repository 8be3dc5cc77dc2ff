"""選考結果の公表: what came out of a call's rounds, as deep as the programme says, and what the city decided (S03, S04)."""

from flask import abort, render_template

from models import clock
from models.editions import editions_in_force, rules_of
from models.judging.published import Published, published_rounds
from models.selection.parts import Depth
from models.spoken import here
from models.words import Word
from webui.access import public
from webui.comparing import shown_comparison
from webui.database import db

SAYS: dict[Depth, Word] = {
    Depth.NOTHING: Word("市の決定", "the city's decisions"),
    Depth.OUTCOME: Word("通過した提案と講評", "which proposals passed, with remarks"),
    Depth.RANK: Word("順位", "the order"),
    Depth.TOTALS: Word("点数", "the points"),
    Depth.ITEMS: Word("項目ごとの点数", "the points by item"),
    Depth.SHEETS: Word("審査員ごとの評点（名前は出しません）", "every judge's marks, without names"),
}


@public
def results(key: str) -> str:
    """The published rounds of a call. 404 while there is none."""
    found = published_rounds(db(), key)
    if not found:
        abort(404)
    return render_template(
        "public/results.html",
        key=key,
        label=_label(key, found),
        rounds=found,
        says={depth: here(word) for depth, word in SAYS.items()},
        shown_comparison=shown_comparison,
        updated=max(one.judging.published_at or clock.now() for one in found),
    )


def _label(key: str, found: list[Published]) -> Word:
    """What the call is called: as the edition of its last round says, whatever is in force now."""
    own = rules_of(db(), found[-1].judging.edition_id).call(key)
    return own.label if own is not None else rules_of(db(), editions_in_force(db())[0]).name
