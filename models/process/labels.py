"""The process in words: stages, states, hats, moves and duties, in Japanese and English side by side."""

from typing import NamedTuple

from models.process.vocabulary import DutyKey as D
from models.process.vocabulary import Hat, MoveKey, Side, Stage, State
from models.words import Word

STAGES: dict[Stage, Word] = {
    Stage.INTAKE: Word("受付", "Intake"),
    Stage.SCREENING: Word("除外審査", "Exclusion screening"),
    Stage.CONSULTATION: Word("事前協議", "Consultation"),
    Stage.AGREEMENT: Word("協定", "Agreement"),
    Stage.EXECUTION: Word("実施報告", "Execution and reports"),
    Stage.REVIEW: Word("相互評価", "Joint review"),
    Stage.PUBLICATION: Word("公表", "Publication"),
}

STATES: dict[State, Word] = {
    State.DRAFT: Word("下書き", "Draft"),
    State.ENTERED: Word("仮申込の確認中", "Entry being looked at"),
    State.PLANNING: Word("提案書の作成中", "Full proposal being written"),
    State.SUBMITTED: Word("受付確認中", "Being received"),
    State.RETURNED: Word("補正中", "Being corrected"),
    State.SCREENING: Word("除外審査中", "Being screened"),
    State.PASS_PROPOSED: Word("審査結果の確認中", "Screening result being confirmed"),
    State.EXCLUSION_PROPOSED: Word("審査結果の確認中", "Screening result being confirmed"),
    State.EXCLUSION_APPROVAL: Word("審査結果の決裁中", "Screening result being approved"),
    State.SELECTING: Word("審査中", "Being judged"),
    State.DECIDING: Word("採否の決定待ち", "Adoption being decided"),
    State.PROVISIONAL: Word("採択内定", "Adopted subject to the budget"),
    State.ASSIGNING: Word("担当課を決めています", "Section being chosen"),
    State.ASSIGNED: Word("担当課の引受け待ち", "Waiting for the section to take it on"),
    State.CONSULTING: Word("協議中", "In consultation"),
    State.DRAFTING: Word("協定書を作成中", "Agreement being drafted"),
    State.APPROVING: Word("協定書の決裁中", "Agreement being approved"),
    State.SIGNING: Word("署名待ち", "Waiting for signatures"),
    State.RUNNING: Word("実施中", "Running"),
    State.SELF_CHECKING: Word("自己点検中", "Self-checks"),
    State.JOINT_REVIEW: Word("相互評価中", "Joint review"),
    State.PREPARING: Word("公表の準備中", "Publication being prepared"),
    State.SCHEDULED: Word("公表日時待ち", "Waiting for release"),
    State.PUBLISHED: Word("評価を公表済み", "Evaluation published"),
    State.UNPUBLISHED: Word("公表を取り下げ中", "Publication withdrawn"),
    State.REGISTERED: Word("登録済み（団体どうしの協働）", "Registered (groups among themselves)"),
    State.EXCLUDED: Word("対象外", "Excluded"),
    State.DECLINED: Word("不受理", "Not accepted"),
    State.NOT_ADOPTED: Word("不採択", "Not adopted"),
    State.NOT_AGREED: Word("協議不成立", "No agreement reached"),
    State.WITHDRAWN: Word("取下げ", "Withdrawn"),
    State.DISCONTINUED: Word("中止", "Discontinued"),
}

HATS: dict[Hat, Word] = {
    Hat.MEMBER: Word("提案団体", "the proposing group"),
    Hat.REPRESENTATIVE: Word("提案団体の代表者", "the group's representative"),
    Hat.DESK: Word("市民協働課", "the program office"),
    Hat.SECTION: Word("担当課", "the responsible section"),
    Hat.SECTION_HEAD: Word("担当課長", "the head of the section"),
    Hat.HEAD: Word("部長", "the department head"),
    Hat.ADVISER: Word("意見を求められた課", "the section asked for its opinion"),
    Hat.JUDGE: Word("審査委員", "the judges"),
    Hat.SYSTEM: Word("自動処理", "Kyodo"),
}

SIDES: dict[Side, Word] = {Side.GROUP: Word("提案団体", "Group"), Side.CITY: Word("市", "City")}


class MoveWords(NamedTuple):
    """A move as a button says it, and as the timeline and mails say it once it is done."""

    button: Word
    done: Word


