"""Codes and links: what somebody without the telephone cannot do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kuaichu.cases import files, intake, phones
from kuaichu.cases.models import Link, Party, PhoneCode
from kuaichu.kernel import clock
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.models import Delivery, Entry
from kuaichu.kernel.refusals import Invalid, NotFound, WrongState
from kuaichu.people import roles
from tests.kernel.trying import at_once
from tests.stories.builders import Town

NUMBER = "13912345678"


def opened() -> Party:
    return intake.open_case(roles.visitor("yancheng"))[1]


def asked(part: Party, number: str = NUMBER) -> tuple[PhoneCode, str]:
    row = phones.ask_code(phones.actor_of(part), part.case_id, number)
    return phones.mint_code(row.pk)


def wrong(digits: str) -> str:
    return f"{(int(digits) + 1) % 1_000_000:06d}"


@pytest.mark.django_db
class TestCodes:
    def test_proves_once(self) -> None:
        part = opened()
        _row, digits = asked(part)
        proven = phones.prove(phones.actor_of(part), part.case_id, f" {digits[:3]} {digits[3:]} ")
        assert proven.phone_proven_at is not None
        with pytest.raises(Invalid):
            phones.prove(phones.actor_of(part), part.case_id, digits)
        assert Entry.objects.filter(kind="cases.phone_proven").count() == 1

    def test_full_width_digits_are_digits(self) -> None:
        part = opened()
        _row, digits = asked(part)
        wide = digits.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
        assert phones.prove(phones.actor_of(part), part.case_id, wide).phone == NUMBER

    def test_minted_again_are_the_same_digits(self) -> None:
        row, digits = asked(opened())
        assert phones.mint_code(row.pk)[1] == digits
        row.refresh_from_db()
        assert digits not in row.code_hash

    def test_five_tries(self) -> None:
        part = opened()
        _row, digits = asked(part)
        for _ in range(phones.MOST_TRIES):
            with pytest.raises(Invalid):
                phones.prove(phones.actor_of(part), part.case_id, wrong(digits))
        with pytest.raises(Invalid):
            phones.prove(phones.actor_of(part), part.case_id, digits)

    def test_expires(self) -> None:
        part = opened()
        _row, digits = asked(part)
        with clock.at(clock.now() + timedelta(minutes=11)), pytest.raises(Invalid):
            phones.prove(phones.actor_of(part), part.case_id, digits)

    def test_of_another_party_is_nothing(self) -> None:
        mine, theirs = opened(), opened()
        _row, digits = asked(theirs)
        with pytest.raises(Invalid):
            phones.prove(phones.actor_of(mine), mine.case_id, digits)

    @pytest.mark.parametrize("others", [False, True])
    def test_not_many_an_hour(self, others: bool) -> None:
        """Neither to one number from many parts, nor from one part to many numbers."""
        part = opened()
        for place in range(6):
            asked(part if others else opened(), f"1391234{place:04d}" if others else NUMBER)
        with pytest.raises(WrongState) as refused:
            asked(part if others else opened(), "13900000000" if others else NUMBER)
        assert refused.value.code == "too_many_codes"
        with clock.at(clock.now() + timedelta(hours=1, minutes=1)):
            asked(part)

    def test_nothing_personal_in_the_journal(self) -> None:
        part = opened()
        _row, digits = asked(part)
        phones.prove(phones.actor_of(part), part.case_id, digits)
        told = str(list(Entry.objects.values_list("payload", flat=True)))
        assert NUMBER not in told
        assert digits not in told.replace(str(part.pk), "")


@pytest.mark.django_db(transaction=True)
class TestRaces:
    def test_many_wrong_codes_at_once_are_still_five_tries(self) -> None:
        part = opened()
        row, digits = asked(part)
        actor = phones.actor_of(part)
        tries = [lambda: phones.prove(actor, part.case_id, wrong(digits))] * 12
        results = at_once(*tries)
        texts = [str(r.fields["code"]) for r in results]
        assert len([t for t in texts if t == texts[0]]) <= 12
        assert PhoneCode.objects.get(pk=row.pk).tries == phones.MOST_TRIES

    def test_two_taps_prove_once(self) -> None:
        part = opened()
        _row, digits = asked(part)
        actor = phones.actor_of(part)
        results = at_once(*[lambda: phones.prove(actor, part.case_id, digits)] * 4)
        assert any(isinstance(r, Party) for r in results)
        assert Entry.objects.filter(kind="cases.phone_proven").count() == 1


@pytest.mark.django_db
class TestLinks:
    def test_leads_there_until_it_expires(self) -> None:
        part = opened()
        token = phones.make_link(part)
        assert phones.follow_link(token) == part
        assert token not in str(list(Link.objects.values()))
        with pytest.raises(NotFound) as refused:
            phones.follow_link(token[:-1])
        assert refused.value.code == "link_unknown"
        with clock.at(clock.now() + timedelta(hours=73)), pytest.raises(NotFound) as refused:
            phones.follow_link(token)
        assert refused.value.code == "link_expired"

    def test_a_seed_gives_one_link_for_one_party(self) -> None:
        one, other = opened(), opened()
        assert phones.make_link(one, "x") == phones.make_link(one, "x")
        assert len({phones.make_link(p, s) for p in (one, other) for s in ("x", "y", "", "")}) == 8
        assert Link.objects.filter(party=one).count() == 4


@pytest.mark.django_db
def test_a_code_that_is_dead_is_not_sent(town: Town) -> None:
    part, number = opened(), town.number()
    phones.ask_code(phones.actor_of(part), part.case_id, number)
    with clock.at(clock.now() + timedelta(minutes=30)):
        drain()
    assert town.messages(number) == []
    assert not Delivery.objects.exists()


def test_clean() -> None:
    assert files.clean(" a\0b\ud800c\u202ed\u3000e\tf\n") == "abcd e f"
