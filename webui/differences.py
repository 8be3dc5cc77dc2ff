"""What changed from one text to the next, word by word, marked so that eyes and screen readers can tell."""

import re
from difflib import SequenceMatcher

from flask_babel import gettext as _
from markupsafe import Markup, escape

_WORD = re.compile(r"[々一-龥]+|[ァ-ヿ]+|[ぁ-ゟ]+|[0-9０-９,.]+|[A-Za-z]+|\s+|.", re.DOTALL)
"""Runs of one kind of letter are as near to words as Japanese comes without a dictionary."""

LONGEST = 20_000
"""Characters of two texts together up to which they are compared; beyond, old and new stand one after the other."""


def marked(old: str, new: str) -> Markup:
    """The new text with what was taken out (<del>) and put in (<ins>)."""
    if old == new:
        return escape(new)
    if len(old) + len(new) > LONGEST:
        return _gone(old) + _put_in(new)
    before, after = _WORD.findall(old), _WORD.findall(new)
    parts = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(escape("".join(after[c:d])))
        else:
            parts.append(_gone("".join(before[a:b])))
            parts.append(_put_in("".join(after[c:d])))
    return Markup("").join(parts)


def compared(old: list[tuple[str, str]], new: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Labelled texts, each marked against the one with the same label before; what is gone stands crossed out."""
    before = dict(old)
    found: list[tuple[str, str]] = [(label, marked(before.pop(label, ""), text)) for label, text in new]
    return found + [(label, marked(text, "")) for label, text in before.items() if text]


def _gone(text: str) -> Markup:
    if not text:
        return Markup("")
    return Markup('<del><span class="vh">{}</span>{}</del>').format(_("（削除：）"), text)


def _put_in(text: str) -> Markup:
    if not text:
        return Markup("")
    return Markup('<ins><span class="vh">{}</span>{}</ins>').format(_("（追加：）"), text)
