"""Reading YAML of unknown origin: plain data with the place of every value, or faults; never more work than bounded.

Only what a programme needs is taken: mappings, lists and plain values. Anchors, aliases, tags and a second document
are refused, so a small file cannot become a large one and no object is ever made. Words stay words: `no`, `1:30` and
`2026-04-01` are texts here, only whole numbers, true and false are more.
"""

import codecs
import re
from dataclasses import dataclass, field

import yaml

from models.programme.entries import Place, value_at
from models.programme.faults import UNSEEN, Fault, Spot, shown
from models.programme.syntax import syntax_fault
from models.words import Word

MOST_BYTES = 1_000_000
MOST_VALUES = 30_000
DEEPEST = 12

WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})")
BEGINNING = Spot(1, 1)


@dataclass(slots=True)
class Document:
    """What a file says, where it says it, and what could not be read."""

    text: str = ""
    value: object = None
    whole: bool = False
    """Whether its first document was read to the end."""
    entries: dict[Place, Spot] = field(default_factory=dict)
    """Where each entry begins: its key, or the entry of a list."""
    values: dict[Place, Spot] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    refused: set[Place] = field(default_factory=set)
    """Places whose value was not taken over, so that nothing more is said about them."""

    def at(self, place: Place) -> object:
        """What stands at a place; None where nothing does."""
        return value_at(self.value, place)


class _Enough(Exception):
    pass


def read_document(source: bytes) -> Document:
    """The document in these bytes. Raises nothing: whatever is wrong is a fault."""
    found = Document()
    text = _decoded(source, found)
    if text is not None:
        found.text = text
        _Builder(text, found).build()
    return found


def _decoded(source: bytes, found: Document) -> str | None:
    if len(source) > MOST_BYTES:
        size = Word("ファイルが大きすぎます。{n}バイトまでです。", "The file is too large: at most {n} bytes are read.")
        found.faults.append(Fault((), BEGINNING, "", size.filled(n=f"{MOST_BYTES:,}")))
        return None
    try:
        text = source.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        before = source[: error.start]
        spot = Spot(before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1)
        sentence = Word(
            "文字コードがUTF-8ではありません。UTF-8で保存し直してください（Shift_JISなどは読めません）。",
            "This is not UTF-8. Save the file as UTF-8 (Shift_JIS and others are not read).",
        )
        found.faults.append(Fault((), spot, f"0x{source[error.start]:02x}", sentence))
        return None
    for match in UNSEEN.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        column = match.start() - (text.rfind("\n", 0, match.start()) + 1) + 1
        found.faults.append(Fault((), Spot(line, column), _code(match.group()), _UNSEEN_SENTENCE))
        if len(found.faults) == 100:
            return None
    return UNSEEN.sub("\ufffd", text)


_UNSEEN_SENTENCE = Word(
    "目に見えない制御文字があります。削除してください。", "There is an invisible control character. Delete it."
)


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


