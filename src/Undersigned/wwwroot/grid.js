// The grid as a sheet: all rows in memory, some dozens in the page. Without this script the same page is a table with forms.
const form = document.querySelector("form[data-grid]");
if (form) sheet(form, form.dataset.grid, form.dataset.may === "edit");

function sheet(form, base, mayEdit) {
  const columns = [
    ["number", "№"], ["name", "Name", "Name"], ["position", "Position", "Position"], ["organization", "Organization", "Organization"],
    ["years", "Years", "Years"], ["place", "Place", "Place"], ["stands", "Where it stands"], ["checked", "Checked"], ["domain", "Domain"],
    ["signed", "Signed"], ["note", "Note", "Note"],
  ].filter(([key]) => mayEdit || key !== "note").map(([key, words, writes]) => ({ key, words, writes: mayEdit ? writes : undefined }));
  const rows = new Map(), faults = new Map(), ticked = new Set(), undo = [], queue = [];
  let order = [], total = 0, since = 0, lastAct = 0, editing = null, sending = false, others = new Map(), found = null;
  let at = { r: 0, c: 1 }, from = { r: 0, c: 1 };
  const ask = document.querySelector("form[data-ask]"), tally = document.querySelector("[data-tally]");
  const sort = { key: "signed", down: true };
  const make = (tag, props = {}, ...inside) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(props)) if (value !== undefined && value !== false) element.setAttribute(name, value);
    element.append(...inside);
    return element;
  };
  const count = (n, one, many) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
  const fold = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();

  // What stands in the page: a line with the whole text of the chosen cell, the sheet, what was done, the keys.
  const whole = make("p", { class: "gridwhole" });
  const head = make("div", { role: "row", class: "gridrow", "aria-rowindex": 1 });
  const body = make("div", { role: "rowgroup", class: "gridbody" });
  const grid = make("div", { class: "grid", role: "grid", tabindex: 0, "aria-label": "Signatures", "aria-multiselectable": "true", "aria-colcount": columns.length, "aria-readonly": mayEdit ? undefined : "true" },
    make("div", { role: "rowgroup", class: "gridhead" }, head), body);
  const empty = make("p", { class: "lead", hidden: "" }, "Nobody fits all of these. Remove one.");
  const words = make("span", { role: "status" });
  const back = make("button", { type: "button", class: "button plain", hidden: "" }, "Undo");
  const why = make("select", { id: "grid-reason" }, make("option", { value: "typo" }, "a typing mistake"), make("option", { value: "update" }, "not up to date"));
  const foot = make("div", { class: "gridfoot row between" }, make("p", { class: "row" }, words, back));
  if (mayEdit) foot.append(make("p", { class: "row" }, make("label", { for: "grid-reason" }, "What I change was"), why));
  const keys = make("details", {}, make("summary", {}, "Keys"), make("dl", { class: "memo" }));
  for (const [key, says] of [["Arrows, Home, End, Page keys", "move; with Shift they choose a range"], ["Enter, F2 or typing", "edit in place; Tab and Enter write, Escape does not"],
    ["Space", "tick the lines of the range"], ["Ctrl Enter", "all about this signature"], ["Ctrl D", "fill down"], ["Ctrl C, Ctrl V", "copy and paste, also with a spreadsheet"], ["Ctrl Z", "undo what you did last"],
    ["Alt ↑, Alt ↓", "sort by this column"], ["/", "search"], ["Ctrl M", "the acts below"]])
    keys.lastChild.append(make("dt", {}, key), make("dd", {}, says));
  form.querySelectorAll("[data-table], [data-pages], [data-empty]").forEach(e => e.remove());
  form.prepend(whole, empty, grid, foot, keys);
  const bar = form.querySelector("[data-bar]"), chosen = bar?.querySelector("[data-chosen]");
  columns.forEach((column, c) => {
    const button = make("button", { type: "button", tabindex: -1 }, column.words);
    button.addEventListener("click", () => sortBy(column.key));
    head.append(make("div", { role: "columnheader", class: "gridcell", "aria-colindex": c + 1 }, button));
  });

  // Reading
  const put = row => {
    row.folded = undefined;
    rows.set(row.id, row);
  };
  const load = async () => {
    let after = 0;
    do {
      const answer = await (await fetch(`${base}/rows?after=${after}`)).json();
      if (after === 0) [since, lastAct] = [answer.since, answer.act];
      answer.rows.forEach(put);
      total = answer.total;
      after = answer.next;
      arrange();
    } while (after);
    grid.dataset.loaded = "yes";
    soon();
  };

  const field = name => ask.elements[name];
  const value = name => field(name)?.type === "checkbox" ? field(name).checked : (field(name)?.value ?? "").trim();
  const fits = () => {
    const text = value("q"), number = /^[№\s]*[\d,]+$/.test(text) ? Number(text.replace(/[^\d]/g, "")) : null, sought = number === null && !found ? fold(text) : "";
    const [state, level, domain, organization, day, noted, press] = ["state", "level", "domain", "organization", "since", "noted", "press"].map(value);
    const body = fold(organization), host = domain.replace(/^@/, "").toLowerCase();
    return row => (!found || found.has(row.id)) && (number === null || row.number === number) && (!state || row.state === state) && (!level || row.level === level)
      && (!host || row.domain === host) && (!day || row.signed >= day) && (!noted || row.note !== "") && (!press || row.press)
      && (!body || fold(row.organization).includes(body))
      && (!sought || (row.folded ??= fold([row.name, row.position, row.organization, row.place].join(" "))).includes(sought));
  };
  const ranks = {
    stands: [...(field("state")?.options ?? [])].map(o => o.text), checked: [...(field("level")?.options ?? [])].map(o => o.text),
  };
  const sortKey = key => {
    if (key === "number") return row => row.number;
    if (key === "signed") return row => row.signed + String(row.id).padStart(12, "0");
    if (ranks[key]) return row => ranks[key].indexOf(row[key]);
    if (key === "name") return row => (row.family ??= fold(row.name).split(" ").reverse().join(" "));
    return row => fold(row[key]);
  };
  const arrange = () => {
    const here = order[at.r];
    const key = sortKey(sort.key), turn = sort.down ? -1 : 1;
    const keyed = [...rows.values()].filter(fits()).map(row => [key(row), row]);
    const isEmpty = k => k === "" || k === null;
    keyed.sort(([a, x], [b, y]) => isEmpty(a) - isEmpty(b) || (a < b ? -turn : a > b ? turn : y.id - x.id));
    order = keyed.map(([, row]) => row.id);
    const moved = order.indexOf(here);
    if (moved >= 0 && moved !== at.r) at = { ...at, r: moved }, from = { ...at };
    at.r = Math.max(0, Math.min(at.r, order.length - 1));
    from.r = Math.max(0, Math.min(from.r, order.length - 1));
    tally.textContent = order.length === total ? count(total, "signature", "signatures") : `${count(order.length, "", "").trim()} of ${count(total, "signature fits", "signatures fit")}`;
    grid.hidden = order.length === 0;
    empty.hidden = order.length > 0;
    grid.setAttribute("aria-rowcount", order.length + 1);
    for (const element of pool.values()) element.remove();
    pool.clear();
    draw();
  };
  const sortBy = (key, down) => {
    [sort.down, sort.key] = [down ?? (sort.key === key ? !sort.down : key === "signed"), key];
    arrange();
  };

  // Drawing: rows in sight and a few more, each at its place.
  const pool = new Map();
  let height = 36;
  const draw = () => {
    const tall = parseFloat(getComputedStyle(grid).getPropertyValue("--row")) * parseFloat(getComputedStyle(document.documentElement).fontSize);
    if (tall !== height) {
      for (const element of pool.values()) element.remove();
      pool.clear();
      height = tall;
    }
    body.style.height = `${order.length * height}px`;
    const first = Math.max(0, Math.floor(grid.scrollTop / height) - 8), last = Math.min(order.length, Math.ceil((grid.scrollTop + grid.clientHeight) / height) + 8);
    for (const [r, element] of pool)
      if ((r < first || r >= last) && editing?.r !== r) element.remove(), pool.delete(r);
    for (let r = first; r < last; r++) {
      if (!pool.has(r)) pool.set(r, body.appendChild(blank(r)));
      fill(r, pool.get(r));
    }
    columns.forEach((column, c) => {
      const cell = head.children[c], sorted = sort.key === column.key;
      sorted ? cell.setAttribute("aria-sort", sort.down ? "descending" : "ascending") : cell.removeAttribute("aria-sort");
      cell.firstChild.textContent = column.words + (sorted ? sort.down ? " ↓" : " ↑" : "");
    });
    tell();
  };
  const blank = r => {
    const element = make("div", { role: "row", class: "gridrow", "aria-rowindex": r + 2 });
    element.style.transform = `translateY(${r * height}px)`;
    columns.forEach((column, c) => element.append(make("div", {
      role: c === 1 ? "rowheader" : "gridcell", class: "gridcell", id: `cell-${r}-${c}`, "aria-colindex": c + 1, "aria-readonly": column.writes ? undefined : "true", dir: c > 0 && c < 6 ? "auto" : undefined,
    })));
    return element;
  };
  const shows = (row, column) => column.key === "number" ? row.number?.toLocaleString("en") ?? "–" : column.key === "signed" ? row.signed.slice(0, 10)
    : column.key === "domain" && row.press ? `${row.domain} · may be called` : column.key === "name" ? row.name || "data gone" : row[column.key];
  const range = () => ({ top: Math.min(at.r, from.r), bottom: Math.max(at.r, from.r), left: Math.min(at.c, from.c), right: Math.max(at.c, from.c) });
  const fill = (r, element) => {
    const row = rows.get(order[r]), { top, bottom, left, right } = range();
    element.classList.toggle("ticked", ticked.has(row.id));
    columns.forEach((column, c) => {
      const cell = element.children[c], fault = faults.get(`${row.id} ${column.key}`), isIn = r >= top && r <= bottom && c >= left && c <= right;
      cell.classList.toggle("chosen", isIn);
      cell.setAttribute("aria-selected", isIn);
      cell.classList.toggle("here", r === at.r && c === at.c);
      cell.classList.toggle("faulty", Boolean(fault));
      if (editing?.cell === cell) return;
      const text = fault ? fault.typed : row.sent?.[column.key] ?? shows(row, column);
      if (fault) {
        cell.setAttribute("aria-invalid", "true");
        cell.replaceChildren(text, make("span", { class: "gridfault" }, fault.why));
      } else {
        cell.removeAttribute("aria-invalid");
        const who = c === 0 ? others.get(row.id) : null;
        if (who) cell.replaceChildren(text, ...who.map(one => make("abbr", { title: one.name }, one.initials)));
        else if (cell.textContent !== text || cell.children.length) cell.textContent = text;
      }
    });
  };
  const tell = () => {
    const row = rows.get(order[at.r]), cell = pool.get(at.r)?.children[at.c];
    cell ? grid.setAttribute("aria-activedescendant", cell.id) : grid.removeAttribute("aria-activedescendant");
    whole.replaceChildren(row ? `${columns[at.c].words}: ${shows(row, columns[at.c]) || "empty"} ` : "");
    if (row && form.dataset.about) whole.append(make("a", { href: `${form.dataset.about}/${row.id}`, class: "small" }, row.number ? `All about № ${row.number.toLocaleString("en")}` : "All about this signature"));
    if (!chosen) return;
    const ids = picked();
    chosen.textContent = ticked.size ? `${count(ids.length, "ticked line", "ticked lines")}:` : `${count(ids.length, "chosen line", "chosen lines")}:`;
  };
  const picked = () => {
    if (ticked.size) return order.filter(id => ticked.has(id));
    const { top, bottom } = range();
    return order.slice(top, bottom + 1);
  };
  const say = (text, isUndoable) => {
    words.textContent = text;
    back.hidden = !(isUndoable && undo.length);
  };

  // Moving
  const go = (r, c, extend) => {
    at = { r: Math.max(0, Math.min(order.length - 1, r)), c: Math.max(0, Math.min(columns.length - 1, c)) };
    if (!extend) from = { ...at };
    const top = at.r * height, under = head.offsetHeight;
    if (top < grid.scrollTop) grid.scrollTop = top;
    else if (top + height + under > grid.scrollTop + grid.clientHeight) grid.scrollTop = top + height + under - grid.clientHeight;
    draw();
    const cell = pool.get(at.r)?.children[at.c];
    if (cell) {
      const left = cell.offsetLeft, fixed = head.children[0].offsetWidth;
      if (at.c > 0 && left - fixed < grid.scrollLeft) grid.scrollLeft = left - fixed;
      else if (left + cell.offsetWidth > grid.scrollLeft + grid.clientWidth) grid.scrollLeft = left + cell.offsetWidth - grid.clientWidth;
    }
    soon();
  };
  const place = target => {
    const cell = target.closest?.(".gridbody .gridcell");
    return cell && { r: Number(cell.parentNode.getAttribute("aria-rowindex")) - 2, c: Number(cell.getAttribute("aria-colindex")) - 1 };
  };
  let dragging = false;
  grid.addEventListener("pointerdown", event => {
    const to = place(event.target);
    if (!to || editing?.cell.contains(event.target)) return;
    if (event.ctrlKey || event.metaKey) {
      const id = order[to.r];
      ticked.has(id) ? ticked.delete(id) : ticked.add(id);
      draw();
      return;
    }
    const isAgain = event.pointerType !== "mouse" && to.r === at.r && to.c === at.c;
    dragging = event.pointerType === "mouse";
    finish();
    go(to.r, to.c, event.shiftKey);
    if (isAgain) setTimeout(() => edit(), 0);
  });
  grid.addEventListener("pointerover", event => {
    const to = dragging && place(event.target);
    if (to) go(to.r, to.c, true);
  });
  addEventListener("pointerup", () => dragging = false);
  grid.addEventListener("dblclick", event => place(event.target) && edit());
  grid.addEventListener("scroll", () => requestAnimationFrame(draw), { passive: true });
  addEventListener("resize", draw);

  // Editing in place
  const edit = first => {
    const column = columns[at.c], row = rows.get(order[at.r]);
    if (!column.writes || !row || editing) return;
    draw();
    const cell = pool.get(at.r).children[at.c], typed = faults.get(`${row.id} ${column.key}`)?.typed ?? row[column.key];
    const input = make("input", { "aria-label": `${column.words} of ${row.name}`, autocomplete: "off", spellcheck: "false" });
    input.value = first ?? typed;
    editing = { r: at.r, id: row.id, column, cell, input, mark: row.mark };
    cell.replaceChildren(input);
    cell.classList.add("editing");
    input.focus();
    if (first === undefined) input.select();
    input.addEventListener("blur", () => finish());
  };
  const finish = (keep = true) => {
    if (!editing) return;
    const { id, column, cell, input, mark } = editing, typed = input.value, row = rows.get(id);
    editing = null;
    cell.classList.remove("editing");
    cell.replaceChildren();
    const fault = faults.get(`${id} ${column.key}`);
    if (keep && (typed !== row[column.key] || fault)) write("edit", [{ id, column, value: typed, mark }]);
    else faults.delete(`${id} ${column.key}`);
    draw();
  };
  const write = (what, cells) => {
    cells = cells.filter(cell => cell.column.writes);
    if (!cells.length) return say("These columns are not for writing.");
    for (const { id, column, value } of cells) {
      faults.delete(`${id} ${column.key}`);
      (rows.get(id).sent ??= {})[column.key] = value;
    }
    queue.push({ what, cells: cells.map(cell => ({ ...cell, mark: cell.mark ?? rows.get(cell.id).mark })) });
    draw();
    send();
  };
  const post = async (path, data) => {
    const answer = await fetch(`${base}/${path}`, {
      method: "POST", headers: { "Content-Type": "application/json", RequestVerificationToken: form.elements.__RequestVerificationToken.value }, body: JSON.stringify(data),
    });
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  };
  // One after the other, so that a second edit of a row goes with the mark that the first one left.
  const send = async () => {
    if (sending || !queue.length) return;
    sending = true;
    const { what, cells } = queue[0];
    const typed = cells.map(cell => [cell, cell.value]);
    try {
      take(await post("cells", { what, reason: why.value, cells: cells.map(c => ({ id: c.id, mark: c.mark, column: c.column.writes, value: c.value })) }), typed);
    } catch {
      for (const [cell, value] of typed) fault(cell.id, cell.column, value, "Not saved: the desk did not answer. Press Enter twice to try again.");
      say("Not saved: the desk did not answer. What you typed is kept.");
    }
    queue.shift();
    sending = false;
    for (const [{ id, column }] of typed)
      if (!queue.some(item => item.cells.some(c => c.id === id && c.column === column))) delete rows.get(id).sent?.[column.key];
    draw();
    send();
  };
  const fault = (id, column, typed, says) => faults.set(`${id} ${column.key}`, { typed, why: says });
  const merge = row => {
    const old = rows.get(row.id);
    old ? row.sent = old.sent : total++;
    put(row);
  };
  const take = (answer, typed = []) => {
    const refused = new Set(answer.left.map(l => l.id));
    for (const row of answer.rows) {
      const old = rows.get(row.id);
      // Our own writing moves the mark on for what we typed meanwhile; somebody else's does not.
      if (old && !refused.has(row.id)) {
        for (const item of queue.slice(1)) for (const cell of item.cells) if (cell.id === row.id && cell.mark === old.mark) cell.mark = row.mark;
        if (editing?.id === row.id && editing.mark === old.mark) editing.mark = row.mark;
      }
      merge(row);
    }
    for (const left of answer.left) {
      const column = columns.find(c => c.writes === left.column);
      const [cell, value] = typed.find(([t]) => t.id === left.id && t.column === column) ?? [];
      if (cell) fault(left.id, column, value, left.why.startsWith("Somebody") ? `${left.why} It is now: ${rows.get(left.id)[column.key] || "empty"}` : left.why);
    }
    if (answer.act) undo.push(answer.act);
    const said = answer.left.length && !typed.length ? " " + [...new Set(answer.left.slice(0, 3).map(l => `${rows.get(l.id)?.name}: ${l.why}`))].join(" ") : "";
    say(answer.words + said, Boolean(answer.act));
    draw();
  };
  const takeBack = async () => {
    if (!undo.length) return say("There is nothing of yours to undo here. Earlier acts are under Undo earlier acts.");
    const act = undo.pop();
    try {
      take(await post("takeback", { act }));
      back.hidden = !undo.length;
    } catch {
      undo.push(act);
      say("Not undone: the desk did not answer.", true);
    }
  };
  back.addEventListener("click", () => (grid.focus(), takeBack()));

  // What is on its way to the desk counts as written.
  const now = (id, c) => rows.get(id).sent?.[columns[c].key] ?? rows.get(id)[columns[c].key];
  const fillDown = () => {
    const { top, bottom, left, right } = range(), cells = [];
    for (let c = left; c <= right; c++)
      for (let r = top + 1; r <= bottom; r++)
        if (now(order[r], c) !== now(order[top], c)) cells.push({ id: order[r], column: columns[c], value: now(order[top], c) });
    if (top === bottom) return say("Choose a range first: Shift and the arrows. The first line is filled into the others.");
    cells.length ? write("fill-down", cells) : say("They are the same already.");
  };
  const clear = () => {
    const { top, bottom, left, right } = range(), cells = [];
    for (let r = top; r <= bottom; r++) for (let c = left; c <= right; c++) if (columns[c].writes && now(order[r], c)) cells.push({ id: order[r], column: columns[c], value: "" });
    if (cells.length) write("edit", cells);
  };
  grid.addEventListener("copy", event => {
    if (editing) return;
    const { top, bottom, left, right } = range();
    event.clipboardData.setData("text/plain", order.slice(top, bottom + 1).map(id => columns.slice(left, right + 1).map(c => shows(rows.get(id), c).replace(/[\t\n]/g, " ")).join("\t")).join("\n"));
    event.preventDefault();
    say(`Copied ${count(bottom - top + 1, "line", "lines")}.`);
  });
  grid.addEventListener("paste", event => {
    if (editing || !mayEdit) return;
    event.preventDefault();
    const text = event.clipboardData.getData("text/plain").replace(/\r?\n$/, "");
    const lines = text.split(/\r?\n/).map(line => line.split("\t").map(cell => cell.replace(/^"(.*)"$/, (_, inside) => inside.replace(/""/g, '"')))), { top, bottom, left, right } = range(), cells = [];
    const isOne = lines.length === 1 && lines[0].length === 1;
    for (let r = top; r <= (isOne ? bottom : Math.min(order.length - 1, top + lines.length - 1)); r++)
      for (let c = left; c <= (isOne ? right : Math.min(columns.length - 1, left + lines[r - top].length - 1)); c++)
        cells.push({ id: order[r], column: columns[c], value: isOne ? lines[0][0] : lines[r - top][c - left] });
    write("paste", cells);
  });

  grid.addEventListener("keydown", event => {
    const { key, shiftKey: shift } = event, ctrl = event.ctrlKey || event.metaKey, page = Math.max(1, Math.floor(grid.clientHeight / height) - 2);
    const does = act => (event.preventDefault(), act());
    if (editing) {
      if (event.isComposing) return;
      if (key === "Enter") does(() => (finish(), grid.focus(), go(at.r + (shift ? -1 : 1), at.c)));
      else if (key === "Tab") does(() => (finish(), grid.focus(), go(at.r, at.c + (shift ? -1 : 1))));
      else if (key === "Escape") does(() => (finish(false), grid.focus()));
      return;
    }
    if (event.altKey && (key === "ArrowUp" || key === "ArrowDown")) return does(() => sortBy(columns[at.c].key, key === "ArrowDown"));
    if (key === "ArrowDown") does(() => go(ctrl ? order.length - 1 : at.r + 1, at.c, shift));
    else if (key === "ArrowUp") does(() => go(ctrl ? 0 : at.r - 1, at.c, shift));
    else if (key === "ArrowRight") does(() => go(at.r, ctrl ? columns.length - 1 : at.c + 1, shift));
    else if (key === "ArrowLeft") does(() => go(at.r, ctrl ? 0 : at.c - 1, shift));
    else if (key === "Home") does(() => go(ctrl ? 0 : at.r, 0, shift));
    else if (key === "End") does(() => go(ctrl ? order.length - 1 : at.r, columns.length - 1, shift));
    else if (key === "PageDown") does(() => go(at.r + page, at.c, shift));
    else if (key === "PageUp") does(() => go(at.r - page, at.c, shift));
    else if (key === "Enter" && ctrl) does(() => whole.querySelector("a")?.click());
    else if (key === "Enter" || key === "F2") does(() => edit());
    else if (key === "Escape") does(() => (faults.delete(`${order[at.r]} ${columns[at.c].key}`), ticked.clear(), from = { ...at }, draw()));
    else if (key === "Delete" || key === "Backspace") does(clear);
    else if (key === " ") does(() => {
      const { top, bottom } = range(), ids = order.slice(top, bottom + 1), off = ids.every(id => ticked.has(id));
      ids.forEach(id => off ? ticked.delete(id) : ticked.add(id));
      draw();
    });
    else if (ctrl && key.toLowerCase() === "a") does(() => (from = { r: 0, c: 0 }, at = { r: order.length - 1, c: columns.length - 1 }, draw()));
    else if (ctrl && key.toLowerCase() === "d" && mayEdit) does(fillDown);
    else if (ctrl && key.toLowerCase() === "z" && mayEdit) does(takeBack);
    else if (ctrl && key.toLowerCase() === "m" && bar) does(() => bar.querySelector("button, summary").focus());
    else if (key === "/") does(() => (field("q").focus(), field("q").select()));
    else if (key.length === 1 && !ctrl && !event.altKey && columns[at.c].writes) does(() => edit(key));
  });

  // Filter and search as one types; a whole address is asked of the desk, for the sheet holds none.
  ask.addEventListener("submit", async event => {
    event.preventDefault();
    found = null;
    if (/.@./.test(value("q"))) found = new Set((await (await fetch(`${base}/ids?q=${encodeURIComponent(value("q"))}`)).json()).ids);
    arrange();
    grid.focus();
  });
  let typing;
  ask.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => (found = null, go(0, at.c), arrange()), 120);
  });
  field("q").addEventListener("keydown", event => event.key === "Escape" && (field("q").value = "", found = null, arrange(), grid.focus()));

  // The bar of acts
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const act = event.submitter?.value, ids = picked(), of = name => form.elements[name]?.value ?? "";
    if (!act) return say("Choose what to do.");
    if (act === "write") {
      const column = columns.find(c => c.writes === of("column"));
      why.value = of("reason");
      return write("edit", ids.map(id => ({ id, column, value: of("value") })));
    }
    try {
      take(await post("acts", { act, ids, why: of("why"), how: of("how"), note: of("note") }));
      form.querySelectorAll("[data-bar] details[open]").forEach(d => d.open = false);
      ticked.clear();
      draw();
      grid.focus();
    } catch {
      say("Nothing was done: the desk did not answer.");
    }
  });

  // Who else is where, and what has changed meanwhile.
  const name = crypto.getRandomValues(new Uint32Array(3)).join("-");
  let beat, waiting = false;
  const live = async () => {
    if (!form.dataset.seat || document.hidden || !since || waiting) return;
    waiting = true;
    try {
      const { top, bottom } = range();
      const answer = await post("presence", { window: name, rows: order.slice(top, Math.min(bottom + 1, top + 100)), since, act: lastAct });
      [since, lastAct] = [answer.since, answer.act];
      others = new Map();
      for (const one of answer.others) for (const id of one.rows) others.set(id, [...(others.get(id) ?? []), one]);
      if (answer.more) await load();
      const size = rows.size;
      const changed = answer.rows.filter(row => JSON.stringify(row) !== JSON.stringify({ ...rows.get(row.id), folded: undefined, family: undefined, sent: undefined }));
      changed.forEach(merge);
      rows.size > size && !editing ? arrange() : draw();
    } catch {
      // The next sign of life tries again.
    }
    waiting = false;
  };
  const soon = () => {
    clearTimeout(beat);
    beat = setTimeout(live, 400);
  };
  setInterval(live, 4000);
  load();
}
