// Typed text reaches the server 0.7 s after the last key, when the person seems about to go, and
// before a link leads away. Without this script text is saved when its field is left.
(function () {
  if (window.__idleCommit) return;
  window.__idleCommit = true;

  const IDLE = 700; // ms after the last key
  const RECENT = 600; // ms in which text that has just left its field may still be on its way
  const SENDING = 100; // ms that Streamlit may take to send text it has been handed
  const HEAD_START = 300; // ms for the server to take it in
  const STARTS = 1500; // ms within which a server begins with what it was sent, a busy one too
  const PATIENCE = 5000; // ms after which a link is followed whatever happens

  let dirty = null; // the field whose text has not been sent
  let day = null; // the field of a day that has been typed in and not been left
  let timer = null;
  let sentAt = -Infinity; // when text last left its field
  let waitingLink = null;

  // Text inputs and areas of the app; not the search box inside a list, whose Enter chooses, and
  // not a form, which is sent as a whole by its own button.
  const isText = (field) => field instanceof Element
    && field.matches('[data-testid="stTextInput"] input, [data-testid="stTextArea"] textarea')
    && !field.closest('[data-testid="stForm"]');

  // The field of a day that is still on the page; one that a redrawing took away is over.
  const held = () => {
    if (day && !day.isConnected) day = null;
    return day;
  };
  const isWhole = (field) => [...field.querySelectorAll('[role="spinbutton"]')]
    .every((part) => part.getAttribute("data-placeholder") !== "true");

  // Enter in an input, Ctrl+Enter in an area: the keys Streamlit itself takes for "done". Focus
  // and caret stay where they are.
  // A day is left, and so sent, where it is whole: half of one would be lost.
  const commit = () => {
    const typed = held();
    if (typed && isWhole(typed) && typed.contains(document.activeElement)) {
      document.activeElement.blur();
    }
    const field = dirty;
    dirty = null;
    clearTimeout(timer);
    if (!field || !field.isConnected) return;
    field.dispatchEvent(new KeyboardEvent("keydown", {
      key: "Enter", code: "Enter", keyCode: 13, ctrlKey: field.tagName === "TEXTAREA",
      bubbles: true, cancelable: true,
    }));
    sentAt = performance.now();
  };

  document.addEventListener("input", (event) => {
    if (!isText(event.target)) return;
    dirty = event.target;
    clearTimeout(timer);
    timer = setTimeout(commit, IDLE);
  }, true);
  // A day is sent when its field is left, which has to happen before the page is.
  document.addEventListener("keydown", (event) => {
    const field = event.target instanceof Element
      && event.target.closest('[data-testid="stDateInputField"]');
    if (field && event.key !== "Tab" && !field.closest('[data-testid="stForm"]')) day = field;
  }, true);
  document.addEventListener("focusout", (event) => {
    if (!day || day.contains(event.relatedTarget)) return;
    day = null;
    sentAt = performance.now();
  }, true);
  document.addEventListener("compositionend", (event) => {
    if (event.target === dirty) { clearTimeout(timer); timer = setTimeout(commit, IDLE); }
  }, true);
  document.addEventListener("focusout", (event) => {
    if (event.target !== dirty) return; // Streamlit sends it now
    dirty = null;
    clearTimeout(timer);
    sentAt = performance.now();
  }, true);
  // Signs that the person may be about to go: another tab or window, the mouse on its way to the
  // browser's own buttons, the first key of a shortcut such as Ctrl+R.
  document.addEventListener("visibilitychange", commit);
  window.addEventListener("blur", commit);
  document.documentElement.addEventListener("mouseleave", commit);
  document.addEventListener("keydown", (event) => {
    if (event.isTrusted && /^(Control|Meta|Alt|F5)$/.test(event.key) && !held()) commit();
  }, true);

  // Streamlit cannot send any more once the page is going, so where text was typed just now the
  // browser asks, and sends it if the person stays. The server stops what it is doing when the
  // page has gone: what was sent just before gets a head start. Staying busy is the only way.
  window.addEventListener("beforeunload", (event) => {
    if (!dirty && !held() && performance.now() - sentAt > SENDING) return;
    commit();
    event.preventDefault();
  });
  window.addEventListener("pagehide", () => {
    while (performance.now() - sentAt < HEAD_START);
  });

  // A link clicked straight after typing would overtake the text: the text would be lost, or
  // bring the person back. So the text goes first, and the link is followed when it has arrived.
  const busy = () => {
    const app = document.querySelector('[data-testid="stApp"]');
    return app !== null && app.getAttribute("data-test-script-state") !== "notRunning";
  };
  const follow = () => {
    const link = waitingLink;
    waitingLink = null;
    const same = (other) => other.getAttribute("href") === link.getAttribute("href");
    const there = link.isConnected ? link : [...document.querySelectorAll("a[href]")].find(same);
    if (there) there.click();
    else window.location.assign(link.href);
  };
  let busyAt = -Infinity; // when the server was last seen to begin with something
  new MutationObserver(() => { if (busy()) busyAt = performance.now(); }).observe(
    document.documentElement,
    { subtree: true, attributes: true, attributeFilter: ["data-test-script-state"] },
  );
  const followWhenArrived = (startedAt) => {
    const waited = performance.now() - startedAt;
    // Text that says nothing new is never sent, so nothing begins: then STARTS ends the wait.
    const begun = busyAt > sentAt || waited >= STARTS;
    if (waited < PATIENCE && (waited < 100 || busy() || !begun)) {
      setTimeout(followWhenArrived, 25, startedAt);
    } else {
      follow();
    }
  };
  document.addEventListener("click", (event) => {
    if (!event.isTrusted || event.defaultPrevented) return; // our own click below, for one
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!link || link.target === "_blank" || link.hasAttribute("download")) return;
    if (link.origin !== window.location.origin) return;
    if (!dirty && !held() && !waitingLink && performance.now() - sentAt > RECENT) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    commit();
    const waits = waitingLink !== null;
    waitingLink = link; // the last one clicked
    if (!waits) followWhenArrived(performance.now());
  }, true);
})();
