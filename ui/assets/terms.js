// What a word means, beside it: under the pointer, at the finger, and with the keyboard. Escape puts it
// away, and it stays while the pointer is on it, so that it can be read at any zoom.
const TERM = ".ee-term";
const GAP = 6; // pixels between a word and what it means
const bubble = document.createElement("div");
bubble.className = "ee-bubble";
bubble.setAttribute("aria-hidden", "true"); // the word's own description says the same

const termUnder = (event) => event.target.closest?.(TERM) ?? null;

const putAway = () => bubble.remove();

const place = (word) => {
  const at = word.getBoundingClientRect();
  const [wide, high] = [bubble.offsetWidth, bubble.offsetHeight];
  const left = Math.max(GAP, Math.min(at.left, document.documentElement.clientWidth - wide - GAP));
  const below = at.bottom + GAP;
  const top = below + high <= window.innerHeight ? below : Math.max(GAP, at.top - high - GAP);
  bubble.style.left = `${left}px`;
  bubble.style.top = `${top}px`;
};

const tell = (word) => {
  const meaning = document.getElementById(word.getAttribute("aria-describedby"));
  if (!meaning) return;
  bubble.textContent = meaning.textContent;
  document.body.append(bubble);
  place(word);
};

const mindTerms = (signal) => {
  const listen = (event, action) =>
    document.addEventListener(event, action, { signal, passive: true, capture: true });
  for (const event of ["pointerover", "focusin", "click"]) {
    listen(event, (it) => { if (termUnder(it)) tell(termUnder(it)); });
  }
  listen("pointerout", (event) => {
    const to = event.relatedTarget;
    const leaves = termUnder(event) || event.target === bubble;
    if (leaves && to !== bubble && !to?.closest?.(TERM)) putAway();
  });
  listen("focusout", (event) => { if (termUnder(event)) putAway(); });
  listen("keydown", (event) => { if (event.key === "Escape") putAway(); });
  listen("scroll", putAway);
  signal.addEventListener("abort", putAway);
};
