from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kuaichu.standins.policies import _invented, _period

INSURERS = {"HUAIHAI": "淮海财产保险", "TAIHU": "太湖财产保险"}


@given(st.integers(0, 9999), st.dates(date(2012, 1, 1), date(2035, 12, 31)))
def test_every_day_has_exactly_one_policy_year(serial, day):
    for cover in _invented(f"苏JA{serial:04d}", INSURERS):
        now = _period(cover, "p", day)
        assert now["starts"] <= day.isoformat() <= now["ends"]
        following = _period(cover, "p", date.fromisoformat(now["ends"]) + timedelta(days=1))
        assert following["starts"] > now["ends"]
        assert following["number"] != now["number"]
        assert _period(cover, "p", date.fromisoformat(now["starts"])) == {
            **now,
            "limit_fen": ANY_LIMIT(cover, now),
        }


def ANY_LIMIT(cover, policy):
    if cover["cover"] != "CTALI":
        return policy["limit_fen"]
    return 20_000_000 if policy["starts"] >= "2020-09-19" else 12_200_000


def test_shares_of_covers():
    n = 4000
    profiles = [{p["cover"]: p for p in _invented(f"苏J{i:05d}", INSURERS)} for i in range(n)]
    assert 0.03 < sum("CTALI" not in p for p in profiles) / n < 0.05
    assert 0.13 < sum("MOD" not in p for p in profiles) / n < 0.21
    limits = {p["TPL"]["limit_fen"] for p in profiles if "TPL" in p}
    assert (min(limits), max(limits)) == (50_000_000, 300_000_000)
    codes = [p["CTALI"]["insurer"] for p in profiles if "CTALI" in p]
    assert 0.4 < codes.count("TAIHU") / len(codes) < 0.6


def test_answers_are_durable_and_planting_replaces(run):
    register = run("policies")
    ask = {"plate": "苏JA1234", "on": "2026-11-20"}
    first = register.post("/policies/query", ask).json()
    register.kill()
    register.start()
    assert register.post("/policies/query", ask).json() == first
    mine = {
        "cover": "CTALI",
        "insurer": "TAIHU",
        "number": "TH1",
        "starts": "2026-01-01",
        "ends": "2026-12-31",
    }
    other = {**mine, "number": "TH0", "vin": "LSVAA49J132047371"}
    kept = register.put("/policies/苏JA1234", {"policies": [mine, other]}).json()
    assert kept[0]["insurer_name"] == "太湖财产保险"
    assert kept[0]["limit_fen"] is None
    register.kill()
    register.start()
    assert register.post("/policies/query", ask).json() == kept
    found = register.post("/policies/query", {**ask, "vin": "LFV2A21K8A3000001"}).json()
    assert [p["number"] for p in found] == ["TH1"]
    assert register.post("/policies/query", {**ask, "on": "2027-01-01"}).json() == []
    assert "TAIHU" not in register.get("/").text.split("<tr>")[1]


def test_what_is_refused(run):
    register = run("policies")
    assert register.post("/policies/query", {"plate": "苏JA1234"}).status_code == 422
    assert register.post("/policies/query", {"plate": "苏JA1234", "on": "today"}).status_code == 422
    bad = {"cover": "LIFE", "insurer": "A", "number": "1", "starts": "2026-01-01", "ends": "2026-12-31"}
    assert register.put("/policies/苏JA1234", {"policies": [bad]}).status_code == 422
    backwards = {**bad, "cover": "TPL", "ends": "2025-12-31"}
    assert register.put("/policies/苏JA1234", {"policies": [backwards]}).status_code == 422
    floating = {**bad, "cover": "TPL", "limit_fen": 1.5}
    assert register.put("/policies/苏JA1234", {"policies": [floating]}).status_code == 422
