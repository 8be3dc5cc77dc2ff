"""The forms of signing in and of one's own account."""

import unicodedata
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, RadioField
from wtforms.validators import DataRequired, EqualTo, InputRequired, Length, ValidationError

from models.passwords import FEWEST_CHARACTERS, LONGEST, SHORTEST
from webui.forms import Form, LineField, SelectChoice
from webui.language import LANGUAGES


class EmailField(LineField):
    """An e-mail address, narrow and in lower case however it was typed."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        self.data = unicodedata.normalize("NFKC", self.data or "").strip().lower()


class SignInForm(Form):
    email = EmailField(_l("メールアドレス"), [InputRequired(_l("メールアドレスを入力してください"))])
    password = PasswordField(_l("パスワード"), [InputRequired(_l("パスワードを入力してください"))])
    next = HiddenField()
    kept = HiddenField()


class ForgottenForm(Form):
    email = EmailField(_l("メールアドレス"), [InputRequired(_l("メールアドレスを入力してください"))])


def varied(form: Form, field: PasswordField) -> None:
    """Refuse aaaaaaaaaa and 1212121212, whatever their length."""
    if len(set(field.data or "")) < FEWEST_CHARACTERS:
        raise ValidationError(_("同じ文字の繰り返しは見破られやすいため、別のパスワードにしてください"))


class NewPasswordForm(Form):
    password = PasswordField(
        _l("新しいパスワード"),
        [
            InputRequired(_l("新しいパスワードを入力してください")),
            Length(SHORTEST, LONGEST, _l("新しいパスワードは10文字以上200文字までで入力してください")),
            varied,
        ],
        description=_l("10文字以上。いくつかの言葉をつなげると、覚えやすく、見破られにくくなります。"),
    )
    password_again = PasswordField(
        _l("新しいパスワード（確認）"),
        [
            InputRequired(_l("確認のため、新しいパスワードをもう一度入力してください")),
            EqualTo("password", _l("確認のパスワードが、新しいパスワードと同じではありません")),
        ],
    )


class ChangePasswordForm(NewPasswordForm):
    password_now = PasswordField(_l("今のパスワード"), [InputRequired(_l("今のパスワードを入力してください"))])


class AccountForm(Form):
    name = LineField(
        _l("氏名"),
        [DataRequired(_l("氏名を入力してください")), Length(max=80, message=_l("氏名は80文字までで入力してください"))],
    )
    phone = LineField(
        _l("電話番号"),
        [Length(max=40, message=_l("電話番号は40文字までで入力してください"))],
        description=_l("例：000-000-0000"),
    )
    language = RadioField(
        _l("言語"),
        [InputRequired(_l("言語を選んでください"))],
        choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()],
        description=_l("画面と、お送りするメールの言語です。"),
    )
