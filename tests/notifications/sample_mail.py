"""A mail to a member of a group, as Kyodo writes it."""

from email.message import EmailMessage

from notifications import mail


def a_mail(**changes: str) -> EmailMessage:
    """The mail, with some of its parts changed."""
    said = {
        "to_name": "葛城 花子",
        "to_address": "hanako@kawabe.example",
        "subject": "【あおばがわ協働ポータル】提案書を受け付けました（R8-0127）",
        "text": "葛城 花子 様\n\n受付番号は R8-0127 です。\n",
        "html": "<p>葛城 花子 様</p><p>受付番号は R8-0127 です。</p>",
        "message_id": "<event-12-3-mail@aobagawa.example>",
        "sender_name": "あおばがわ協働ポータル",
    }
    return mail.compose(**(said | changes))
