// Adds up amounts while one types them, in a part with data-sums. The server adds them again; this only shows.
(() => {
  "use strict";
  const amount = (text) => {
    const digits = text.normalize("NFKC").replace(/[\s,、円¥\\]/g, "");
    return /^\d{1,12}$/.test(digits) ? Number(digits) : null;
  };
  for (const part of document.querySelectorAll("[data-sums]")) {
    const words = part.dataset;
    const said = (form, number) => form.replace("{n}", Math.abs(number).toLocaleString("en"));
    const compared = (left) => said(left < 0 ? words.over : words.left, left);
    const lines = [...part.querySelectorAll("[data-budget]")];
    const add = () => {
      let budget = 0;
      let spent = 0;
      for (const line of lines) {
        const planned = Number(line.dataset.budget);
        const given = amount(line.querySelector("input").value);
        const note = line.querySelector("[data-difference]");
        note.hidden = given === null;
        if (given !== null) note.textContent = compared(planned - given);
        budget += planned;
        spent += given || 0;
      }
      part.querySelector("[data-total]").textContent = said(words.yen, spent);
      part.querySelector("[data-rest]").textContent = compared(budget - spent);
    };
    part.addEventListener("input", add);
    add();
  }
})();
