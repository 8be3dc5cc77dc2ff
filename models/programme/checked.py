"""Parts of the file with rules across their own keys: what can be said is said even where other keys cannot be read."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, ClassVar, NamedTuple, Self

from pydantic import BaseModel, ModelWrapValidatorHandler, TypeAdapter, ValidationError, ValidationInfo
from pydantic import model_validator as validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from models.programme.entries import Place, value_at
from models.programme.parts import STORED, Part
from models.programme.words import unsound
from models.words import Word


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong in a part: where, counted from the part, and what would be right."""

    place: Place
    sentence: Word


class Check(NamedTuple):
    """A question that needs several keys of a part. It is asked when each of them can be read."""

    needs: tuple[str, ...]
    ask: Callable[..., Iterable[Flaw]]


class Checked(Part):
    """A part with rules across its keys."""

    checks: ClassVar[tuple[Check, ...]] = ()

    @validator(mode="wrap")
    @classmethod
    def _everything_at_once(cls, data: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo) -> Self:
        if info.context == STORED:
            return handler(data)
        try:
            whole = handler(data)
        except ValidationError as error:
            lines = [again(one) for one in error.errors(include_url=False)]
            fields = dict(_readable(cls, data))
        else:
            lines, fields = [], {name: getattr(whole, name) for name in cls.model_fields}
        for check in cls.checks:
            if set(check.needs) <= set(fields):
                found = check.ask(*(fields[name] for name in check.needs))
                lines.extend(unsound(flaw.sentence, flaw.place, value_at(data, flaw.place)) for flaw in found)
        if lines:
            raise ValidationError.from_exception_data(cls.__name__, lines)
        return whole


def again(one: Any) -> InitErrorDetails:
    """An error that pydantic listed, to be listed once more by the part around it."""
    context = one.get("ctx", {})
    kind = PydanticCustomError(one["type"], "{en}", context) if "en" in context else one["type"]
    return InitErrorDetails(type=kind, loc=one["loc"], input=one["input"], ctx=context)


def _readable(part: type[BaseModel], data: object) -> Iterator[tuple[str, Any]]:
    """The keys that can be read, each by itself."""
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
