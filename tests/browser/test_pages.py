"""Every page: free of accessibility faults in both themes, and its own work done by hand."""

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pypdf import PdfReader

from procurement_risk.imports.demonstration import EXAMPLES
from procurement_risk.storage import open_store
from procurement_risk.views import frame
from tests.support.running import (
    STILL,
    Server,
    assert_no_traceback,
    settled,
    stay,
    turn_to,
    visit,
)
from tests.support.stored_examples import put_demonstration

P05 = "demo-p05"
PAGES = {page.address: f"/{page.address}" for page in frame.PAGES} | {
    "my-work": "/",
    "supplier": "/supplier?supplier=Kestrel+Predict+Ltd",
    "portfolio filtered": "/portfolio?tier=2&portfolio-show=Sections",
    "portfolio values": "/portfolio?portfolio-show=Value+and+risk",
    "concentration": "/portfolio?portfolio-show=Concentration",
    "portfolio dates": "/portfolio?portfolio-show=Dates+and+conditions",
    "answer": f"/answer?assessment={P05}",
    "answer section": f"/answer?assessment={P05}&section=SR",
    "details": f"/details?assessment={P05}",
    "profile": f"/profile?assessment={P05}",
    "details version": f"/details?assessment={P05}&details=Version",
    "details publication": f"/details?assessment={P05}&details=Publication",
    "records": f"/records?format=public-summary&assessment={P05}",
    "records in": "/records?records=Bring+in+or+check",
    "conditions": "/frameworks?frameworks-show=Read+one&frameworks-part=Conditions",
    "comparison": "/frameworks?frameworks-show=Read+one&frameworks-part=Compare+versions",
    "check": "/frameworks?frameworks-show=Bring+one+in",
    "compare": "/compare?purchase=demo-purchase-p01",
    "compare firmness": "/compare?purchase=demo-purchase-p01&compare=How+firm+it+is",
    "help formats": "/help?help=Formats",
}
"""Where each page is looked at; one that the frame lists is among them by itself."""
IN_TURN = sorted(PAGES, key=lambda name: "assessment=" in PAGES[name])
"""First those without an assessment: in the menu one would stay open on the others."""
LAPTOP, PHONE = ({"width": 1280, "height": 720}, {"width": 390, "height": 844})
# Streamlit's own, not ours to mend: the sizes and roles of parts inside its widgets.
STREAMLITS_OWN = {"target-size", "presentation-role-conflict", "empty-table-header"}


@pytest.fixture(scope="module")
def laptop(browser: Browser):
    """One profile for all tests that only look: what it has fetched once, it keeps."""
    context = browser.new_context(viewport=LAPTOP, **STILL)
    stay(context)
    yield context
    context.close()


@pytest.fixture(scope="module")
def looking(laptop: BrowserContext):
    """A person who looks at one page after the other."""
    page = laptop.new_page()
    yield page
    page.close()


@pytest.fixture
def on_screen(looking: Page):
    """The same person's page, as it is to be before and after it is printed."""
    looking.emulate_media(color_scheme="light")
    yield looking
    looking.emulate_media(media="screen", color_scheme="light")
    looking.set_viewport_size(LAPTOP)


@pytest.fixture(scope="module", params=IN_TURN)
def looked_at(request: pytest.FixtureRequest, demo_server: Server, looking: Page):
    """Each page in turn, opened once for all tests that look at it."""
    turn_to(looking, demo_server.url(PAGES[request.param]))
    return looking


def test_axe_finds_no_fault(looked_at: Page):
    """WCAG 2.2 A and AA, as far as axe-core can tell, on every page, in light and dark.

    From one to the other only contrast can differ. A page comes up in the one that the last page
    was left in, as to change it twice is to draw everything twice.
    """
    page = looked_at
    here, ground = faults(page), page.evaluate(BACKGROUND)
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    page.emulate_media(color_scheme="light" if dark else "dark")
    page.wait_for_function(f"({BACKGROUND})() !== {ground!r}")
    page.keyboard.press("r")  # Streamlit's key for running the page again, now in the other
    settled(page)
    page.wait_for_function(FADED)
    there = faults(page, ("color-contrast",))

    assert (here, there) == ({}, {})


