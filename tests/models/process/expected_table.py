"""Who may do what, written by hand from the design and the client's rules, to hold the definition against.

Nothing here is read from the definition. A line says: in this state, this move, made by whoever wears one of these hats,
leads there. "assigning|selecting" leads to the one or the other, as the programme goes its way. "stays" moves nothing on;
"(both)" and "(last)" mean that it leads there once the other side has done the same, or once it was the last one open,
and stays until then; "(settled)" once there is nothing more to judge.
"""

import re
from typing import NamedTuple

TABLE = """
draft               enter                   member                          entered
draft               submit                  member                          submitted
draft               withdraw                member                          withdrawn

entered             take_entry              desk                            planning
entered             decline                 desk                            declined
entered             ask_opinion             desk                            stays
entered             give_opinion            adviser                         stays
entered             withdraw                member                          withdrawn
entered             comment                 member section desk             stays

planning            submit                  member                          submitted
planning            give_opinion            adviser                         stays
planning            withdraw                member                          withdrawn
planning            comment                 member section desk             stays

submitted           return_for_correction   desk                            returned
submitted           accept                  desk                            screening
submitted           decline                 desk                            declined
submitted           ask_opinion             desk                            stays
submitted           give_opinion            adviser                         stays
submitted           withdraw                member                          withdrawn
submitted           comment                 member section desk             stays

returned            submit                  member                          submitted
returned            decline                 desk                            declined
returned            give_opinion            adviser                         stays
returned            withdraw                member                          withdrawn
returned            comment                 member section desk             stays

screening           record_findings         desk                            stays
screening           propose_pass            desk                            pass_proposed
screening           propose_exclusion       desk                            exclusion_proposed
screening           ask_opinion             desk                            stays
screening           give_opinion            adviser                         stays
screening           withdraw                member                          withdrawn
screening           comment                 member section desk             stays

pass_proposed       confirm_pass            desk                            assigning|selecting|registered
pass_proposed       send_back_screening     desk                            screening
pass_proposed       ask_opinion             desk                            stays
pass_proposed       give_opinion            adviser                         stays
pass_proposed       withdraw                member                          withdrawn
pass_proposed       comment                 member section desk             stays

exclusion_proposed  confirm_exclusion       desk                            exclusion_approval
exclusion_proposed  send_back_screening     desk                            screening
exclusion_proposed  ask_opinion             desk                            stays
exclusion_proposed  give_opinion            adviser                         stays
exclusion_proposed  withdraw                member                          withdrawn
exclusion_proposed  comment                 member section desk             stays

exclusion_approval  approve_exclusion       head                            excluded
exclusion_approval  return_exclusion        head                            screening
exclusion_approval  give_opinion            adviser                         stays
exclusion_approval  withdraw                member                          withdrawn
exclusion_approval  comment                 member section desk             stays

selecting           open_round              desk                            stays
selecting           close_round             desk                            stays
selecting           conclude                desk                            deciding (settled)
selecting           ask_opinion             desk                            stays
selecting           give_opinion            adviser                         stays
selecting           withdraw                member                          withdrawn
selecting           comment                 member section desk             stays

deciding            adopt                   head                            assigning|provisional|registered|drafting
deciding            not_adopt               head                            not_adopted
deciding            return_conclusion       head                            selecting
deciding            ask_opinion             desk                            stays
deciding            give_opinion            adviser                         stays
deciding            withdraw                member                          withdrawn
deciding            comment                 member section desk             stays

provisional         decide_finally          head                            assigning|registered|drafting
provisional         cancel_adoption         head                            not_adopted
provisional         give_opinion            adviser                         stays
provisional         withdraw                member                          withdrawn
provisional         comment                 member section desk             stays

registered          withdraw                member                          withdrawn

assigning           assign_section          desk                            assigned
assigning           ask_opinion             desk                            stays
assigning           give_opinion            adviser                         stays
assigning           withdraw                member                          withdrawn
assigning           comment                 member section desk             stays

assigned            take_on                 section_head                    consulting
assigned            decline_assignment      section_head                    assigning
assigned            give_opinion            adviser                         stays
assigned            withdraw                member                          withdrawn
assigned            comment                 member section desk             stays

consulting          record_meeting          member section                  stays
consulting          correct_minutes         member section                  stays
consulting          confirm_minutes         member section                  stays
consulting          write_record            member section                  stays
consulting          confirm_record          member section                  drafting|selecting (both)
consulting          end_consultation        member section                  not_agreed
consulting          give_opinion            adviser                         stays
consulting          withdraw                member                          withdrawn
consulting          comment                 member section desk             stays

drafting            write_agreement         member section                  stays
drafting            send_for_approval       section                         approving
drafting            end_consultation        member section                  not_agreed
drafting            give_opinion            adviser                         stays
drafting            withdraw                member                          withdrawn
drafting            comment                 member section desk             stays

approving           approve_agreement       head                            signing
approving           return_agreement        head                            drafting
approving           write_agreement         member section                  drafting
approving           end_consultation        member section                  not_agreed
approving           give_opinion            adviser                         stays
approving           withdraw                member                          withdrawn
approving           comment                 member section desk             stays

signing             sign                    representative head             running (both)
signing             write_agreement         member section                  drafting
signing             end_consultation        member section                  not_agreed
signing             give_opinion            adviser                         stays
signing             withdraw                member                          withdrawn
signing             comment                 member section desk             stays

running             record_meeting          member section                  stays
running             correct_minutes         member section                  stays
running             confirm_minutes         member section                  stays
running             submit_report           member                          stays
running             return_report           section                         stays
running             accept_report           section                         self_checking (last)
running             discontinue             representative head             discontinued
running             comment                 member section desk             stays

self_checking       submit_self_check       member section                  joint_review (both)
self_checking       record_beneficiaries    member section                  stays
self_checking       comment                 member section desk             stays

joint_review        record_beneficiaries    member section                  stays
joint_review        write_joint_sheet       member section                  stays
joint_review        confirm_joint_sheet     member section                  preparing (both)
joint_review        comment                 member section desk             stays

preparing           make_snapshot           system                          stays
preparing           revise_snapshot         desk                            stays
preparing           look_over               member section                  stays
preparing           object_to_snapshot      member section                  stays
preparing           schedule_release        desk                            scheduled
preparing           comment                 member section desk             stays

scheduled           object_to_snapshot      member section                  preparing
scheduled           postpone_release        desk                            preparing
scheduled           release                 system                          published
scheduled           comment                 member section desk             stays

published           withdraw_publication    desk                            unpublished

unpublished         prepare_again           desk                            preparing
unpublished         comment                 member section desk             stays
"""

