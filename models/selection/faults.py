"""What is wrong with rules as a file holds them: every fault at once, with its place and a sentence in both languages."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, ClassVar, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, ModelWrapValidatorHandler, TypeAdapter, ValidationError
from pydantic import model_validator as validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from models.programme.entries import Place
from models.programme.faults import shown
from models.programme.words import UNSOUND, unsound
from models.words import Word


class Part(BaseModel):
    """A part of the rules: typed, never changed, refusing what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: where it is and what would be right."""

    place: Place
    sentence: Word


class Check(NamedTuple):
    """A question that needs several fields of a part. It is asked when each of them can be read."""

    needs: tuple[str, ...]
    ask: Callable[..., Iterable[Fault]]


class Checked(Part):
    """A part with rules across its fields; what can be said is said even where other fields cannot be read."""

    checks: ClassVar[tuple[Check, ...]] = ()

    @validator(mode="wrap")
    @classmethod
    def _everything_at_once(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            whole = handler(data)
        except ValidationError as error:
            lines = [_again(one) for one in error.errors(include_url=False)]
            fields = dict(_readable(cls, data))
        else:
            lines, fields = [], {name: getattr(whole, name) for name in cls.model_fields}
        for check in cls.checks:
            if set(check.needs) <= set(fields):
                found = check.ask(*(fields[name] for name in check.needs))
                lines.extend(unsound(fault.sentence, fault.place) for fault in found)
        if lines:
            raise ValidationError.from_exception_data(cls.__name__, lines)
        return whole


def faults_of(error: ValidationError) -> list[Fault]:
    """The faults of a refused file, in the order of the file's fields, each in words of its own."""
    return [Fault(one["loc"], _sentence(one)) for one in error.errors(include_url=False)]


def _again(one: Any) -> InitErrorDetails:
    context = one.get("ctx", {})
    kind = PydanticCustomError(UNSOUND, "{en}", context) if one["type"] == UNSOUND else one["type"]
    return InitErrorDetails(type=kind, loc=one["loc"], input=one["input"], ctx=context)


def _readable(part: type[BaseModel], data: object) -> Iterator[tuple[str, Any]]:
    """The fields that can be read, each by itself."""
    given = data if isinstance(data, dict) else {}
    for name, field in part.model_fields.items():
        if name in given:
            try:
                yield name, _reader(part, name).validate_python(given[name])
            except ValidationError:
                continue
        elif not field.is_required():
            yield name, field.get_default(call_default_factory=True)


@cache
def _reader(part: type[BaseModel], name: str) -> TypeAdapter[Any]:
    field = part.model_fields[name]
    form: Any = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
    return TypeAdapter(form)


def _sentence(one: Any) -> Word:
    context, value = one.get("ctx", {}), shown(one["input"])
    kind: str = one["type"]
    if kind == UNSOUND:
        return Word(context["ja"], context["en"])
    if kind == "missing":
        return Word("この項目は必要です。", "This is missing and has to be there.")
    if kind == "extra_forbidden":
        return Word(
            "この名前の項目はありません。綴りを確かめるか、削除してください。",
            "There is no item of this name. Check how it is spelt, or take it out.",
        )
    if kind == "too_long":
        most = context["max_length"]
        return Word(f"多すぎます。{most}個までにしてください。", f"There are too many. {most} is the most.")
    if kind in ("enum", "literal_error"):
        return Word(
            f"「{value}」は選べません。次のどれかにしてください: {context['expected']}",
            f"“{value}” cannot be chosen. Take one of these: {context['expected']}",
        )
    if kind.startswith(("decimal", "int", "finite")):
        return Word(
            f"「{value}」は使えません。整数部6桁、小数点以下4桁までの数を書いてください。",
            f"“{value}” cannot be used. Write a number with at most 6 digits before the point and 4 behind it.",
        )
    return Word(
        f"「{value}」はここに書けない形です（{one['msg']}）。",
        f"“{value}” does not have the form that belongs here ({one['msg']}).",
    )
