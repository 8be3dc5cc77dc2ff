// Saves a form while one types: POST of its fields to data-autosave. What is not saved yet stays in this browser,
// under the reader and the address, and comes back when the form is opened again. All words come from the page.
(() => {
  "use strict";
  const PAUSE = 1500;
  const RETRY = 15000;
  const OLD = 30 * 24 * 60 * 60 * 1000;
  const PREFIX = "kyodo-unsaved ";

  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const words = form.dataset;
  const key = `${PREFIX}${words.reader} ${words.autosave}`;
  const status = form.querySelector("[data-autosave-status]");
  let timer = 0;
  let saving = false;
  let changed = false;
  let stopped = false;

  const together = form.querySelector("[data-question]") !== null; // together.js settles what others wrote meanwhile

  const revision = () => [...form.querySelectorAll("input[name=revision], input[name^=was_]")].map((one) => one.value).join(" ");

  const isText = (name, value) => typeof value === "string" && name !== "csrf_token" && !name.includes("password");

  const fields = (data = new FormData(form)) =>
    [...data].filter(([name, value]) => isText(name, value) && name !== "revision");

  const byName = (pairs) => {
    const found = new Map();
    for (const [name, value] of pairs) found.set(name, [...(found.get(name) || []), value]);
    return found;
  };

  // The form as it came from the server, whatever was typed while this script was still on its way.
  const asServed = () => {
    const copy = form.cloneNode(true);
    copy.reset();
    return new FormData(copy);
  };

  const typedBetween = (before, after) => {
    const [was, is] = [byName(before), byName(after)];
    return [...new Set([...was.keys(), ...is.keys()])].filter((name) => JSON.stringify(was.get(name)) !== JSON.stringify(is.get(name)));
  };

  const store = {
    read() {
      try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
    },
    write(sent = false) {
      const entry = { at: Date.now(), revision: revision(), fields: fields(), sent };
      try { localStorage.setItem(key, JSON.stringify(entry)); } catch { /* no room or not allowed: the server has it soon */ }
    },
    drop() {
      try { localStorage.removeItem(key); } catch { /* nothing was kept either */ }
    },
    tidy() {
      try {
        for (const name of Object.keys(localStorage)) {
          if (name.startsWith(PREFIX) && Date.now() - JSON.parse(localStorage.getItem(name)).at > OLD) {
            localStorage.removeItem(name);
          }
        }
      } catch { /* somebody else's entry */ }
    },
  };

  const say = (text, link) => {
    if (!status) return;
    status.textContent = text;
    if (!link) return;
    const a = document.createElement("a");
    a.href = words.signIn;
    a.target = "_blank";
    a.rel = "noopener";
    a.textContent = link;
    status.append(" ", a);
  };

  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };

  const body = () => {
    const sent = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (isText(name, value)) sent.append(name, value);
    form.dispatchEvent(new CustomEvent("saving", { detail: sent }));
    return sent;
  };

  const post = (what, keepalive) =>
    fetch(words.autosave, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": form.elements.csrf_token.value },
      body: what(),
      keepalive,
    });

  // A saving that broke off before its answer was whole is none: what was written here stays until it is known.
  const said = (answer) => answer.ok ? answer.json() : answer.json().catch(() => ({}));

  const renewToken = (token) => {
    for (const input of document.querySelectorAll("input[name=csrf_token]")) input.value = token;
  };

  const send = async (what, keepalive) => {
    const answer = await post(what, keepalive);
    const data = await said(answer);
    if (answer.status !== 400 || !data.csrf_token) return [answer, data];
    renewToken(data.csrf_token);
    const again = await post(what, keepalive);
    return [again, await said(again)];
  };

  const why = (answer, data) => {
    if (answer.status === 401) return words.saySignedOut;
    if (data.sentences) return data.sentences.join(" ");
    return answer.status === 409 ? words.sayConflict : words.sayFailed;
  };

  async function save(keepalive = false) {
    if (stopped) return;
    if (saving) { changed = true; return; }
    clearTimeout(timer);
    saving = true;
    changed = false;
    say(words.saySaving);
    try {
      const [answer, data] = await send(body, keepalive);
      if (answer.ok) {
        if (form.elements.revision && data.revision !== undefined) form.elements.revision.value = data.revision;
        form.dispatchEvent(new CustomEvent("saved", { detail: data }));
        if (changed || data.say) store.write(); else store.drop();
        say(data.say || words.saySaved.replace("{time}", data.saved_at || ""));
      } else {
        say(why(answer, data), answer.status === 401 && words.saySignIn);
        stopped = answer.status === 409 || Boolean(data.sentences); // trying again would change nothing
        if (!stopped) later(RETRY);
      }
    } catch {
      say(words.sayOffline);
      later(RETRY);
    } finally {
      saving = false;
    }
    if (changed) later(PAUSE);
  }

  const restore = (kept) => {
    form.dispatchEvent(new CustomEvent("restoring", { detail: kept, bubbles: true }));
    const waiting = byName(kept);
    for (const control of form.elements) {
      if (control.type === "hidden" && control.name.startsWith("was_") && waiting.has(control.name)) {
        control.value = waiting.get(control.name)[0]; // written under these marks: the server tells what changed since
      }
      if (!control.name || ["hidden", "file", "password", "submit", "button"].includes(control.type)) continue;
      const values = waiting.get(control.name) || [];
      if (control.type === "radio" || control.type === "checkbox") control.checked = values.includes(control.value);
      else if (control.multiple) for (const option of control.options) option.selected = values.includes(option.value);
      else if (values.length) control.value = values.shift();
      control.dispatchEvent(new Event("restored", { bubbles: true }));
    }
  };

  const tell = (text, choices) => {
    const note = document.createElement("div");
    note.className = "notice warn";
    note.setAttribute("role", "status");
    const p = document.createElement("p");
    p.textContent = text;
    const row = document.createElement("p");
    row.className = "row";
    for (const [label, act] of choices) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn line";
      button.textContent = label;
      button.addEventListener("click", () => { act(); note.remove(); });
      row.append(button);
    }
    note.append(p, row);
    form.prepend(note);
  };

  const welcomeBack = (served, early) => {
    const kept = store.read();
    if (!kept) return;
    if (JSON.stringify(kept.fields) === JSON.stringify(served)) { store.drop(); return; }
    if (kept.revision === revision() || (together && !kept.sent)) {
      const now = fields();
      const newer = ([name]) => early.includes(name);
      restore([...kept.fields.filter((one) => !newer(one)), ...now.filter(newer)]);
      const before = now.filter(([name]) => !name.startsWith("was_"));
      tell(words.sayRestored, [[words.sayDiscard, () => { restore(before); store.drop(); save(); }]]);
      save();
    } else if (kept.sent) {
      store.drop(); // it was sent and something newer has been saved since
    } else {
      tell(words.sayDiffers, [
        [words.sayRestore, () => { restore(kept.fields); save(); }],
        [words.sayDiscard, () => store.drop()],
      ]);
    }
  };

  const typed = () => {
    store.write();
    changed = true;
    later(PAUSE);
  };
  form.addEventListener("input", typed);
  form.addEventListener("attaching", async ({ detail }) => {
    try {
      const [answer, data] = await send(detail.body);
      detail.answered(answer.ok, answer.ok || data.refused ? data : { refused: { [detail.name]: why(answer, data) } });
    } catch {
      detail.answered(false, { refused: { [detail.name]: words.sayOffline } });
    }
  });
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    clearTimeout(timer);
    store.write(true);
  });
  window.addEventListener("online", () => { if (store.read()) save(); });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && changed && !form.dataset.sent) save(true);
  });

  store.tidy();
  const served = asServed();
  form.dispatchEvent(new CustomEvent("served", { detail: served }));
  const early = typedBetween(fields(served), fields());
  welcomeBack(fields(served), early);
  if (early.length) typed();
})();
