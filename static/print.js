// Before printing, every chart knows how large it may be on the sheet, so that print.css can fit it
// there with every mark on it; afterwards it is as it was.
(function () {
  if (window.__print) return;
  window.__print = true;
  const CHARTS = ".js-plotly-plot .svg-container";
  const SHEET = 703; // A4 upright less the margins of print.css, in pixels
  const TALL = 790; // its height, less a title and a note of a few lines over the chart

  // Learned while it is on the screen: what changes as printing begins is not laid out anew. In
  // pixels: on a page that breaks, Chromium gives a box no height by its proportions.
  function learn(box) {
    const { offsetWidth: width, offsetHeight: height } = box;
    if (!width || !height || matchMedia("print").matches) return;
    const scale = Math.min(1, SHEET / width, TALL / height);
    box.style.setProperty("--paper-width", `${width * scale}px`);
    box.style.setProperty("--paper-height", `${height * scale}px`);
  }

  const known = new WeakSet();
  const sizes = new ResizeObserver((seen) => seen.forEach((each) => learn(each.target)));
  new MutationObserver(() => {
    for (const box of document.querySelectorAll(CHARTS)) {
      if (known.has(box)) continue;
      known.add(box);
      sizes.observe(box);
    }
  }).observe(document.body, { childList: true, subtree: true });

  window.addEventListener("beforeprint", () => {
    for (const box of document.querySelectorAll(CHARTS)) {
      learn(box);
      const { offsetWidth: width, offsetHeight: height } = box;
      if (!width || !height) continue;
      for (const svg of box.querySelectorAll(":scope > .main-svg")) {
        svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
      }
    }
  });
  window.addEventListener("afterprint", () => {
    for (const svg of document.querySelectorAll(`${CHARTS} > .main-svg`)) {
      svg.removeAttribute("viewBox");
    }
  });
})();