NOTHING_HAPPENS_IN = ("excluded", "declined", "not_adopted", "not_agreed", "withdrawn", "discontinued")
"""Ends without a way back."""

SECOND_PERSON = {
    "confirm_pass": ("propose_pass",),
    "confirm_exclusion": ("propose_exclusion",),
    "approve_exclusion": ("propose_exclusion", "confirm_exclusion"),
    "adopt": ("conclude",),
    "not_adopt": ("conclude",),
    "approve_agreement": ("send_for_approval",),
}
"""Moves that whoever made one of the others cannot make."""


class Line(NamedTuple):
    """One line of the table. leads_to: one state, or several of which one is meant. condition: `both`, `last`, `settled` or empty."""

    state: str
    move: str
    hats: frozenset[str]
    leads_to: tuple[str, ...]
    condition: str


def expected() -> dict[tuple[str, str], Line]:
    """The table by state and move."""
    lines = {}
    for text in filter(None, TABLE.splitlines()):
        state, move, hats, leads_to = re.split(r"\s{2,}", text.strip())
        target, _, condition = leads_to.partition(" ")
        targets = (state,) if target == "stays" else tuple(target.split("|"))
        line = Line(state, move, frozenset(hats.split()), targets, condition.strip("()"))
        assert (state, move) not in lines, f"{state} {move} stands twice."
        lines[state, move] = line
    return lines
