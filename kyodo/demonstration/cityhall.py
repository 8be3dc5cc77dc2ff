"""The city hall of Aobagawa: its departments and sections, and who holds which post."""

from typing import NamedTuple

from models.people import Seat


class Section(NamedTuple):
    """A department or section of the city hall."""

    key: str
    name: str
    name_en: str
    parent: str | None
    phone: str
    fax: str


class Role(NamedTuple):
    """Somebody of the city's staff and the post they hold."""

    name: str
    email: str
    department: str
    seat: Seat
    post: str
    post_en: str


SECTIONS = (
    Section("citizens", "市民生活部", "Citizens' Affairs Department", None, "000-000-0100", "000-000-0109"),
    Section("desk", "市民協働課", "Citizen Collaboration Section", "citizens", "000-000-0110", "000-000-0119"),
    Section("safety", "危機管理課", "Crisis Management Section", "citizens", "000-000-0120", "000-000-0129"),
    Section("intercultural", "多文化共生課", "Intercultural Section", "citizens", "000-000-0130", "000-000-0139"),
    Section("welfare", "福祉部", "Welfare Department", None, "000-000-0200", "000-000-0209"),
    Section("welfare-policy", "福祉政策課", "Welfare Policy Section", "welfare", "000-000-0210", "000-000-0219"),
    Section("children", "子ども未来課", "Children's Future Section", "welfare", "000-000-0220", "000-000-0229"),
    Section("environment", "環境部", "Environment Department", None, "000-000-0300", "000-000-0309"),
    Section("green", "みどり推進課", "Greenery Section", "environment", "000-000-0310", "000-000-0319"),
    Section("town", "まちづくり部", "Town Development Department", None, "000-000-0400", "000-000-0409"),
    Section("housing", "住宅政策課", "Housing Policy Section", "town", "000-000-0410", "000-000-0419"),
    Section("commerce", "商工観光課", "Commerce and Tourism Section", "town", "000-000-0420", "000-000-0429"),
    Section("culture", "文化振興課", "Culture Section", "town", "000-000-0430", "000-000-0439"),
)

_O, _S, _D = Seat.OFFICER, Seat.SECTION_HEAD, Seat.DEPARTMENT_HEAD

STAFF = (
    Role("中村 美咲", "nakamura@aobagawa.example", "desk", _O, "市民協働課 主査", "Senior officer, Collaboration"),
    Role("小林 健太", "kobayashi@aobagawa.example", "desk", _O, "市民協働課 主事", "Officer, Collaboration"),
    Role("加藤 明", "kato@aobagawa.example", "desk", _S, "市民協働課長", "Head, Collaboration"),
    Role("渡辺 誠", "watanabe@aobagawa.example", "citizens", _D, "市民生活部長", "Director, Citizens' Affairs"),
    Role("髙橋 直樹", "takahashi@aobagawa.example", "welfare-policy", _O, "福祉政策課 主任", "Officer, Welfare Policy"),
    Role("山本 さくら", "yamamoto@aobagawa.example", "welfare-policy", _S, "福祉政策課長", "Head, Welfare Policy"),
    Role("伊藤 隆", "ito@aobagawa.example", "welfare", _D, "福祉部長", "Director, Welfare"),
    Role("佐々木 彩", "sasaki@aobagawa.example", "children", _O, "子ども未来課 主任", "Officer, Children's Future"),
    Role("松本 浩二", "matsumoto@aobagawa.example", "children", _S, "子ども未来課長", "Head, Children's Future"),
    Role("井上 恵", "inoue@aobagawa.example", "green", _O, "みどり推進課 主任", "Officer, Greenery"),
    Role("木村 徹", "kimura@aobagawa.example", "green", _S, "みどり推進課長", "Head, Greenery"),
    Role("清水 由美", "shimizu@aobagawa.example", "environment", _D, "環境部長", "Director, Environment"),
    Role("森 大輔", "mori@aobagawa.example", "safety", _O, "危機管理課 主任", "Officer, Crisis Management"),
    Role("斎藤 守", "saito@aobagawa.example", "safety", _S, "危機管理課長", "Head, Crisis Management"),
    Role("池田 リナ", "ikeda@aobagawa.example", "intercultural", _O, "多文化共生課 主事", "Officer, Intercultural"),
    Role("橋本 薫", "hashimoto@aobagawa.example", "intercultural", _S, "多文化共生課長", "Head, Intercultural"),
    Role("阿部 拓也", "abe@aobagawa.example", "housing", _O, "住宅政策課 主任", "Officer, Housing Policy"),
    Role("後藤 真理", "goto@aobagawa.example", "housing", _S, "住宅政策課長", "Head, Housing Policy"),
    Role("長谷川 翼", "hasegawa@aobagawa.example", "commerce", _O, "商工観光課 主事", "Officer, Commerce and Tourism"),
    Role("村上 純", "murakami@aobagawa.example", "commerce", _S, "商工観光課長", "Head, Commerce and Tourism"),
    Role("近藤 詩織", "kondo@aobagawa.example", "culture", _O, "文化振興課 主任", "Officer, Culture"),
    Role("坂本 修", "sakamoto@aobagawa.example", "culture", _S, "文化振興課長", "Head, Culture"),
    Role("遠藤 久美子", "endo@aobagawa.example", "town", _D, "まちづくり部長", "Director, Town Development"),
    Role("管理 太郎", "admin@aobagawa.example", "desk", Seat.ADMINISTRATOR, "システム管理者", "Administrator"),
)
