"""Small multiples of a portfolio."""

from __future__ import annotations

import json
import random

import pytest

from copdash.errors import Invalid
from copdash.figures import portfolio
from copdash.models import CaseStudy, Group, Stakeholder

Cases = list[tuple[CaseStudy, list[Stakeholder]]]


def some_cases(n: int) -> Cases:
    chance = random.Random(n)
    return [
        (
            CaseStudy(title=f"Case {i}"),
            [
                Stakeholder(
                    name=f"Role {j}", group=chance.choice(Group.values()), power=chance.randint(0, 10), interest=j
                )
                for j in range(11)
            ],
        )
        for i in range(n)
    ]


def test_there_is_one_grid_per_case_study_on_the_same_axes() -> None:
    figure = portfolio.small_multiples(some_cases(9))
    axes = [axis for name, axis in figure.layout.to_plotly_json().items() if name.startswith(("xaxis", "yaxis"))]
    assert len(axes) == 18
    assert len({tuple(axis["range"]) for axis in axes}) == 1
    lines = [shape for shape in figure.layout.shapes if shape.type == "line"]
    assert len(lines) == 18
    assert all(5 in (line.x0, line.y0) for line in lines)


def test_a_dot_carries_the_id_of_its_case_study() -> None:
    cases = some_cases(2)
    figure = portfolio.small_multiples(cases)
    for (case, _), dots in zip(cases, figure.data, strict=False):
        assert set(dots.customdata) == {str(case.id)}


def test_unrated_stakeholders_are_counted_and_never_drawn() -> None:
    people = [Stakeholder(name="a", power=0, interest=0), Stakeholder(name="b"), Stakeholder(name="c", power=3)]
    figure = portfolio.small_multiples([(CaseStudy(title="Tain"), people)])
    assert list(figure.data[0].x) == [0]
    assert "1 of 3 rated" in figure.layout.annotations[0].text


def test_markup_in_names_and_titles_is_shown_as_text() -> None:
    evil = '<a href="javascript:alert(1)">x</a> &amp; %{x}'
    people = [Stakeholder(name=evil, group=evil, power=1, interest=2)]
    figure = portfolio.small_multiples([(CaseStudy(title=evil), people)])
    shown = json.dumps(figure.to_plotly_json(), default=list)
    assert "<a" not in shown
    assert "&lt;a href" in figure.data[0].text[0]
    assert "&amp;amp;" in figure.data[0].text[0]
    assert figure.data[0].hovertemplate == "%{text}<extra></extra>"


def test_backgrounds_are_transparent_in_both_themes() -> None:
    for theme in ("light", "dark"):
        figure = portfolio.small_multiples(some_cases(2), theme=theme)
        assert figure.layout.paper_bgcolor == figure.layout.plot_bgcolor == "rgba(0,0,0,0)"


def test_the_legend_names_each_group_that_occurs_once() -> None:
    people = [Stakeholder(group=Group.UTILITIES, power=1, interest=1)] * 3 + [Stakeholder(group=Group.REGULATORS)]
    figure = portfolio.small_multiples([(CaseStudy(title=t), people) for t in "ab"])
    assert [trace.name for trace in figure.data if trace.showlegend is not False] == ["Utilities"]


@pytest.mark.parametrize(("n", "highest"), [(0, 400), (1, 400), (9, 900), (100, 1800)])
def test_the_height_stays_sensible(n: int, highest: int) -> None:
    assert portfolio.small_multiples(some_cases(n)).layout.height <= highest


def test_a_rating_that_is_no_number_is_refused() -> None:
    with pytest.raises(Invalid):
        portfolio.small_multiples([(CaseStudy(), [Stakeholder(power=float("nan"), interest=1)])])
