// Plays the hours of a replay. All frames are here: playing asks nothing of the server, which hears
// of the hour only where the reader stops, for the link.
const FASTEST = 40; // milliseconds between two pictures; faster play leaves frames out
const SETTLED = 250; // milliseconds without a change before the server hears of the hour
const LARGE = [[1e12, "trillion"], [1e9, "billion"], [1e6, "million"]];
const UNITS = { m3: "m³", usd: "USD" };
const digits = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 });

const large = (value) => {
  const found = LARGE.find(([size]) => Math.abs(value) >= size);
  return found ? `${digits.format(value / found[0])} ${found[1]}` : digits.format(value);
};
const amount = (value, unit) => {
  const text = large(Math.abs(value));
  const sign = value < 0 ? "−" : "";
  return unit === "usd" ? `${sign}$${text}` : `${sign}${text} ${UNITS[unit] ?? unit}`;
};

const SVG = "http://www.w3.org/2000/svg";
const draw = (tag, attributes) => {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
};
const make = (tag, attributes = {}, text = "") => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  return element;
};

const mapOf = ({ map, names, alt }) => {
  const svg = draw("svg", { viewBox: `0 0 ${map.width} ${map.height}`, role: "img", "aria-label": alt });
  const mask = draw("mask", { id: "land", maskUnits: "userSpaceOnUse", x: 0, y: 0, width: map.width, height: map.height });
  for (const { url, x, y, width, height } of map.land) {
    mask.append(draw("image", { href: url, x, y, width, height, preserveAspectRatio: "none" }));
  }
  svg.append(mask, draw("rect", { class: "land", width: map.width, height: map.height, mask: "url(#land)" }));
  for (const { site, path } of map.regions) {
    const region = draw("path", { class: "region", d: path, "data-site": site });
    region.append(draw("title", {}));
    svg.append(region);
  }
  for (const { site, x, y } of map.sites) {
    const dot = draw("circle", { class: "site", cx: x, cy: y, r: 4.5, "data-site": site });
    dot.append(draw("title", {}));
    svg.append(dot);
  }
  return svg;
};

const button = (act, text, label) => make("button", { type: "button", "data-act": act, "aria-label": label }, text);

const choice = (name, label, options) => {
  const holder = make("label", {}, label);
  const select = make("select", { "data-choice": name });
  for (const [value, text] of options) select.append(make("option", { value }, text));
  holder.append(select);
  return holder;
};

const build = (data) => {
  const root = make("div", { class: "player" });
  const bar = make("div", { class: "bar", role: "group", "aria-label": "Play the hours" });
  const scrub = make("input", { type: "range", min: 0, max: data.hours.length - 1, step: 1, value: 0, "aria-label": "Hour" });
  bar.append(
    button("play", "Play", "Play"), button("back", "−1", "One step back"), button("on", "+1", "One step on"),
    scrub, make("output"),
    choice("speed", "Speed", data.speeds.map((speed) => [speed, `${speed} a second`])),
    choice("shown", "Map", data.layers.map(({ label }, at) => [at, label])),
  );
  const shown = make("div", { class: "shown" });
  const left = make("div");
  const legend = make("div", { class: "legend" });
  legend.append(make("span"), make("i"), make("span"), make("span"));
  left.append(mapOf(data), legend);
  shown.append(left, make("dl"));
  root.append(bar, shown);
  return root;
};

const figure = (list, term, value, note) => {
  list.append(make("dt", {}, term));
  const told = make("dd", {}, value);
  told.append(make("small", {}, note));
  list.append(told);
};

const figures = (list, data, at) => {
  list.replaceChildren();
  figure(list, "Electricity cost so far", amount(data.cost[at], "usd"), "");
  for (const layer of data.layers.filter(({ soFar }) => soFar)) {
    const row = layer.values[at];
    const most = row.indexOf(Math.max(...row));
    figure(list, `Worst ${layer.noun} so far`, amount(row[most], layer.unit), row[most] ? data.names[most] : "nowhere yet");
  }
  figure(list, "Above the plan that knew the whole period, so far", amount(data.objective[at] - data.offline[at], data.objectiveUnit),
    "of what is minimised; it may lie below on the way, the end counts");
};

