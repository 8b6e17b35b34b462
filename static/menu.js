// The menu in groups: Streamlit puts headings and links of several lists into one list, which a
// screen reader then counts wrongly. Each group gets the name that stands over it instead.
(function () {
  if (window.__menu) return;
  window.__menu = true;

  const name = () => {
    const menu = document.querySelector('[data-testid="stSidebarNavItems"]');
    if (!menu || !menu.querySelector('[data-testid="stNavSectionHeader"]')) return;
    menu.setAttribute("role", "none");
    for (const group of menu.children) {
      const words = group.querySelector('[data-testid="stNavSectionHeader"] p');
      if (!words) continue;
      const icons = new Set(words.querySelectorAll("[role=img]"));
      const said = [...words.childNodes].filter((node) => !icons.has(node));
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", said.map((node) => node.textContent).join("").trim());
      for (const link of group.querySelectorAll("li")) link.setAttribute("role", "none");
    }
  };
  let waits = false;
  new MutationObserver(() => {
    if (waits) return;
    waits = true;
    requestAnimationFrame(() => { waits = false; name(); });
  }).observe(document.body, { childList: true, subtree: true });
  name();
})();
