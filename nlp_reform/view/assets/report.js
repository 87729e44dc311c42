"use strict";
(() => {
  const words = JSON.parse(document.getElementById("words").textContent);
  const root = document.documentElement;
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  // Appearance: the system's wish until the reader says otherwise.
  const wish = matchMedia("(prefers-color-scheme: dark)");
  const button = document.getElementById("appearance");
  const paint = dark => {
    root.classList.toggle("dark", dark);
    root.classList.toggle("light", !dark);
    button.setAttribute("aria-pressed", String(dark));
    document.dispatchEvent(new Event("appearance"));
  };
  let chosen = null;
  button.addEventListener("click", () => { chosen = !root.classList.contains("dark"); paint(chosen); });
  wish.addEventListener("change", () => { if (chosen === null) paint(wish.matches); });
  paint(wish.matches);

  // Legend: each kind of mark can be switched off.
  for (const box of document.querySelectorAll("[data-mark-kind]"))
    box.addEventListener("change", () => document.body.classList.toggle("off-" + box.dataset.markKind, !box.checked));

  // Comparison: each relation can be switched.
  for (const one of document.querySelectorAll(".comparison")) {
    const boxes = one.querySelectorAll("input[data-relation]");
    const show = () => {
      const on = new Set([...boxes].filter(box => box.checked).map(box => box.dataset.relation));
      for (const item of one.querySelectorAll(".item")) item.hidden = ![...item.classList].some(name => on.has(name));
    };
    for (const box of boxes) box.addEventListener("change", show);
    show();
  }

  // Tables: search, filter, sort.
  for (const bar of document.querySelectorAll(".bar[data-for]")) {
    const body = document.getElementById(bar.dataset.for).tBodies[0];
    const search = bar.querySelector("input"), selects = bar.querySelectorAll("select"), count = bar.querySelector(".count");
    const rows = [...body.rows];
    let texts = null;
    const apply = () => {
      const wanted = search.value.trim().toLowerCase();
      if (wanted && !texts) texts = new Map(rows.map(row => [row, row.textContent.toLowerCase()]));
      let shown = 0;
      for (const row of rows) {
        let keep = !wanted || texts.get(row).includes(wanted);
        for (const select of selects) {
          const cell = row.cells[select.dataset.cell];
          if (select.value && ("title" in select.dataset ? cell.title : cell.textContent) !== select.value) keep = false;
        }
        row.hidden = !keep;
        shown += keep;
      }
      count.textContent = fill(words.shown, { n: shown, all: rows.length });
    };
    search.addEventListener("input", apply);
    for (const select of selects) select.addEventListener("change", apply);
    apply();
  }
  const collator = new Intl.Collator(root.lang, { numeric: true });
  for (const table of document.querySelectorAll("table.sortable")) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, n) => head.querySelector("button").addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of heads) other.setAttribute("aria-sort", "none");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const key = row => row.cells[n].dataset.sort ?? row.cells[n].textContent;
      const rows = [...table.tBodies[0].rows].map(row => [key(row), row]);
      rows.sort(([a], [b]) => {
        if (a === "" || b === "") return (a === "") - (b === "");
        const way = isFinite(a) && isFinite(b) ? a - b : collator.compare(a, b);
        return up ? way : -way;
      });
      table.tBodies[0].append(...rows.map(([, row]) => row));
    }));
  }

  // Links into the text: open what holds the sentence, and mark the number itself.
  const reveal = (id, mark) => {
    const aim = document.getElementById(id);
    if (!aim) return;
    const holder = aim.closest("details");
    if (holder) holder.open = true;
    for (const old of document.querySelectorAll(".here")) old.classList.remove("here");
    const number = mark && document.getElementById("m" + id.slice(1).split("-")[0] + "-" + mark);
    if (number) number.classList.add("here");
    aim.scrollIntoView({ block: "center" });
  };
  let last = null, mark = null;
  document.addEventListener("click", event => {
    const link = event.target.closest("a[href^='#']");
    if (link) reveal(last = link.hash.slice(1), mark = link.dataset.mark);
  });
  addEventListener("hashchange", () => {
    const id = decodeURIComponent(location.hash.slice(1));
    reveal(id, id === last ? mark : null);
  });
  if (location.hash) reveal(decodeURIComponent(location.hash.slice(1)));
  addEventListener("beforeprint", () => { for (const one of document.querySelectorAll("details")) one.open = true; });
})();
