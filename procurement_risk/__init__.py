"""AI Procurement Risk Toolkit: structured due diligence for public bodies that buy AI."""

__version__ = "0.1.0"
