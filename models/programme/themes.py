"""テーマ: the question which theme of a call a proposal answers. It is asked first, and answered like any other."""

from models.programme.calls import Call
from models.programme.forms import Item
from models.programme.kinds import ItemKind
from models.programme.parts import Choice
from models.words import Word

THEME = "call_theme"
"""Key of the question; a programme's own questions may name it in their conditions."""

FREE = "free_theme"
"""Key of its last choice, where a call takes proposals on other themes too."""

OTHERS = Choice(
    key=FREE,
    label=Word("自由テーマ", "A theme of our own"),
    hint=Word("上のどれでもない課題に取り組みます。", "We take up a problem that is none of these."),
)


def theme_question(call: Call) -> Item | None:
    """Which of its themes a proposal is for; None where the call has none."""
    if not call.themes:
        return None
    return Item(
        key=THEME,
        label=Word("取り組むテーマ", "Theme"),
        hint=Word("この募集のテーマから選んでください。", "Choose one of the themes of this call."),
        kind=ItemKind.CHOICE,
        choices=(
            *(Choice(key=theme.key, label=theme.label, hint=theme.hint) for theme in call.themes),
            *((OTHERS,) if call.free_theme else ()),
        ),
        public=True,
    )
