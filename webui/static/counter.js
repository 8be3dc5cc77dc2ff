// Says how many characters are left in a field with data-counter, counting as the server does.
(() => {
  "use strict";
  const words = document.getElementById("main").dataset;
  const begin = (field) => {
    const note = document.getElementById(`${field.id}-count`);
    if (!note) return;
    const longest = Number(field.dataset.counter);
    const spoken = document.createElement("span"); // read aloud when typing pauses, not at every key
    spoken.className = "vh";
    spoken.setAttribute("role", "status");
    note.after(spoken);
    let pause;
    const count = () => {
      const left = longest - [...field.value.trim()].length;
      const text = (left < 0 ? words.charsOver : words.charsLeft).replace("{n}", String(Math.abs(left)));
      note.textContent = text;
      note.classList.toggle("over", left < 0);
      return text;
    };
    field.addEventListener("input", () => {
      const text = count();
      clearTimeout(pause);
      pause = setTimeout(() => { spoken.textContent = text; }, 1500);
    });
    field.addEventListener("restored", count);
    count();
  };
  const beginAll = (part) => { for (const field of part.querySelectorAll("[data-counter]")) begin(field); };
  beginAll(document);
  document.addEventListener("exchanged", (event) => beginAll(event.target)); // a question came anew from the server
})();
