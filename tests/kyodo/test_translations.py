"""Texts of the pages: found in code and templates, taken up into the catalogue, gaps named."""

from pathlib import Path

import pytest
from babel.support import Translations

from kyodo import translations

PAGE = """<h1>{{ _("提案") }}</h1>
<p>{% trans count=3 %}{{ count }}件の
提案{% endtrans %}</p>"""
VIEW = 'from flask_babel import lazy_gettext as _l\nTITLE = _l("受付")\n'


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small web application with three texts."""
    (tmp_path / "templates" / "public").mkdir(parents=True)
    (tmp_path / "templates" / "public" / "list.html").write_text(PAGE)
    (tmp_path / "views.py").write_text(VIEW)
    monkeypatch.setattr(translations, "PAGES", tmp_path)
    path = tmp_path / "translations" / "en" / "LC_MESSAGES" / "messages.po"
    monkeypatch.setattr(translations, "ENGLISH", path)
    return path


def translate(path: Path, japanese: str, english: str) -> None:
    before = f'msgid "{japanese}"\nmsgstr ""'
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, f'msgid "{japanese}"\nmsgstr "{english}"'), encoding="utf-8")


def finish(path: Path) -> None:
    translations.update()
    for japanese, english in (("提案", "Proposal"), ("受付", "Intake"), ("%(count)s件の 提案", "%(count)s proposals")):
        translate(path, japanese, english)


def test_every_text_without_english_is_named(catalogue: Path) -> None:
    said = "\n".join(translations.problems())
    assert "webui/templates/public/list.html:1: no English for '提案'." in said
    assert "webui/views.py:2: no English for '受付'." in said
    assert "no English for '%(count)s件の 提案'." in said


def test_a_finished_catalogue_has_no_problems_and_is_read_by_the_pages(catalogue: Path) -> None:
    finish(catalogue)
    assert translations.problems() == []
    translations.compile_all()
    read = Translations.load(str(catalogue.parents[2]), ["en"])
    assert read.ugettext("受付") == "Intake"


def test_a_changed_text_asks_for_new_english_and_forgets_the_old(catalogue: Path) -> None:
    finish(catalogue)
    (catalogue.parents[3] / "views.py").write_text(VIEW.replace("受付", "受理"))
    assert "The catalogue holds '受付', which no page uses." in translations.problems()
    translations.update()
    assert "受付" not in catalogue.read_text(encoding="utf-8")
    assert 'msgid "受理"\nmsgstr ""' in catalogue.read_text(encoding="utf-8")
    assert 'msgstr "Proposal"' in catalogue.read_text(encoding="utf-8")


def test_an_unread_guess_is_no_translation(catalogue: Path) -> None:
    finish(catalogue)
    text = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(text.replace('msgid "受付"', '#, fuzzy\nmsgid "受付"'), encoding="utf-8")
    assert "The English for '受付' is marked fuzzy: read it and take the mark away." in translations.problems()
