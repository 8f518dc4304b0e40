"""What is asked: the accident, each vehicle, a rider or walker. Amounts are typed in yuan."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kuaichu.desks.claims.payout.case import (
    Exclusion,
    Grade,
    Injury,
    LossCase,
    Mod,
    NonMotor,
    Outside,
    Seats,
    Tpl,
    Vehicle,
)
from kuaichu.kernel.money import NotMoney, yuan

LABELS = "ABCDE"
MOST = 99_999_999_00
GRADES = [
    (Grade.FULL, _("Full liability")),
    (Grade.PRIMARY, _("Primary liability")),
    (Grade.EQUAL, _("Equal liability")),
    (Grade.SECONDARY, _("Secondary liability")),
    (Grade.NONE, _("No liability")),
]
LIMITS = [0, 300_000, 500_000, 1_000_000, 2_000_000, 3_000_000, 5_000_000]
DRIVEN = [
    ("", _("Sober, with the right licence")),
    (Exclusion.UNLICENSED, _("Without the right licence")),
    (Exclusion.DRUNK, _("Drunk")),
    (Exclusion.DRUGS, _("Under drugs")),
    (Exclusion.STOLEN, _("By a thief")),
    (Exclusion.INTENTIONAL, _("On purpose")),
    (Exclusion.HIT_AND_RUN, _("Then fled")),
]


class Yuan(forms.CharField):
    """An amount typed in yuan, cleaned to fen; empty is nothing."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": 24})

    def clean(self, value: Any) -> int:
        """Fen; raises ValidationError for what is no amount."""
        text = super().clean(value)
        try:
            fen = yuan(text) if text else 0
        except NotMoney as wrong:
            raise forms.ValidationError(_("Enter an amount in yuan, for example 1234.50.")) from wrong
        if not 0 <= fen <= MOST:
            raise forms.ValidationError(_("Enter an amount from 0 to 99,999,999 yuan."))
        return fen


class AccidentForm(forms.Form):
    """The day, how many vehicles, whose property beside the road, and whether each insurer pays its own."""

    day = forms.DateField(
        label=_("Day of the accident"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    cars = forms.TypedChoiceField(
        label=_("Motor vehicles"), coerce=int, choices=[(n, str(n)) for n in range(1, len(LABELS) + 1)]
    )
    rider = forms.BooleanField(label=_("A rider or pedestrian took part"), required=False)
    outside = Yuan(label=_("Damage to a guardrail, fence or other property (yuan)"), required=False)
    own = forms.BooleanField(label=_("All agree that each insurer pays its own insured"), required=False)

    def clean_day(self) -> datetime.date:
        """A day on which there was compulsory insurance."""
        day: datetime.date = self.cleaned_data["day"]
        if not datetime.date(2006, 7, 1) <= day <= datetime.date(2099, 12, 31):
            raise forms.ValidationError(_("Enter a day from 1 July 2006 on."))
        return day


class VehicleForm(forms.Form):
    """One motor vehicle: damage, grade, covers, and who was hurt in it."""

    loss = Yuan(label=_("Damage (yuan)"), required=False)
    grade = forms.TypedChoiceField(label=_("Liability"), coerce=Grade, choices=GRADES)
    ctali = forms.BooleanField(label=_("Compulsory insurance"), required=False)
    tpl = forms.TypedChoiceField(
        label=_("Third-party insurance"),
        coerce=int,
        choices=[(one, f"{one:,}" if one else _("none")) for one in LIMITS],
    )
    mod = forms.BooleanField(label=_("Own-damage insurance"), required=False)
    seats = Yuan(label=_("Insurance for people in the car, each (yuan)"), required=False)
    driven = forms.ChoiceField(label=_("Driven"), choices=DRIVEN, required=False)
    medical = Yuan(label=_("Driver: treatment (yuan)"), required=False)
    disability = Yuan(label=_("Driver: lost income, care, disability (yuan)"), required=False)
    aboard_medical = Yuan(label=_("Passenger: treatment (yuan)"), required=False)
    aboard_disability = Yuan(label=_("Passenger: lost income, care, disability (yuan)"), required=False)


class RiderForm(forms.Form):
    """A cyclist, e-bike rider or pedestrian."""

    loss = Yuan(label=_("Damage to the bicycle or things (yuan)"), required=False)
    grade = forms.TypedChoiceField(label=_("Liability"), coerce=Grade, choices=GRADES)
    motor_share = forms.IntegerField(
        label=_("The motor side's part above the compulsory cover (%)"),
        min_value=0, max_value=100, required=False,
        help_text=_("Your province's rule says it. Needed when the rider is at fault, or nobody driving is."),
    )  # fmt: skip
    medical = Yuan(label=_("Treatment (yuan)"), required=False)
    disability = Yuan(label=_("Lost income, care, disability (yuan)"), required=False)


def vehicle_of(label: str, given: dict[str, Any]) -> Vehicle:
    """A vehicle whose insurer carries its own label."""
    return Vehicle(
        label=label,
        loss=given["loss"],
        grade=given["grade"],
        ctali=label if given["ctali"] else None,
        tpl=Tpl(label, given["tpl"] * 100) if given["tpl"] else None,
        mod=Mod(label) if given["mod"] else None,
        seats=Seats(label, given["seats"], given["seats"]) if given["seats"] else None,
        exclusions=frozenset([Exclusion(given["driven"])] if given["driven"] else []),
    )


def injured_in(label: str, given: dict[str, Any]) -> list[Injury]:
    """The driver and the passenger of a vehicle, as far as they were hurt."""
    driver = Injury(_person(label, 1), label, given["medical"], given["disability"])
    aboard = Injury(
        _person(label, 2), label, given["aboard_medical"], given["aboard_disability"], driver=False
    )
    return [one for one in (driver, aboard) if one.medical or one.death_disability]


def _person(label: str, number: int) -> str:
    return f"{label}{number}"


def loss_case(accident: dict[str, Any], cars: list[dict[str, Any]], rider: dict[str, Any] | None) -> LossCase:
    """The accident as the computation takes it. People are A1 (driver of A), A2 (passenger), R (rider)."""
    labels = LABELS[: len(cars)]
    injuries = [one for label, given in zip(labels, cars, strict=True) for one in injured_in(label, given)]
    riders: tuple[NonMotor, ...] = ()
    if rider is not None:
        share = rider["motor_share"]
        riders = (
            NonMotor("R", rider["loss"], rider["grade"], None if share is None else Fraction(share, 100)),
        )
        if rider["medical"] or rider["disability"]:
            injuries.append(Injury("R", "R", rider["medical"], rider["disability"]))
    everybody = [*labels, "R"] if rider else [*labels]
    return LossCase(
        accident_on=accident["day"],
        vehicles=tuple(vehicle_of(label, given) for label, given in zip(labels, cars, strict=True)),
        outside=(Outside("P", accident["outside"]),) if accident["outside"] else (),
        nonmotors=riders,
        knock_for_knock=frozenset(everybody) if accident["own"] else frozenset(),
        injuries=tuple(injuries),
    )
