// Loaded anew with each section of the questions: show it from its top, and let a keyboard or a
// screen reader go on from there when a button led here.
(function () {
  const main = document.querySelector('[data-testid="stMain"]');
  if (!main) return;
  main.scrollTop = 0;
  const focused = document.activeElement;
  const heading = main.querySelector("h2");
  if (heading && focused && focused.tagName === "BUTTON" && main.contains(focused)) {
    heading.tabIndex = -1;
    heading.style.outline = "none";
    heading.focus({ preventScroll: true });
  }
})();
