"""What a property of SurveyJS means for a conversion: carried, only for the looks, or left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from procurement_risk.formats.surveyjs.notes import Path, Report
from procurement_risk.language.text import shorten

_ALWAYS_OFFERED = "In the framework every option is offered always."
_NO_PICTURE = "Pictures were left out."

# What leaving a property out means, and which are meant: by small letters, because older files
# write some in another way.
_LEFT_OUT = {
    "SurveyJS asks for an answer here; in the framework every question may stay open.": """
        isrequired required iscommentrequired isallrowrequired requiredif
    """,
    "SurveyJS can lock this; in the framework it can always be answered.": "enableif readonly",
    "Answers are not checked against this in the framework.": """
        validators min max minvalueexpression maxvalueexpression step maxlength masktype
        masksettings minselectedchoices maxselectedchoices eachrowunique eachrowrequired
    """,
    "SurveyJS fills in an answer by itself; in the framework the question starts open.": """
        defaultvalue defaultrowvalue defaultvalueexpression setvalueif setvalueexpression
    """,
    "SurveyJS can empty this answer by itself; in the framework nothing does.": "resetvalueif",
    "What the right answer is was left out: a framework gives points instead.": "correctanswer",
    _ALWAYS_OFFERED: "choicesvisibleif choicesenableif hideifchoicesempty columnsvisibleif",
    "In the framework every row is asked always.": "rowsvisibleif",
    "The texts of single cells were left out; the columns' texts stand in their place.": "cells",
    _NO_PICTURE: "imagelink",
    "SurveyJS keeps the answer under this name; the framework under the question's.": "valuename",
    "An answer to a question that is not asked never counts in the framework.": "clearifinvisible",
    "The choice Select all was left out.": "hasselectall showselectallitem",
}
_MEANINGFUL = {word: message for message, words in _LEFT_OUT.items() for word in words.split()}

# Only for the looks, or about how the page behaves: nothing to say.
_LOOKS = """
    startwithnewline width minwidth maxwidth indent rightindent innerindent titlelocation
    descriptionlocation hidenumber shownumber showquestionnumbers questiontitlelocation
    questiontitlewidth questionsorder choicesorder rowsorder columnsorder colcount
    size cols placeholder autocomplete errorlocation errorslocation renderas itemsize allowclear
    showclearbutton showoptionscaption optionscaption separatespecialchoices
    navigationbuttonsvisibility shownavigationbuttons usedisplayvaluesintitle cssclasses
    navigationtitle navigationdescription otherplaceholder commentplaceholder imageheight
    imagewidth contentmode showlabel imagefit alternaterows columnminwidth rowtitlewidth
    showheader verticalalign ratetype ratedisplaymode displaymode ratecolormode scalecolormode
    autogenerate displayratedescriptionsasextremeitems swaporder autogrow autosize allowresize
    acceptcarriagereturn searchenabled searchmode itemcomponent state titleactions page
    requirederrortext othererrortext showcolonwithtitle popupwidth closeonselect
    hideselecteditems celltype mobileview showasexpanded gridlayoutcolumns gridlayoutenabled
    allowadaptiveactions labeltruelocation timelimit maxtimetofinish itemtitlewidth
    textwrapenabled minimagewidth minimageheight maximagewidth maximageheight
    showminratedescription valuetype id shownumbers expanded textupdatemode datalist
    labeltrue labelfalse valuetrue valuefalse lazyloadenabled choiceslazyloadenabled
    choiceslazyloadpagesize isrow
"""
_CARRIED = """
    type name title description help visibleif visible choices elements questions html inputtype
    hasother showotheritem othertext hasnone shownoneitem nonetext hascomment showcommentarea
    commenttext showrefuseitem refusetext showdontknowitem dontknowtext choicesbyurl
    choicesfromquestion storeothersascomment ratevalues ratemin ratemax ratestep ratecount
    minratedescription maxratedescription multiselect rows columns items label
"""
_SILENT = frozenset((_LOOKS + _CARRIED).split())
_NOTHING: tuple[object, ...] = (None, "", False, [], {})

_SURVEY_NOTES: Mapping[str, str] = {
    "triggers": "Triggers were left out: nothing is filled in, shown or ended by itself.",
    "calculatedvalues": "Calculated values were left out; conditions cannot name them.",
    "completedhtml": "The page shown at the end was left out.",
    "completedhtmloncondition": "The pages shown at the end were left out.",
    "completedbeforehtml": "The page shown to those who come back was left out.",
    "loadinghtml": "The text shown while loading was left out.",
    "navigatetourl": "The address to go to at the end was left out.",
    "navigatetourloncondition": "The addresses to go to at the end were left out.",
    "maxtimetofinish": "The time limit was left out.",
    "timelimit": "The time limit was left out.",
    "logo": _NO_PICTURE,
    "backgroundimage": _NO_PICTURE,
}


_ITEM_NOTES: Mapping[str, str] = {
    "visibleif": _ALWAYS_OFFERED,
    "enableif": _ALWAYS_OFFERED,
    "imagelink": _NO_PICTURE,
}


def note_properties(data: Mapping[str, Any], path: Path, report: Report) -> None:
    """Note what of the properties of an element is left out."""
    for key, value in data.items():
        folded = key.lower()
        if value not in _NOTHING and folded not in _SILENT:
            report.note((*path, key), _MEANINGFUL.get(folded) or _unknown(key))


def note_survey(data: Mapping[str, Any], report: Report) -> None:
    """Note what of the survey's own properties is left out."""
    for key, value in data.items():
        message = _SURVEY_NOTES.get(key.lower())
        if message and value not in _NOTHING:
            report.note((key,), message)
    if str(data.get("clearInvisibleValues", "")).lower() == "none":
        message = (
            "SurveyJS keeps the answers of hidden questions there; in the framework they never "
            "count."
        )
        report.note(("clearInvisibleValues",), message)


def note_item(data: Mapping[str, Any], path: Path, report: Report) -> None:
    """Note what of the properties of a choice is left out."""
    for key, value in data.items():
        if key in ("value", "text") or value in (None, "", False):
            continue
        report.note((*path, key), _ITEM_NOTES.get(key.lower()) or _unknown(key))


def _unknown(key: str) -> str:
    return f'The property "{shorten(key, 40)}" was left out: a framework has no place for it.'
