"""A proposal of groups among themselves, as the demonstration city's file asks for it."""

from kyodo.demonstration.plot import Ally, Plot

FARM = Ally("farm", "kikuchi", "空き地2か所と、道具。")

INTRODUCTION = "二つの団体が、空き地にベンチを置きます。"


def among_groups(title: str = "ご近所ベンチ") -> Plot:
    """The estate's association and the gardeners, without the city."""
    return Plot(
        title=title,
        call="among_groups",
        group="danchi",
        proposer="okada",
        allies=(FARM,),
        answers={"introduction": INTRODUCTION},
    )
