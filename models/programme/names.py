"""What each key of a programme's file and each short value of a programme's file is called when people talk about it."""

from enum import StrEnum

from models.programme.schema import ItemKind, Severity
from models.words import Word

NAMES = {
    "key": Word("キー", "key"),
    "name": Word("名称", "name"),
    "city": Word("自治体", "municipality"),
    "definition": Word("協働の定義", "definition of collaboration"),
    "principles": Word("原則", "principles"),
    "domains": Word("領域", "domains"),
    "methods": Word("手法・形態", "methods"),
    "fields": Word("分野", "fields"),
    "partner_types": Word("協働の主体の種類", "partner types"),
    "proposal_items": Word("提案書の項目", "proposal form"),
    "criteria": Word("除外の基準", "grounds for exclusion"),
    "consultation_items": Word("協議録の項目", "consultation record"),
    "articles": Word("協定の条項", "articles of the agreement"),
    "report_items": Word("報告書の項目", "report"),
    "review_items": Word("評価の項目", "self-check"),
    "scale": Word("評価の段階", "scale"),
    "terms": Word("期限", "terms"),
    "label": Word("表示名", "label"),
    "hint": Word("説明", "hint"),
    "kind": Word("答え方", "kind of answer"),
    "required": Word("必須", "required"),
    "limit": Word("上限", "limit"),
    "options": Word("選択肢の一覧", "list of choices"),
    "source": Word("根拠", "source"),
    "severity": Word("扱い", "severity"),
    "words": Word("注意する言葉", "words to look for"),
    "clause": Word("引用する条項", "clause cited"),
    "responsible": Word("責任と成果の帰属", "whose the responsibility is"),
    "marks": Word("段階", "marks"),
    "differs_by": Word("差とみなす段階数", "steps that count as a difference"),
    "receive": Word("受付", "receive"),
    "correct": Word("補正", "correct"),
    "screen": Word("除外審査", "screen"),
    "confirm_screening": Word("審査結果の確認", "confirm the screening"),
    "approve_exclusion": Word("対象外の決裁", "approve an exclusion"),
    "assign": Word("担当課の決定", "assign a section"),
    "take_on": Word("担当の引受け", "take on"),
    "hold_meeting": Word("協議の開催", "hold a meeting"),
    "confirm_minutes": Word("議事録の確認", "confirm the minutes"),
    "write_record": Word("協議録の作成", "write the record"),
    "confirm_record": Word("協議録の確認", "confirm the record"),
    "draft_agreement": Word("協定案の作成", "draft the agreement"),
    "approve_agreement": Word("協定の決裁", "approve the agreement"),
    "sign": Word("署名", "sign"),
    "report_after_end": Word("終了後の実績報告", "report after the end"),
    "check_report": Word("報告の確認", "check a report"),
    "self_check": Word("自己点検", "self-check"),
    "write_joint_sheet": Word("相互評価シートの作成", "write the joint sheet"),
    "confirm_joint_sheet": Word("相互評価シートの確認", "confirm the joint sheet"),
    "look_over": Word("公表前の確認", "look over the publication"),
    "schedule_release": Word("公表日時の設定", "schedule the release"),
    "correct_publication": Word("公表内容の修正", "correct the publication"),
    "reminder_before": Word("期限前の通知", "reminder before a due date"),
    "escalate_after": Word("期限後の課長への通知", "telling the head after a due date"),
}


VALUES: dict[bool | StrEnum, Word] = {
    True: Word("はい", "yes"),
    False: Word("いいえ", "no"),
    ItemKind.LINE: Word("1行の文", "one line"),
    ItemKind.TEXT: Word("文章", "text"),
    ItemKind.DATE: Word("日付", "date"),
    ItemKind.YEN: Word("金額", "amount"),
    ItemKind.CHOICE: Word("1つ選択", "one choice"),
    ItemKind.CHOICES: Word("複数選択", "several choices"),
    Severity.HARD: Word("除く", "excluded"),
    Severity.SOFT: Word("なじまない", "not suited"),
}
"""What a value is called, where the file has a short name for it."""


def name_of(key: str) -> Word:
    """What people call this key; the key itself where nobody gave it a name."""
    return NAMES.get(key, Word(key, key))
