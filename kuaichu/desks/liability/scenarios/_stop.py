"""Warnings and advice which several scenarios share."""

from ._result import Reason

STOP = Reason(
    "general-procedure",
    "不适用自行协商、简易程序或在线认定，应由交警按一般程序调查",
    "Not for self-negotiation, summary or online handling: an officer investigates",
)
MITIGABLE = Reason(
    "mitigable",
    "有证据证明对方也有过错的，可以减轻逃逸方责任（但同时破坏、伪造现场的不予减轻）",
    "May be mitigated if the other is proved to be at fault, unless evidence was also destroyed",
)
CERTIFICATE_OF_FACTS = Reason(
    "certificate-of-facts",
    "经调查仍无法查清的，出具道路交通事故证明，载明查得的事实；不得以双方同等责任代替",
    "If it still cannot be established, a certificate of facts is issued; equal liability is no substitute",
)
REPORT_FACILITY = Reason(
    "report-facility",
    "碰撞公共设施：拍照后移车至不妨碍交通处，报警等候处理，不得驶离（《道路交通安全法实施条例》第八十八条）",
    "A public facility was hit: photograph, move aside, report to the police and wait (Regulation, "
    "Article 88)",
)
EQUAL_MONEY = Reason(
    "equal-money",
    "本地规定：无法确定各方过错的，同类当事人平均分担赔偿；这是赔偿比例，不是责任等级",
    "Here parties of one sort share the money equally if fault cannot be determined: a civil share, no grade",
)
