"""What changed between two texts, marked for eyes and for screen readers, and always as text."""

from xml.etree.ElementTree import Element

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from tests.webui.markup import parsed
from webui.differences import LONGEST, compared, marked


def test_only_the_words_that_changed_are_marked(app: Flask) -> None:
    with app.test_request_context():
        assert marked("会場は旧公民館です。", "会場は新公民館です。") == Markup(
            '会場は<del><span class="vh">（削除：）</span>旧公民館</del>'
            '<ins><span class="vh">（追加：）</span>新公民館</ins>です。'
        )


def test_a_text_that_stayed_is_not_marked(app: Flask) -> None:
    with app.test_request_context():
        assert marked("同じ<b>", "同じ<b>") == Markup("同じ&lt;b&gt;")


def test_what_people_wrote_stays_text(app: Flask) -> None:
    with app.test_request_context():
        shown = marked("<script>a</script>", "<script>b</script>")
    assert "<script" not in shown


def test_labels_that_are_gone_stand_crossed_out(app: Flask) -> None:
    with app.test_request_context():
        found = compared([("目的", "居場所"), ("仕様", "週3日")], [("目的", "居場所"), ("経費", "30万円")])
    assert [label for label, _ in found] == ["目的", "経費", "仕様"]
    assert "<ins>" in found[1][1]
    assert "<del>" in found[2][1]
    assert "<ins>" not in found[0][1]


def test_endless_texts_stand_one_after_the_other(app: Flask) -> None:
    with app.test_request_context():
        shown = marked("あ" * LONGEST, "い")
    assert shown.count("<del>") == shown.count("<ins>") == 1


TEXTS = st.text(alphabet="会場は旧公民館、カナabc 12<>&\n。", max_size=60)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(old=TEXTS, new=TEXTS)
def test_the_new_text_is_what_remains_without_the_deletions(app: Flask, old: str, new: str) -> None:
    with app.test_request_context():
        shown = marked(old, new)
    page = parsed(f"<pre>x{shown}</pre>")
    for parent in page.iter():
        for child in list(parent):
            if child.tag == "del" or (child.tag == "span" and child.get("class") == "vh"):
                _take_out(parent, child)
    kept = page.find(".//pre")
    assert kept is not None
    assert "".join(kept.itertext())[1:] == new


def _take_out(parent: Element, child: Element) -> None:
    rest, place = child.tail or "", list(parent).index(child)
    parent.remove(child)
    if place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + rest
    else:
        parent.text = (parent.text or "") + rest