def test_a_phone_needs_no_sideways_scrolling(looked_at: Page):
    """At 390 pixels the page itself is no wider than the screen."""
    touch(looked_at, enabled=True)
    looked_at.set_viewport_size(PHONE)
    settled(looked_at)

    width = looked_at.evaluate(WIDTH)

    looked_at.set_viewport_size(LAPTOP)
    touch(looked_at, enabled=False)
    assert width <= 390


# A part that is too wide is scrolled within the middle of the page, which holds all but the menu.
WIDTH = """() => Math.max(
    ...[document.documentElement, document.querySelector('[data-testid=stMain]')]
    .map(e => e.scrollWidth))"""


@pytest.mark.own_page
def test_a_part_too_wide_for_a_phone_would_be_found(page: Page):
    """In a middle that scrolls by itself, as Streamlit's does."""
    page.set_viewport_size(PHONE)
    page.set_content(
        "<div data-testid=stMain style='overflow: auto'><p style='width: 391px'>Wide</div>"
    )

    assert page.evaluate(WIDTH) == 391


def touch(page: Page, *, enabled: bool) -> None:
    """Give the page's screen a touch surface, or none."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": enabled})
    session.detach()


BACKGROUND = "() => getComputedStyle(document.querySelector('.stApp')).backgroundColor"
# Colours fade from one theme to the other; what turns for ever, such as a spinner, does not count.
FADED = "() => document.getAnimations().every(a => a.effect.getComputedTiming().endTime > 1e9)"


EVERY = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def faults(page: Page, rules: Sequence[str] = EVERY) -> dict[str, list[str]]:
    """Return what axe finds wrong with the page as it is now, and where."""
    options = {"runOnly": list(rules), "resultTypes": ["violations"]}  # told at length: no others
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate("options => axe.run(options).then(all => all.violations)", options)
    return {
        fault["id"]: [node["html"][:200] for node in fault["nodes"]]
        for fault in found
        if fault["id"] not in STREAMLITS_OWN
    }


def test_axe_would_find_a_fault(demo_server: Server, page: Page):
    """The check above is shown a picture without a text, and a heading that skips a level."""
    turn_to(page, demo_server.url("/help"))
    page.evaluate("document.querySelector('main, body').append(new Image())")
    page.evaluate("document.querySelector('main').append(document.createElement('h5'))")
    page.evaluate("document.querySelector('main h5').append('Too deep')")

    assert {"image-alt", "heading-order"} <= faults(page).keys()


def test_what_has_the_focus_is_seen_and_not_covered(demo_server: Server, page: Page):
    """Tabbed through, a section of the Questions page: a ring on each, and none under the bar."""
    visit(page, demo_server.url(PAGES["answer section"]))
    page.locator(".st-key-moves").wait_for()

    walked = walk_by_tab(page, 55)

    assert len(walked) == 55
    assert {kind for kind, _why in walked} >= {"A", "BUTTON", "INPUT"}
    assert [each for each in walked if each[1]] == []

    page.add_style_tag(content=".stApp main { scroll-padding: 0 !important }")
    assert {why for _kind, why in walk_by_tab(page, 55) if why} == {"covered"}
    hidden = ".stApp button:focus-visible { outline-color: transparent !important }"
    page.add_style_tag(content=hidden)
    assert "no ring" in {why for _kind, why in walk_by_tab(page, 15)}


def walk_by_tab(page: Page, times: int) -> list[tuple[str, str]]:
    """Return what each press of Tab comes to, and what is wrong with how it is shown."""
    found = []
    for _press in range(times):
        page.keyboard.press("Tab")
        found.append(tuple(page.evaluate(FOCUSED)))
    return found


# The ring may lie around the box of a field.
FOCUSED = """() => {
    const it = document.activeElement, box = it.getBoundingClientRect();
    const rings = [];
    for (let e = it, up = 0; e && up < 4; e = e.parentElement, up++) {
        const style = getComputedStyle(e);
        if (style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2
            && !style.outlineColor.endsWith(' 0)')) rings.push(e);
    }
    const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const seen = at && (it.contains(at) || at.contains(it) || it.closest('label')?.contains(at));
    return [it.tagName, rings.length ? seen ? '' : 'covered' : 'no ring'];
}"""


@pytest.mark.own_page
def test_axe_would_find_a_fault_in_the_dark_alone(demo_server: Server, page: Page):
    """A text that is only too pale on the dark page."""
    found = {}
    visit(page, demo_server.url("/help"))
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        settled(page)
        page.wait_for_function(FADED)
        page.evaluate(
            "document.querySelector('h1').append(Object.assign(document.createElement('span'),"
            " {textContent: 'Pale', style: 'color: #444; font-size: 12px'}))"
        )
        found[theme] = "color-contrast" in faults(page, ("color-contrast",))

    assert found == {"light": False, "dark": True}


def test_the_profile_of_p05_says_what_stops_it(demo_server: Server, page: Page):
    """The decision first, then the stop in words."""
    turn_to(page, demo_server.url(PAGES["profile"]))

    expect(page.get_by_role("heading", name="Do not proceed").first).to_be_visible()
    expect(page.get_by_text("SR-04").first).to_be_visible()
    expect(page.get_by_text("Fictional", exact=True).first).to_be_visible()
    assert_no_traceback(page, demo_server)


def test_search_and_filters_narrow_the_list(demo_server: Server, page: Page):
    """A word of the supplier's name is enough; nothing found says what to do."""
    turn_to(page, demo_server.url("/assessments"))
    search = page.get_by_label("Search", exact=True)
    search.fill("ironvale")
    search.press("Enter")
    settled(page)
    expect(page.get_by_text("2 of 14 assessments")).to_be_visible()

    search.fill("no such thing")
    search.press("Enter")
    settled(page)
    expect(page.get_by_text("No assessment matches")).to_be_visible()
    assert_no_traceback(page, demo_server)


