"""提案を待つ事業と課題: what the city and others know, for those who might propose something (I07, I11, P23)."""

from flask import abort, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from models.administration.openings import may_change, sections_to_enter_for
from models.calendar import fiscal_year_in_words, in_words
from models.openings import KINDS, LABELS, Looked, Opening, OpeningKind, openings, sections_with_openings
from models.proposals import Proposal
from models.spoken import here
from models.words import Word
from webui.access import current_actor, public, reader
from webui.database import db
from webui.language import reader_language
from webui.paging import neighbours, place_asked
from webui.public.freshness import kept_briefly

TONES = {OpeningKind.WORK: "blue", OpeningKind.PROBLEM: "orange"}
MOST_PROPOSALS = 50


@public
def opening_list() -> Response:
    """The list with its filters; a section finds here the way to its own entries."""
    sections = sections_with_openings(db())
    looked = looked_for({section.id for section in sections})
    page = openings(db(), looked, place_asked())
    previous, following = neighbours(page)
    who = reader()
    return kept_briefly(
        render_template(
            "public/openings.html",
            looked=looked,
            section_id=looked.sections[0] if looked.sections else None,
            lines=[(one, here(KINDS[one.kind]), TONES[one.kind]) for one in page.rows],
            kinds=[(key, here(label)) for key, label in KINDS.items()],
            sections=sections,
            looks_after=who is not None and who.is_staff and bool(sections_to_enter_for(db(), current_actor())),
            whole=previous is None and following is None,
            previous=previous,
            following=following,
        )
    )


@public
def opening(opening_id: int) -> Response:
    """One entry, how to propose for it, and what came of it."""
    found = db().get(Opening, opening_id)
    if found is None:
        abort(404)
    came = db().execute(
        select(Proposal.number, Proposal.title)
        .where(Proposal.opening_id == found.id, Proposal.public_since.is_not(None))
        .order_by(Proposal.public_since.desc(), Proposal.id.desc())
        .limit(MOST_PROPOSALS)
    )
    who = reader()
    return kept_briefly(
        render_template(
            "public/opening.html",
            opening=found,
            kind=here(KINDS[found.kind]),
            tone=TONES[found.kind],
            facts=told(found),
            came=[(title, url_for("public.case", number=number), number) for number, title in came],
            looks_after=who is not None and who.is_staff and may_change(db(), current_actor(), found),
        )
    )


def told(found: Opening) -> list[tuple[str, str]]:
    """What an entry says below its title, in the reader's language; what is not said is left out."""
    language = reader_language()
    said: dict[str, str | Word] = {
        "text": found.text,
        "wish": found.wish,
        "since": found.since,
        "fiscal_year": fiscal_year_in_words(found.fiscal_year, language) if found.fiscal_year else "",
        "source": found.source,
        "known_on": in_words(found.known_on, language, weekday=False) if found.known_on else "",
        "section": found.section.words,
    }
    return [
        (here(label).in_(language), text)
        for name, label in LABELS[found.kind].items()
        if (value := said.get(name)) and (text := value.in_(language) if isinstance(value, Word) else value)
    ]


def looked_for(section_ids: set[int]) -> Looked:
    """What the address asks for; what makes no sense is left out."""
    args = request.args
    section_id = args.get("section", type=int)
    return Looked(
        kind=OpeningKind(args["kind"]) if args.get("kind") in list(OpeningKind) else None,
        sections=(section_id,) if section_id in section_ids and section_id is not None else None,
        keyword=args.get("q", "").strip(),
        closed=args.get("closed") == "1",
    )
