// The field of a day that is left half typed is emptied by Streamlit without a word, and one that
// holds a day from outside the calendar says so behind a mark. This says under the field what stands
// or stood there and that it is not kept, until somebody goes back to it. The words come with the
// style sheet, in the language of the page: see views/shared/identity.py.
(function () {
  if (window.__dayField) return;
  window.__dayField = true;

  const aloud = document.createElement("div"); // for a screen reader, which reads no style sheet
  aloud.setAttribute("role", "status");
  aloud.className = "day-field-aloud";
  document.body.append(aloud);

  const fieldOf = (event) => event.target instanceof Element
    && event.target.closest('[data-testid="stDateInputField"]');
  const boxOf = (field) => field.closest('[data-testid="stDateInput"]');

  document.addEventListener("focusout", (event) => {
    const field = fieldOf(event);
    if (!field || field.contains(event.relatedTarget)) return;
    const parts = [...field.querySelectorAll('[role="spinbutton"]')];
    const empty = parts.filter((part) => part.dataset.placeholder === "true");
    const outside = field.hasAttribute("data-has-error");
    if (empty.length === parts.length || (!empty.length && !outside)) return;
    const typed = parts.map((part) => part.textContent).join("/");
    const words = getComputedStyle(document.documentElement)
      .getPropertyValue(outside ? "--day-outside" : "--half-a-day");
    const said = words.trim().slice(1, -1).replace("{text}", typed);
    boxOf(field).dataset.half = said;
    aloud.textContent = said;
  }, true);
  document.addEventListener("focusin", (event) => {
    const field = fieldOf(event);
    if (!field) return;
    delete boxOf(field).dataset.half;
    aloud.textContent = "";
  }, true);
  new MutationObserver(() => { // the page was turned, or the field is gone: so is what it said
    if (aloud.textContent && !document.querySelector("[data-half]")) aloud.textContent = "";
  }).observe(document.getElementById("root") || document.body, { childList: true, subtree: true });
})();
