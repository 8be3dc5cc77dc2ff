"""What YAML's parser objects to, said so that somebody who does not know YAML finds the place and the remedy."""

import re
from typing import NamedTuple

import yaml

from models.programme.faults import Fault, Spot, shown
from models.programme.slips import FARTHEST, line_of, slip
from models.words import Word

_ALIAS = Word(
    '「*」「&」「!」で始まる文は "…" で囲んでください（アンカー・別名・タグは使えません）。',
    "Put a text that begins with *, & or ! in quotes; anchors, aliases and tags are not read.",
)

BY_CONTEXT = {
    "scanning an alias": _ALIAS,
    "scanning an anchor": _ALIAS,
    "a tag": _ALIAS,
    "directive": Word(
        '「%」で始まる行は読めません。削除するか、文なら "…" で囲んでください。',
        "Lines that begin with “%” are not read. Take this one out, or put the text in quotes.",
    ),
    "scanning a block scalar": Word(
        "「|」や「>」の後には何も書かず、次の行から空白で字下げして文を書いてください。",
        "Write nothing behind “|” or “>”; the text begins on the next line, indented with spaces.",
    ),
}
"""By a part of what the parser was doing."""

REMEDIES = {
    "mapping values are not allowed": Word(
        'ここに「:」は置けません。文の中に「: 」があるときは、その文を "…" で囲んでください。',
        "A “:” cannot stand here. If it belongs to a sentence, put the sentence in quotes.",
    ),
    "mapping keys are not allowed": Word(
        'ここに「? 」は置けません。文なら "…" で囲んでください。',
        "A “? ” cannot stand here. Put the text in quotes.",
    ),
    "block sequence entries are not allowed": Word(
        'ここに「- 」は置けません。一覧は次の行から字下げして書き、文なら "…" で囲んでください。',
        "A “- ” cannot stand here. Begin the list on the next line, indented; put a text in quotes.",
    ),
    "cannot start any token": Word(
        'ここに置けない文字です。タブの字下げは空白に直し、@ や ` や % で始まる文は "…" で囲んでください。',
        "This character cannot begin anything. Indent with spaces, not tabs; put texts that begin with @, ` or % in quotes.",
    ),
    "tab character": Word("字下げにタブは使えません。空白に直してください。", "Indent with spaces, not tabs."),
    "did not find expected ',' or": Word(
        '括弧の中の区切り「,」または閉じ括弧がありません。文に「,」「{」「}」「[」「]」「#」があるときは "…" で囲んでください。',
        "A comma or the closing bracket is missing. Put texts that hold , { } [ ] # in quotes.",
    ),
    "did not find expected key": Word(
        "字下げがそろっていません。同じ一覧の行は同じ位置から書き始めてください。",
        "The indentation does not fit. Begin the lines of one list at the same column.",
    ),
    "did not find expected '-' indicator": Word(
        "字下げがそろっていません。同じ一覧の「-」は同じ位置に書いてください。",
        "The indentation does not fit. Write the dashes of one list at the same column.",
    ),
    "did not find expected node content": Word(
        'ここには値が必要です。「]」「}」「,」が余っていないか確かめ、文なら "…" で囲んでください。',
        "A value is missing here. Take out a ], } or comma too many, or put the text in quotes.",
    ),
    "did not find expected <document start>": Word(
        "字下げがそろっていません。いちばん外側の行は行の先頭から書き始めてください。",
        "The indentation does not fit. Begin the outermost lines at the first column.",
    ),
    "could not find expected ':'": Word(
        "名前の後に「: 」がありません。「:」の後には空白を入れてください。",
        "There is no “: ” behind the key. A blank has to follow the colon.",
    ),
    "escape c": Word(
        "引用符の中の「\\」の使い方が正しくありません。'…' で囲むか「\\\\」と書いてください。",
        "The backslash in this text is not right. Use single quotes, or write it twice.",
    ),
    "hexdecimal": Word(
        "引用符の中の「\\」の使い方が正しくありません。'…' で囲むか「\\\\」と書いてください。",
        "The backslash in this text is not right. Use single quotes, or write it twice.",
    ),
    "undefined tag handle": _ALIAS,
}
"""By a part of the parser's own words."""

_UNREADABLE = Word(
    "ここから先がYAMLとして読めません。この行と前の行の引用符、括弧、字下げ、「: 」を確かめてください。",
    "From here on this is not YAML. Look at the quotes, brackets, indentation and colons of this line and the one before.",
)
_NEVER_CLOSED = Word(
    "{line}行目の引用符（{quote}）が閉じていません。文の終わりに {quote} を書いてください。",
    "The quotation mark ({quote}) opened in line {line} is never closed. Write {quote} at the end of the text.",
)
_BEHIND_QUOTES = Word(
    "引用符（{quote}）で囲んだ文の後に、まだ文字があります。文の全体を囲み、中の引用は「」で書いてください。",
    "Something follows a text in quotes ({quote}). Put the whole text in quotes, and other quotation marks inside.",
)

ONLY_A_NOTE = Word(
    '「#」から後ろは注釈として読み飛ばします。値は "#0b5394" のように引用符で囲んでください。',
    'What follows “#” is a comment and is not read. Put the value in quotes: "#0b5394".',
)

