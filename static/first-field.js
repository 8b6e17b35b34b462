// Whoever opens the form begins to type: the first field that is empty has the focus, once a visit
// of the page, unless somebody is somewhere in it already.
(function () {
  const PATIENCE = 5000; // ms that the page may take to be drawn
  const until = performance.now() + PATIENCE;
  const begun = window.__firstField;
  if (begun && begun.isConnected) return;
  const look = () => {
    const main = document.querySelector('[data-testid="stMain"]');
    const own = main ? main.querySelectorAll('[class*="st-key-start-"] input[type="text"]') : [];
    if (!own.length) {
      if (performance.now() < until) setTimeout(look, 50);
      return;
    }
    const fields = [...main.querySelectorAll(".st-key-name-asked input"), ...own];
    window.__firstField = own[0];
    if (main.contains(document.activeElement)) return;
    (fields.find((field) => !field.value) || fields[0]).focus({ preventScroll: true });
  };
  look();
})();