M = MoveKey
MOVE_WORDS: dict[MoveKey, MoveWords] = {
    M.ENTER: MoveWords(Word("仮申込をする", "Hand in the entry"), Word("仮申込をしました", "The entry was handed in")),
    M.TAKE_ENTRY: MoveWords(
        Word("仮申込を受け、提案書の作成に進んでもらう", "Take the entry"),
        Word("仮申込を受けました。提案書を作成できます", "The entry was taken; the full proposal can be written"),
    ),
    M.SUBMIT: MoveWords(Word("提出する", "Submit"), Word("提案書を提出しました", "The proposal was submitted")),
    M.RETURN_FOR_CORRECTION: MoveWords(
        Word("補正を求める", "Ask for a correction"),
        Word("補正をお願いしました", "A correction was asked for"),
    ),
    M.ACCEPT: MoveWords(Word("受理する", "Accept"), Word("提案を受理しました", "The proposal was accepted")),
    M.DECLINE: MoveWords(
        Word("不受理にする", "Decline"), Word("提案を不受理としました", "The proposal was not accepted")
    ),
    M.WITHDRAW: MoveWords(Word("取り下げる", "Withdraw"), Word("提案を取り下げました", "The proposal was withdrawn")),
    M.RECORD_FINDINGS: MoveWords(
        Word("基準ごとの判断を書く", "Write the findings"),
        Word("除外審査の判断を記録しました", "Findings were recorded"),
    ),
    M.PROPOSE_PASS: MoveWords(
        Word("「通過」として確認に回す", "Propose to pass"),
        Word("「通過」として確認に回しました", "A pass was proposed"),
    ),
    M.PROPOSE_EXCLUSION: MoveWords(
        Word("「対象外」として確認に回す", "Propose to exclude"),
        Word("「対象外」として確認に回しました", "An exclusion was proposed"),
    ),
    M.CONFIRM_PASS: MoveWords(
        Word("通過を確認する", "Confirm the pass"),
        Word("除外審査を通過しました", "The proposal passed the screening"),
    ),
    M.CONFIRM_EXCLUSION: MoveWords(
        Word("対象外を確認し、決裁に上げる", "Confirm the exclusion and send it up"),
        Word("対象外の案を決裁に上げました", "The exclusion was sent up for approval"),
    ),
    M.SEND_BACK_SCREENING: MoveWords(
        Word("審査をやり直してもらう", "Send back to screening"),
        Word("審査のやり直しを求めました", "Sent back to screening"),
    ),
    M.APPROVE_EXCLUSION: MoveWords(
        Word("対象外を決裁する", "Approve the exclusion"),
        Word("対象外と決定しました", "The proposal was excluded"),
    ),
    M.RETURN_EXCLUSION: MoveWords(
        Word("差し戻す", "Return"), Word("対象外の案を差し戻しました", "The exclusion was returned")
    ),
    M.OPEN_ROUND: MoveWords(Word("審査に付す", "Put before the judges"), Word("審査を始めました", "Judging began")),
    M.CLOSE_ROUND: MoveWords(
        Word("採点を締め切る", "Close the scoring"), Word("採点を締め切りました", "The scoring was closed")
    ),
    M.CONCLUDE: MoveWords(
        Word("審査の結論を書く", "Write the conclusion"), Word("審査の結論が出ました", "The conclusion was written")
    ),
    M.ADOPT: MoveWords(Word("採択する", "Adopt"), Word("採択と決定しました", "The proposal was adopted")),
    M.NOT_ADOPT: MoveWords(
        Word("不採択とする", "Do not adopt"), Word("不採択と決定しました", "The proposal was not adopted")
    ),
    M.RETURN_CONCLUSION: MoveWords(
        Word("結論を差し戻す", "Return the conclusion"),
        Word("審査の結論を差し戻しました", "The conclusion was returned"),
    ),
    M.DECIDE_FINALLY: MoveWords(
        Word("正式に決定する", "Decide formally"),
        Word("予算の議決を受けて正式に決定しました", "Formally decided after the budget vote"),
    ),
    M.CANCEL_ADOPTION: MoveWords(
        Word("内定を取り消す", "Cancel the adoption"),
        Word("採択の内定を取り消しました", "The provisional adoption was cancelled"),
    ),
    M.ASSIGN_SECTION: MoveWords(
        Word("担当課を決める", "Assign the section"), Word("担当課を決めました", "The section was assigned")
    ),
    M.TAKE_ON: MoveWords(Word("引き受ける", "Take it on"), Word("担当課が引き受けました", "The section took it on")),
    M.DECLINE_ASSIGNMENT: MoveWords(
        Word("引き受けられない理由を伝える", "Decline with a reason"),
        Word("担当課が理由を添えて返しました", "The section declined with a reason"),
    ),
    M.RECORD_MEETING: MoveWords(
        Word("議事録を書く", "Record a meeting"),
        Word("会議を行い、議事録を登録しました", "A meeting was held; minutes recorded"),
    ),
    M.CORRECT_MINUTES: MoveWords(
        Word("議事録を直す", "Correct the minutes"), Word("議事録を直しました", "The minutes were corrected")
    ),
    M.CONFIRM_MINUTES: MoveWords(
        Word("議事録を確認する", "Confirm the minutes"),
        Word("議事録を確認しました", "The minutes were confirmed"),
    ),
    M.WRITE_RECORD: MoveWords(
        Word("協議録を書く", "Write the consultation record"),
        Word("協議録を更新しました", "The consultation record was updated"),
    ),
    M.CONFIRM_RECORD: MoveWords(
        Word("協議録を確認する", "Confirm the consultation record"),
        Word("協議録を確認しました", "The consultation record was confirmed"),
    ),
    M.END_CONSULTATION: MoveWords(
        Word("協議不成立とする", "End without agreement"),
        Word("協議は成立しませんでした", "No agreement was reached"),
    ),
    M.WRITE_AGREEMENT: MoveWords(
        Word("協定書を書く", "Write the agreement"),
        Word("協定書の案を更新しました", "The draft of the agreement was updated"),
    ),
    M.SEND_FOR_APPROVAL: MoveWords(
        Word("決裁に回す", "Send for approval"),
        Word("協定書を決裁に回しました", "The agreement was sent for approval"),
    ),
    M.APPROVE_AGREEMENT: MoveWords(
        Word("協定書を決裁する", "Approve the agreement"),
        Word("協定書を決裁しました", "The agreement was approved"),
    ),
    M.RETURN_AGREEMENT: MoveWords(
        Word("差し戻す", "Return"), Word("協定書を差し戻しました", "The agreement was returned")
    ),
    M.SIGN: MoveWords(Word("署名する", "Sign"), Word("協定書に署名しました", "The agreement was signed")),
    M.SUBMIT_REPORT: MoveWords(
        Word("報告を提出する", "Hand in the report"), Word("実施報告を提出しました", "A report was handed in")
    ),
    M.RETURN_REPORT: MoveWords(
        Word("報告を差し戻す", "Return the report"),
        Word("実施報告の修正をお願いしました", "A report was returned"),
    ),
    M.ACCEPT_REPORT: MoveWords(
        Word("報告を受け取る", "Accept the report"), Word("実施報告を受け取りました", "A report was accepted")
    ),
    M.DISCONTINUE: MoveWords(
        Word("事業を中止する", "Discontinue"), Word("事業を中止しました", "The project was discontinued")
    ),
    M.SUBMIT_SELF_CHECK: MoveWords(
        Word("自己点検を提出する", "Hand in the self-check"),
        Word("自己点検を提出しました", "A self-check was handed in"),
    ),
    M.RECORD_BENEFICIARIES: MoveWords(
        Word("受益者の声を記録する", "Record the beneficiaries' voice"),
        Word("受益者の声を記録しました", "The beneficiaries' voice was recorded"),
    ),
    M.WRITE_JOINT_SHEET: MoveWords(
        Word("相互評価シートを書く", "Write the joint sheet"),
        Word("相互評価シートを更新しました", "The joint sheet was updated"),
    ),
    M.CONFIRM_JOINT_SHEET: MoveWords(
        Word("相互評価シートを確認する", "Confirm the joint sheet"),
        Word("相互評価シートを確認しました", "The joint sheet was confirmed"),
    ),
    M.MAKE_SNAPSHOT: MoveWords(
        Word("公表案をつくる", "Make the text for publication"),
        Word("公表案ができました", "The text for publication was made"),
    ),
    M.REVISE_SNAPSHOT: MoveWords(
        Word("公表案を直す", "Revise the text for publication"),
        Word("公表案を直しました", "The text for publication was revised"),
    ),
    M.LOOK_OVER: MoveWords(
        Word("公表案を確認する", "Confirm the text for publication"),
        Word("公表案を確認しました", "The text for publication was looked over"),
    ),
    M.OBJECT_TO_SNAPSHOT: MoveWords(
        Word("直してほしい点を伝える", "Ask for a change"),
        Word("公表案の修正を求めました", "A change to the text for publication was asked for"),
    ),
    M.SCHEDULE_RELEASE: MoveWords(
        Word("公表日時を決める", "Set the release"), Word("公表日時を決めました", "The release was set")
    ),
    M.POSTPONE_RELEASE: MoveWords(
        Word("公表を延期する", "Postpone the release"),
        Word("公表を延期しました", "The release was postponed"),
    ),
    M.RELEASE: MoveWords(Word("公表する", "Release"), Word("評価を公表しました", "The evaluation was published")),
    M.WITHDRAW_PUBLICATION: MoveWords(
        Word("公表を取り下げる", "Withdraw the publication"),
        Word("公表を取り下げました", "The publication was withdrawn"),
    ),
    M.PREPARE_AGAIN: MoveWords(
        Word("もう一度公表を準備する", "Prepare publication again"),
        Word("公表の準備を再開しました", "Publication is being prepared again"),
    ),
    M.ASK_OPINION: MoveWords(
        Word("課に意見を求める", "Ask a section for its opinion"), Word("課に意見を求めました", "A section was asked")
    ),
    M.GIVE_OPINION: MoveWords(
        Word("意見を伝える", "Give the opinion"), Word("課が意見を伝えました", "A section gave its opinion")
    ),
    M.COMMENT: MoveWords(
        Word("メッセージを送る", "Send a message"), Word("メッセージがあります", "A message was sent")
    ),
}

