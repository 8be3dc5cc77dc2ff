// Tables of a form: rows come and go in place, sums follow, cells copied from a spreadsheet fill the rows below.
(() => {
  "use strict";
  const rowsOf = (table) => [...table.querySelectorAll("tbody tr")];
  const controls = (row) => [...row.querySelectorAll("td[data-column]")].map((cell) => cell.querySelector("input, select, textarea"));
  const tell = (table, text, n) => { table.querySelector("[data-told]").textContent = text.replace("{n}", String(n)); };
  const changed = (control) => control.dispatchEvent(new Event("input", { bubbles: true }));

  const number = (text) => {
    const plain = text.normalize("NFKC").replace(/[\s,、円¥\\]/g, "");
    return /^[0-9]{1,12}$/.test(plain) ? BigInt(plain) : null;
  };

  const sum = (table) => {
    for (const cell of table.querySelectorAll("[data-sum]")) {
      let total = 0n;
      for (const control of table.querySelectorAll(`td[data-column="${cell.dataset.sum}"] input`)) total += number(control.value) || 0n;
      cell.textContent = cell.dataset.form.replace("{n}", total.toLocaleString("en"));
    }
  };

  const rename = (row, table, index) => {
    for (const cell of row.querySelectorAll("td[data-column]")) {
      const control = cell.querySelector("input, select, textarea");
      control.name = control.id = `${table.dataset.table}-${index}-${cell.dataset.column}`;
    }
  };

  const count = (table) => {
    rowsOf(table).forEach((row, place) => {
      row.querySelector("th").textContent = String(place + 1);
      for (const cell of row.querySelectorAll("td[data-column]")) {
        const words = table.dataset.cell.replace("{n}", String(place + 1)).replace("{c}", cell.dataset.label);
        cell.querySelector("input, select, textarea").setAttribute("aria-label", words);
      }
      row.querySelector("button .vh").textContent = `: ${table.dataset.cell.replace("{n}", String(place + 1)).replace("{c}", "").trim()}`;
    });
  };

  const clear = (row) => {
    for (const note of row.querySelectorAll(".error")) note.remove();
    for (const control of controls(row)) {
      control.value = "";
      control.removeAttribute("aria-invalid");
      control.removeAttribute("aria-describedby");
    }
  };

  const add = (table) => {
    const rows = rowsOf(table);
    if (rows.length >= Number(table.dataset.most)) {
      tell(table, table.dataset.full, rows.length);
      return null;
    }
    const row = rows.at(-1).cloneNode(true);
    const used = rows.map((one) => Number(controls(one)[0].name.split("-")[1]));
    clear(row);
    rename(row, table, Math.max(...used) + 1);
    rows.at(-1).after(row);
    count(table);
    return row;
  };

  const remove = (table, row) => {
    const rows = rowsOf(table);
    const place = rows.indexOf(row);
    if (rows.length > 1) row.remove(); else clear(row);
    count(table);
    sum(table);
    tell(table, table.dataset.gone, place + 1);
    const next = rowsOf(table)[Math.min(place, rowsOf(table).length - 1)];
    controls(next)[0].focus();
    changed(controls(next)[0]);
  };

  const put = (control, text) => {
    const value = text.trim();
    if (control.tagName === "SELECT") {
      const option = [...control.options].find((one) => one.value === value || one.text.trim() === value);
      if (option) control.value = option.value;
    } else if (control.type === "date") {
      const day = /^(\d{4})[/.年-](\d{1,2})[/.月-](\d{1,2})日?$/.exec(value.normalize("NFKC"));
      if (day) control.value = `${day[1]}-${day[2].padStart(2, "0")}-${day[3].padStart(2, "0")}`;
      else { control.type = "text"; control.value = value; }
    } else control.value = value;
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-table] button");
    if (!button || event.defaultPrevented) return;
    const table = button.closest("[data-table]");
    if (button.name === "row") {
      const row = add(table);
      if (row) {
        tell(table, table.dataset.added, rowsOf(table).length);
        controls(row)[0].focus();
      }
    } else if (button.name === "drop_row") remove(table, button.closest("tr"));
    else return;
    event.preventDefault();
  });

  document.addEventListener("paste", (event) => {
    const table = event.target.closest?.("[data-table]");
    const start = event.target.closest?.("td[data-column]");
    if (!table || !start) return;
    const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n+$/, "");
    const inText = event.target.tagName === "TEXTAREA" && !text.includes("\t");
    if (inText || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    const column = controls(start.parentElement).indexOf(event.target);
    let row = start.parentElement;
    text.split("\n").forEach((line, place) => {
      if (place) row = row && (row.nextElementSibling || add(table));
      if (row) line.split("\t").forEach((cell, n) => { const control = controls(row)[column + n]; if (control) put(control, cell); });
    });
    sum(table);
    changed(event.target);
  });

  document.addEventListener("input", (event) => {
    const table = event.target.closest?.("[data-table]");
    if (table) sum(table);
  });

  // What was kept in this browser may have more rows than the server has seen.
  document.addEventListener("restoring", (event) => {
    for (const table of document.querySelectorAll("[data-table]")) {
      const start = `${table.dataset.table}-`;
      const kept = new Set(event.detail.filter(([name]) => name.startsWith(start)).map(([name]) => Number(name.split("-")[1])));
      while (rowsOf(table).length < kept.size && add(table)) { /* one more */ }
      [...kept].sort((a, b) => a - b).forEach((index, place) => { const row = rowsOf(table)[place]; if (row) rename(row, table, index); });
    }
  });
  document.addEventListener("restored", () => document.querySelectorAll("[data-table]").forEach(sum), true);
})();
