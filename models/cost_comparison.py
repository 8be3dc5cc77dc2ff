"""費用対効果: what a project costs done together beside what it costs the city alone, exactly, and per person (S05)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from models.answer_checks import measured
from models.answers import Answers, asked, is_whole
from models.programme.forms import Item, Side
from models.programme.schema import Programme
from models.proposals import Proposal
from models.selection.parts import Depth
from models.words import Word


@dataclass(frozen=True, slots=True)
class Compared:
    """Both ways beside one another. Amounts in yen; people: None where they are not known."""

    alone: int
    together: int
    share: int | None
    """What the city pays of `together`."""
    reached_alone: int | None
    reached: int | None
    gained: str
    """What becomes better, in the group's words."""

    @property
    def difference(self) -> int:
        """Yen that it costs more done together; below nought: less."""
        return self.together - self.alone

    @property
    def per_person_alone(self) -> Fraction | None:
        """Yen for each person whom the city reaches on its own."""
        return per_person(self.alone, self.reached_alone)

    @property
    def per_person(self) -> Fraction | None:
        """Yen for each person who benefits when it is done together."""
        return per_person(self.together, self.reached)


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is read: alone, together, and how they differ; empty where it is not known."""

    label: Word
    alone: Word
    together: Word
    difference: Word


UNKNOWN = Word("", "")
SAME = Word("同じ", "the same")


def compared(rules: Programme, questions: Iterable[Item], answers: Answers) -> Compared | None:
    """The comparison that a programme asks for; None where it asks for none, or either cost is not answered."""
    asks = rules.comparison
    if asks is None:
        return None
    known = {item.key: item for item in asked(questions, answers)}
    alone, together = _yen(asks.alone, known, answers), _yen(asks.together, known, answers)
    if alone is None or together is None:
        return None
    said = answers.get(asks.gained) if asks.gained in known else None
    return Compared(
        alone,
        together,
        _yen(asks.share, known, answers) if asks.share is not None else None,
        _people(asks.reached_alone, known, answers),
        _people(asks.reached, known, answers),
        said if isinstance(said, str) else "",
    )


def compared_in(proposal: Proposal) -> Compared | None:
    """The comparison of what a proposal handed in last."""
    if not proposal.submissions:
        return None
    return compared(proposal.rules, proposal.questions, proposal.submissions[-1].answers)


def published(proposal: Proposal, depth: Depth) -> Compared | None:
    """What of it everybody reads with the results of a round that publishes so much; words only if they are public."""
    asks = proposal.rules.comparison
    order = tuple(Depth)
    if asks is None or order.index(depth) < order.index(asks.publishes):
        return None
    found = compared_in(proposal)
    told = any(item.key == asks.gained and item.public for item in proposal.questions)
    return found if found is None or told else replace(found, gained="")


def lines(found: Compared) -> list[Line]:
    """The comparison line by line: cost, people, cost per person."""
    told = [Line(Word("かかる費用", "Cost"), _in_yen(found.alone), _in_yen(found.together), _more(found.difference))]
    if found.reached is not None or found.reached_alone is not None:
        told.append(
            Line(
                Word("届く人数", "People reached"),
                _in_people(found.reached_alone),
                _in_people(found.reached),
                _more_people(found.reached_alone, found.reached),
            )
        )
    alone, together = found.per_person_alone, found.per_person
    if alone is not None or together is not None:
        differ = _more(half_up(together - alone)) if alone is not None and together is not None else UNKNOWN
        told.append(
            Line(
                Word("1人あたりの費用", "Cost per person"),
                _in_yen(half_up(alone)) if alone is not None else UNKNOWN,
                _in_yen(half_up(together)) if together is not None else UNKNOWN,
                differ,
            )
        )
    return told


def per_person(cost: int, people: int | None) -> Fraction | None:
    """Yen for each of so many people, exactly; None for nobody."""
    return Fraction(cost, people) if people else None


def half_up(exact: Fraction) -> int:
    """To whole yen, halves away from nought (四捨五入)."""
    rounded = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    return rounded if exact >= 0 else -rounded


def _yen(side: Side, known: Mapping[str, Item], answers: Answers) -> int | None:
    found = measured(side, known, answers, days=False)
    return int(found) if isinstance(found, Fraction | int) else None


def _people(key: str, known: Mapping[str, Item], answers: Answers) -> int | None:
    value = answers.get(key)
    return value if key in known and is_whole(value) else None


def _in_yen(amount: int) -> Word:
    return Word(f"{amount:,}円", f"¥{amount:,}")


def _in_people(number: int | None) -> Word:
    return UNKNOWN if number is None else Word(f"{number:,}人", f"{number:,}")


def _more(amount: int) -> Word:
    if amount == 0:
        return SAME
    if amount < 0:
        return Word("{yen}少ない", "{yen} less").filled(yen=_in_yen(-amount))
    return Word("{yen}多い", "{yen} more").filled(yen=_in_yen(amount))


def _more_people(alone: int | None, together: int | None) -> Word:
    if alone is None or together is None:
        return UNKNOWN
    if alone == together:
        return SAME
    number = _in_people(abs(together - alone))
    said = Word("{n}多い", "{n} more") if together > alone else Word("{n}少ない", "{n} fewer")
    return said.filled(n=number)
