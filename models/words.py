"""A domain word in both languages of the house, side by side, so that neither can be forgotten."""

from typing import NamedTuple


class Word(NamedTuple):
    """One meaning, said in Japanese and in English."""

    ja: str
    en: str

    def in_(self, language: str) -> str:
        """The word for a reader: English for "en", Japanese for everybody else."""
        return self.en if language == "en" else self.ja

    def filled(self, **values: "str | int | Word") -> "Word":
        """The word with its {blanks} filled; a blank filled with a Word takes the matching language."""
        ja = {k: v.ja if isinstance(v, Word) else v for k, v in values.items()}
        en = {k: v.en if isinstance(v, Word) else v for k, v in values.items()}
        return Word(self.ja.format(**ja), self.en.format(**en))


def name_in_both(ja: str, en: str) -> Word:
    """A name that the city gave: in English too, where it gave one."""
    return Word(ja, en or ja)
