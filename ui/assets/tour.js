// The tour: one step beside the other, the page stays usable meanwhile, and Escape leaves. It never
// begins unasked, so that nothing need be remembered of who has seen it.
let toured = null; // what the present step points at
let began = null; // what had the focus when it began
const step = document.createElement("div");
step.className = "ee-tour-step";
step.setAttribute("role", "dialog");

const point = (selector) => {
  toured?.classList.remove("ee-toured");
  toured = selector && document.querySelector(selector);
  toured?.classList.add("ee-toured");
  toured?.scrollIntoView({ block: "center" });
};

const leave = () => {
  if (!step.isConnected) return;
  point(null);
  step.remove();
  began?.focus();
};

const control = (words, action) => {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words;
  button.addEventListener("click", action);
  return button;
};

const goTo = (at) => {
  const { title, words, at: selector } = STEPS[at];
  const [heading, text, row] = ["h2", "p", "div"].map((tag) => document.createElement(tag));
  heading.textContent = `${at + 1} of ${STEPS.length}: ${title}`;
  text.textContent = words;
  const last = at === STEPS.length - 1;
  const next = last ? control("Done", leave) : control("Next", () => goTo(at + 1));
  row.append(control("Leave", leave), ...(at ? [control("Back", () => goTo(at - 1))] : []), next);
  step.setAttribute("aria-label", heading.textContent);
  step.replaceChildren(heading, text, row);
  document.body.append(step);
  point(selector);
  next.focus({ preventScroll: true });
};

const mindTour = (signal) => {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".ee-tour");
    if (!button) return;
    began = button;
    goTo(0);
  }, { signal });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") leave(); }, { signal });
};
