"""The citizens' groups of Aobagawa and who belongs to them."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from models.people import MemberRole, Resource

_LEADS, _BELONGS = MemberRole.REPRESENTATIVE, MemberRole.MEMBER


class Member(NamedTuple):
    """Somebody in a group."""

    name: str
    email: str
    role: MemberRole


@dataclass(frozen=True, slots=True)
class Circle:
    """A citizens' group and its members, the representative first."""

    key: str
    name: str
    kind: str
    purpose: str
    organisation: str
    finance: str
    activities: str
    members: tuple[Member, ...]
    founded_on: date | None = None
    resources: tuple[Resource, ...] = ()


CIRCLES = (
    Circle(
        "river", "川辺のみまもり", "civic",
        "川辺の地域で、子どもと高齢者が安心して過ごせる居場所と見守りを続けることを目的としています。",
        "会員32人（役員5人）。年1回の総会と月1回の運営会議で決めています。",
        "年間収入48万円（会費16万円、寄付12万円、助成金20万円）、支出45万円。",
        "平成27年から登下校の見守りを毎日、旧公民館での居場所を週1回行っています。",
        (Member("葛城 花子", "katsuragi@kawabe.example", _LEADS),
         Member("大野 勇", "ono@kawabe.example", _BELONGS)),
        date(2015, 6, 1),
    ),
    Circle(
        "sound", "おとのまち研究会", "civic",
        "視覚障害のある人とない人が、音を手がかりに一緒にまちを歩ける環境をつくります。",
        "会員14人（役員3人）。視覚障害のある会員が5人います。", "年間収入22万円、支出20万円。",
        "音声まち歩き地図を3地区で作成し、体験会を年4回開いています。",
        (Member("藤田 響", "fujita@otonomachi.example", _LEADS),),
    ),
    Circle(
        "danchi", "みどり団地自治会", "territorial",
        "みどり団地に住む人どうしの助け合いと、暮らしの課題の解決を目的としています。",
        "加入412世帯（役員12人）。総会の決議に基づいて活動しています。",
        "年間収入196万円（会費）、支出188万円。",
        "防災訓練、夏まつり、買い物の付き添いを行っています。",
        (Member("岡田 正", "okada@midoridanchi.example", _LEADS),
         Member("石井 さち", "ishii@midoridanchi.example", _BELONGS)),
    ),
    Circle(
        "kitchen", "こども食堂ひだまり", "civic",
        "どの子もお腹いっぱい食べて、だれかと笑って帰れる場所を続けることを目的としています。",
        "会員21人（役員4人）、当日のボランティア登録58人。", "年間収入94万円（寄付52万円、助成金42万円）、支出90万円。",
        "平成30年から月2回の食堂と、長期休みの昼ごはんの会を開いています。",
        (Member("三浦 陽子", "miura@hidamari.example", _LEADS),
         Member("平野 航", "hirano@hidamari.example", _BELONGS)),
    ),
    Circle(
        "tomo", "特定非営利活動法人 多文化ともの会", "corporation",
        "外国から来た住民と地域の人が、ことばの壁をこえて助け合えるまちをつくります。",
        "正会員46人（14か国）、理事7人。", "年間収入512万円（受託240万円、会費・寄付・助成金272万円）、支出498万円。",
        "日本語サロンを週3回、通訳の同行支援を年200件ほど行っています。",
        (Member("グエン・ティ・ラン", "nguyen@tomonokai.example", _LEADS),
         Member("内田 まゆみ", "uchida@tomonokai.example", _BELONGS)),
    ),
    Circle(
        "nature", "青葉川の自然を守る会", "civic",
        "青葉川の水と生きものを調べ、子どもたちに引き継ぐことを目的としています。",
        "会員67人（役員8人）。大学の先生2人に助言をもらっています。", "年間収入38万円、支出35万円。",
        "昭和61年から毎月の水質調査、年2回の川の清掃、里山の手入れを行っています。",
        (Member("野口 泰三", "noguchi@aobagawa-shizen.example", _LEADS),),
    ),
    Circle(
        "farm", "まちなか農園の会", "civic",
        "使われていない土地を畑にして、育てる楽しみと近所づきあいを広げます。",
        "会員39人（役員5人）。", "年間収入31万円（会費・野菜の頒布）、支出29万円。",
        "空き地2か所で共同の畑を運営し、保育園児の収穫体験を年6回受け入れています。",
        (Member("菊地 実", "kikuchi@machinaka-farm.example", _LEADS),),
    ),
    Circle(
        "shops", "青葉通り商店会", "industry",
        "青葉通りの商いを守り、だれもが歩いて買い物のできるまちを続けることを目的としています。",
        "加盟53店（役員9人）。", "年間収入320万円（会費・事業収入）、支出312万円。",
        "夜市を年4回、買い物の配達を週2回行っています。",
        (Member("千葉 一郎", "chiba@aobadori.example", _LEADS),
         Member("宮本 沙織", "miyamoto@aobadori.example", _BELONGS)),
        date(1974, 4, 1), (Resource.PEOPLE, Resource.FACILITIES),
    ),
    Circle(
        "art", "アートラボあおば", "civic",
        "障害の有無や年齢をこえて、だれもが表現を楽しめる場をつくります。",
        "会員18人（役員3人）。", "年間収入76万円、支出72万円。",
        "市民ギャラリーでの展覧会を年2回、学校や施設への出前教室を年12回行っています。",
        (Member("原田 ひかり", "harada@artlab-aoba.example", _LEADS),),
    ),
    Circle(
        "akiya", "空き家つなぎ隊", "civic",
        "空き家と、場所を探している人や活動をつなぎ、人の気配のある町並みを守ります。",
        "会員16人（建築士・不動産・大工を含む。役員3人）。", "年間収入58万円、支出51万円。",
        "空き家の相談会を隔月で開き、これまでに9軒の活用を手伝いました。",
        (Member("杉山 譲", "sugiyama@akiyatsunagi.example", _LEADS),),
    ),
)  # fmt: skip
