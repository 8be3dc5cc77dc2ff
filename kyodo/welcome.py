"""What the terminal tells the person who started Kyodo: where to look, and where the mails go."""

from urllib.parse import urlsplit

from models.settings import Settings


def welcome(settings: Settings, dashboard: str) -> str:
    """A few lines, said as soon as the pages answer."""
    return "\n".join(
        (
            "",
            f"Kyodo is open:  {settings.base_url}",
            f"Mails:          {_mails(settings)}",
            f"Prefect:        {dashboard}  (still starting; mails and documents wait, nothing is lost)",
            f"Data:           {settings.data}",
            *_network(settings),
            "",
        )
    )


def _mails(settings: Settings) -> str:
    if settings.smtp_url:
        server = urlsplit(settings.smtp_url)  # the address holds a password, which stays off the screen
        return f"sent through {server.hostname}" + (f":{server.port}" if server.port else "")
    if settings.shows_dev:
        return f"{settings.base_url}/dev/mails"
    return "kept here and sent to nobody, until KYODO_SMTP_URL is set"


def _network(settings: Settings) -> list[str]:
    """In development, that other machines can come in."""
    if not settings.development or settings.shows_dev:
        return []
    return ["Network:        other machines may come in, so /dev is closed; the demonstration password is no secret"]