class _Builder:
    """Builds the data from the parser's events; recursion is bounded by DEEPEST."""

    def __init__(self, text: str, found: Document) -> None:
        self.events = yaml.CSafeLoader(text)
        self.found = found
        self.count = 0

    def build(self) -> None:
        try:
            self._document()
        except _Enough:
            pass
        except yaml.YAMLError as error:
            self.found.faults.append(syntax_fault(error, self.found.text))
        finally:
            self.events.dispose()

    def _document(self) -> None:
        self._next()  # the stream begins
        if self.events.check_event(yaml.StreamEndEvent):
            self._fault((), BEGINNING, "", Word("ファイルが空です。", "The file is empty."))
            return
        self._next()  # the document begins
        self.found.values[()] = self.found.entries[()] = BEGINNING
        self.found.value = self._value(self._next(), (), 0)
        self._next()  # the document ends
        self.found.whole = True
        if not self.events.check_event(yaml.StreamEndEvent):
            second = Word(
                "「---」で区切られた文書が2つ以上あります。1つだけにしてください。",
                "There is more than one document, divided by “---”. Keep only one.",
            )
            self._fault((), _spot(self._next()), "---", second)

    def _next(self) -> yaml.Event:
        event = self.events.get_event()
        if event is None:  # the parser gives nothing only behind the end, where nobody asks
            raise _Enough
        return event

    def _value(self, event: yaml.Event, place: Place, depth: int) -> object:
        self.count += 1
        if self.count > MOST_VALUES or depth > DEEPEST:
            sentence = _TOO_DEEP if depth > DEEPEST else _TOO_MANY
            self._fault(place, _spot(event), "", sentence)
            raise _Enough
        self.found.values[place] = _spot(event)
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, place, f"*{event.anchor}", _ALIAS)
        elif isinstance(event, yaml.NodeEvent):
            self._plain(event, place)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(place, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(place, depth)
        return self._scalar(event, place) if isinstance(event, yaml.ScalarEvent) else None

    def _plain(self, event: yaml.NodeEvent, place: Place) -> None:
        """Neither an anchor nor a tag."""
        if event.anchor:
            self._fault(place, _spot(event), f"&{event.anchor}", _ALIAS)
        tag = getattr(event, "tag", None)
        if tag:
            self._refuse(event, place, tag, _TAG)

    def _sequence(self, place: Place, depth: int) -> list[object]:
        entries: list[object] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            inner = (*place, len(entries))
            self.found.entries[inner] = _spot(event)
            entries.append(self._value(event, inner, depth + 1))
        return entries

    def _mapping(self, place: Place, depth: int) -> dict[str, object]:
        entries: dict[str, object] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self._fault(place, _spot(event), "", _COMPLEX_KEY)
                self._value(event, (*place, "?"), depth + 1)
                self._value(self._next(), (*place, "?"), depth + 1)
                continue
            spot, key = _spot(event), event.value
            self._plain(event, (*place, key))
            inner = (*place, key)
            if key in entries:
                first = self.found.entries[inner].line
                self._fault(inner, spot, key, _TWICE.filled(key=shown(key), line=first))
                self._value(self._next(), (*inner, "?"), depth + 1)
                continue
            self.found.entries[inner] = spot
            entries[key] = self._value(self._next(), inner, depth + 1)
        return entries

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> object:
        text = event.value
        hidden = UNSEEN.search(text) or re.search("[\r\ud800-\udfff]", text)
        if hidden:
            self._refuse(event, place, _code(hidden.group()), _UNSEEN_SENTENCE)
            return None
        if not event.implicit[0]:
            return text
        if text in ("", "~", "null", "Null", "NULL"):
            return None
        if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
            return text.lower() == "true"
        return int(text) if WHOLE.fullmatch(text) else text

    def _refuse(self, event: yaml.Event, place: Place, value: str, sentence: Word) -> None:
        self.found.refused.add(place)
        self._fault(place, _spot(event), value, sentence)

    def _fault(self, place: Place, spot: Spot, value: str, sentence: Word) -> None:
        self.found.faults.append(Fault(place, spot, shown(value), sentence))


_TOO_MANY = Word("値が多すぎます。{n}個までです。", "There are too many values: at most {n} are read.").filled(
    n=f"{MOST_VALUES:,}"
)
_TOO_DEEP = Word(
    "入れ子が深すぎます。{n}段までです。", "This is nested too deeply: at most {n} levels are read."
).filled(n=DEEPEST)
_ALIAS = Word(
    'アンカー（&）と別名（*）は使えません。内容をそのまま書いてください。文なら "…" で囲んでください。',
    "Anchors (&) and aliases (*) are not read. Write the content itself; put a text in quotes.",
)
_TAG = Word(
    '「!」で始まるタグは使えません。削除するか、文なら "…" で囲んでください。',
    "Tags that begin with “!” are not read. Take it out, or put the text in quotes.",
)
_COMPLEX_KEY = Word("名前は一つの言葉にしてください。", "A key has to be one word.")
_TWICE = Word(
    "「{key}」は{line}行目にもあります。どちらか一方を削除してください。",
    "“{key}” stands on line {line} already. Take one of them out.",
)


def _spot(event: yaml.Event) -> Spot:
    mark = event.start_mark
    return Spot(mark.line + 1, mark.column + 1) if mark else BEGINNING
