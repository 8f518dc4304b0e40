from __future__ import annotations

from datetime import date

import msgspec
import pytest

from kuaichu.cases.gates import Gate, Opening, Procedure, Table, any_true, match, table
from kuaichu.cases.register_gates import Licence, ctali_gate, inspection_gate, licence_gate
from kuaichu.law import statutes

ON = date(2024, 5, 15)
MATRIX = {  # domain matrix, row by row: SELF ONLINE SUMMARY
    "DEATH": "NNN",
    "CRIME_SUSPECT": "NNN",
    "INJURY_SERIOUS": "NNN",
    "INJURY_SLIGHT": "NCY",
    "NO_LICENCE": "NNY",
    "ALCOHOL_DRUG": "NNC",
    "BUS_OVERLOAD_SPEED": "NNC",
    "NO_PLATE": "NNY",
    "IMMOVABLE": "NCY",
    "PARTY_LEFT": "CCC",
    "HIT_AND_RUN": "NNN",
    "INTENT": "NNN",
    "HAZMAT": "NNY",
    "NO_INSPECTION": "NCY",
    "NO_CTALI": "NNY",
    "FACILITY": "NCY",
    "DISPUTED": "NCY",
    "NO_JOINT_APPLICATION": "NNY",
    "POLICE_REQUESTED": "CNY",
    "SINGLE_VEHICLE": "NCY",
    "MV_PEDESTRIAN": "NNY",
    "NMV_ONLY": "YCY",
    "FOREIGN": "CCY",
    "DIPLOMATIC": "CNY",
    "MILITARY": "CNY",
    "TRACTOR": "YYY",
    "LATE_REPORT": "CCC",
    "OUT_OF_AREA": "YNY",
    "LOSS_CAP": "CCY",
    "NIGHT": "CCY",
    "AREA": "CCY",
    "INSURED_ELSEWHERE": "CCY",
    "FRAUD_FLAG": "NNY",
}


@pytest.mark.parametrize(("code", "row"), MATRIX.items())
def test_rows_say_what_the_matrix_says(code, row):
    gate = next(gate for gate in table().gate if gate.code == code)
    lanes = (Procedure.SELF, Procedure.ONLINE, Procedure.SUMMARY)
    assert "".join(gate.answers[lane] for lane in lanes) == row


@pytest.mark.parametrize("gate", table().gate, ids=lambda gate: gate.code)
def test_every_cited_place_exists(gate):
    assert gate.law
    for place in gate.law:
        citation = statutes.parse(place)
        assert str(citation).replace(" ", "") == place.replace("INS", "保险法").replace(" ", "")
        assert statutes.exists(citation, ON), place


def test_requirements_cite_existing_places():
    assert all(statutes.exists(statutes.parse(law), ON) for row in table().requirement for law in row.law)


def test_own_readings_say_on_what_they_rest():
    silent = [g.code for g in table().gate if g.basis and g.mark == "sourced" and "[S:" not in g.basis]
    assert silent == []
    assert all(gate.title and gate.reason.endswith(".") and gate.otherwise for gate in table().gate)
    assert len({gate.reason for gate in table().gate}) == len(table().gate)


def test_the_table_knows_its_version():
    assert table().version
    assert len(table().digest) == 12


def _gate(**changes):
    row = {
        "code": "X",
        "order": 1,
        "when": [{"a": [True]}],
        "answers": {"SELF": "N"},
        "otherwise": ["GENERAL"],
        "law": ["D146 13"],
        "severity": "block",
        "mark": "sourced",
        "title": "T",
        "reason": "R.",
    }
    return row | changes


@pytest.mark.parametrize(
    "row",
    [
        _gate(answers={"SELF": "C"}),
        _gate(answers={"SELF": "N"}, opens={"SELF": {"fact": "a"}}),
        _gate(answers={"SELF": "C"}, opens={"SELF": {}}),
        _gate(answers={"SELF": "C"}, opens={"SELF": {"fact": "a", "pack": "b"}}),
        _gate(answers={"SELF": "maybe"}),
        _gate(otherwise=["PRAY"]),
        _gate(unheard_of=1),
    ],
)
def test_a_row_that_does_not_fit_is_refused(row):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(row, Gate)


def test_a_sound_row_is_taken_and_doubles_are_refused():
    assert msgspec.convert(_gate(), Gate).code == "X"
    for second in (_gate(order=2), _gate(code="Y"), _gate(code="Y", order=0)):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert({"version": "1", "requirement": [], "gate": [_gate(), second]}, Table)


