"""Slips of the keyboard that break a file in one place and are noticed in another: found by looking at its lines."""

import re

import yaml

from models.programme.faults import Fault, Spot, shown
from models.words import Word

FARTHEST = 20
"""So many lines above the place where the parser gave up the cause is looked for at most."""

FARTHEST_BEFORE = 200
"""So many characters before it on the same line."""

_BEHIND_BRACKETS = Word(
    '「{bracket}」の後に、まだ文字があります。「[」や「{{」で始まる文は、全体を "…" で囲んでください。',
    "Something follows “{bracket}”. A text that begins with [ or {{ has to be put in quotes as a whole.",
)
_DEEPER = Word(
    "{line}行目より深く字下げされています。{line}行目の「{key}」と同じ位置から書き始めてください"
    '（文の続きなら、文の全体を "…" で囲んでください）。',
    "This line is indented further than line {line}: begin it at the same place as “{key}” there"
    " (or, if a text goes on here, put the whole text in quotes).",
)
NO_COLON = Word(
    "「{key}」の後に「: 」（コロンと空白）がありません。「{key}: 値」の形に直してください。",
    "There is no “: ” behind “{key}”. Write “{key}: value”, with a colon and a blank.",
)
WIDE_BRACKETS = Word(
    "括弧「{bracket}」が全角です。半角の [ ] や {{ }} に直してください。",
    "The bracket {bracket} is a full-width one. Write the ASCII [ ] or {{ }}.",
)

_KEY_FIRST = re.compile(r"(?P<indent> *(?P<dash>(?:- +)*))(?P<key>[A-Za-z_][A-Za-z0-9_]*)(?P<rest>.*)")
"""A line that begins with what may be a key."""

_WIDE_OPEN = re.compile(r"[｛［][｛［{\[ 　]*[A-Za-z_][A-Za-z0-9_]*$")


def slip(lines: list[str], problem: str, line: int, column: int, begun: yaml.Mark | None) -> Fault | None:
    """The slip that made the parser give up at this place, in a bracket that was opened where `begun` says; None: no such."""
    return (
        _wide_bracket(lines, line, column, begun)
        or _behind_brackets(lines, line, column)
        or _no_colon(lines, problem, line, column)
        or _deeper(lines, line, column)
    )


def _wide_bracket(lines: list[str], line: int, column: int, begun: yaml.Mark | None) -> Fault | None:
    """A full-width bracket where one opens, or at the end of the line whose bracket is never closed."""
    before = max(column - FARTHEST_BEFORE, 0)
    opened = _WIDE_OPEN.search(line_of(lines, line)[before:column])
    if opened:
        return _wide(lines, line, before + opened.start())
    closed = line_of(lines, begun.line).rstrip(" 　,") if begun and begun.line < line else ""
    return _wide(lines, begun.line, len(closed) - 1) if begun and closed.endswith(("｝", "］")) else None


def _wide(lines: list[str], line: int, column: int) -> Fault:
    sentence = WIDE_BRACKETS.filled(bracket=lines[line][column])
    return Fault((), Spot(line + 1, column + 1), shown(lines[line]), sentence)


def _behind_brackets(lines: list[str], line: int, column: int) -> Fault | None:
    """A text that begins with a bracket: to the parser it ends with the bracket's other half."""
    before, here = line_of(lines, line)[:column].rstrip(), line_of(lines, line)[column : column + 1]
    if not before.endswith(("]", "}")) or not here.strip() or here in ":,]}#":
        return None
    return Fault((), Spot(line + 1, column + 1), shown(lines[line]), _BEHIND_BRACKETS.filled(bracket=before[-1]))


def _no_colon(lines: list[str], problem: str, line: int, column: int) -> Fault | None:
    """A key without its colon: on this line, or above it, where it was taken for the beginning of this line's key."""
    here = _KEY_FIRST.match(line_of(lines, line))
    if here is None:
        return None
    alone = "could not find expected ':'" in problem and column == here.start("key") and here["rest"][:1] != ":"
    if alone or ("mapping values" in problem and re.match(" +[{[]", here["rest"])):
        return _lacking(lines, line, here)
    if column != here.end("key" if "mapping values" in problem else "indent"):
        return None
    found, above = None, _above(lines, line)
    while above and not above[1]["rest"].startswith(":") and (above[1]["rest"] or not above[1]["dash"]):
        found, above = above, _above(lines, above[0])
        if line - found[0] > FARTHEST:
            return None
    goes_on = above and above[1]["rest"].strip() != ":" and found and found[1].end("indent") > above[1].end("indent")
    return _lacking(lines, *found) if found and not goes_on else None


def _lacking(lines: list[str], line: int, found: re.Match[str]) -> Fault:
    return Fault((), Spot(line + 1, found.end("key") + 1), shown(lines[line]), NO_COLON.filled(key=found["key"]))


def _deeper(lines: list[str], line: int, column: int) -> Fault | None:
    """A key that begins further right than the key above it, which has its value already."""
    here, above = _KEY_FIRST.match(line_of(lines, line)), _above(lines, line)
    if here is None or above is None or column not in (here.start("key"), here.end("key")):
        return None
    number, key = above
    valued = re.match(": +[^ ]", key["rest"])
    if not valued or here.start("key") <= key.start("key") or not here["rest"].startswith(":"):
        return None
    sentence = _DEEPER.filled(line=number + 1, key=key["key"])
    return Fault((), Spot(line + 1, here.start("key") + 1), shown(lines[line]), sentence)


def _above(lines: list[str], line: int) -> tuple[int, re.Match[str]] | None:
    """The nearest line above that says something, where it begins with what may be a key."""
    for number in range(line - 1, max(line - FARTHEST, 0) - 1, -1):
        if lines[number].strip() and not lines[number].lstrip().startswith("#"):
            found = _KEY_FIRST.match(lines[number])
            return (number, found) if found else None
    return None


def line_of(lines: list[str], number: int) -> str:
    """The line, counted from 0; empty behind the end."""
    return lines[number] if number < len(lines) else ""