def test_a_similar_purchase_is_shown_while_typing(demo_server: Server, page: Page):
    """Two or more bodies have bought the same: one is told before one starts."""
    turn_to(page, demo_server.url("/start"))
    page.get_by_text("Value, dates and more about the purchase").click()
    field = page.get_by_label("Capability, in a word or two")
    field.fill("draft-correspondence")
    field.press("Tab")
    settled(page)

    expect(
        page.get_by_text(re.compile("other bodies have bought this or something like it"))
    ).to_be_visible()
    assert_no_traceback(page, demo_server)


def test_on_paper_a_page_is_whole_and_one_thing_below_another(demo_server: Server, page: Page):
    """Each row of a chart once, no menu, and no heading over a chart.

    Without the sheet for paper the menu is on it, so this would see that it is missing.
    """
    turn_to(page, demo_server.url(f"{PAGES['profile']}&show=Charts"))
    page.wait_for_function("document.querySelectorAll('.svg-container[style*=paper]').length == 2")
    rows = page.evaluate(ROWS)

    paper = printed(page)
    text = "".join(said for said, _, _ in paper)

    assert len(rows) == 7
    for row in rows:
        assert text.count("".join(row.split())) == 1, row
    assert "Mywork" not in text
    assert place(paper, "Independentorchecked") < place(paper, "noansweryet")
    page.evaluate(WITHOUT_PAPER)
    assert "Mywork" in "".join(said for said, _, _ in printed(page, "1"))


