"""Messages between the parties: said on the proposal, read by both sides and the program office (C04)."""

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired, Length

from models.process.vocabulary import MoveKey
from webui.forms import ProseField
from webui.stages.performing import MoveForm
from webui.stages.plain import REASON_LIMIT, PlainMove, plain_page


class MessageForm(MoveForm):
    """What is said."""

    reason = ProseField(
        _l("メッセージ"),
        [
            InputRequired(_l("メッセージを入力してください")),
            Length(max=REASON_LIMIT, message=_l("メッセージは2,000文字までで入力してください")),
        ],
        description=_l("提案団体と市の担当者の双方に届きます。公開はしません。"),
    )


PAGES: dict[MoveKey, Callable[..., Any]] = {
    MoveKey.COMMENT: plain_page(PlainMove(MoveKey.COMMENT, "", form=MessageForm)),
}
