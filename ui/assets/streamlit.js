// Names that Streamlit and its map give, and only here: ui/streamlit_internals.py lists them.
const STREAMLIT = {
  opensSidebar: "[data-testid=stExpandSidebarButton]",
  wordsOfMap: ".deck-tooltip",
  main: ".stMain",
  plot: ".js-plotly-plot",
  savesPlot: '[data-title^="Download plot"]',
};
