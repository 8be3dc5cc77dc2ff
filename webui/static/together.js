// Several people write one form: each saving sends the questions that changed here and takes in what others wrote
// elsewhere. Where two wrote at the same question, both texts stand there until one is chosen. Works with autosave.js.
(() => {
  "use strict";
  const form = document.querySelector("form[data-autosave]");
  if (!form || !form.querySelector("[data-question]")) return;
  const container = (name) => form.querySelector(`[data-question="${name}"]`);
  const mark = (name) => form.elements[`was_${name}`];

  // The question that a field belongs to: item_budget-0-yen, keep_item_budget and item_budget are all of item_budget.
  const questionOf = (name) => name.replace(/^(keep|stood)_/, "").split("-")[0];

  const written = (data = new FormData(form)) => {
    const found = new Map();
    for (const [name, value] of data) {
      if (typeof value !== "string" || name.startsWith("was_")) continue;
      const question = questionOf(name);
      found.set(question, `${found.get(question) || ""}\n${name}=${value}`);
    }
    return found;
  };

  let known = new Map(); // as it was last agreed with the server; autosave.js tells how it began
  let sent = new Map();
  const differs = (now, question) => (now.get(question) || "") !== (known.get(question) || "");

  form.addEventListener("saving", (event) => {
    const body = event.detail;
    const now = written();
    const changed = [...form.querySelectorAll("[data-question]")]
      .map((one) => one.dataset.question)
      .filter((question) => differs(now, question));
    for (const name of new Set(body.keys())) {
      if (name === "csrf_token" || name.startsWith("was_")) continue;
      if (!changed.includes(questionOf(name))) body.delete(name);
    }
    body.append("sent", "");
    for (const question of changed) body.append("sent", question);
    sent = new Map(changed.map((question) => [question, now.get(question) || ""]));
  });

  const refuse = (field, sentence) => {
    const control = document.getElementById(field) || container(field)?.querySelector("input:not([type=hidden]), select, textarea");
    if (!control || document.getElementById(`${control.id}-error`)) return;
    const note = document.createElement("p");
    note.className = "error";
    note.id = `${control.id}-error`;
    note.textContent = sentence;
    control.before(note);
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", `${control.getAttribute("aria-describedby") || ""} ${note.id}`.trim());
    control.dataset.refused = "yes";
  };

  const accept = (question) => {
    for (const control of container(question)?.querySelectorAll("[data-refused]") || []) {
      document.getElementById(`${control.id}-error`)?.remove();
      control.removeAttribute("aria-invalid");
      delete control.dataset.refused;
    }
  };

  const exchange = (name, html) => {
    const old = container(name);
    if (!old) return;
    const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
    const made = document.createElement("template");
    made.innerHTML = html.trim();
    const fresh = made.content.firstElementChild;
    old.replaceWith(fresh);
    fresh.classList.add("exchanged");
    if (focused) document.getElementById(focused)?.focus();
    fresh.dispatchEvent(new Event("exchanged", { bubbles: true }));
  };

  form.addEventListener("saved", (event) => {
    const { marks = {}, questions = {}, disputed = {}, refused = {} } = event.detail;
    const failed = new Set(Object.keys(refused).map((field) => field.split("-")[0]));
    const now = written();
    for (const [name, html] of Object.entries(questions)) {
      const stood = sent.has(name) ? sent.get(name) : known.get(name) || "";
      if ((now.get(name) || "") === stood) exchange(name, html);
      else delete marks[name]; // it was written in meanwhile: the next saving tells both apart
    }
    for (const [name, value] of Object.entries(marks)) {
      if (!(name in disputed) && !failed.has(name) && mark(name)) mark(name).value = value;
    }
    for (const name of sent.keys()) {
      if (name in disputed || failed.has(name)) continue;
      accept(name);
      container(name)?.querySelector("[data-dispute]")?.replaceChildren();
    }
    for (const [name, html] of Object.entries(disputed)) {
      const place = container(name)?.querySelector("[data-dispute]");
      if (place) place.innerHTML = html;
    }
    for (const [field, sentence] of Object.entries(refused)) refuse(field, sentence);
    const after = written();
    for (const name of new Set([...sent.keys(), ...Object.keys(questions), ...Object.keys(disputed)])) {
      const untouched = (now.get(name) || "") === (sent.has(name) ? sent.get(name) : known.get(name) || "");
      if (untouched) known.set(name, after.get(name) || "");
      else if (sent.has(name)) known.set(name, sent.get(name));
    }
  });

  // A file goes up as soon as it is chosen, and is taken away at its button. autosave.js sends it.
  const files = (name, add) => {
    const body = () => {
      const parts = new FormData();
      for (const control of form.querySelectorAll("input[name^=was_]")) parts.append(control.name, control.value);
      parts.append("sent", name);
      add(parts);
      return parts;
    };
    const answered = (taken, data) => {
      if (taken) {
        sent = new Map([[name, known.get(name) || ""]]);
        form.dispatchEvent(new CustomEvent("saved", { detail: data }));
      } else for (const [field, sentence] of Object.entries(data.refused)) refuse(field, sentence);
      container(name).removeAttribute("aria-busy");
    };
    container(name).setAttribute("aria-busy", "true");
    form.dispatchEvent(new CustomEvent("attaching", { detail: { name, body, answered } }));
  };
  const attach = (control) => {
    const question = control.closest("[data-question]");
    if (control.type !== "file" || !question || !control.files.length) return;
    const { name, files: chosen } = control;
    accept(question.dataset.question);
    files(question.dataset.question, (body) => { for (const file of chosen) body.append(name, file); });
  };
  form.addEventListener("change", (event) => attach(event.target));
  form.addEventListener("served", (event) => {
    known = written(event.detail);
    for (const control of form.querySelectorAll("input[type=file]")) attach(control);
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=remove]");
    const question = button?.closest("[data-question]");
    if (!question) return;
    event.preventDefault();
    files(question.dataset.question, (body) => body.append("remove", button.value));
  });
})();
