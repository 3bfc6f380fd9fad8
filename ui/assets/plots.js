// Streamlit draws a plotly picture from scratch with every change of it. What its reader zoomed or hid
// in the one before is zoomed and hidden again in the new one, which it tells by the picture's key.
const kept = new Map(); // picture's key -> its axes, and the names of what is hidden in it
const minded = new WeakSet();

const axesOf = ({ layout }) => Object.entries(layout).filter(([name]) => /^[xy]axis/.test(name))
  .map(([name, { range, autorange }]) => [name, { range, autorange }]);
const hiddenOf = ({ data }) => data.filter((it) => it.visible === "legendonly").map((it) => it.name);

// Each by its own event: a picture that is only zoomed may not have been told yet what is hidden in it.
const keep = (key, part) => kept.set(key, { ...kept.get(key), ...part });

const restore = (plot, { axes = [], hidden = [] }) => {
  const zoomed = axes.map(([name, range]) => [name, { ...plot.layout[name], ...range }]);
  plot.layout = { ...plot.layout, ...Object.fromEntries(zoomed) };
  plot.data = plot.data.map((it) => hidden.includes(it.name) ? { ...it, visible: "legendonly" } : it);
  plot.emit("plotly_relayout", {}); // Streamlit takes over what the picture holds now, and draws it
};

// A picture that is saved takes along what stands around it on the page: its title, and the small print
// below. Plotly copies the layout when its button is pressed, so that the page's own never shows them.
const LETTER = { title: 8.6, small: 5.4 }, LINE = { title: 21, small: 13 }, EDGE = 10;

const broken = (text, width) => text.split(" ").reduce((lines, word) => {
  const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
  return lines.length && longer.length <= width ? [...lines.slice(0, -1), longer] : [...lines, word];
}, []);

const withWords = (layout, { _size: size, width, height }, font) => {
  const within = (letter) => Math.floor((width - 2 * EDGE) / letter);
  const title = broken(layout.meta.title, within(LETTER.title));
  const small = layout.meta.small.flatMap((line) => broken(line, within(LETTER.small)));
  const above = LINE.title * title.length + 2 * EDGE, below = LINE.small * small.length + 2 * EDGE;
  const words = { align: "left", showarrow: false, xref: "paper", x: 0, xanchor: "left", xshift: EDGE - size.l,
    yref: "paper" };
  const heading = { ...words, text: title.join("<br>"), font: { ...font, size: 16, weight: 600 },
    y: 1, yanchor: "bottom", yshift: size.t + EDGE };
  const note = { ...words, text: small.join("<br>"), font: { ...font, size: 10 },
    y: 0, yanchor: "top", yshift: -size.b - EDGE };
  const margin = { l: size.l, r: size.r, t: size.t + above, b: size.b + below, autoexpand: false };
  return { ...layout, margin, annotations: [...(layout.annotations ?? []), heading, note],
    width, height: height + above + below };
};

const saveWithWords = (plot) => {
  if (!plot.layout.meta?.title) return;
  const { layout, _context: context } = plot, options = context.toImageButtonOptions;
  plot.layout = withWords(layout, plot._fullLayout, layout.font);
  context.toImageButtonOptions = { ...options, width: plot.layout.width, height: plot.layout.height };
  setTimeout(() => { plot.layout = layout; context.toImageButtonOptions = options; }, 0);
};

const mind = (plot) => {
  minded.add(plot);
  const saves = ({ target }) => { if (target.closest(STREAMLIT.savesPlot)) saveWithWords(plot); };
  plot.addEventListener("click", saves, { capture: true });
  const key = plot.closest("[class*='st-key-']").className.match(/st-key-\S+/)[0];
  if (kept.has(key)) setTimeout(() => restore(plot, kept.get(key)), 0);
  plot.on("plotly_relayout", () => keep(key, { axes: axesOf(plot) }));
  plot.on("plotly_restyle", () => keep(key, { hidden: hiddenOf(plot) }));
};

const mindPlots = (signal) => {
  const plots = () => [...document.querySelectorAll(STREAMLIT.plot)];
  const look = () => plots().filter((plot) => plot.on && !minded.has(plot)).forEach(mind);
  const watch = new MutationObserver(look);
  watch.observe(document.querySelector(STREAMLIT.main), { childList: true, subtree: true });
  signal.addEventListener("abort", () => watch.disconnect());
  look();
};
