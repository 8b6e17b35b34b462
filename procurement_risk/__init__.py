"""AI Procurement Risk Toolkit: structured due diligence for public bodies that buy AI."""

from procurement_risk.framework.shipped import VERSION as __version__

__all__ = ["__version__"]
