"""共同提案: whether the groups behind a proposal are those that its type of call asks for (A05–A07)."""

from models.process.grammar import Case
from models.process.refusals import Missing
from models.programme.calls import Consortium
from models.words import Word


def consortium_complete(case: Case) -> list[Missing]:
    """Every group that was asked has confirmed its part, and there are as many groups as the type asks for."""
    asked = case.proposal.partners
    waiting = [one for one in asked if one.confirmed_at is None]
    found = [
        Missing(
            "partners",
            (
                Word("「{group}」が分担を断っています。", "“{group}” declined its part.")
                if one.declined_at is not None
                else Word("「{group}」がまだ分担を確認していません。", "“{group}” has not confirmed its part yet.")
            ).filled(group=one.group.name),
        )
        for one in waiting
    ]
    if case.type.consortium is Consortium.ALONE and asked:
        sentence = Word("この募集には1団体で提案してください。", "This call takes proposals of one group only.")
        found.append(Missing("partners", sentence))
    if case.type.consortium is Consortium.TOGETHER and not asked:
        sentence = Word(
            "この募集には複数の団体で提案してください。", "This call takes proposals of several groups only."
        )
        found.append(Missing("partners", sentence))
    return found