def test_a_clause_is_met_refused_or_open():
    clause = {"a": (True,), "b": ("x", "y")}
    assert match(clause, {"a": True, "b": "y"}) == (True, "")
    assert match(clause, {"a": None, "b": "z"}) == (False, "")
    assert match(clause, {"a": None, "b": None}) == (None, "a")
    assert match(clause, {"a": True, "b": None}) == (None, "b")
    with pytest.raises(KeyError):
        match(clause, {"a": True})


def test_one_of_several():
    assert any_true([False, None, True]) is True
    assert any_true([False, None]) is None
    assert any_true([False]) is False
    assert any_true([]) is False


def test_an_opening_may_be_a_limit_the_city_does_not_set():
    gate = msgspec.convert(
        _gate(answers={"SELF": "C"}, opens={"SELF": {"pack": "limits", "without": "loss"}}), Gate
    )
    assert gate.opens[Procedure.SELF] == Opening(pack="limits", without="loss")

    class Binding:
        limits = frozenset({"loss"})

    class Free:
        limits = frozenset({"hours"})

    assert gate.admits(Procedure.SELF, {}, Binding()) == (False, "")
    assert gate.admits(Procedure.SELF, {}, Free()) == (True, "")


# --- from register records to facts -----------------------------------------------------------------

DRIVER = {
    "classes": "C1",
    "first_issued": "2015-06-01",
    "status": "正常",
    "valid_until": "2025-06-01",
    "points": 3,
}


@pytest.mark.parametrize(
    ("changes", "vehicle_type", "found"),
    [
        ({}, "K33", Licence.VALID),
        ({}, "H17", Licence.CLASS_MISMATCH),  # T2: a C1 driver in a heavy dump truck
        ({"classes": "A2"}, "H17", Licence.VALID),
        ({"classes": "C1D"}, "M21", Licence.VALID),
        ({"classes": "C1"}, "M21", Licence.CLASS_MISMATCH),
        ({"valid_until": "2024-05-15"}, "K33", Licence.VALID),
        ({"valid_until": "2024-05-14"}, "K33", Licence.EXPIRED),
        ({"first_issued": "2024-05-16"}, "K33", Licence.NEVER_HELD),
        ({"points": 12}, "K33", Licence.POINTS_FULL),
        ({"points": 11}, "K33", Licence.VALID),
        ({"status": "暂扣"}, "K33", Licence.SUSPENDED),
        ({"status": "吊销"}, "K33", Licence.REVOKED),
        ({"status": "超分"}, "K33", Licence.POINTS_FULL),
        ({"status": "逾期未审验"}, "K33", Licence.NOT_AUDITED),
        ({"status": "协查"}, "K33", None),
        ({"classes": ""}, "K33", None),
        ({}, None, None),
    ],
)
def test_the_driver_register_is_read(changes, vehicle_type, found):
    assert licence_gate(DRIVER | changes, vehicle_type, ON) is found


def test_use_and_gearbox_may_leave_it_open():
    assert licence_gate(DRIVER | {"classes": "A3"}, "K11", ON, use="C") is Licence.VALID
    assert licence_gate(DRIVER | {"classes": "A3"}, "K11", ON, use="B") is Licence.CLASS_MISMATCH
    assert licence_gate(DRIVER | {"classes": "A3"}, "K11", ON) is None
    assert licence_gate(DRIVER | {"classes": "C2"}, "K33", ON) is None


def test_no_record_is_not_known():
    assert licence_gate(None, "K33", ON) is None
    assert inspection_gate(None, ON) is None
    assert inspection_gate({}, ON) is None
    assert ctali_gate(None, ON) is None


def test_inspection_counts_its_last_day():
    assert inspection_gate({"inspection_until": "2024-05-15"}, ON) is False
    assert inspection_gate({"inspection_until": "2024-05-14"}, ON) is True


def test_compulsory_insurance_is_that_of_the_day():
    policy = {"cover": "CTALI", "starts": "2023-05-16", "ends": "2024-05-15"}
    assert ctali_gate([policy], ON) is False
    assert ctali_gate([policy], date(2024, 5, 16)) is True
    assert ctali_gate([policy | {"cover": "TPL"}], ON) is True
    assert ctali_gate([], ON) is True
