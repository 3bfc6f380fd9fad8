// The two ways a preview can go: over the grid of both weights, and along one factor of a region. Each
// knows its sliders, what it needs (null where there is none), and what is mixed where. Places are
// arrays of numbers: the weights, or the region's factors. As equity_core/preview/factors.py has it.
const COURSES = (() => {
  const find = (selector) => document.querySelector(selector);
  const same = (one, other) => one.every((value, k) => Math.abs(value - other[k]) <= 1e-9 * Math.max(1, Math.abs(value)));
  const told = (element, name) => JSON.parse(element.dataset[name]);

  // What an element in the page tells, read once as long as it is the same element.
  const reader = (selector, read) => {
    let seen, value;
    return () => {
      const element = find(selector);
      if (!element) return null;
      if (element !== seen) [seen, value] = [element, read(element)];
      return value;
    };
  };
  const plan = reader(".ee-plan", (element) => told(element, "plan"));
  const nodes = reader(".ee-nodes", (element) => ({ ...MIXING.unpacked(told(element, "nodes")), ...told(element, "beside") }));
  const courses = reader(".ee-courses", (element) => ({ courses: told(element, "courses"), ...told(element, "beside") }));

  const weights = {
    names: ["water_weight", "carbon_weight"],
    holders: '[class*="st-key-weight_"]',
    kept: nodes,
    at: ({ weights }) => weights,
    isOf: (plan, kept) => plan.key === kept.key,
    canStart: () => true,
    placeOf: (kept, k, input) => kept.steps[k][Number(input.value)],
    covers: MIXING.covers,
    mix: MIXING.mix,
    between: (kept, k, from, to, share) => MIXING.between(from, to, share, kept.units[k]),
    unit: (kept, k) => kept.units[k],
  };

  // The plans on both sides of a factor's value, mixed: what the factor multiplies goes along with it.
  const along = ({ levels, amounts, scaled, region }, value) => {
    const low = MIXING.levelBelow(levels, value);
    const share = Math.min(Math.max((value - levels[low]) / (levels[low + 1] - levels[low]), 0), 1);
    const at = (level, column, place) =>
      amounts[level][column][place] * (column === scaled && place === region ? value / levels[level] : 1);
    return amounts[low].map((row, column) => row.map((_, place) =>
      (1 - share) * at(low, column, place) + share * at(low + 1, column, place)));
  };
  const moved = (kept, place) => place.findIndex((value, k) => value !== kept.at[k]);
  // One factor at a time: plans are there for others as they are.
  const reaches = ({ at, courses }, place) => place.filter((value, k) => value !== at[k]).length <= 1 &&
    place.every((value, k) => value === at[k] ||
      (courses[k].levels.length > 1 && value >= courses[k].levels[0] && value <= courses[k].levels.at(-1)));
  const factors = {
    names: ["price", "water", "carbon", "capacity", "demand"],
    holders: '.st-key-region_sliders [class*="st-key-factor_"]',
    kept: courses,
    at: ({ factors }) => factors,
    isOf: (plan, kept) => plan.along === kept.key,
    canStart: (plan, kept) => same(plan.factors, kept.at),
    placeOf: (_, k, input) => Number(input.value),
    covers: reaches,
    mix: (kept, place) => {
      const k = Math.max(moved(kept, place), 0);
      return along(kept.courses[k], place[k]);
    },
    between: (_, k, from, to, share) => (1 - share) * from + share * to,
    unit: () => 1,
  };

  // What a course needs to set out, or null where it is off.
  const ready = (course) => {
    const [now, kept] = [plan(), course.kept()];
    const goes = now && kept && course.isOf(now, kept) && course.canStart(now, kept);
    return goes && !find(".st-key-shown_instead") ? { plan: now, kept } : null;
  };

  // Whose slider an element is in: {course, k, holder}, or null. Keys of widgets end in what is moved,
  // and a version.
  const sliderOf = (element) => {
    for (const course of [weights, factors]) {
      const holder = element.closest?.(course.holders);
      const k = holder ? course.names.findIndex((name) => [...holder.classList].some((own) =>
        own.startsWith("st-key-") && own.replace(/-\d+$/, "").endsWith(`_${name}`))) : -1;
      if (k >= 0) return { course, k, holder };
    }
    return null;
  };

  return { plan, ready, sliderOf, same, along, reaches };
})();
