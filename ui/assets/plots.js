// Streamlit draws a plotly picture from scratch with every change of it. What its reader zoomed or hid
// in the one before is zoomed and hidden again in the new one, which it tells by the picture's key.
const kept = new Map(); // picture's key -> ranges of its axes, and what of it is hidden
const minded = new WeakSet();

const keyOf = (plot) =>
  [...(plot.closest("[class*='st-key-']")?.classList ?? [])].find((name) => name.startsWith("st-key-"));

const keep = (plot) => {
  const axes = Object.keys(plot.layout).filter((name) => /^[xy]axis/.test(name));
  const ranges = axes.map((name) => [name, plot.layout[name].range, plot.layout[name].autorange]);
  const hidden = plot.data.filter((trace) => trace.visible === "legendonly").map((trace) => trace.name);
  kept.set(keyOf(plot), { ranges, hidden });
};

const restore = (plot, { ranges, hidden }) => {
  const axes = ranges.map(([name, range, autorange]) => [name, { ...plot.layout[name], range, autorange }]);
  plot.layout = { ...plot.layout, ...Object.fromEntries(axes) };
  plot.data = plot.data.map((trace) => hidden.includes(trace.name) ? { ...trace, visible: "legendonly" } : trace);
  plot.emit("plotly_relayout", {}); // Streamlit takes over what the picture holds now, and draws it
};

const mind = (plot) => {
  minded.add(plot);
  const before = kept.get(keyOf(plot));
  if (before) setTimeout(() => restore(plot, before), 0);
  for (const event of ["plotly_relayout", "plotly_restyle"]) plot.on(event, () => keep(plot));
};

const mindPlots = (signal) => {
  const look = () => {
    for (const plot of document.querySelectorAll(".js-plotly-plot")) {
      if (!minded.has(plot) && plot.on) mind(plot);
    }
  };
  const watch = new MutationObserver(look);
  watch.observe(document.querySelector(".stMain"), { childList: true, subtree: true });
  signal.addEventListener("abort", () => watch.disconnect());
  look();
};
