// Loaded anew with each section of the questions: show it from its top or, where somebody comes
// back to it, as far down as it was left; and let a keyboard or a screen reader go on from there
// when a button led here. Loaded twice for the same place, as happens when a notice appears above,
// it does nothing.
(function () {
  const KEPT = "questions-place";
  const PATIENCE = 3000; // ms that a page may take to be drawn as far down as it was left
  const place = new URL(document.currentScript ? document.currentScript.src : "", location.href)
    .searchParams.get("place");
  const main = document.querySelector('[data-testid="stMain"]');
  if (!main) return;

  const kept = () => {
    try { return JSON.parse(sessionStorage.getItem(KEPT)) || {}; } catch { return {}; }
  };
  const keep = (top) => sessionStorage.setItem(KEPT, JSON.stringify({ place, top }));
  const before = kept();
  const back = before.place === place;
  const wanted = back ? before.top : 0;
  window.__questionsPlace = place;
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
          KEPT, JSON.stringify({ place: window.__questionsPlace, top: main.scrollTop }),
        );
      }, 150);
    }, { passive: true });
  }

  if (!back) {
    main.scrollTop = 0;
    const focused = document.activeElement;
    const heading = main.querySelector("h2");
    if (heading && focused && focused.closest(".st-key-moves")) {
      heading.tabIndex = -1;
      heading.style.outline = "none";
      heading.focus({ preventScroll: true });
    }
    return;
  }
  const until = performance.now() + PATIENCE;
  let stopped = false;
  const stop = () => { stopped = true; };
  for (const kind of ["wheel", "touchstart", "keydown", "pointerdown"]) {
    window.addEventListener(kind, stop, { once: true, passive: true, capture: true });
  }
  const settle = () => {
    if (stopped || performance.now() > until || Math.abs(main.scrollTop - wanted) < 2) return;
    if (main.scrollHeight - main.clientHeight >= wanted) main.scrollTop = wanted;
    requestAnimationFrame(settle);
  };
  settle();
})();
