from __future__ import annotations

import pytest

from kuaichu.standins.invented import id_check

ID = "320902190003150028"
CHILD = "32090220200101001" + id_check("32090220200101001")


def test_an_unplanted_plate_is_the_same_after_a_kill(run):
    register = run("register")
    first = register.post("/vehicles/query", {"plate": "苏J·A1234"}).json()
    assert first["plate"] == "苏JA1234"
    assert first["owner"]["id_no"].startswith("3209")
    driver = register.post("/drivers/query", {"id_no": first["owner"]["id_no"]}).json()
    assert driver["name"] == first["owner"]["name"]
    register.kill()
    register.start()
    assert register.post("/vehicles/query", {"plate": "苏JA1234", "kind": "02"}).json() == first
    same = register.post("/drivers/query", {"licence_no": first["owner"]["id_no"]}).json()
    assert same == driver


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/vehicles/query", {"plate": "苏JZ0123"}, 404),
        ("/vehicles/query", {"plate": "车牌"}, 422),
        ("/vehicles/query", {}, 422),
        ("/vehicles/query", {"plate": "苏JA1234", "kind": "xx"}, 422),
        ("/drivers/query", {"id_no": "110105194912310021"}, 422),
        ("/drivers/query", {}, 422),
        ("/drivers/query", {"id_no": CHILD}, 404),
    ],
)
def test_what_is_not_known_or_not_well_formed(run, path, body, status):
    answer = run("register").post(path, body)
    assert answer.status_code == status
    assert answer.json()["detail"]


def test_planted_records_win_and_survive(run):
    register = run("register")
    invented = register.post("/vehicles/query", {"plate": "苏JB0001"}).json()
    planted = {"brand": "红旗牌", "inspection_until": "2020-01-31", "status": "逾期未检验"}
    assert register.put("/vehicles/苏JB0001", planted).status_code == 200
    register.put("/drivers/wang-1", {"id_no": ID, "name": "王小明", "classes": "C2", "status": "暂扣"})
    register.kill()
    register.start()
    found = register.post("/vehicles/query", {"plate": "苏JB0001"}).json()
    assert found == {**invented, **planted}
    driver = register.post("/drivers/query", {"id_no": ID}).json()
    assert (driver["name"], driver["classes"], driver["status"]) == ("王小明", "C2", "暂扣")
    register.put("/vehicles/苏JZ0001", {})
    assert register.post("/vehicles/query", {"plate": "苏JZ0001"}).status_code == 200


def test_personal_numbers_stay_out_of_addresses_and_pages(run):
    register = run("register")
    assert register.put(f"/drivers/{ID}", {"id_no": ID}).status_code == 400
    register.post("/drivers/query", {"id_no": ID})
    page = register.get("/").text
    assert ID not in page
    assert "0028" in page
