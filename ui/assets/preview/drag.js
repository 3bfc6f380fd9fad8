// The picture follows the finger: while a fairness weight or a region's factor is dragged the page shows
// mixes of plans that came beforehand (courses.js); the certified answer, once it is let go, takes their
// place. The preview says that it is one, and is never left standing where no certified answer comes.
const DRAG = (() => {
  const EASE = 0.35; // of the way that is left, with each frame
  const SLOWEST_BEGIN = 5000, LONGEST_WAIT = 40000, SAID = 9000; // milliseconds
  const CATCH_UP = 1000; // milliseconds within which the page's own map has the certified colours
  const PREVIEWED = { headline: "h1.ee-headline", figures: "dl.ee-figures", totals: "p.ee-totals",
    bars: "table.ee-bars", legend: ".st-key-map .ee-legend .ee-ticks" };
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const find = (selector) => document.querySelector(selector);

  const chip = document.createElement("div");
  chip.className = "ee-preview";
  chip.dataset.kind = "";
  chip.innerHTML = '<b role="status" aria-live="polite"></b><span aria-hidden="true"></span>';
  const [words, brief] = chip.children;

  let held = false; // whether a finger or button is down on a slider
  let run = null; // the preview under way

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
    if (element && !run.written.has(element)) run.written.set(element, { html: element.innerHTML, style: element.style.cssText });
    return element;
  };

  const begin = (course, { plan, kept }) => {
    run = { course, kept, shown: [...course.at(plan)], wanted: [...course.at(plan)], written: new Map(),
      overlay: null, looked: null, released: 0, ran: false, painted: "" };
    document.documentElement.classList.add("ee-previewing");
    say("Preview", "preview");
    requestAnimationFrame(step);
  };

  // The slider has moved: what it shows is where the preview goes.
  const moved = (course, k, input) => {
    if (run && run.course !== course) return; // until the answer to what was moved before is there
    const found = run ?? COURSES.ready(course);
    if (!found) return;
    const wanted = [...(run?.wanted ?? course.at(found.plan))];
    wanted[k] = course.placeOf(found.kept, k, input);
    const beyond = !course.covers(found.kept, wanted);
    if (run) run.beyond = beyond;
    if (beyond) return;
    if (!run) begin(course, found);
    run.wanted = wanted;
    run.done = null;
    run.released = performance.now();
    run.ran = false;
    say("Preview", "preview");
  };

  // A key's step is shown at once: gliding there would take processors from the answer to it.
  const nearer = () => {
    const { course, kept, shown, wanted } = run;
    run.shown = shown.map((value, k) => {
      if (!held || still.matches) return wanted[k];
      const next = course.between(kept, k, value, wanted[k], EASE);
      return Math.abs(next - wanted[k]) <= 0.004 * (wanted[k] + course.unit(kept, k) / 10) ? wanted[k] : next;
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
      const sentence = GLANCE.previewSentence(glance, plan.than, plan.places);
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
    const scale = PICTURE.coloured(plan, amounts, run.kept.shades);
    const ticks = part("legend");
    if (!run.overlay) return;
    OVERLAY.draw(run.overlay, plan.sites, PICTURE.coloursOf(scale), `rgb(${run.kept.ink})`);
    if (ticks) PICTURE.legend([...ticks.children], scale, plan.mode);
  };

  const paintBars = (plan, amounts) => {
    const table = part("bars");
    find(".st-key-bars")?.classList.toggle("ee-behind", plan.bars !== "total");
    if (table && plan.bars === "total") PICTURE.bars(table, plan, amounts);
  };

  const paint = (plan) => {
    const amounts = run.course.mix(run.kept, run.shown);
    const glance = GLANCE.glance(plan.footprints, plan.before, amounts);
    run.glance = glance;
    paintOpening(plan, amounts, glance);
    paintBars(plan, amounts);
    paintMap(plan, amounts);
    brief.textContent = short(glance);
  };

  // The four figures where the sidebar hides the page, as on a phone.
  const short = ({ costBefore, cost, worst, worse, regions }) => [
    `Cost ${NUMBERS.roundedChange(NUMBERS.changePct(costBefore, cost))}`,
    ...worst.map(({ noun, before, after }) => `worst ${noun} ${NUMBERS.roundedChange(NUMBERS.changePct(before, after))}`),
    `${worse} of ${regions} carry more`,
  ].join(" · ");

  const elementsNow = () => [".ee-plan", ...Object.values(PREVIEWED), ".st-key-region_map"].map(find);

  // Whether anything is to be drawn: what is shown has moved, or the page has put other elements there.
  const isStale = () => {
    const now = elementsNow();
    const at = run.shown.join();
    const stale = at !== run.painted || now.some((element, k) => element !== run.elements?.[k]);
    Object.assign(run, { painted: at, elements: now });
    return stale;
  };

  const step = () => {
    if (!run) return;
    const plan = COURSES.plan();
    if (!run.done && plan && run.course.isOf(plan, run.kept)) {
      if (!held && COURSES.same(run.course.at(plan), run.wanted)) certified(plan);
      else { nearer(); if (isStale()) paint(plan); }
    }
    if (!held) settle(plan);
    if (run) requestAnimationFrame(step);
  };

  // The certified answer is there, in one piece with sentence and figures; bars and map may be on
  // their way: until then ours have its amounts. What came with it already is left alone.
  const certified = (plan) => {
    const glances = [run.course.mix(run.kept, run.wanted), plan.after]
      .map((amounts) => GLANCE.glance(plan.footprints, plan.before, amounts));
    run.done = true;
    for (const name of ["headline", "figures", "totals"]) restore(find(PREVIEWED[name]));
    if (run.written.has(find(PREVIEWED.bars))) paintBars(plan, plan.after);
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
    // The reader has gone on to something else, or to where no plans are.
    if (run.beyond || !plan || !run.course.isOf(plan, run.kept)) { end(); hush(); return; }
    const late = run.ran ? !running : since > SLOWEST_BEGIN;
    if (!late && since < LONGEST_WAIT) return;
    end();
    say("No certified answer for what you moved. You see the last certified plan again.", "failed");
  };

  // What was written over and is still there is as it was.
  const restore = (element) => {
    const was = run.written.get(element);
    if (!was || !element.isConnected) return;
    if (element.innerHTML !== was.html) element.innerHTML = was.html;
    element.style.cssText = was.style;
    if (element.matches(PREVIEWED.headline)) element.setAttribute("aria-live", "polite");
    run.written.delete(element);
  };

  // Ours goes once the page's own map has its new colours and two frames to draw them.
  const lift = ({ canvas }, holder, below, until) => {
    if (OVERLAY.coloursBelow(holder) === below && performance.now() < until) setTimeout(lift, 50, { canvas }, holder, below, until);
    else requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => canvas.remove(), 50)));
  };

  const end = () => {
    [...run.written.keys()].forEach(restore);
    document.querySelectorAll(".ee-behind").forEach((element) => element.classList.remove("ee-behind"));
    if (run.overlay) lift(run.overlay, run.looked, run.below, performance.now() + (run.done ? CATCH_UP : 0));
    document.documentElement.classList.remove("ee-previewing");
    run = null;
  };

  const watched = new WeakSet();
  const watch = (event) => {
    const slider = COURSES.sliderOf(event.target);
    if (!slider || event.target.matches("input[type=text]")) return;
    const input = slider.holder.querySelector("input[type=range]");
    if (!input || input.disabled) return;
    if (event.type === "pointerdown" && event.button === 0) held = true;
    if (watched.has(input)) return;
    watched.add(input);
    const look = new MutationObserver(() => { if (input.isConnected) moved(slider.course, slider.k, input); });
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
