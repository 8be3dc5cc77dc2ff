"""What one demonstration proposal is about, and who plays in it."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple


@dataclass(frozen=True, slots=True)
class Voices:
    """What the people said whom the project was for."""

    how_asked: str = "利用者への聞き取りとアンケート（紙）"
    answers: int = 86
    satisfied: int = 79
    merits: str = "安心して過ごせる場所ができた。近所に知り合いが増えた。"


@dataclass(frozen=True, slots=True)
class Words:
    """What the parties write, stage by stage. What is not given here is said as for the project on the river."""

    # 1 受付
    issue: str = "共働きの家庭が増え、放課後に一人で過ごす子どもと、日中に話し相手のいない高齢者が増えています。"
    purpose: str = "世代をこえて顔の見える関係をつくり、子どもと高齢者が安心して過ごせる地域にします。"
    goals: str = "旧公民館で週3日の居場所を開き、1年間で延べ1,500人が利用する。登下校の見守りに30人が参加する。"
    process: str = "1か月目に準備会、2か月目に試行、3か月目から週3日開所します。3か月ごとに市とふりかえります。"
    roles_group: str = "居場所の運営、見守りボランティアの募集と調整、記録の作成。"
    roles_city: str = "会場の提供、学校・地域包括支援センターとの連絡調整、広報。"
    effects: str = "市だけではできない、放課後と夕方のきめ細かな見守りができます。"
    beneficiaries: str = "事業を行う地域に住む人、通う人"
    schedule: str = "4月 準備会／5月 試行／6月から3月 週3日開所／翌4月 報告"
    # 3 事前協議
    assigned_because: str = "提案の内容を所管しているため。"
    minutes: str = "事業の目的と目標を確認した。会場は旧公民館を使い、鍵の管理は市が行う。"
    open_points: str = "保険の内容を次回までに確認する。"
    characteristics: str = "団体は地域の人のつながりと機動力、市は施設と学校・関係機関との連携の力を持っています。"
    method_reason: str = "団体の自主的な取組みを資金面で支えることが最も効果的なため。"
    differences: str = "開所する曜日について意見が分かれたが、試行の後に見直すことにした。"
    # 4 協定
    specification: str = "週3日、1日4時間の開所。月ごとの利用記録を提出し、甲が検査する。"
    # 5 実施報告
    halfway: str = "予定どおり始めることができ、利用する人が少しずつ増えています。"
    done: str = "居場所を週3日開き、登下校の見守りを毎日行いました。"
    results: str = "延べ1,842人が利用し、閉じこもりが心配される高齢者31人が参加しました。"
    participants: str = "小学生 延べ1,020人、高齢者 延べ690人、その他132人"
    difficulties: str = "冬の夕方の担い手が足りませんでした。"
    lessons: str = "学校との月1回の打合せが、参加の呼びかけに役立ちました。"
    # 6 相互評価
    achieved: str = "子どもと高齢者の居場所が地域に根づき、見守りの担い手が広がりました。"
    improvements: str = "冬の夕方の担い手を早い時期から募ります。"
    why_marks_differ: str = "予算については、団体は謝礼の不足、市は計画どおりの執行を重く見たためです。"
    next_steps: str = "来年度は開所日を増やし、学校との連携を事業に組み込みます。"
    # 審査
    remarks: str = "課題のとらえ方が具体的で、団体と市の役割がよく考えられています。"
    # a turn the straight way does not take
    turn: str = "特定の候補者を応援する催しが計画に含まれるため。"
    """Why it was returned, declined, excluded, ended or taken back."""


class Ally(NamedTuple):
    """Another group behind the proposal, who answers for it, and what it takes on."""

    group: str
    person: str
    part: str


def _river_budget() -> dict[str, int]:
    return {"会場費": 120_000, "保険料": 60_000, "教材費": 100_000, "謝礼": 200_000}


@dataclass
class Plot:
    """One demonstration proposal: its parties, its figures and its words."""

    title: str = "川辺の見守りと多世代の居場所づくり事業"
    group: str = "river"
    allies: tuple[Ally, ...] = ()
    call: str = "anytime"
    proposer: str = "katsuragi"
    desk: str = "nakamura"
    second_desk: str = "kobayashi"
    desk_head: str = "watanabe"
    section: str = "welfare-policy"
    officer: str = "takahashi"
    section_head: str = "yamamoto"
    head: str = "ito"
    theme: str = "welfare"
    methods: list[str] = field(default_factory=lambda: ["subsidy"])
    domain: str = "d"
    reached: int = 260
    """How many people benefit."""
    days: int = 300
    """Length of the project."""
    budget: dict[str, int] = field(default_factory=_river_budget)
    """Yen by item."""
    mark: int = 4
    """What the judges give it, about, from 1 to 5."""
    share: int = 300_000
    """What the city bears, in yen."""
    meeting_place: str = "市役所3階 会議室"
    words: Words = field(default_factory=Words)
    voices: Voices = field(default_factory=Voices)
    marks: dict[str, dict[str, str]] = field(
        default_factory=lambda: {"group": {"trust": "4", "budget": "2"}, "city": {"trust": "4"}}
    )
    """Each side's marks where they are not 3, by item."""
    met: str = "politics"
    """The criterion that is met where a proposal is excluded."""
    answers: dict[str, Any] = field(default_factory=dict)
    """Answers that differ from the usual ones."""
