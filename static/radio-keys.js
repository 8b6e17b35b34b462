// Arrow keys move along the options of a question, or along the sections, and what they come to is
// sent once: when one leaves them, with Space or Enter, or when the person seems about to go.
// Otherwise every option passed on the way would be saved, and stand in the history, and every
// section passed on the way would be shown.
(function () {
  if (window.__radioKeys) return;
  window.__radioKeys = true;

  const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  // React remembers what it set itself, and would take a change made its way for one of its own.
  const tick = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "checked").set;
  let waiting = null; // the option moved to, not sent yet

  const groupOf = (node) => node instanceof Element
    && node.matches("input[type=radio]")
    && node.closest(
      ':is([class*="st-key-question-"], .st-key-sections) [data-testid="stRadio"] [role="radiogroup"]',
    );
  const labelOf = (radio) => radio.closest("label");
  const boxOf = (radio) => radio.closest(':is([class*="st-key-question-"], .st-key-sections)');

  const forget = () => {
    const radio = waiting;
    waiting = null;
    if (radio) labelOf(radio)?.removeAttribute("data-waiting");
    for (const box of document.querySelectorAll("[data-moving]")) box.removeAttribute("data-moving");
    return radio;
  };
  const moveTo = (radio) => {
    forget();
    waiting = radio;
    labelOf(radio)?.setAttribute("data-waiting", "");
    boxOf(radio)?.setAttribute("data-moving", "");
    radio.focus();
    // For a screen reader; once the focus is drawn, which takes the tick away.
    requestAnimationFrame(() => { if (waiting === radio) tick.call(radio, true); });
  };
  const send = () => {
    const radio = forget();
    if (!radio || !radio.isConnected || labelOf(radio)?.hasAttribute("data-selected")) return;
    tick.call(radio, false);
    radio.click();
  };

  document.addEventListener("keydown", (event) => {
    const group = groupOf(event.target);
    if (event.isTrusted && /^(Control|Meta|Alt|F5)$/.test(event.key)) send();
    if (!group || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const step = STEPS[event.key];
    if (step) {
      const all = [...group.querySelectorAll("input[type=radio]")];
      moveTo(all[(all.indexOf(event.target) + step + all.length) % all.length]);
    } else if (waiting && (event.key === " " || event.key === "Enter")) {
      send();
    } else {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  document.addEventListener("focusout", (event) => {
    if (!waiting || event.target !== waiting) return;
    const group = groupOf(waiting);
    if (!group || !group.contains(event.relatedTarget)) send();
  }, true);
  // A click on another option takes the place of the one moved to.
  document.addEventListener("click", (event) => {
    if (event.isTrusted && waiting && groupOf(waiting)?.contains(event.target)) forget();
  }, true);
  document.addEventListener("visibilitychange", send);
  window.addEventListener("blur", send);
  document.documentElement.addEventListener("mouseleave", send);
  window.addEventListener("beforeunload", (event) => {
    if (!waiting) return;
    send();
    event.preventDefault();
  });
})();
