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

const mind = (plot) => {
  minded.add(plot);
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