MISTYPED = (
    (
        re.compile(r"(?:^[\s　]*(?:- )*|[{,]\s*)[A-Za-z_][A-Za-z0-9_]*[ 　]*(?P<here>：)"),
        Word(
            "「：」が全角です。半角の「: 」（コロンと空白）に直してください。",
            "This colon is a full-width one (：). Write “: ”, an ASCII colon and a blank.",
        ),
    ),
    (
        re.compile(r"^[ \t-]*(?P<here>　)"),
        Word(
            "字下げに全角の空白があります。半角の空白に直してください。",
            "The indentation holds a full-width space. Write ordinary spaces.",
        ),
    ),
    (
        re.compile(r"(?:^[\s　]*(?:- )*|[{,]\s*)[A-Za-z_][A-Za-z0-9_]*:(?P<here>　)"),
        Word(
            "「:」の後の空白が全角です。半角の空白に直してください。",
            "The space behind the colon is a full-width one. Write an ordinary space.",
        ),
    ),
    (
        re.compile(r"(?:^[\s　]*(?:- )*|[{,]\s*)[A-Za-z_][A-Za-z0-9_]*:(?P<here>[^\s:/])"),
        Word(
            "「:」の後に空白がありません。「: 」（コロンと空白）に直してください。",
            "There is no blank behind the colon. Write “: ”, a colon and a blank.",
        ),
    ),
    (re.compile(r"[{,]\s*[A-Za-z_][A-Za-z0-9_]*:\s+(?P<here>#)"), ONLY_A_NOTE),
)
"""What is easily typed and not read as it was meant, with what would be right."""


class _Scalar(NamedTuple):
    """The last value that was read: where it begins and ends, counted from 0, and its quotation mark."""

    line: int
    column: int
    end: int
    end_column: int
    quote: str


def syntax_fault(error: yaml.YAMLError, text: str) -> Fault:
    """The fault at which the parser gave up; what follows it could not be read."""
    around = getattr(error, "context_mark", None)
    mark = getattr(error, "problem_mark", None) or around
    problem, context = str(getattr(error, "problem", None) or error), str(getattr(error, "context", None) or "")
    if "could not find expected ':'" in problem and around is not None:
        mark = around
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    lines, last = text.splitlines(), _last_value(text)
    begun = around if "scanning" in context or "flow" in context else None
    first = min(line - 1, begun.line if begun else line, last.line if last and last.end >= line - 1 else line)
    return (
        _open_quote(lines, context, begun, last, line)
        or _mistyped(lines, max(first, line - FARTHEST, 0), line)
        or _behind_quotes(last, lines, line, column)
        or slip(lines, problem, line, column, begun)
        or Fault((), Spot(line + 1, column + 1), shown(line_of(lines, line)), _remedy(problem, context))
    )


def mistyped(text: str) -> Word | None:
    """What is wrong in a key or an entry that was taken for a text: a colon or a space that is too wide."""
    return next((sentence for found, sentence in MISTYPED if found.search(text)), None)


def _remedy(problem: str, context: str) -> Word:
    for part, words in BY_CONTEXT.items():
        if part in context and "tab character" not in problem:
            return words
    return next((words for part, words in REMEDIES.items() if part in problem), _UNREADABLE)


def _last_value(text: str) -> _Scalar | None:
    events, last = yaml.CSafeLoader(text), None
    try:
        while (event := events.get_event()) is not None:
            start, end = event.start_mark, event.end_mark
            if isinstance(event, yaml.ScalarEvent) and start and end:
                quote = event.style if event.style in ('"', "'") else ""
                last = _Scalar(start.line, start.column, end.line, end.column, quote)
    except yaml.YAMLError:
        pass
    finally:
        events.dispose()
    return last


def _open_quote(
    lines: list[str], context: str, begun: yaml.Mark | None, last: _Scalar | None, line: int
) -> Fault | None:
    """A quotation mark that is never closed, or that closes only where the next text in quotes was to begin."""
    if "scanning a quoted scalar" in context and begun is not None:
        return _never_closed(lines, begun.line, begun.column)
    if last is not None and last.quote and last.line < last.end == line:
        return _never_closed(lines, last.line, last.column)
    return None


def _never_closed(lines: list[str], line: int, column: int) -> Fault:
    open_text = lines[line][column:]
    sentence = _NEVER_CLOSED.filled(line=line + 1, quote=open_text[:1])
    return Fault((), Spot(line + 1, column + 1), shown(open_text), sentence)


def _mistyped(lines: list[str], first: int, last: int) -> Fault | None:
    """The nearest line with something easily typed that is not read as it was meant."""
    for number in range(min(last, len(lines) - 1), first - 1, -1):
        for found, sentence in MISTYPED:
            match = found.search(lines[number])
            if match:
                return Fault((), Spot(number + 1, match.start("here") + 1), shown(lines[number]), sentence)
    return None


def _behind_quotes(last: _Scalar | None, lines: list[str], line: int, column: int) -> Fault | None:
    if last is None or not last.quote or last.end != line or line >= len(lines) or column < last.end_column:
        return None
    between, here = lines[line][last.end_column : column], lines[line][column : column + 1]
    if between.strip() or not here or here in ":,]}#":
        return None
    return Fault((), Spot(line + 1, column + 1), shown(lines[line][column:]), _BEHIND_QUOTES.filled(quote=last.quote))
