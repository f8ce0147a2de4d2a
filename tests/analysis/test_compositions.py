"""Who is there and who is missing, against worked examples."""

from __future__ import annotations

import pytest

from copdash.analysis import compositions
from copdash.models import Group, Stakeholder


def people(*groups: str, membership: str = "") -> list[Stakeholder]:
    return [Stakeholder(name=f"{group} {n}", group=group, membership=membership) for n, group in enumerate(groups)]


def test_the_nextgen_mix_has_a_diversity_of_0_816_and_adds_up() -> None:
    # 1 - (0.15² + 0.09² + 0.21² + 0.22² + 0.11² + 0.22²) = 1 - 0.1836
    assert compositions.blau(compositions.NEXTGEN.values()) == pytest.approx(0.816, abs=0.0005)
    assert sum(compositions.NEXTGEN.values()) == pytest.approx(1)


def test_every_group_belongs_to_one_of_the_sectors_that_nextgen_counted() -> None:
    assert list(compositions.SECTORS) == Group.values()
    assert set(compositions.SECTORS.values()) == set(compositions.NEXTGEN)


@pytest.mark.parametrize(
    ("counts", "diversity"),
    [
        ([], None),
        ([0, 0], None),
        ([7], 0),
        ([7, 0, 0], 0),
        ([1, 1], 0.5),
        ([3, 3, 3, 3], 0.75),
        ([5, 3, 2], 0.62),  # 1 - (0.25 + 0.09 + 0.04)
    ],
)
def test_blau_is_one_minus_the_sum_of_squared_shares(counts: list[int], diversity: float | None) -> None:
    assert compositions.blau(counts) == (None if diversity is None else pytest.approx(diversity))


def test_every_expected_group_is_counted_with_its_zero_and_not_set_apart() -> None:
    found = compositions.composed(people("Regulators", "Regulators", "Utilities", "", "Wizards"), "group")
    assert list(found.counts) == Group.values()
    assert {name: count for name, count in found.counts.items() if count} == {"Regulators": 2, "Utilities": 1}
    assert (found.not_set, found.known, found.total) == (2, 3, 5)
    assert found.shares is not None
    assert found.shares["Regulators"] == pytest.approx(2 / 3)
    assert "Civil society" in found.missing
    assert "Regulators" not in found.missing


def test_of_nobody_and_of_unknown_ones_there_are_no_shares_and_no_diversity() -> None:
    for rows in ([], people("", "")):
        found = compositions.composed(rows, "helix")
        assert (found.shares, found.diversity, found.missing) == (None, None, compositions.EXPECTED["helix"])


def test_sectors_are_counted_from_the_groups() -> None:
    found = compositions.composed(people("Utilities", "Industry: water", "Civil society", "Regulators", ""), "sector")
    assert found.counts == {
        "Water industry": 2,
        "Technology providers": 0,
        "Research": 0,
        "End users": 0,
        "Other sectors": 1,
        "Policy": 1,
    }
    assert found.not_set == 1


def test_members_are_core_and_active_and_whoever_is_chosen_besides() -> None:
    rows = [
        Stakeholder(name=name, membership=name)
        for name in ("Core", "Active", "Peripheral", "Invited", "Not invited", "")
    ]
    assert [row.name for row in compositions.members(rows)] == ["Core", "Active"]
    assert [row.name for row in compositions.members(rows, also=["Invited"])] == ["Core", "Active", "Invited"]


def test_a_choice_says_how_the_diversity_changes_and_who_joins() -> None:
    before = compositions.composed(people("Utilities", "Utilities", "Researchers"), "group")
    joined = before.with_one("Regulators")
    assert compositions.step(before, joined) == "Diversity 0.44 → 0.62: regulators join"
    assert compositions.step(joined, before) == "Diversity 0.62 → 0.44: regulators are gone"
    assert compositions.step(before, before.with_one("Civil society")) == "Diversity 0.44 → 0.62: civil society joins"
    assert compositions.step(before, before.with_one("Utilities")) == "Diversity 0.44 → 0.38: utilities, 2 → 3"
    assert compositions.step(before, before.with_one("")) == ""
    nobody = compositions.composed([], "group")
    assert compositions.step(nobody, nobody.with_one("Regulators")) == "regulators join: the first of the CoP"


def test_sentences_can_be_said_aloud() -> None:
    def said(*groups: str) -> str:
        return compositions.sentence(compositions.composed(people(*groups), "group"), "the CoP")

    assert said() == "There is nobody in the CoP yet."
    assert "the group is known yet" in said("", "")
    assert said("Regulators", "Regulators", "") == (
        "Everybody in the CoP whose group is known is of the same one: Regulators."
    )
    assert said("Regulators", "Utilities") == (
        "Pick two from the CoP by chance: 50 times in 100 they are from different groups (Blau 0.50)."
    )


def test_who_is_missing_is_named() -> None:
    rows = [Stakeholder(name="x", helix=helix) for helix in ("Government", "Industry")]
    found = compositions.composed(rows, "helix")
    assert compositions.who_is_missing(found, "the list") == (
        "Nobody in the list stands for Academia and Civil society."
    )
    unknown = compositions.composed([Stakeholder(name="x")], "scale")
    assert compositions.who_is_missing(unknown, "the CoP") == "Nobody in the CoP has a scale yet."
    nobody = compositions.composed([], "scale")
    assert compositions.who_is_missing(nobody, "the CoP") == "There is nobody in the CoP yet."


def test_other_case_studies_give_mean_and_range_and_an_empty_one_says_nothing() -> None:
    others = [
        compositions.composed(people("Utilities", "Utilities"), "group"),
        compositions.composed(people("Utilities", "Regulators"), "group"),
        compositions.composed([], "group"),
    ]
    found = compositions.spreads(others)
    assert found["Utilities"] == compositions.Spread(0.75, 0.5, 1.0)
    assert found["Civil society"] == compositions.Spread(0, 0, 0)
    assert compositions.spreads([]) == {}


def test_the_table_has_a_line_for_every_value_and_one_for_not_set() -> None:
    here = {"The list": compositions.composed(people("Regulators", ""), "sector")}
    lines = compositions.table(here, {}, "sector")
    assert [line["Sector"] for line in lines] == [*compositions.NEXTGEN, "Not set"]
    assert lines[5] == {"Sector": "Policy", "The list": 1, "The list, share": "100 %", "NextGen": "22 %"}
    assert lines[6] == {"Sector": "Not set", "The list": 1, "The list, share": "–", "NextGen": "–"}