const paint = (root, data, at, shown) => {
  const layer = data.layers[shown];
  const colour = (value) => {
    const share = Math.min(1, Math.max(0, (value - layer.low) / (layer.high - layer.low)));
    return layer.ramp[Math.round(share * (layer.ramp.length - 1))];
  };
  for (const element of root.querySelectorAll("[data-site]")) {
    const site = Number(element.dataset.site);
    const value = layer.values[at][site];
    element.setAttribute("fill", colour(value));
    element.firstChild.textContent = `${data.names[site]}: ${amount(value, layer.unit)}`;
  }
  const [low, ramp, high, words] = root.querySelector(".legend").children;
  low.textContent = amount(layer.low, layer.unit);
  high.textContent = amount(layer.high, layer.unit);
  words.textContent = layer.words;
  ramp.style.background = `linear-gradient(to right, ${layer.ramp.join(",")})`;
};

const show = (root, data, state) => {
  const { at } = state;
  paint(root, data, at, state.shown);
  figures(root.querySelector("dl"), data, at);
  const scrub = root.querySelector("input");
  scrub.value = at;
  scrub.setAttribute("aria-valuetext", data.hours[at]);
  root.querySelector("output").textContent = data.hours[at];
};

const stop = (root, state) => {
  clearInterval(state.timer);
  state.timer = null;
  const play = root.querySelector("[data-act=play]");
  play.textContent = "Play";
  play.setAttribute("aria-label", "Play");
};

const go = (root, data, state, at) => {
  state.at = Math.max(0, Math.min(data.hours.length - 1, at));
  show(root, data, state);
};

const play = (root, data, state, tell) => {
  if (state.at >= data.hours.length - 1) go(root, data, state, 0);
  const wait = Math.max(FASTEST, 1000 / state.speed);
  const step = Math.max(1, Math.round(state.speed * wait / 1000));
  state.timer = setInterval(() => {
    if (!root.isConnected) { clearInterval(state.timer); return; }
    go(root, data, state, state.at + step);
    if (state.at >= data.hours.length - 1) { stop(root, state); tell(); }
  }, wait);
  const pressed = root.querySelector("[data-act=play]");
  pressed.textContent = "Pause";
  pressed.setAttribute("aria-label", "Pause");
};

export default function ({ data, parentElement, setStateValue }) {
  let root = parentElement.querySelector(".player");
  if (!root || root.dataset.film !== data.film) {
    if (root) { stop(root, root.state); root.remove(); }
    root = build(data);
    root.dataset.film = data.film;
    root.state = { at: 0, told: -1, shown: 0, speed: data.speeds[1], timer: null };
    root.querySelector("[data-choice=speed]").value = root.state.speed;
    parentElement.append(root);
    root.state.at = Math.min(data.hours.length - 1, data.at);
  }
  for (const [name, colour] of Object.entries(data.colours)) root.style.setProperty(`--${name}`, colour);
  const state = root.state;
  const tell = () => {
    clearTimeout(state.telling);
    state.telling = setTimeout(() => {
      if (state.told === state.at || state.timer !== null) return;
      state.told = state.at;
      setStateValue("at", state.at);
    }, SETTLED);
  };
  show(root, data, state);
  root.onclick = ({ target }) => {
    const act = target.closest("button")?.dataset.act;
    if (!act) return;
    const playing = state.timer !== null;
    stop(root, state);
    if (act === "play" && !playing) { play(root, data, state, tell); return; }
    if (act !== "play") go(root, data, state, state.at + (act === "on" ? 1 : -1));
    tell();
  };
  root.oninput = ({ target }) => {
    if (target.type !== "range") return;
    stop(root, state);
    go(root, data, state, Number(target.value));
  };
  root.onchange = ({ target }) => {
    if (target.type === "range") { tell(); return; }
    if (target.dataset.choice === "shown") { state.shown = Number(target.value); show(root, data, state); return; }
    state.speed = Number(target.value);
    if (state.timer !== null) { stop(root, state); play(root, data, state, tell); }
  };
}
