// Before printing, every chart learns its own proportions, so that print.css can fit it to the
// sheet with every mark on it; afterwards it is as it was.
(function () {
  if (window.__print) return;
  window.__print = true;

  window.addEventListener("beforeprint", () => {
    for (const box of document.querySelectorAll(".js-plotly-plot .svg-container")) {
      const { offsetWidth: width, offsetHeight: height } = box;
      if (!width || !height) continue;
      box.style.aspectRatio = `${width} / ${height}`;
      box.style.maxWidth = `${width}px`; // never larger: its place on the page has this height
      for (const svg of box.querySelectorAll(":scope > .main-svg")) {
        svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
      }
    }
  });
  window.addEventListener("afterprint", () => {
    for (const box of document.querySelectorAll(".js-plotly-plot .svg-container")) {
      box.style.aspectRatio = "";
      box.style.maxWidth = "";
      for (const svg of box.querySelectorAll(":scope > .main-svg")) svg.removeAttribute("viewBox");
    }
  });
})();
