"""Questionnaires of SurveyJS in, and frameworks out as SurveyJS.

SurveyJS ── from_surveyjs ──▶ framework document ── to_surveyjs ──▶ SurveyJS
"""

from __future__ import annotations

from procurement_risk.formats.surveyjs.conversion import Converted, from_surveyjs
from procurement_risk.formats.surveyjs.notes import Note
from procurement_risk.formats.surveyjs.writing import to_surveyjs
