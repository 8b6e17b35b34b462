"""Where the publisher of an instrument has it, where a shipped questionnaire was read elsewhere.

A questionnaire names the address at which its author read of an instrument, and that stays as it
is for as long as records rest on it. Nobody cites an account: here stands what they cite instead.
"""

from __future__ import annotations

from collections.abc import Mapping

from procurement_risk.framework.model import Source

_GOV = "https://www.gov.uk/government"
_ICO = "https://ico.org.uk"
_ADM = "ico-consultation-on-the-draft-guidance-about-automated-decision-making-including-profiling"
_AGENTS = "artificial-intelligence/careful-adoption-of-agentic-ai-services"
_REVIEW = "state-of-digital-government-review"
_JUDGMENT = "https://www.judiciary.uk/wp-content/uploads/2019/12/bates-v-post-office-judgment.pdf"

PUBLISHED_AT: Mapping[tuple[str, str], str] = {
    ("CMA-CLOUD", "steptoe.com"): "https://www.gov.uk/cma-cases/cloud-services-market-investigation",
    ("CVE-2025-32711", "agentmodeai.com"): "https://nvd.nist.gov/vuln/detail/CVE-2025-32711",
    ("CYBER-PLAN", "openpolicy.co"): f"{_GOV}/publications/government-cyber-action-plan",
    ("GOVAI", "sciencestack.ai"): "https://arxiv.org/abs/2604.01332",
    ("HECVAT", "responsehub.ai"):
        "https://www.educause.edu/higher-education-community-vendor-assessment-toolkit",
    ("HORIZON-JUDGMENT", "computerweekly.com"): _JUDGMENT,
    ("ICO-ADM-DRAFT", "burges-salmon.com"):
        f"{_ICO}/about-the-ico/ico-and-stakeholder-consultations/2026/03/{_ADM}/",
    ("ICO-AUDITS", "natlawreview.com"):
        f"{_ICO}/media2/migrated/4031620/ai-in-recruitment-outcomes-report.pdf",
    ("MSC", "dwfgroup.com"): f"{_GOV}/collections/government-standard-contracts-for-procurement",
    ("NCSC-AGENTS", "bratby.law"):
        f"https://www.cyber.gov.au/business-government/secure-design/{_AGENTS}",
    ("SDG-REVIEW", "techmonitor.ai"): f"{_GOV}/publications/{_REVIEW}/{_REVIEW}",
    ("WEF", "scl.org"): "https://www.weforum.org/publications/ai-procurement-in-a-box/",
}  # fmt: skip
"""By the id of a source and the site it was read at: its address at its publisher's."""


def cited_at(source: Source) -> str:
    """Return the address to cite ``source`` at: its publisher's where that is known."""
    host = source.address.partition("://")[2].partition("/")[0].removeprefix("www.")
    return PUBLISHED_AT.get((source.id, host), source.address)


def read_at(source: Source) -> str:
    """Return where ``source`` was read, where that is not where it is cited, or empty."""
    return "" if cited_at(source) == source.address else source.address
