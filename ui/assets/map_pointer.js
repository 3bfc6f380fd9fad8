// What a map does under the pointer: its words stay within it, the wheel is the page's until the
// map is clicked or Ctrl is held, and a clicked region's factors come into view.
// The keys that ui/panels give to maps.
const MAP = ".st-key-region_map, [class*='st-key-map_of_']";
const AWAY = 12; // pixels from the pointer to its words
const HINT = 1500; // milliseconds
const watched = new WeakSet();
let [held, region, clicked] = [null, null, false];

const mapUnder = (event) => event.target.closest?.(MAP) ?? null;

// The map's own script moves the words to the pointer; this moves them to where they fit.
const fit = (words) => {
  const { m41: x, m42: y } = new DOMMatrix(words.style.transform || "none");
  const beside = (at, size, room) =>
    Math.max(0, at + AWAY + size <= room ? at + AWAY : Math.min(at - AWAY, room) - size);
  const room = words.parentElement;
  const left = beside(x, words.offsetWidth, room.clientWidth);
  const top = beside(y, words.offsetHeight, room.clientHeight);
  const wanted = `${Math.round(left - x)}px ${Math.round(top - y)}px`;
  if (words.style.translate !== wanted) words.style.translate = wanted;
};

const watchWords = (map) => {
  const words = map.querySelector(STREAMLIT.wordsOfMap);
  if (!words || watched.has(words)) return;
  watched.add(words);
  new MutationObserver(() => fit(words)).observe(words, { attributeFilter: ["style"] });
};

const hint = (map) => {
  map.classList.add("ee-wheel");
  clearTimeout(map.hinted);
  map.hinted = setTimeout(() => map.classList.remove("ee-wheel"), HINT);
};

const mindMaps = (signal) => {
  const listen = (event, action) =>
    document.addEventListener(event, action, { signal, capture: true, passive: true });
  listen("pointermove", (event) => {
    const map = mapUnder(event);
    if (map !== held) held = null;
    if (map) watchWords(map);
  });
  listen("pointerdown", (event) => { held = mapUnder(event); });
  listen("click", (event) => { clicked = mapUnder(event) !== null; });
  listen("wheel", (event) => {
    const map = mapUnder(event);
    if (!map || map === held || event.ctrlKey) return;
    event.stopPropagation();
    hint(map);
  });
};

const bringIntoView = (opened) => {
  const isNew = opened !== region && clicked;
  region = opened;
  if (!opened || !isNew) return;
  clicked = false;
  document.querySelector(STREAMLIT.opensSidebar)?.click();
  const look = (times) => {
    const panel = document.querySelector(".st-key-region_sliders");
    if (panel) panel.scrollIntoView({ block: "start" });
    else if (times > 0) setTimeout(look, 50, times - 1);
  };
  setTimeout(look, 50, 20);
};
