"""Which fields of stakeholders a case study shows and what it calls them, on both databases."""

from __future__ import annotations

import uuid

import pytest

from copdash import case_studies, eyes, register, store, undoing
from copdash.errors import ChangedElsewhere, Invalid, NotAllowed
from copdash.fields import STAKEHOLDER
from copdash.models import CaseStudy, Role
from copdash.roles import Actor

MARTA = Actor(uuid.uuid4(), "Marta", Role.LEADER)
VIEWER = Actor(uuid.uuid4(), "Ineke", Role.VIEWER)


@pytest.fixture
def case(store_url: str) -> uuid.UUID:
    with store.writing(MARTA) as session:
        return case_studies.begin(session, title="CS10 Delft").id


def now(case: uuid.UUID) -> CaseStudy:
    with store.reading(eyes.PROGRAM) as session:
        return case_studies.get(session, case)


def show(case: uuid.UUID, field: str, shown: bool, who: Actor = MARTA) -> None:
    with store.writing(who, case) as session:
        register.show(session, case, field, shown=shown)


def rename(case: uuid.UUID, field: str, label: str, seen: str = "") -> None:
    with store.writing(MARTA, case) as session:
        register.rename(session, case, field, label=label, seen=seen)


def test_a_new_case_study_shows_the_core_and_hides_the_rest(case: uuid.UUID) -> None:
    assert register.hidden(now(case)) == {
        *("language", "expertise", "stake", "expectations", "needs"),
        *("legitimacy", "urgency", "confidence", "owner", "source"),
    }
    assert {"name", "power", "interest", "group", "notes"} <= set(register.columns(now(case)))


def test_a_field_is_shown_and_hidden_and_undo_takes_it_back(case: uuid.UUID) -> None:
    show(case, "legitimacy", True)
    assert "legitimacy" in register.columns(now(case))
    show(case, "helix", False)
    assert "helix" not in register.columns(now(case))
    with store.writing(MARTA, case) as session:
        undoing.undo(session)
    assert "helix" in register.columns(now(case))
    assert "legitimacy" in register.columns(now(case))


def test_the_axes_of_the_grid_are_called_as_the_fields_are(case: uuid.UUID) -> None:
    assert register.axes(now(case)) == {"power": "Power", "interest": "Interest"}
    rename(case, "power", "Influence")
    assert register.axes(now(case)) == {"power": "Influence", "interest": "Interest"}


@pytest.mark.parametrize("field", sorted(register.ALWAYS))
def test_name_power_and_interest_cannot_be_hidden(case: uuid.UUID, field: str) -> None:
    with pytest.raises(Invalid, match="cannot be hidden"):
        show(case, field, False)
    assert field in register.columns(CaseStudy(hidden_fields=field))


def test_a_label_is_changed_and_given_back(case: uuid.UUID) -> None:
    rename(case, "stake", "What = at stake")
    assert register.all_columns(now(case))["stake"].label == "What = at stake"
    rename(case, "stake", "", seen="What = at stake")
    assert register.all_columns(now(case))["stake"] == STAKEHOLDER["stake"]
    rename(case, "stake", "Stake")
    assert register.labels(now(case)) == {}


def test_a_label_that_another_field_has_is_refused(case: uuid.UUID) -> None:
    rename(case, "stake", "Concern")
    for label in ("concern", "Interest", "notes"):
        with pytest.raises(Invalid, match="another field"):
            rename(case, "expectations", label)
    with pytest.raises(Invalid, match="too long"):
        rename(case, "expectations", "x" * 61)


def test_who_renames_second_is_told(case: uuid.UUID) -> None:
    rename(case, "stake", "Concern")
    with pytest.raises(ChangedElsewhere, match="Marta: now it is called Concern"):
        rename(case, "stake", "Anliegen")
    rename(case, "owner", "Contact")
    assert register.labels(now(case)) == {"stake": "Concern", "owner": "Contact"}


def test_a_viewer_changes_nothing(case: uuid.UUID) -> None:
    with pytest.raises(NotAllowed):
        show(case, "stake", True, VIEWER)


def test_settings_of_a_strange_file_are_read_with_care() -> None:
    row = CaseStudy(hidden_fields="name;helix; nonsense;;", labels="helix=Name\nnonsense=x\nstake\nrole=Job\n=x")
    assert register.hidden(row) == {"helix"}
    assert register.labels(row) == {"role": "Job"}
    assert [column.label for column in register.columns(row).values()].count("Name") == 1
