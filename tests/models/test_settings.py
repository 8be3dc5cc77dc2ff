"""Settings: what is empty is not set, what cannot be is said, and the secret is made once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from models.settings import Settings, settings


def read(monkeypatch: pytest.MonkeyPatch, **variables: str) -> Settings:
    """The settings that these variables make, read anew."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return settings.__wrapped__()


def test_what_is_set_to_nothing_is_not_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = read(monkeypatch, KYODO_DATA="", KYODO_DATABASE_URL=" ", KYODO_HOST="", KYODO_ENV="", KYODO_PORT="")
    assert found.data == tmp_path / "var"
    assert found.database_url == f"sqlite:///{tmp_path / 'var' / 'kyodo.sqlite3'}"
    assert (found.host, found.port, found.development) == ("127.0.0.1", 8000, False)


@pytest.mark.parametrize("variable", ["KYODO_PORT", "KYODO_LEASE_SECONDS", "KYODO_MAX_UPLOAD_MB", "KYODO_FLOW_MODE"])
def test_what_cannot_be_is_said(variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match=f"{variable} must be .*, not 'ten'"):
        read(monkeypatch, KYODO_DATA=str(tmp_path), **{variable: "ten"})


def test_the_secret_is_made_once_whoever_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KYODO_DATA", str(tmp_path))
    monkeypatch.delenv("KYODO_SECRET_KEY", raising=False)
    with ThreadPoolExecutor(16) as processes:
        found = {one.secret_key for one in processes.map(lambda _: settings.__wrapped__(), range(64))}
    assert found == {(tmp_path / "secret_key").read_text()}
    assert len(found.pop()) >= 48
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
    assert [each.name for each in tmp_path.iterdir()] == ["secret_key"]
