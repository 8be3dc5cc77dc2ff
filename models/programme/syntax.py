"""What YAML's parser objects to, said so that somebody who does not know YAML finds the place and the remedy."""

import yaml

from models.programme.faults import Fault, Spot
from models.words import Word

REMEDIES = {
    "mapping values are not allowed": Word(
        'ここに「:」は置けません。文の中に「: 」があるときは、その文を "…" で囲んでください。',
        "A “:” cannot stand here. If it belongs to a sentence, put the sentence in quotes.",
    ),
    "cannot start any token": Word(
        'ここに置けない文字です。タブの字下げは空白に直し、@ や ` や % で始まる文は "…" で囲んでください。',
        "This character cannot begin anything. Indent with spaces, not tabs; put texts that begin with @, ` or % in quotes.",
    ),
    "did not find expected ',' or": Word(
        '括弧の中の区切り「,」または閉じ括弧がありません。文に「,」「{」「}」「[」「]」があるときは "…" で囲んでください。',
        "A comma or the closing bracket is missing. Put texts that hold , { } [ ] in quotes.",
    ),
    "did not find expected key": Word(
        "字下げがそろっていません。同じ一覧の行は同じ位置から書き始めてください。",
        "The indentation does not fit. Begin the lines of one list at the same column.",
    ),
    "did not find expected '-' indicator": Word(
        "字下げがそろっていません。同じ一覧の「-」は同じ位置に書いてください。",
        "The indentation does not fit. Write the dashes of one list at the same column.",
    ),
    "could not find expected ':'": Word(
        "名前の後に「: 」がありません。「:」の後には空白を入れてください。",
        "There is no “: ” behind the key. A blank has to follow the colon.",
    ),
    "unexpected end of stream": Word("引用符が閉じていません。", "A quotation mark is never closed."),
    "unknown escape character": Word(
        "引用符の中の「\\」の使い方が正しくありません。'…' で囲むか「\\\\」と書いてください。",
        "The backslash in this text is not right. Use single quotes, or write it twice.",
    ),
    "unknown anchor": Word(
        "アンカー（&）と別名（*）は使えません。内容をそのまま書いてください。",
        "Anchors (&) and aliases (*) are not read. Write the content itself.",
    ),
    "undefined tag handle": Word(
        "「!」で始まるタグは使えません。削除してください。",
        "Tags that begin with “!” are not read. Take it out.",
    ),
}
"""By a part of the parser's own words."""


def syntax_fault(error: yaml.YAMLError) -> Fault:
    """The fault at which the parser gave up; what follows it could not be read."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or error)
    sentence = next((words for part, words in REMEDIES.items() if part in problem), None) or Word(
        "YAMLとして読めません（{problem}）。", "This cannot be read as YAML ({problem})."
    ).filled(problem=problem)
    spot = Spot(mark.line + 1, mark.column + 1) if mark is not None else Spot(1, 1)
    return Fault((), spot, "", sentence)
