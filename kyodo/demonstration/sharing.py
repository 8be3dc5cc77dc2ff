"""What the sections of Aobagawa show for others to propose: reviewed works of the city, and local problems (I07, I11)."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kyodo.demonstration.cast import Cast
from models import clock
from models.administration.openings import close, enter
from models.calendar import fiscal_year
from models.openings import Opening, OpeningKind
from models.proposals import Proposal

DAYS_AGO = timedelta(days=75)

WORK, PROBLEM = OpeningKind.WORK, OpeningKind.PROBLEM

SHOWN: tuple[tuple[str, str, OpeningKind, dict[str, Any]], ...] = (
    ("takahashi", "welfare-policy", WORK, {
        "title": "高齢者の見守り訪問",
        "text": "75歳以上で一人暮らしの方を、職員と委託した事業者が年2回訪ねています。令和7年度は1,240世帯を訪ね、会えなかった世帯が3割ありました。",
        "wish": "近所の人の方が、日ごろの様子の変わり目に早く気づけます。訪問の一部と、気づいたことの連絡のしかたを一緒に考えたいと思います。",
        "since": "平成14年度から",
    }),
    ("inoue", "green", WORK, {
        "title": "小さな公園の花壇の手入れ",
        "text": "市内86か所の小さな公園の花壇を、業者への委託で年4回手入れしています。委託料は年におよそ620万円です。",
        "wish": "花の種類や植える時期は、毎日公園を使う人が決める方がよいと考えます。苗と道具は市が用意できます。",
        "since": "昭和58年度から",
    }),
    ("kondo", "culture", WORK, {
        "title": "市民文化祭の企画と運営",
        "text": "市が実行委員会の事務局となり、会場の手配、出演の調整、広報のすべてを行っています。",
        "wish": "出演する団体どうしで企画と進行を担う方が、新しい試みができます。会場と広報は市が続けます。",
        "since": "平成3年度から",
    }),
    ("mori", "safety", PROBLEM, {
        "title": "川向こう3地区で、外国人の住民に避難の情報が届いていない",
        "text": "令和7年9月の大雨のとき、避難所に来た外国人の住民は4人でした。地区には約210人が暮らしています。",
        "wish": "ことばと、ふだんの付き合いの両方から考えたいと思います。",
        "source": "令和7年度の避難所の記録と、3地区の自治会との話し合い",
    }),
    ("sasaki", "children", PROBLEM, {
        "title": "夏休みの昼間、小学生が過ごせる場所が足りない",
        "text": "学童クラブを待つ子どもが、夏休みには62人になります。図書館と児童館は昼ごろから満員です。",
        "source": "令和8年度の学童クラブの申込み、児童館の利用者の声",
    }),
)  # fmt: skip

CLOSED = ("hasegawa", "commerce", WORK, {
    "title": "駅前の案内所の運営",
    "text": "観光の案内所を、職員が交代で開けています。",
    "wish": "まち歩きの案内は、地元をよく知る人の方が向いています。",
    "since": "平成20年度から",
})  # fmt: skip

BEGAN = {"やさしい日本語でつくる防災ラジオ": "川向こう3地区で、外国人の住民に避難の情報が届いていない"}
"""What came of it: proposals and what they began from, by title."""


def share(session: Session, cast: Cast) -> list[Opening]:
    """All of it, as of some weeks ago; a proposal has come from one, and one is closed."""
    with clock.standing_at(clock.now() - DAYS_AGO):
        shown = [_enter(session, cast, *one) for one in SHOWN]
        ended = _enter(session, cast, *CLOSED)
    close(session, cast.actor(session, CLOSED[0]), ended, "令和8年度から、駅前商店会との協働事業として始めたため。")
    for proposal in session.scalars(select(Proposal).where(Proposal.title.in_(BEGAN))):
        proposal.opening_id = next(one.id for one in shown if one.title == BEGAN[proposal.title])
    session.flush()
    return [*shown, ended]


def _enter(session: Session, cast: Cast, who: str, section: str, kind: OpeningKind, said: dict[str, Any]) -> Opening:
    usual: dict[str, Any] = (
        {"fiscal_year": fiscal_year(clock.today())} if kind is WORK else {"known_on": clock.today() - DAYS_AGO}
    )
    values = {**usual, **said, "section_id": cast.departments[section].id}
    return enter(session, cast.actor(session, who), kind, values)
