"""How to engage a stakeholder, by its quadrant: one sentence each, and actions to begin with.

The four are those of the power-interest grid (Mendelow 1991; Reed et al. 2009); the wording is ours.
"""

from __future__ import annotations

from dataclasses import dataclass

from copdash.analysis import quadrants


@dataclass(frozen=True)
class Strategy:
    """What to do with a quadrant: a sentence, and proposed actions, the most usual first."""

    quadrant: str
    sentence: str
    proposals: tuple[str, ...]


STRATEGIES = {
    strategy.quadrant: strategy
    for strategy in (
        Strategy(
            quadrants.MANAGE_CLOSELY,
            "Decide together: give them a seat in the CoP and a say in its agenda.",
            (
                "Agree in a one-on-one what they bring and what they expect",
                "Invite them to prepare the next CoP meeting with us",
                "Ask them to chair a theme or host a meeting",
            ),
        ),
        Strategy(
            quadrants.KEEP_SATISFIED,
            "They can stop or speed up the work without following it: bring them what they need to decide, short and "
            "in time.",
            (
                "Call them once before decisions that touch their remit",
                "Find out what would make this matter to them",
                "Send a one-page summary after each CoP meeting",
            ),
        ),
        Strategy(
            quadrants.KEEP_INFORMED,
            "They care and can help, but cannot decide: keep them close to the news and let them shape the content.",
            (
                "Invite them to the site visit or a theme they know well",
                "Put them on the list for news and results",
                "Ask for their experience, and tell what became of it",
            ),
        ),
        Strategy(
            quadrants.MONITOR,
            "Spend little now, and look again at each version whether their power or interest has grown.",
            (
                "Look again at their place after the next CoP meeting",
                "Name one person who keeps an eye on them",
            ),
        ),
    )
}

UNRATED = Strategy(
    "",
    "Nobody has said where they stand yet: place them on the grid, and the quadrant proposes how to engage them.",
    ("Ask somebody who knows them about their power and interest",),
)


def strategy(power: float | None, interest: float | None) -> Strategy:
    """The strategy of a rating, or that for those who lack one. Raises `Invalid` as `quadrants.quadrant` does."""
    name = quadrants.quadrant(power, interest)
    return STRATEGIES[name] if name else UNRATED
