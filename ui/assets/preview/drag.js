// The picture follows the finger: while a fairness weight is dragged the page shows mixes of plans that
// came beforehand (mixing.js); the certified answer, once the weight is let go, takes their place. The
// preview says that it is one, and is never left standing where no certified answer comes.
const DRAG = (() => {
  const SLIDERS = [".st-key-weight_water_weight", ".st-key-weight_carbon_weight"];
  const EASE = 0.35; // of the way that is left, with each frame
  const SLOWEST_BEGIN = 5000, LONGEST_WAIT = 40000, SAID = 9000; // milliseconds
  const CATCH_UP = 1000; // milliseconds within which the page's own map has the certified colours
  const PREVIEWED = { headline: "h1.ee-headline", figures: "dl.ee-figures", totals: "p.ee-totals",
    bars: "table.ee-bars", legend: ".st-key-map .ee-legend .ee-ticks" };
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const find = (selector) => document.querySelector(selector);
  const same = (one, other) => one.every((value, k) => Math.abs(value - other[k]) <= 1e-9 * Math.max(1, Math.abs(value)));

  const chip = document.createElement("div");
  chip.className = "ee-preview";
  chip.dataset.kind = "";
  chip.innerHTML = '<b role="status" aria-live="polite"></b><span aria-hidden="true"></span>';
  const [words, brief] = chip.children;

  let held = false; // whether a finger or button is down on a slider
  let seen = {}; // the last elements that hold plan and nodes, and what was read from them
  let run = null; // the preview under way

  const readPlan = () => {
    const element = find(".ee-plan");
    if (element && element !== seen.planIn) seen = { ...seen, planIn: element, plan: JSON.parse(element.dataset.plan) };
    return element ? seen.plan : null;
  };

  const readNodes = () => {
    const element = find(".ee-nodes");
    if (!element) return null;
    if (element !== seen.nodesIn) {
      const beside = JSON.parse(element.dataset.beside);
      seen = { ...seen, nodesIn: element, nodes: { ...MIXING.unpacked(JSON.parse(element.dataset.nodes)), ...beside } };
    }
    return seen.nodes;
  };

  // What a preview needs, or null where it is off.
  const ready = () => {
    const [plan, nodes] = [readPlan(), readNodes()];
    return plan && nodes && plan.key === nodes.key && !find(".st-key-shown_instead") ? { plan, nodes } : null;
  };

  const say = (text, kind) => {
    clearTimeout(chip.timer);
    chip.dataset.kind = kind;
    if (words.textContent !== text) words.textContent = text;
    if (kind !== "preview") {
      brief.textContent = "";
      chip.timer = setTimeout(hush, SAID);
    }
  };
  const hush = () => { words.textContent = ""; chip.dataset.kind = ""; };

  // The elements as they stand now; one that is written over the first time is kept as it was.
  const part = (name) => {
    const element = find(PREVIEWED[name]);
    if (element && !run.kept.has(element)) run.kept.set(element, { html: element.innerHTML, style: element.style.cssText });
    return element;
  };

  const begin = ({ plan, nodes }) => {
    run = { nodes, shown: [...plan.weights], wanted: [...plan.weights], kept: new Map(),
      overlay: null, looked: null, released: 0, ran: false, painted: "" };
    document.documentElement.classList.add("ee-previewing");
    say("Preview", "preview");
    requestAnimationFrame(step);
  };

  // The slider has moved: what it shows is where the preview goes.
  const moved = (input, k) => {
    const found = ready();
    if (!found) return;
    const weight = found.nodes.steps[k][Number(input.value)];
    const wanted = [...(run ?? { wanted: found.plan.weights }).wanted];
    wanted[k] = weight;
    if (!MIXING.covers(found.nodes, wanted)) return;
    if (!run) begin(found);
    run.wanted = wanted;
    run.done = null;
    run.released = performance.now();
    run.ran = false;
    say("Preview", "preview");
  };

  // A key's step is shown at once: gliding there would take processors from the answer to it.
  const nearer = () => {
    const { shown, wanted, nodes } = run;
    run.shown = shown.map((weight, k) => {
      if (!held || still.matches) return wanted[k];
      const next = MIXING.between(weight, wanted[k], EASE, nodes.units[k]);
      return Math.abs(next - wanted[k]) <= 0.004 * (wanted[k] + nodes.units[k] / 10) ? wanted[k] : next;
    });
  };

  const lock = (element) => { if (!element.style.minHeight) element.style.minHeight = `${element.offsetHeight}px`; };

  // The sentence, the figures and the totals come in one piece with the certified plan: once that is
  // there they are its own.
  const paintOpening = (plan, amounts, glance) => {
    const headline = part("headline"), list = part("figures"), line = part("totals");
    if (headline) {
      lock(headline);
      headline.setAttribute("aria-live", "off");
      const sentence = GLANCE.previewSentence(glance, plan.than);
      if (headline.textContent !== sentence) headline.textContent = sentence;
    }
    if (list) { lock(list); PICTURE.figures(list, plan, amounts, glance); }
    if (line) PICTURE.totals(line, plan, amounts);
  };

  const paintMap = (plan, amounts) => {
    const holder = find(".st-key-region_map");
    if (!holder) return;
    if (run.looked !== holder) {
      run.overlay?.canvas.remove();
      Object.assign(run, { looked: holder, overlay: OVERLAY.lay(holder), below: OVERLAY.coloursBelow(holder) });
      holder.classList.toggle("ee-behind", !run.overlay);
    }
    const scale = PICTURE.coloured(plan, amounts, run.nodes.shades);
    const ticks = part("legend");
    if (!run.overlay) return;
    OVERLAY.draw(run.overlay, plan.sites, PICTURE.coloursOf(scale), `rgb(${run.nodes.ink})`);
    if (ticks) PICTURE.legend([...ticks.children], scale, plan.mode);
  };

  const paintBars = (plan, amounts) => {
    const table = part("bars");
    find(".st-key-bars")?.classList.toggle("ee-behind", plan.bars !== "total");
    if (table && plan.bars === "total") PICTURE.bars(table, plan, amounts);
  };

  const paint = (plan) => {
    const amounts = MIXING.mix(run.nodes, run.shown);
    const glance = GLANCE.glance(plan.footprints, plan.before, amounts);
    run.glance = glance;
    paintOpening(plan, amounts, glance);
    paintBars(plan, amounts);
    paintMap(plan, amounts);
    brief.textContent = short(glance);
  };

  // The four figures where the sidebar hides the page, as on a phone.
  const short = ({ costBefore, cost, worst, worse, regions }) => [
    `Cost ${NUMBERS.percentChange(NUMBERS.changePct(costBefore, cost))}`,
    ...worst.map(({ noun, before, after }) => `worst ${noun} ${NUMBERS.percentChange(NUMBERS.changePct(before, after))}`),
    `${worse} of ${regions} carry more`,
  ].join(" · ");

  const elementsNow = () => [".ee-plan", ...Object.values(PREVIEWED), ".st-key-region_map"].map(find);

  // Whether anything is to be drawn: the weights have moved, or the page has put other elements there.
  const isStale = () => {
    const now = elementsNow();
    const at = run.shown.join();
    const stale = at !== run.painted || now.some((element, k) => element !== run.elements?.[k]);
    Object.assign(run, { painted: at, elements: now });
    return stale;
  };

  const step = () => {
    if (!run) return;
    const plan = readPlan();
    if (!run.done && plan && plan.key === run.nodes.key) {
      if (!held && same(plan.weights, run.wanted)) certified(plan);
      else { nearer(); if (isStale()) paint(plan); }
    }
    if (!held) settle(plan);
    if (run) requestAnimationFrame(step);
  };

  // The certified answer is there, in one piece with sentence and figures; bars and map may be on
  // their way: until then ours have its amounts. What came with it already is left alone.
  const certified = (plan) => {
    const glances = [MIXING.mix(run.nodes, run.wanted), plan.after]
      .map((amounts) => GLANCE.glance(plan.footprints, plan.before, amounts));
    run.done = true;
    for (const name of ["headline", "figures", "totals"]) restore(find(PREVIEWED[name]));
    if (run.kept.has(find(PREVIEWED.bars))) paintBars(plan, plan.after);
    paintMap(plan, plan.after);
    say(GLANCE.certifiedSentence(...glances), "certified");
  };

  const settle = (plan) => {
    const [running, since] = [STREAMLIT.isRunning(), performance.now() - run.released];
    run.ran ||= running;
    if (run.done) {
      if (!running) end();
      return;
    }
    if (plan?.key !== run.nodes.key) { end(); hush(); return; } // the reader has gone on to something else
    const late = run.ran ? !running : since > SLOWEST_BEGIN;
    if (!late && since < LONGEST_WAIT) return;
    end();
    say("No certified answer for these weights. You see the last certified plan again.", "failed");
  };

  // What was written over and is still there is as it was.
  const restore = (element) => {
    const was = run.kept.get(element);
    if (!was || !element.isConnected) return;
    if (element.innerHTML !== was.html) element.innerHTML = was.html;
    element.style.cssText = was.style;
    if (element.matches(PREVIEWED.headline)) element.setAttribute("aria-live", "polite");
    run.kept.delete(element);
  };

  // Ours goes once the page's own map has its new colours and two frames to draw them.
  const lift = ({ canvas }, holder, below, until) => {
    if (OVERLAY.coloursBelow(holder) === below && performance.now() < until) setTimeout(lift, 50, { canvas }, holder, below, until);
    else requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => canvas.remove(), 50)));
  };

  const end = () => {
    [...run.kept.keys()].forEach(restore);
    document.querySelectorAll(".ee-behind").forEach((element) => element.classList.remove("ee-behind"));
    if (run.overlay) lift(run.overlay, run.looked, run.below, performance.now() + (run.done ? CATCH_UP : 0));
    document.documentElement.classList.remove("ee-previewing");
    run = null;
  };

  const watched = new WeakSet();
  const watch = (event) => {
    const k = SLIDERS.findIndex((selector) => event.target.closest?.(selector));
    if (k < 0 || event.target.matches("input[type=text]")) return;
    const input = find(`${SLIDERS[k]} input[type=range]`);
    if (!input || input.disabled) return;
    if (event.type === "pointerdown" && event.button === 0) held = true;
    if (watched.has(input)) return;
    watched.add(input);
    const look = new MutationObserver(() => { if (input.isConnected) moved(input, k); });
    look.observe(input, { attributeFilter: ["aria-valuetext"] });
  };

  const mind = (signal) => {
    const listen = (event, action) =>
      document.addEventListener(event, action, { signal, capture: true, passive: true });
    for (const event of ["pointerdown", "keydown", "focusin"]) listen(event, watch);
    const release = () => { held = false; if (run) run.released = performance.now(); };
    for (const event of ["pointerup", "pointercancel"]) listen(event, release);
    window.addEventListener("blur", release, { signal });
    if (!chip.isConnected) document.body.append(chip); // before it says anything, or it would not be heard
    listen("keydown", (event) => { if (event.key === "Escape" && !run) hush(); });
  };

  return { mind };
})();
const mindDrags = DRAG.mind;
