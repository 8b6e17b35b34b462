// From the pointer's release to the first frame after the last change on the page.
// Needs window.SCRIPT_FINISHED: the field number of the message that ends a run.
(() => {
  const QUIET = 300; // ms without a change after the run's end: then nothing more will come
  let released = 0, finished = 0, painted = 0;

  const now = () => performance.now();

  // Reads only the outermost fields of the message: a tag, then a length or a number to skip.
  const endsRun = (data) => {
    if (!(data instanceof ArrayBuffer)) return false;
    const bytes = new Uint8Array(data);
    let at = 0;
    const number = () => {
      let value = 0, scale = 1, byte;
      do {
        byte = bytes[at++];
        value += (byte & 127) * scale;
        scale *= 128;
      } while (byte & 128);
      return value;
    };
    while (at < bytes.length) {
      const tag = number();
      if (Math.floor(tag / 8) === window.SCRIPT_FINISHED) return true;
      const kind = tag % 8;
      if (kind === 2) at += number();
      else if (kind === 0) number();
      else at += kind === 1 ? 8 : 4;
    }
    return false;
  };

  window.WebSocket = class extends WebSocket {
    constructor(...args) {
      super(...args);
      this.addEventListener("message", (event) => {
        if (endsRun(event.data)) finished = now();
      });
    }
  };

  document.addEventListener("pointerup", () => { released = now(); }, true);

  window.stopwatch = {
    watch: () => {
      const observer = new MutationObserver(() => {
        // A timer set inside a frame fires once that frame is on the screen.
        requestAnimationFrame(() => setTimeout(() => { painted = now(); }));
      });
      const what = { subtree: true, childList: true, characterData: true, attributes: true };
      for (const id of ["stMain", "stSidebar"]) {
        const part = document.querySelector(`[data-testid=${id}]`);
        if (part) observer.observe(part, what);
      }
    },
    reset: () => { released = finished = painted = 0; },
    stopped: () => finished > released && released > 0
      && now() - Math.max(finished, painted) > QUIET,
    took: () => Math.max(finished, painted) - released,
  };
})();
