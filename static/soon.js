// What draws charts is fetched while nobody waits, on a page whose other tabs have them: it is the
// largest script there is. A part of the page names it: see views/shared/soon.py.
(function () {
  if (window.__soon) return;
  window.__soon = true;
  const asked = new Set();

  const fetch = () => {
    for (const each of document.querySelectorAll("[data-soon]")) {
      const name = each.dataset.soon;
      if (asked.has(name)) continue;
      asked.add(name);
      const ours = document.querySelector('script[type="module"][src*="/static/js/"]');
      const link = document.createElement("link");
      Object.assign(link, { rel: "modulepreload", crossOrigin: "", href: new URL(name, ours.src) });
      document.head.append(link);
    }
  };
  const app = document.querySelector('[data-testid="stApp"]');
  const whenIdle = window.requestIdleCallback || ((work) => setTimeout(work, 500));
  const look = () => {
    if (app.dataset.testScriptState === "notRunning") whenIdle(fetch, { timeout: 3000 });
  };
  new MutationObserver(look).observe(app, { attributeFilter: ["data-test-script-state"] });
  look();
})();
