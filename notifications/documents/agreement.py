"""協定書: the agreement as both parties signed it, with what proves that it is this text (G01–G05)."""

from dataclasses import dataclass
from datetime import date, datetime

from notifications.documents.letter import to_html


@dataclass(frozen=True, slots=True)
class Article:
    """第n条: a heading and its text; each line of the text is a paragraph."""

    heading: str
    body: str


@dataclass(frozen=True, slots=True)
class SignatureMade:
    """A party's signature, put under the text by name after the password was asked again."""

    name: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class Party:
    """甲 or 乙."""

    label: str
    name: str
    address: str
    capacity: str
    """As which its signatory signs: 代表, 福祉部長."""
    signature: SignatureMade | None = None


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """What is paid for, and how much of it the city bears or the project costs, in yen."""

    item: str
    amount: int


@dataclass(frozen=True, slots=True)
class AgreementText:
    """Everything an agreement says."""

    title: str
    """協働事業に関する協定書; 業務委託契約書 for a commission."""
    project: str
    receipt_number: str
    parties: tuple[Party, Party]
    articles: tuple[Article, ...]
    budget: tuple[BudgetLine, ...]
    attachments: tuple[str, ...]
    version: int
    content_hash: str
    """SHA-256 over text, figures and attachments: what was approved and signed."""
    portal: str
    """Where it was signed: あおばがわ協働ポータル."""
    is_contract: bool = False
    """Whether the parties conclude a 契約 (for a commission) and not a 協定."""
    concluded_on: date | None = None
    """None while it is a draft, which the document then says of itself."""
    methods: tuple[str, ...] = ()
    period: tuple[date, date] | None = None
    """First and last day of the project."""
    borne_by_city: int | None = None
    """What the city bears at most, in yen."""

    @property
    def is_draft(self) -> bool:
        """Whether a signature is still missing."""
        return self.concluded_on is None or any(party.signature is None for party in self.parties)

    @property
    def total(self) -> int:
        """Sum of the budget lines, in yen."""
        return sum(line.amount for line in self.budget)


def agreement_html(agreement: AgreementText) -> str:
    """The agreement as HTML for `render_pdf`."""
    return to_html("agreement.html", agreement=agreement)
