// Asks now and then whether its person is still signed in, and when they come back to the page.
// Once they are not, the page is loaded again, which leads to the sign-in and back to this page.
// What was typed is saved within a second, so there is nothing to lose.
(() => {
  if (window.procurementRiskSignedIn) return;
  window.procurementRiskSignedIn = true;
  const ask = async () => {
    if (document.hidden) return;
    const said = await fetch("/signed-in", { cache: "no-store" }).catch(() => null);
    if (said && said.status === 401) window.location.reload();
  };
  document.addEventListener("visibilitychange", ask);
  window.setInterval(ask, 60_000);
})();