LED_TO: dict[tuple[MoveKey, State], Word] = {
    (M.ADOPT, State.PROVISIONAL): Word("採択を内定しました", "The proposal was adopted subject to the budget"),
    (M.CONFIRM_PASS, State.REGISTERED): Word(
        "除外審査を通過し、登録されました", "The proposal passed the screening and was registered"
    ),
    (M.ADOPT, State.REGISTERED): Word("採択と決定し、登録されました", "The proposal was adopted and registered"),
    (M.DECIDE_FINALLY, State.REGISTERED): Word(
        "予算の議決を受けて正式に決定し、登録されました", "Formally decided after the budget vote, and registered"
    ),
}
"""What was done in other words, where the programme made it lead elsewhere."""


def done(move: MoveKey, to_state: State) -> Word:
    """What was done by a move that led to this state."""
    return LED_TO.get((move, to_state), MOVE_WORDS[move].done)


DUTIES: dict[D, Word] = {
    D.FINISH_DRAFT: Word("提案書を仕上げて提出してください", "Finish the draft and submit it"),
    D.TAKE_ENTRY: Word("仮申込への回答", "Answer the entry"),
    D.FINISH_PROPOSAL: Word("提案書を仕上げて提出してください", "Finish the full proposal and submit it"),
    D.RECEIVE: Word("提案の受付", "Receive the proposal"),
    D.CORRECT: Word("提案書を直して再提出してください", "Correct the proposal and submit it again"),
    D.SCREEN: Word("除外審査", "Screen the proposal"),
    D.CONFIRM_SCREENING: Word("審査結果の確認", "Confirm the screening result"),
    D.APPROVE_EXCLUSION: Word("審査結果の決裁", "Approve the screening result"),
    D.GIVE_OPINION: Word("意見の回答", "Give the opinion"),
    D.ANSWER: Word("提案者への結果の回答", "Answer the proposer"),
    D.OPEN_ROUND: Word("審査の開始", "Open the round"),
    D.SCORE: Word("採点", "Score the proposals"),
    D.CONCLUDE: Word("審査の結論", "Write the conclusion"),
    D.DECIDE: Word("採否の決定", "Decide on adoption"),
    D.DECIDE_FINALLY: Word("予算議決後の正式決定", "Decide formally after the budget vote"),
    D.ASSIGN: Word("担当課の決定", "Choose the section"),
    D.TAKE_ON: Word("引受けの回答", "Answer whether to take it on"),
    D.HOLD_MEETING: Word("協議の開催と議事録の登録", "Hold a meeting and record its minutes"),
    D.CONFIRM_MINUTES: Word("議事録の確認", "Confirm the minutes"),
    D.WRITE_RECORD: Word("協議録の作成", "Write the consultation record"),
    D.CONFIRM_RECORD: Word("協議録の確認", "Confirm the consultation record"),
    D.DRAFT_AGREEMENT: Word("協定書の作成", "Draft the agreement"),
    D.APPROVE_AGREEMENT: Word("協定書の決裁", "Approve the agreement"),
    D.SIGN: Word("協定書への署名", "Sign the agreement"),
    D.REPORT: Word("実施報告の提出", "Hand in the report"),
    D.CHECK_REPORT: Word("実施報告の確認", "Check the report"),
    D.SELF_CHECK: Word("自己点検の提出", "Hand in the self-check"),
    D.WRITE_JOINT_SHEET: Word("相互評価シートと受益者の声の記入", "Write the joint sheet and the beneficiaries' voice"),
    D.CONFIRM_JOINT_SHEET: Word("相互評価シートの確認", "Confirm the joint sheet"),
    D.MAKE_SNAPSHOT: Word("公表案の作成", "Make the text for publication"),
    D.LOOK_OVER: Word("公表案の確認", "Look over the text for publication"),
    D.SCHEDULE_RELEASE: Word("公表日時の決定", "Set the release"),
    D.RELEASE: Word("公表日時の到来", "Wait for the release"),
    D.CORRECT_PUBLICATION: Word("公表案の修正", "Correct the text for publication"),
}
