// What the page's own pictures and tables do under the pointer. The listeners are the document's, so
// that they outlive whatever is drawn anew. When its data change, Streamlit first calls the function
// that was returned, then this one again.
const sorts = new Map(); // table's name -> column and direction

const sort = (table) => {
  const { column, upward } = sorts.get(table.dataset.table);
  const value = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent;
  const order = (a, b) =>
    isNaN(value(a)) || isNaN(value(b)) ? value(a).localeCompare(value(b)) : value(a) - value(b);
  const rows = [...table.tBodies[0].rows].sort(order);
  table.tBodies[0].append(...(upward ? rows : rows.reverse()));
  for (const head of table.querySelectorAll("th[data-column]")) {
    const chosen = Number(head.dataset.column) === column;
    head.ariaSort = chosen ? (upward ? "ascending" : "descending") : "none";
  }
};

const sortBy = (head) => {
  const table = head.closest("table");
  const [name, column] = [table.dataset.table, Number(head.dataset.column)];
  const before = sorts.get(name);
  const upward = before?.column === column ? !before.upward : column === 0; // names from A, figures from the most
  sorts.set(name, { column, upward });
  sort(table);
};

const copyLink = async (button) => {
  // The fingerprint lets the link say later whether data or product have changed since.
  const link = new URL(window.location.href);
  link.search = button.dataset.query;
  const says = button.parentElement.querySelector("[role=status]");
  try {
    await navigator.clipboard.writeText(link.href);
    says.textContent = "Copied";
  } catch {
    // Browsers hide the clipboard from pages served without TLS: offer the text itself.
    window.prompt("Copy this link:", link.href);
  }
  window.setTimeout(() => { says.textContent = ""; }, 4000);
};

// A door that leads to a part of this page opens it there.
const open = (event, key) => {
  event.preventDefault();
  const button = document.querySelector(`.st-key-${key} button`);
  button?.scrollIntoView({ block: "center" });
  button?.focus();
  button?.click();
};

const skipTo = (selector) => {
  const there = document.querySelector(selector);
  there?.scrollIntoView({ block: "start" });
  there?.focus({ preventScroll: true });
};

export default function ({ data, setStateValue }) {
  const narrow = window.innerWidth < data.narrowBelow;
  if (narrow !== data.narrow) setStateValue("narrow", narrow);

  const over = new AbortController();
  const listen = (event, action) =>
    document.addEventListener(event, action, { signal: over.signal });
  listen("click", (event) => {
    const under = (selector) => event.target.closest?.(selector);
    if (under("th[data-column] button")) sortBy(under("th[data-column]"));
    if (under(".ee-copy")) copyLink(under(".ee-copy"));
    if (under("[data-skips-to]")) skipTo(under("[data-skips-to]").dataset.skipsTo);
    if (under("[data-opens]")) open(event, under("[data-opens]").dataset.opens);
  });
  mindMaps(over.signal);
  mindPlots(over.signal);
  mindTerms(over.signal);
  mindTour(over.signal);
  mindDrags(over.signal);
  bringIntoView(data.region);

  // A table that was drawn anew keeps the order in which it was being read.
  const watch = new MutationObserver(() => {
    watch.disconnect();
    for (const table of document.querySelectorAll("table[data-table]")) {
      if (sorts.has(table.dataset.table)) sort(table);
    }
    see();
  });
  const see = () => {
    for (const place of document.querySelectorAll(".ee-sortable")) {
      watch.observe(place.closest("[class*='st-key-']"), { childList: true, subtree: true });
    }
  };
  see();
  return () => {
    over.abort();
    watch.disconnect();
  };
}
