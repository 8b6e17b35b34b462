// Downloads a chart as a picture or as its table, in the browser alone. Plotly's own "toImage"
// button, which the page hides, makes the picture; for it the chart gets a white background and
// light colours whatever the theme, its title, which on the page stands above it, and its source.
(function () {
  if (window.__chartDownload) return;
  window.__chartDownload = true;

  const LINE = 20; // pixels that a line of the title takes
  const LETTER = 7.5; // pixels that a letter takes, on average
  // A picture knows only the fonts of the machine: with another one, words would not fit.
  const PAPER = "#ffffff";
  const COLOUR = /#[0-9a-f]{6}\b|rgba\([^)]*\)/gi;
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

  // The colours of the dark theme, each with the one that the light theme has in its place.
  const recoloured = (value, colours) => {
    if (typeof value === "string") {
      return value.replace(COLOUR, (found) => colours[found.toLowerCase()] ?? found);
    }
    if (Array.isArray(value)) return value.map((each) => recoloured(each, colours));
    if (value?.constructor !== Object) return value; // numbers, and Plotly's arrays of them
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, recoloured(each, colours)]),
    );
  };

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
    const { chartName, chartFormat, chartTitle, chartAbout, chartSource } = button.dataset;
    const chart = button.closest('[class*="st-key-picture-"]')?.querySelector(".js-plotly-plot");
    const maker = chart?.querySelector(".modebar-btn");
    if (!maker) return;
    const { layout, _fullLayout: full, _context: context } = chart;
    const most = Math.floor((full.width - 24) / LETTER);
    const title = wrapped(chartTitle, most - 4).map((line) => `<b>${escaped(line)}</b>`);
    const about = chartAbout.split("\n").flatMap((line) => wrapped(line, most)).map(escaped);
    const lines = [...title, ...about];
    const room = LINE * (lines.length + 1);
    const height = full.height + room + LINE;
    const kept = { ...layout };
    const data = chart.data;
    const options = context.toImageButtonOptions;
    const colours = JSON.parse(button.dataset.chartColours);
    chart.data = recoloured(data, colours);
    Object.assign(layout, recoloured(layout, colours));
    Object.assign(layout, {
      paper_bgcolor: PAPER,
      width: full.width,
      height,
      font: { ...layout.font, family: FONT },
      margin: {
        ...layout.margin,
        t: (full.margin?.t ?? 0) + room,
        b: (full.margin?.b ?? 0) + LINE,
      },
      legend: { ...layout.legend, y: 1 - room / height },
      annotations: [...(layout.annotations ?? []), {
        text: escaped(chartSource), font: { size: 12 }, showarrow: false,
        x: 0, xref: "paper", xanchor: "left",
        y: 0, yref: "paper", yanchor: "bottom", yshift: -(full._size.b + LINE - 4),
      }],
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
    chart.data = data;
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
