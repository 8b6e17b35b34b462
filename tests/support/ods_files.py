"""ODS files as LibreOffice writes them, made of a workbook of ours."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from tests.support.workbook_examples import opened, packed

NAMES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "form": "urn:oasis:names:tc:opendocument:xmlns:form:1.0",
        "script": "urn:oasis:names:tc:opendocument:xmlns:script:1.0",
        "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
        "dc": "http://purl.org/dc/elements/1.1/",
    }.items()
)
STYLES = (
    '<office:automatic-styles><style:style style:name="struck" style:family="table-cell">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="child" style:family="table-cell" '
    'style:parent-style-name="struck"/><style:style style:name="T1" style:family="text">'
    '<style:text-properties style:text-line-through-type="single"/></style:style>'
    "</office:automatic-styles>"
)
MIME = b"application/vnd.oasis.opendocument.spreadsheet"


def text_of(value: object) -> str:
    """What stands in a cell, in the XML of the format."""
    return "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))


def ods_of(
    data: bytes,
    cells: dict[str, str] | None = None,
    body: str = "",
    parts: dict[str, bytes] | None = None,
    keep_properties: bool = True,
) -> bytes:
    """The workbook ``data`` as ODS.

    ``cells`` has the XML of cells on the sheet of questions by their place; ``body`` stands
    before the sheets, ``parts`` beside the content.
    """
    book, given = opened(data), cells or {}
    tables = []
    for sheet in book.worksheets:
        rows = []
        for row in sheet.iter_rows():
            made = []
            for cell in row:
                own = given.get(cell.coordinate) if sheet.title == "Questions" else None
                empty = "<table:table-cell/>"
                filled = (
                    f'<table:table-cell office:value-type="string">{text_of(cell.value)}'
                    "</table:table-cell>"
                )
                made.append(own or (empty if cell.value is None else filled))
            rows.append(f"<table:table-row>{''.join(made)}</table:table-row>")
        first = f"<table:table-header-rows>{rows[0]}</table:table-header-rows>"
        end = (
            '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
            'table:number-columns-repeated="16384"/></table:table-row>'
        )
        tables.append(
            f"<table:table table:name={quoteattr(sheet.title)}>{first}{''.join(rows[1:])}{end}"
            "</table:table>"
        )
    content = (
        f"<office:document-content {NAMES}><office:scripts/>{STYLES}<office:body>"
        f"<office:spreadsheet>{body}{''.join(tables)}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    properties = "".join(
        f"<meta:user-defined meta:name={quoteattr(each.name)}>{escape(str(each.value))}"
        "</meta:user-defined>"
        for each in (book.custom_doc_props.props if keep_properties else ())
    )
    meta = (
        f"<office:document-meta {NAMES}><office:meta>{properties}</office:meta>"
        "</office:document-meta>"
    )
    return packed(
        {
            "mimetype": MIME,
            "content.xml": content.encode(),
            "meta.xml": meta.encode(),
            "META-INF/manifest.xml": f"<manifest:manifest {NAMES}/>".encode(),
            **(parts or {}),
        }
    )
