// Says how many characters are left in a field with data-counter, counting as the server does.
(() => {
  "use strict";
  for (const field of document.querySelectorAll("[data-counter]")) {
    const note = document.getElementById(`${field.id}-count`);
    if (!note) continue;
    const longest = Number(field.dataset.counter);
    const spoken = document.createElement("span"); // read aloud when typing pauses, not at every key
    spoken.className = "vh";
    spoken.setAttribute("role", "status");
    note.after(spoken);
    let pause;
    const count = () => {
      const left = longest - [...field.value.trim()].length;
      const text = (left < 0 ? note.dataset.over : note.dataset.left).replace("{n}", String(Math.abs(left)));
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
  }
})();
