// A link to a page that stands in a text of ours turns to it as the menu does: the app is not
// loaded again, and the visit goes on. In another tab or window it opens as any link.
(function () {
  if (window.__links) return;
  window.__links = true;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.to-page");
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || elsewhere || event.button !== 0) return;
    event.preventDefault();
    history.pushState({}, "", link.href);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  });
})();