def test_details_are_saved_with_their_history(server: Server, page: Page):
    """What is changed stands after a reload, and in the history with the person's name."""
    store = open_store(f"sqlite:///{server.database}")
    put_demonstration(store)
    visit(page, server.url(f"/details?assessment={P05}"))
    name = page.get_by_label("Your name, for the history")
    name.fill("Ana Officer")
    name.press("Enter")
    settled(page)
    title = page.get_by_label("What is being bought", exact=True)
    title.fill("Claims fraud scoring, second look")
    title.press("Tab")
    settled(page)
    page.get_by_role("button", name="Save the details").click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()

    visit(page, server.url(f"/details?assessment={P05}"))

    expect(page.get_by_label("What is being bought", exact=True)).to_have_value(
        "Claims fraud scoring, second look"
    )
    last = store.history(P05)[-1]
    assert (last.part, last.by) == ("purchase", "Ana Officer")
    assert store.verify_history(P05) == []
    store.close()
    assert_no_traceback(page, server)


def test_half_a_day_is_refused_and_nothing_typed_is_lost(shared_server: Server, page: Page):
    """The field says that it is not whole; the other fields keep what was typed."""
    visit(page, shared_server.url("/start"))
    page.get_by_text("Value, dates and more about the purchase").click()
    for label, text in (
        ("What is being bought", "Drafting"),
        ("Who is buying it", "A body"),
        ("Supplier", "A supplier"),
    ):
        field = page.get_by_label(label, exact=True)
        field.fill(text)
        field.press("Tab")
        settled(page)
    first_break = page.locator("[class*='st-key-start-break-0']")
    first_break.get_by_role("spinbutton").first.click()
    page.keyboard.type("3103")
    page.get_by_label("Notice id", exact=True).click()

    said = first_break.locator("[data-half]")
    expect(said).to_have_attribute("data-half", re.compile("not a whole day, and is not kept"))
    expect(page.get_by_label("What is being bought", exact=True)).to_have_value("Drafting")
    page.get_by_role("link", name="Help").click(delay=60)
    settled(page)
    page.get_by_role("link", name="Start").click(delay=60)
    settled(page)
    expect(page.get_by_label("Supplier", exact=True)).to_have_value("A supplier")
    assert_no_traceback(page, shared_server)


def test_a_record_comes_in_and_an_altered_one_does_not(server: Server, page: Page, tmp_path: Path):
    """Nothing is written until it is accepted; one changed byte is refused with the reason."""
    good = next(EXAMPLES.glob("p07-*.json"))
    altered = tmp_path / "altered.json"
    altered.write_bytes(good.read_bytes().replace(b'"option":"a"', b'"option":"b"', 1))
    store = open_store(f"sqlite:///{server.database}")
    visit(page, server.url("/records"))
    page.get_by_role("tab", name="Bring in or check").click()
    settled(page)
    upload = page.get_by_role("region", name="JSON records").locator("input[type=file]")
    upload.set_input_files([good, altered])
    settled(page)

    expect(page.get_by_text("The digest holds and the result recomputes.")).to_be_visible()
    expect(page.get_by_text(re.compile("^Refused: "))).to_be_visible()
    assert store.summaries() == []
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_text("Brought in.")).to_be_visible()
    assert [s.id for s in store.summaries()] == ["demo-p07"]
    store.close()
    assert_no_traceback(page, server)


