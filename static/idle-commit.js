// Typed text reaches the server 0.7 s after the last key, when the page is hidden, and before a
// click on a link leads away. Without this script text is saved when its field is left.
(function () {
  if (window.__idleCommit) return;
  window.__idleCommit = true;

  const isText = (e) => e && (e.tagName === "TEXTAREA" ||
    (e.tagName === "INPUT" && /^(text|search|url|email|)$/.test(e.type)));
  let dirty = null, timer = null;

  const commit = (field) => {
    field.dispatchEvent(new KeyboardEvent("keydown", {
      key: "Enter", code: "Enter", keyCode: 13, ctrlKey: field.tagName === "TEXTAREA",
      bubbles: true, cancelable: true,
    }));
    dirty = null;
  };
  const leave = () => {
    const field = document.activeElement;
    if (isText(field)) { field.blur(); dirty = null; }
  };

  document.addEventListener("input", (event) => {
    if (!isText(event.target)) return;
    dirty = event.target;
    clearTimeout(timer);
    timer = setTimeout(() => { if (dirty) commit(dirty); }, 700);
  }, true);
  document.addEventListener("focusout", (event) => {
    if (event.target === dirty) dirty = null;
  }, true);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") leave();
  });
  window.addEventListener("pagehide", leave);
  window.addEventListener("beforeunload", leave);

  // A link clicked straight after typing would overtake the text: let the text go first.
  window.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href]");
    const app = document.querySelector('[data-testid="stApp"]');
    if (!link || link.target === "_blank" || event.__afterCommit || !app) return;
    const running = app.getAttribute("data-test-script-state") !== "notRunning";
    if (!window.__typedAt || Date.now() - window.__typedAt > 900) { if (!running) return; }
    if (!window.__typedAt || Date.now() - window.__typedAt > 3000) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    leave();
    setTimeout(() => {
      window.__typedAt = 0;
      const again = new MouseEvent("click", { bubbles: true, cancelable: true });
      again.__afterCommit = true;
      link.dispatchEvent(again);
    }, 450);
  }, true);
  document.addEventListener("input", (event) => {
    if (isText(event.target)) window.__typedAt = Date.now();
  }, true);
})();
