"""What the administrator sets from outside: environment variables, each with its default, read in one place."""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Settings:
    """One process's settings.

    data: folder of everything that lasts (database, stored files, generated secret).
    database_url: SQLAlchemy URL; SQLite inside `data` unless set.
    smtp_url: `smtp://user:password@host:port` (or `smtps://`, `smtp+starttls://`);
        empty means mails stay in the mailbox that the development pages show.
    base_url: the address people open; used for links in mails.
    development: allows moving the clock, and shows /dev to this machine.
    flow_mode: "inline" (in the runner) or "deployment" (on a Prefect work pool).
    lease_seconds: how long work that was taken up may go without a sign before somebody else takes it up.
    trusted_proxy: address of the web server in front, whose word on the visitor's own address is taken; empty: none.
    """

    data: Path
    database_url: str
    smtp_url: str
    mail_from: str
    host: str
    port: int
    base_url: str
    development: bool
    flow_mode: str
    lease_seconds: int
    secret_key: str
    max_upload_bytes: int
    trusted_proxy: str

    @property
    def files(self) -> Path:
        """Where documents and attachments lie, by hash."""
        return self.data / "files"

    @property
    def shows_dev(self) -> bool:
        """Whether there is /dev, where one signs in as anybody: in development, while nobody else can come in."""
        return self.development and is_here(self.host) and is_here(urlsplit(self.base_url).hostname)


@cache
def settings() -> Settings:
    """Read the environment once per process. Raises ValueError with a sentence for a value that cannot be."""
    data = Path(_text("KYODO_DATA", "var")).resolve()
    port = _integer("KYODO_PORT", 8000)
    flow_mode = _text("KYODO_FLOW_MODE", "inline")
    if flow_mode not in ("inline", "deployment"):
        raise ValueError(f"KYODO_FLOW_MODE must be 'inline' or 'deployment', not {flow_mode!r}.")
    return Settings(
        data=data,
        database_url=_text("KYODO_DATABASE_URL", f"sqlite:///{data / 'kyodo.sqlite3'}"),
        smtp_url=_text("KYODO_SMTP_URL", ""),
        mail_from=_text("KYODO_MAIL_FROM", "kyodo@aobagawa.example"),
        host=_text("KYODO_HOST", "127.0.0.1"),
        port=port,
        base_url=_text("KYODO_BASE_URL", f"http://127.0.0.1:{port}").rstrip("/"),
        development=_text("KYODO_ENV", "production") == "development",
        flow_mode=flow_mode,
        lease_seconds=_integer("KYODO_LEASE_SECONDS", 90),
        secret_key=_text("KYODO_SECRET_KEY", "") or _kept_secret(data),
        max_upload_bytes=_integer("KYODO_MAX_UPLOAD_MB", 20) * 1024 * 1024,
        trusted_proxy=_text("KYODO_TRUSTED_PROXY", ""),
    )


def is_here(host: str | None) -> bool:
    """Whether a name or address is this machine's own and reached by nobody else."""
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False


def _text(name: str, default: str) -> str:
    """A variable's value; one that is set to nothing counts as not set."""
    return os.environ.get(name, "").strip() or default


def _integer(name: str, default: int) -> int:
    text = _text(name, "")
    if not text:
        return default
    if not text.isdigit():
        raise ValueError(f"{name} must be a whole number, not {text!r}.")
    return int(text)


def _kept_secret(data: Path) -> str:
    """A secret made once and kept beside the data, so that sessions survive a restart."""
    path = data / "secret_key"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", dir=data, prefix="secret_key-") as fresh:  # readable by its owner alone
            fresh.write(secrets.token_urlsafe(48))
            fresh.flush()
            with suppress(FileExistsError):  # another process was first: nobody ever reads half a secret
                os.link(fresh.name, path)
    return path.read_text()
