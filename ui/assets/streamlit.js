// Names that Streamlit and its map give, and only here: ui/streamlit_internals.py lists them.
const STREAMLIT = {
  opensSidebar: "[data-testid=stExpandSidebarButton]",
  wordsOfMap: ".deck-tooltip",
  main: ".stMain",
  plot: ".js-plotly-plot",
  savesPlot: '[data-title^="Download plot"]',
  app: ".stApp",
  // Whether a run of the page is under way.
  isRunning: () => document.querySelector(STREAMLIT.app)?.dataset.testScriptState !== "notRunning",
  // Where the map in `holder` looks now, and its layers; null where React keeps them elsewhere.
  mapIn: (holder) => {
    const canvas = holder.querySelector("canvas");
    const name = canvas && Object.keys(canvas).find((key) => key.startsWith("__reactFiber"));
    for (let part = canvas?.[name], up = 0; part && up < 12; part = part.return, up += 1) {
      const { viewState, layers } = part.memoizedProps ?? {};
      if (viewState && layers) return { view: viewState, layers: layers.flat(), canvas };
    }
    return null;
  },
};
