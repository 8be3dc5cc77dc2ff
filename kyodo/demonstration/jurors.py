"""The committee that judges the demonstration's proposals."""

from typing import NamedTuple


class Juror(NamedTuple):
    """Somebody on the committee."""

    name: str
    email: str
    capacity: str
    leans: int
    """So much this juror's marks lie above or below the others'."""


COMMITTEE = (
    Juror("佐久間 理", "sakuma@aobagawa-u.example", "学識経験者", 0),
    Juror("野々村 文", "nonomura@npo-center.example", "市民活動経験者", 1),
    Juror("黒木 透", "kuroki@aobagawa.example", "公募市民", -1),
)