@pytest.mark.parametrize(
    ("name", "marks"), [("portfolio values", 10), ("compare", 3 * 7)], ids=["values", "compare"]
)
def test_on_paper_every_mark_is_inside_its_chart(
    demo_server: Server, on_screen: Page, name: str, marks: int
):
    """A mark for each purchase, or for each section of each supplier; the worst ones too."""
    page = on_screen
    turn_to(page, demo_server.url(PAGES[name]))
    page.wait_for_function(f"({MARKS})().length >= {marks}")
    page.wait_for_function("document.querySelector('.svg-container[style*=paper]')")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    # Unlike a sheet, an emulated one is still a window: a busy Plotly may draw into it anew. What
    # counts is the moment in which the sheet is drawn.
    drawn = page.wait_for_function(
        f"({MARKS})().filter(({INSIDE})).length === {marks} && ({MARKS})().every({INSIDE})"
        " && document.querySelector('.svg-container').offsetWidth"
    )
    width = drawn.json_value()
    assert width <= 703  # A4 upright, less the margins
    assert not page.locator("[data-testid=stSidebar]").is_visible()
    assert page.locator(".stDownloadButton:visible, .stMultiSelect:visible").count() == 0
    # As large as it is on the screen, it would be cut.
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert len(page.evaluate(f"({MARKS})().filter(({INSIDE}))")) < marks


@pytest.mark.parametrize(
    ("address", "rows"),
    [
        ("what-if", "tbody tr"),
        ("changed", "[class*=st-key-changed-] [data-testid=stPageLink]"),
        ("assessments", ".st-key-list-rows li"),
    ],
    ids=["what-if", "changed", "assessments"],
)
def test_on_paper_every_row_is_there(
    demo_server: Server, on_screen: Page, address: str, rows: str
):
    """As many as on the screen and none wider than the paper, in light colours out of the dark."""
    page = on_screen
    page.emulate_media(color_scheme="dark")
    turn_to(page, demo_server.url(f"/{address}"))
    page.locator(rows).first.wait_for()
    number = page.locator(rows).count()
    assert page.locator("[data-testid=stSidebar]").is_visible()

    page.set_viewport_size({"width": 703, "height": 1000})
    page.emulate_media(media="print")
    shown = page.locator(f"{rows}:visible")

    assert number >= 6
    assert shown.count() == number
    assert all(
        box["x"] + box["width"] <= 703 for each in shown.all() if (box := each.bounding_box())
    )
    assert not page.locator("[data-testid=stSidebar]").is_visible()
    assert page.locator(".stDownloadButton:visible").count() == 0
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


MARKS = """() => [...document.querySelector('.js-plotly-plot')
    .querySelectorAll('.scatterlayer .point')]"""
INSIDE = """mark => {
  const box = mark.closest('.svg-container').getBoundingClientRect();
  const at = mark.getBoundingClientRect();
  return at.width > 0 && at.left >= box.left && at.right <= box.right + 1
    && at.top >= box.top && at.bottom <= box.bottom + 1;
}"""

# The label over each bar of the evidence: a section, and how much of it is answered.
ROWS = """() => [...document.querySelectorAll('.st-key-picture-evidence_mix .annotation-text')]
    .map(e => e.textContent).filter(said => said.includes('answered'))"""
WITHOUT_PAPER = """async () => {
  for (const sheet of document.styleSheets)
    for (let at = sheet.cssRules.length - 1; at >= 0; at--)
      if (sheet.cssRules[at].media?.mediaText === "print") sheet.deleteRule(at);
  for (let n = 0; n < 2; n++) await new Promise(requestAnimationFrame);
}"""


def printed(page: Page, sheets: str = "") -> list[tuple[str, int, float]]:
    """Return each text of the printed page with its sheet and how far down it stands there."""
    texts = []
    for number, sheet in enumerate(
        PdfReader(BytesIO(page.pdf(format="A4", page_ranges=sheets))).pages
    ):

        def note(text, outer, inner, *_, number=number):
            if text.strip():  # letters are set one by one: no space is sure to be one
                texts.append(("".join(text.split()), number, -(inner[5] * outer[3] + outer[5])))

        sheet.extract_text(visitor_text=note)
    return texts


def place(paper: list[tuple[str, int, float]], begin: str) -> tuple[int, float]:
    """Return the sheet of the text that begins so, and how far down it is."""
    (found,) = [(number, down) for said, number, down in paper if said.startswith(begin)]
    return found
