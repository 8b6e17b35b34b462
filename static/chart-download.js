// Downloads a chart as a picture or as its table, in the browser alone. Plotly's own "toImage"
// button, which the page hides, makes the picture; for it the chart gets a background, and its
// title, which on the page stands above it.
(function () {
  if (window.__chartDownload) return;
  window.__chartDownload = true;

  const LINE = 20; // pixels that a line of the title takes
  const LETTER = 7.5; // pixels that a letter takes, on average
  // A picture knows only the fonts of the machine: with another one, words would not fit.
  const FONT = "Helvetica, Arial, sans-serif";

  const style = document.createElement("style");
  style.textContent = `
    .stPlotlyChart .modebar-container { display: none !important }
    .chart-downloads {
      display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; font-size: 0.875rem;
    }
    .chart-downloads button {
      font: inherit; color: inherit; background: transparent; cursor: pointer;
      border: 1px solid currentColor; border-radius: 0.25rem; padding: 0.125rem 0.75rem;
      min-height: 1.75rem;
    }`;
  document.head.append(style);

  const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

  const wrapped = (text, most) => text.split(" ").reduce((lines, word) => {
    const longer = `${lines.at(-1)} ${word}`.trim();
    return longer.length <= most ? [...lines.slice(0, -1), longer] : [...lines, word];
  }, [""]).filter(Boolean);

  const save = (name, blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };

  const saveTable = ({ chartName, chartTable }) => {
    const bytes = Uint8Array.from(atob(chartTable), (letter) => letter.charCodeAt(0));
    save(`${chartName}.csv`, new Blob([bytes], { type: "text/csv" }));
  };

  const savePicture = (button) => {
    const { chartName, chartFormat, chartTitle, chartAbout, chartBackground } = button.dataset;
    const chart = button.closest('[class*="st-key-picture-"]')?.querySelector(".js-plotly-plot");
    const maker = chart?.querySelector(".modebar-btn");
    if (!maker) return;
    const { layout, _fullLayout: full, _context: context } = chart;
    const most = Math.floor((full.width - 24) / LETTER);
    const title = wrapped(chartTitle, most - 4).map((line) => `<b>${escaped(line)}</b>`);
    const about = chartAbout.split("\n").flatMap((line) => wrapped(line, most)).map(escaped);
    const lines = [...title, ...about];
    const room = LINE * (lines.length + 1);
    const height = full.height + room;
    const kept = { ...layout };
    const options = context.toImageButtonOptions;
    Object.assign(layout, {
      paper_bgcolor: chartBackground,
      width: full.width,
      height,
      font: { ...layout.font, family: FONT },
      margin: { ...layout.margin, t: (full.margin?.t ?? 0) + room },
      title: {
        text: lines.join("<br>"), font: { family: FONT, size: 14 }, pad: { l: 12 },
        x: 0, xref: "container", xanchor: "left",
        y: 1 - 14 / height, yref: "container", yanchor: "top",
      },
    });
    context.toImageButtonOptions = {
      format: chartFormat, filename: chartName, scale: chartFormat === "png" ? 2 : 1,
      width: full.width, height,
    };
    maker.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    // Plotly has copied what it needs: the chart on the page stays as it was.
    for (const name of Object.keys(layout)) if (!(name in kept)) delete layout[name];
    Object.assign(layout, kept);
    context.toImageButtonOptions = options;
  };

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const button = target?.closest("button[data-chart-format]");
    if (!button) return;
    if (button.dataset.chartFormat === "csv") saveTable(button.dataset);
    else savePicture(button);
  });
})();
