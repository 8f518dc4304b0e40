"""All kinds of papers by the name under which they are kept, printed and asked for."""

from __future__ import annotations

from typing import Final

from kuaichu.desks.documents.papers import (
    determination_papers,
    evidence_papers,
    first_papers,
    mediation_papers,
    money_papers,
    notices,
)
from kuaichu.desks.documents.papers.agreement import Agreement
from kuaichu.desks.documents.papers.facts import Paper
from kuaichu.desks.documents.papers.general_certificate import GeneralCertificate
from kuaichu.desks.documents.papers.summary_certificate import SummaryCertificate

_ALL: Final[tuple[type[Paper], ...]] = (
    first_papers.AcceptanceRecord,
    first_papers.RightsNotice,
    first_papers.ClearInstruction,
    first_papers.HandOverForm,
    Agreement,
    SummaryCertificate,
    GeneralCertificate,
    notices.FactsCertificate,
    notices.RejectionNotice,
    determination_papers.Supplement,
    determination_papers.ReviewApplication,
    determination_papers.ReviewAcceptance,
    notices.ReviewConclusion,
    determination_papers.ProofOfService,
    mediation_papers.MediationAgreement,
    mediation_papers.MediationEnd,
    mediation_papers.MediationRecord,
    mediation_papers.PeoplesMediation,
    mediation_papers.PowerOfAttorney,
    evidence_papers.EvidenceList,
    evidence_papers.ExtractionRecord,
    evidence_papers.CertifiedCopy,
    evidence_papers.PhotoSheet,
    money_papers.RescueCostNotice,
    money_papers.RescueFundNotice,
    money_papers.CarePass,
    money_papers.KnockForKnock,
    money_papers.LossSheet,
    money_papers.TowOrder,
    money_papers.RepairOrder,
)
KINDS: Final[dict[str, type[Paper]]] = {one.KIND: one for one in _ALL}
