"""Forms that cannot be taken: expired, from elsewhere, after the session, too large. Nothing typed is lost."""

from io import BytesIO

import pytest
from flask import Flask, request
from itsdangerous import URLSafeTimedSerializer

from kyodo.demonstration.cast import Cast
from models.settings import settings
from tests.conftest import Environment
from tests.webui.conftest import PASSWORD, Enter
from tests.webui.visitor import Visitor
from webui.access import signed_in
from webui.app import create_app
from webui.resend import KEPT_SECONDS, Typed, opened, sealed

TEXT = "川辺の登下校の見守りを、\n旧公民館で週3日開きます。<b>無料</b>"


@pytest.fixture
def desk(app: Flask) -> Flask:
    """A page that takes a form from whoever is signed in and says what it got."""

    @signed_in
    def take() -> str:
        files = ",".join(file.filename or "" for file in request.files.values())
        return f"took {request.form.getlist('text')} {request.form.get('password', '')} {files}"

    app.add_url_rule("/take", view_func=take, methods=["POST"])
    return app


def test_an_expired_form_shows_what_was_typed_and_can_be_sent_again(desk: Flask, cast: Cast, enter: Enter) -> None:
    browser = enter(cast.people["katsuragi"])
    page = browser.post("/take?x=1", {"text": [TEXT, "二つ目"], "csrf_token": "old"})
    assert page.status == 400
    assert page.heading == "送信の前に、フォームの有効期限が切れました"
    assert "&lt;b&gt;無料&lt;/b&gt;" in page.html
    assert page.form("text")[0] == "/take?x=1"
    sent = browser.send("text")
    assert sent.status == 200
    assert sent.html.startswith(f"took {[TEXT, '二つ目']!r}")


def test_a_password_is_asked_again_and_never_written_into_a_page(desk: Flask, cast: Cast, enter: Enter) -> None:
    page = enter(cast.people["katsuragi"]).post("/take", {"text": TEXT, "password": "hidden-word"})
    assert "hidden-word" not in page.html
    assert page.root.find(".//main//input[@type='password']") is not None


def test_a_file_is_asked_again(desk: Flask, cast: Cast, enter: Enter) -> None:
    data = {"text": TEXT, "rules": (BytesIO(b"%PDF-"), "会則.pdf")}
    page = enter(cast.people["katsuragi"]).post("/take", data, content_type="multipart/form-data")
    field = page.root.find(".//main//input[@type='file']")
    assert field is not None
    assert field.get("name") == "rules"


def test_a_form_sent_after_the_session_ended_goes_on_after_signing_in(desk: Flask, visitor: Visitor) -> None:
    page = visitor.post("/take?x=1", {"text": TEXT})
    assert (page.status, page.heading) == (401, "ログイン")
    assert "入力した内容は残っています" in page.html
    page = visitor.send(email="katsuragi@kawabe.example", password="wrong")
    assert "入力した内容は残っています" in page.html
    page = visitor.send(email="katsuragi@kawabe.example", password=PASSWORD)
    assert page.heading == "ログインしました"
    assert page.form("text")[0] == "/take?x=1"
    assert visitor.send("text").html.startswith(f"took {[TEXT]!r}")


def test_what_was_kept_cannot_be_made_up_by_others(app: Flask, environment: Environment) -> None:
    with app.test_request_context():
        form = Typed("/take", [("text", "あ")], [], [])
        assert opened(sealed(form)) == form
        assert opened(sealed(form)[:-2] + "xx") is None
        assert opened(URLSafeTimedSerializer("guess", salt="kept-form").dumps(["/take", [], [], []])) is None
        assert opened("") is opened(None) is None


def test_what_was_kept_grows_old(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.test_request_context():
        text = sealed(Typed("/take", [], [], []))
        monkeypatch.setattr("webui.resend.KEPT_SECONDS", -1)
        assert KEPT_SECONDS > 0
        assert opened(text) is None


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_a_form_from_another_site_is_refused_and_not_offered_again(
    desk: Flask, cast: Cast, enter: Enter, headers: dict[str, str]
) -> None:
    browser = enter(cast.people["katsuragi"])
    page = browser.post("/take", {"text": TEXT, "csrf_token": browser.token("/account")}, headers=headers)
    assert page.status == 400
    assert "took" not in page.html
    assert page.root.find(".//main//form") is None


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}, {}])
def test_our_own_forms_are_taken(desk: Flask, cast: Cast, enter: Enter, headers: dict[str, str]) -> None:
    browser = enter(cast.people["katsuragi"])
    page = browser.post("/take", {"text": TEXT, "csrf_token": browser.token("/account")}, headers=headers)
    assert page.status == 200


def test_a_script_is_answered_with_data(desk: Flask, cast: Cast, visitor: Visitor) -> None:
    asks = {"Accept": "application/json"}
    answer = visitor.post("/take", {"text": TEXT}, headers=asks).answer
    assert (answer.status_code, answer.json) == (401, {"problem": "signed-out"})
    visitor.become(cast.people["katsuragi"])
    answer = visitor.post("/take", {"text": TEXT}, headers=asks).answer
    assert answer.status_code == 400
    assert answer.json is not None
    again = visitor.post("/take", {"text": TEXT}, headers={**asks, "X-CSRFToken": answer.json["csrf_token"]})
    assert again.status == 200


def test_too_large_is_told_in_a_sentence_with_the_limit(cast: Cast, environment: Environment) -> None:
    environment(KYODO_MAX_UPLOAD_MB="1")
    assert settings().max_upload_bytes == 1024 * 1024
    browser = Visitor(create_app())
    browser.become(cast.people["katsuragi"])
    body = b'--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n' + b"x" * (8 * 1024 * 1024)
    page = browser.post("/account", body, content_type="multipart/form-data; boundary=b")
    assert (page.status, page.heading) == (413, "大きすぎて、受け取れませんでした")
    assert "7.0MB" in page.html


def test_a_very_long_text_is_told_too(cast: Cast, enter: Enter) -> None:
    page = enter(cast.people["katsuragi"]).post("/account", {"name": "長" * 3_000_000})
    assert page.status == 413
