"""The sentence behind every payout line and every refusal of knock-for-knock: English message ids for pages.

Placeholders: {payer} and {victim} are labels, names ending in `_fen` are amounts, {share} is "70%" or "1/3".
"""

from __future__ import annotations

RULE_TEXT: dict[str, str] = {
    "ctali_at_fault": (
        "The compulsory insurance of {payer}, who is at fault, pays for {victim} first: at most "
        "{limit_fen} for "
        "the property of everybody in this accident, divided by need."
    ),
    "ctali_no_fault": (
        "Nobody driving a motor vehicle is at fault: the compulsory insurance of {payer} pays for {victim} "
        "within the no-fault limit of {limit_fen}."
    ),
    "ctali_no_fault_direct": (
        "{payer} is not at fault: its compulsory insurance pays {victim} from the no-fault limit of "
        "{limit_fen}. "
        "{victim} has no compulsory insurer who could pay in its place."
    ),
    "nf_substitute": (
        "The no-fault payment which {behalf} would owe {victim} ({pool_fen} in all) is paid by the "
        "insurer of "
        "{victim} in their place."
    ),
    "knock_for_knock": (
        "Everybody chose that each insurer pays its own insured: the compulsory insurance of {payer} pays "
        "its own "
        "damage up to {limit_fen}."
    ),
    "ctali_layer_personal": (
        "{payer} has no compulsory insurance, so whoever had to insure it pays {victim} what that "
        "insurance would "
        "have paid, at most {limit_fen}."
    ),
    "tpl_share": (
        "The commercial third-party insurance of {payer} pays {share} of the {rest_fen} left for {victim} "
        "after "
        "the compulsory cover, within its limit of {limit_fen}."
    ),
    "personal_beyond_tpl": (
        "{payer} owes {share} of the {rest_fen} left for {victim} and pays personally what the third-party "
        "insurance does not reach."
    ),
    "personal_no_tpl": (
        "{payer} has no third-party insurance and personally pays {share} of the {rest_fen} left for "
        "{victim}."
    ),
    "personal_excluded": (
        "The third-party insurance of {payer} does not cover this way of driving, so {payer} personally pays "
        "{share} of the {rest_fen} left for {victim}."
    ),
    "personal_thief": (
        "{payer} was stolen: whoever stole or drove it personally pays {share} of the {rest_fen} left for "
        "{victim}."
    ),
    "personal_nonmotor": "{payer} personally pays {share} of the {rest_fen} left for {victim}.",
    "mod_own_share": (
        "The own-damage insurance of {victim} pays its own share, {share} of the {rest_fen} left after the "
        "compulsory cover."
    ),
    "own_deductible": "{victim} bears the deductible of its own-damage insurance.",
    "own_share_no_mod": (
        "{victim} bears its own share, {share} of the {rest_fen} left after the compulsory cover, because "
        "it has "
        "no own-damage insurance."
    ),
    "own_excluded": (
        "{victim} bears {share} of the {rest_fen} left: its own-damage insurance does not cover this way "
        "of driving."
    ),
    "own_share": "{victim} bears its own share, {share} of the {rest_fen} left.",
    "own_nobody_liable": "Nobody is liable for the {rest_fen} left, so {victim} bears it.",
    "kfk_not_all_agree": (
        "Each insurer pays its own insured only when everybody in the accident agrees. The usual rules apply."
    ),
    "kfk_one_vehicle": (
        "Each insurer pays its own insured only between two or more motor vehicles. The usual rules apply."
    ),
    "kfk_no_fault": (
        "Each insurer pays its own insured only when every party bears part of the liability. The usual "
        "rules apply."
    ),
    "kfk_not_insured": (
        "Each insurer pays its own insured only when every vehicle has compulsory insurance. The usual "
        "rules apply."
    ),
    "kfk_over_limit": (
        "Each insurer pays its own insured only when no loss is above the property limit of the compulsory "
        "insurance. The usual rules apply."
    ),
    "kfk_other_property": (
        "Each insurer pays its own insured only when nothing but motor vehicles was damaged. The usual "
        "rules apply."
    ),
    "kfk_excluded": (
        "Each insurer pays its own insured only when the compulsory insurance of every vehicle covers the "
        "damage. "
        "The usual rules apply."
    ),
    "people_medical_liable": (
        "The compulsory insurance of {payer}, who is at fault, pays for the treatment of {victim} first, "
        "within the limit for the treatment of all who were hurt."
    ),
    "people_medical_no_fault": (
        "{payer} is not at fault: its compulsory insurance pays for the treatment of {victim} within the "
        "no-fault limit."
    ),
    "people_death_disability_liable": (
        "The compulsory insurance of {payer}, who is at fault, pays first for what {victim} lost by death or "
        "disability, care and lost income, within the limit for all who were hurt."
    ),
    "people_death_disability_no_fault": (
        "{payer} is not at fault: its compulsory insurance pays for what {victim} lost by death or "
        "disability, care and lost income within the no-fault limit."
    ),
    "people_recovered": (
        "The compulsory insurance of {payer} pays {victim} although the vehicle was driven in a way it does "
        "not cover, and may claim the money back from who caused the harm."
    ),
    "people_advanced": (
        "The vehicle {payer} was stolen: its compulsory insurance advances the treatment of {victim} and "
        "claims it back from who caused the harm."
    ),
    "people_layer_personal": (
        "{payer} has no compulsory insurance, so whoever had to insure it pays {victim} what that insurance "
        "would have paid."
    ),
    "personal_mental": (
        "{payer} personally pays {share} of the {rest_fen} for the mental harm of {victim}: third-party "
        "insurance does not cover it."
    ),
    "personal_passenger": (
        "{payer} carried {victim} and personally pays its {share} of the {rest_fen} left. Who took somebody "
        "along for nothing may owe less."
    ),
    "seats_own_share": (
        "The insurance for people in {payer} pays the own share of {victim}, {share} of the {rest_fen} left, "
        "within {limit_fen}."
    ),
    "kfk_injured": ("Each insurer pays its own insured only when nobody was hurt. The usual rules apply."),
}
