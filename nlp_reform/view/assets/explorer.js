"use strict";
(() => {
  const data = JSON.parse(document.getElementById("network").textContent);
  const words = JSON.parse(document.getElementById("words").textContent);
  const [ID, LABEL, KIND, X, Y, SIZE, YEARS, STRENGTH, DOCUMENT, START, END] = Array(11).keys();
  const at = id => document.getElementById(id);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const colour = node => data.kinds[node[KIND]][1];
  const kindOf = node => words.nodes[data.kinds[node[KIND]][0]] || data.kinds[node[KIND]][0];
  const kindIs = (node, kind) => data.kinds[node[KIND]][0] === kind;
  const edges = [];
  for (let n = 0; n < data.edges.length; n += 3) edges.push([data.edges[n], data.edges[n + 1], data.edges[n + 2]]);
  const near = data.nodes.map(() => []);
  for (const [from, to, ordering] of edges) { near[from].push([to, ordering]); near[to].push([from, ordering]); }
  const byId = new Map(data.nodes.map((node, n) => [node[ID], n]));
  byId.delete("");

  // A node's words: its piece of the text of record, which the page holds once; offsets count code points.
  const records = new Map();
  const textOf = node => {
    if (node[DOCUMENT] < 0 || kindIs(node, "document") || kindIs(node, "section")) return "";
    if (!records.has(node[DOCUMENT]))
      records.set(node[DOCUMENT], Array.from([...document.querySelectorAll(`#t${node[DOCUMENT]} .record`)].map(one => one.textContent).join("")));
    return records.get(node[DOCUMENT]).slice(node[START], node[END]).join("");
  };

  // What is shown: kinds, year, strength, and what lies within two steps of a theme or an actor.
  const boxes = [...document.querySelectorAll("[data-kind]")];
  const years = at("g-year"), theme = at("g-theme"), actor = at("g-actor"), strength = at("g-strength");
  let shown = new Uint8Array(data.nodes.length).fill(1);
  const around = start => {
    const found = new Set([start]);
    for (const [one] of near[start]) {
      found.add(one);
      for (const [other, ordering] of near[one]) if (!ordering) found.add(other);
    }
    return found;
  };
  const choose = () => {
    const kinds = new Set(boxes.filter(box => box.checked).map(box => +box.dataset.kind));
    const sets = [theme, actor].filter(select => select.value).map(select => around(+select.value));
    let count = 0;
    data.nodes.forEach((node, n) => {
      shown[n] = kinds.has(node[KIND]) && (!years.value || !node[YEARS].length || node[YEARS].includes(+years.value))
        && (!strength.value || !node[STRENGTH] || node[STRENGTH] === +strength.value) && sets.every(set => set.has(n)) ? 1 : 0;
      count += shown[n];
    });
    at("g-count").textContent = fill(words.shown, { n: count, all: data.nodes.length });
    if (view) view.setGraph(part());
  };

  // The drawing: sigma on WebGL. It is given only what is shown: what it hides itself it still draws.
  let view = null, picked = null, hovered = null, joined = new Set();
  const dark = () => document.documentElement.classList.contains("dark");
  const label = (context, node, settings) => {
    const size = settings.labelSize;
    context.font = `${size}px ${settings.labelFont}`;
    const width = context.measureText(node.label).width;
    context.fillStyle = dark() ? "#22262a" : "#ffffff";
    context.fillRect(node.x + node.size + 1, node.y - size, width + 6, size * 2);
    context.fillStyle = dark() ? "#ffffff" : "#000000";
    context.fillText(node.label, node.x + node.size + 4, node.y + size / 3);
  };
  const part = () => {
    const graph = new graphology.MultiDirectedGraph();
    data.nodes.forEach((node, n) => shown[n] && graph.addNode(n, {
      label: node[LABEL], x: node[X], y: node[Y], size: node[SIZE], color: colour(node) }));
    edges.forEach(([from, to], n) => shown[from] && shown[to] && graph.addEdgeWithKey(n, from, to));
    return graph;
  };
  const extent = axis => data.nodes.reduce(([low, high], node) => [Math.min(low, node[axis]), Math.max(high, node[axis])], [Infinity, -Infinity]);
  const draw = () => {
    const many = data.nodes.length > 5000;
    view = new Sigma(new graphology.MultiDirectedGraph(), at("canvas"), {
      labelFont: "system-ui, 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif", labelSize: 13,
      labelRenderedSizeThreshold: 7, labelDensity: many ? 0.3 : 0.7, hideEdgesOnMove: many, defaultDrawNodeHover: label,
      labelColor: { attribute: "ink", color: dark() ? "#e8e6e1" : "#1d1f21" }, zIndex: true, minCameraRatio: 0.005, maxCameraRatio: 4,
      nodeReducer: (n, look) => {
        if (+n === picked) return { ...look, highlighted: true, size: look.size * 1.6, zIndex: 2, forceLabel: true };
        if (picked !== null && !joined.has(+n)) return { ...look, color: dark() ? "#3a3d40" : "#dedede", label: "", zIndex: 0 };
        return picked !== null ? { ...look, zIndex: 1, forceLabel: joined.size < 30 } : look;
      },
      edgeReducer: (e, look) => {
        const [from, to] = edges[e];
        const on = picked !== null && (from === picked || to === picked);
        return { ...look, size: on ? 1.5 : 0.5, zIndex: on ? 1 : 0, hidden: picked !== null && !on && many,
          color: on ? (dark() ? "#ffffff" : "#000000") : dark() ? "#4a4d50" : "#d0d0d0" };
      },
    });
    if (data.nodes.length) view.setCustomBBox({ x: extent(X), y: extent(Y) });
    view.on("clickNode", ({ node }) => pick(+node, false));
    view.on("clickStage", () => pick(null, false));
    document.addEventListener("appearance", () => {
      view.setSetting("labelColor", { color: dark() ? "#e8e6e1" : "#1d1f21" });
    });
    window.explorer = view;
  };

  // The panel: the node's text, where it stands, its neighbours; the linked rows in the tables.
  const element = (name, text, more = {}) => Object.assign(document.createElement(name), { textContent: text }, more);
  const button = n => {
    const found = element("button", `${kindOf(data.nodes[n])} · ${data.nodes[n][LABEL]}`, { type: "button" });
    found.addEventListener("click", () => pick(n, true));
    return found;
  };
  const list = (numbers, holder) => holder.replaceChildren(...numbers.map(n => { const li = element("li", ""); li.append(button(n)); return li; }));
  const rows = new Map();
  for (const row of document.querySelectorAll("tr[data-node]")) {
    if (!rows.has(row.dataset.node)) rows.set(row.dataset.node, []);
    rows.get(row.dataset.node).push(row);
  }
  const select = () => {
    for (const row of document.querySelectorAll("tr.selected")) row.classList.remove("selected");
    let count = 0, first = null;
    for (const n of picked === null ? [] : [picked, ...joined]) for (const row of rows.get(data.nodes[n][ID]) || []) {
      if (!row.classList.contains("selected")) count += 1;
      row.classList.add("selected");
      first = first || row;
    }
    if (first) {
      const holder = first.closest(".wide");
      holder.scrollTop = first.offsetTop - holder.clientHeight / 3;
    }
    return count;
  };
  const pick = (n, move) => {
    picked = n;
    joined = new Set(n === null ? [] : near[n].map(([other]) => other));
    const panel = at("panel"), count = select();
    if (n === null) {
      panel.replaceChildren(element("p", words.pick, { className: "quiet" }));
    } else {
      const node = data.nodes[n], neighbours = element("ul", "");
      list([...joined].slice(0, 200), neighbours);
      const about = [kindOf(node), node[YEARS].join(", "), words.strengths[node[STRENGTH]]];
      panel.replaceChildren(element("h3", node[LABEL]), element("p", about.filter(Boolean).join(" · "), { className: "quiet" }),
        element("p", textOf(node)));
      if (node[DOCUMENT] >= 0) {
        const link = element("a", words.jump, { href: nearest(node[DOCUMENT], node[START]), className: "jump" });
        link.dataset.mark = node[START];
        panel.append(link);
      }
      panel.append(element("p", fill(words.rows, { n: count }), { className: "quiet" }), element("h4", `${words.neighbours} (${joined.size})`), neighbours);
      if (move && view && shown[n]) {
        const spot = view.getNodeDisplayData(n);
        view.getCamera().animate({ x: spot.x, y: spot.y, ratio: Math.min(view.getCamera().ratio, 0.3) }, { duration: 300 });
      }
    }
    if (view) view.refresh({ skipIndexation: true });
  };
  // The directive that starts at an offset, else the sentence that holds it: the last one that starts before.
  const starts = new Map();
  const nearest = (number, offset) => {
    if (at(`d${number}-${offset}`)) return `#d${number}-${offset}`;
    if (!starts.has(number)) starts.set(number, [...document.querySelectorAll(`#t${number} .s[id]`)].map(one => +one.id.split("-")[1]));
    const before = starts.get(number).filter(start => start <= offset);
    return before.length ? `#s${number}-${before[before.length - 1]}` : `#t${number}`;
  };

  at("g-search").addEventListener("input", event => {
    const wanted = event.target.value.trim().toLowerCase();
    const found = [];
    if (wanted) data.nodes.forEach((node, n) => { if (shown[n] && (node[LABEL] + textOf(node)).toLowerCase().includes(wanted)) found.push(n); });
    list(found.slice(0, 40), at("g-found"));
    at("g-count").textContent = wanted ? fill(words.matches, { n: found.length }) : "";
  });
  at("g-search").addEventListener("keydown", event => { if (event.key === "Enter") at("g-found").querySelector("button")?.click(); });
  for (const control of [...boxes, years, theme, actor, strength]) control.addEventListener("change", choose);
  at("g-reset").addEventListener("click", () => {
    for (const box of boxes) box.checked = box.defaultChecked;
    for (const control of [years, theme, actor, strength, at("g-search")]) control.value = "";
    list([], at("g-found"));
    choose();
    pick(null, false);
    if (view) view.getCamera().animatedReset();
  });
  for (const row of document.querySelectorAll("tr[data-node]"))
    row.addEventListener("click", event => { if (!event.target.closest("a") && byId.has(row.dataset.node)) pick(byId.get(row.dataset.node), true); });

  try {
    if (!document.createElement("canvas").getContext("webgl2")) throw new Error("no WebGL");
    document.head.append(element("script", at("drawing").textContent));
    draw();
  } catch (error) {
    view = null;
    at("canvas").replaceChildren(element("p", words.no_webgl, { className: "quiet" }));
  }
  choose();
})();
