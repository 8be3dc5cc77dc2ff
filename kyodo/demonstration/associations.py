"""What the groups of the demonstration city do about themselves: one registers, one invites, one hands over."""

from datetime import timedelta

from sqlalchemy.orm import Session

from kyodo.demonstration.cast import Cast
from models import clock
from models.groups.invitations import Invitation, invite
from models.groups.registration import register
from models.groups.succession import offer
from models.rosters import import_lines

ROSTER = """葛城 花子,川辺町1丁目,代表,在住
大野 勇,川辺町2丁目,副代表,在住
中西 久美,川辺町2丁目,会計,在住
小池 悟,旭町,監査,在勤
田島 ゆき,川辺町4丁目,,在住
西 健一,となり市,,市外
"""
INVITED = "hoshi@kawabe.example"
DAYS_AGO = timedelta(days=3)


def associate(session: Session, cast: Cast) -> Invitation:
    """All of it, as of three days ago; answers the invitation that waits."""
    with clock.standing_at(clock.now() - DAYS_AGO):
        river, danchi = cast.groups["river"], cast.groups["danchi"]
        import_lines(session, cast.actor(session, "ono"), river, ROSTER, replace=True)
        leader = cast.actor(session, "katsuragi")
        invitation = invite(session, leader, river, name="星 一", email=INVITED, language="ja")
        offer(
            session,
            cast.actor(session, "okada"),
            danchi,
            person_id=cast.people["ishii"].id,
            day=clock.today() + timedelta(days=30),
            leaves=False,
        )
        purpose = "夜の図書館で、だれでも静かに本を読める場所を開きます。"
        register(session, cast.people["harada"], group_name="夜の図書館の会", kind="civic", purpose=purpose)
    return invitation
