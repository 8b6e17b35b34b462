// Remembers the name that somebody signs with, so that a reload or another day does not ask again.
// The server reads the cookie when a visit begins; see views/shared/signing.py.
(function () {
  if (window.__actor) return;
  window.__actor = true;

  const NAME = "procurement-risk-name";
  const YEAR = 365 * 24 * 60 * 60; // seconds

  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!(field instanceof Element) || !field.matches(".st-key-actor input")) return;
    const name = encodeURIComponent(field.value.trim());
    const age = name ? YEAR : 0;
    const secure = window.location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `${NAME}=${name}; Max-Age=${age}; Path=/; SameSite=Lax${secure}`;
  }, true);
})();
