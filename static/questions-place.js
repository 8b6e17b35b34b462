// Loaded anew with each section of the questions: show it from its top, from the question that the
// address names or, where somebody comes back to it, as far down as it was left; and let a keyboard
// or a screen reader go on from there when a button or a link led here. Loaded twice for the same
// place, as happens when a notice appears above, it does nothing.
(function () {
  const KEPT = "questions-place";
  const PATIENCE = 10_000; // ms that a page may take to be drawn as far down as it was left
  const GAP = 16; // px above a question that is led to
  const wish = new URL(document.currentScript ? document.currentScript.src : "", location.href)
    .searchParams;
  const place = wish.get("place");
  const question = wish.get("question");
  const time = wish.get("time"); // another each time that somebody is led to a question
  const main = document.querySelector('[data-testid="stMain"]');
  if (!main) return;

  const kept = () => {
    try { return JSON.parse(sessionStorage.getItem(KEPT)) || {}; } catch { return {}; }
  };
  const keep = (top) => sessionStorage.setItem(KEPT, JSON.stringify({ place, time, top }));
  const before = kept();
  const back = before.place === place && (!question || before.time === time);
  const wanted = back ? before.top : 0;
  window.__questionsPlace = { place, time };
  keep(wanted);

  // What the person scrolls is kept; what the browser scrolls when the page goes is not.
  if (!window.__questionsWatch) {
    window.__questionsWatch = true;
    let timer = null;
    main.addEventListener("scroll", () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (!document.querySelector(".st-key-sections")) return;
        sessionStorage.setItem(
          KEPT, JSON.stringify({ ...window.__questionsPlace, top: main.scrollTop }),
        );
      }, 150);
    }, { passive: true });
  }

  const until = performance.now() + PATIENCE;
  let stopped = false;
  const stop = () => { stopped = true; };
  for (const kind of ["wheel", "touchstart", "keydown", "pointerdown"]) {
    window.addEventListener(kind, stop, { once: true, passive: true, capture: true });
  }
  // What stands above may still be drawn when the question is there already: so it is held.
  const lead = (focused) => {
    if (stopped || performance.now() > until) return;
    const card = main.querySelector(`.st-key-question-${CSS.escape(question)}`);
    const first = card?.querySelector("input, textarea, button[role=radio]");
    const off = card ? card.getBoundingClientRect().top - main.getBoundingClientRect().top - GAP : 0;
    if (Math.abs(off) > 1) main.scrollTop += off;
    if (first && !focused) first.focus({ preventScroll: true });
    requestAnimationFrame(() => lead(focused || Boolean(first)));
  };
  // What is drawn later may move it again: it is there once it has stayed for a moment.
  let since = 0;
  const settle = () => {
    const now = performance.now();
    if (stopped || now > until || (since && now - since > 2_000)) return;
    const there = Math.abs(main.scrollTop - wanted) < 2;
    since = there ? since || now : 0;
    if (!there && main.scrollHeight - main.clientHeight >= wanted) main.scrollTop = wanted;
    requestAnimationFrame(settle);
  };
  if (back) {
    settle();
    return;
  }
  main.scrollTop = 0;
  if (question) {
    lead(false);
    return;
  }
  const focused = document.activeElement;
  const heading = main.querySelector("h2");
  if (heading && focused && focused.closest(".st-key-moves")) {
    heading.tabIndex = -1;
    heading.style.outline = "none";
    heading.focus({ preventScroll: true });
  }
})();
