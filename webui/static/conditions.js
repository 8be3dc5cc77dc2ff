// Hides questions whose condition does not hold. Without scripts they stand there with the sentence when they apply.
(() => {
  "use strict";
  const asked = () => [...document.querySelectorAll("[data-question]")];
  const given = (question) => {
    const found = [];
    for (const control of question.querySelectorAll("input, select, textarea")) {
      if (control.type === "hidden" || control.closest("[data-dispute]")) continue;
      if (control.type === "checkbox" || control.type === "radio") {
        if (control.checked && control.value) found.push(control.value);
      } else if (control.type === "file") {
        if (control.files.length || question.querySelector(".files li")) found.push("file");
      } else if (control.value.trim()) found.push(control.value);
    }
    return found;
  };
  const look = () => {
    const questions = asked();
    const byName = new Map(questions.map((question) => [question.dataset.question, question]));
    for (const question of questions) {
      if (!question.dataset.when) continue;
      const { item, answers } = JSON.parse(question.dataset.when);
      const other = byName.get(item);
      if (!other) continue;
      const there = other.hidden ? [] : given(other);
      question.hidden = !(answers.length ? there.some((one) => answers.includes(one)) : there.length > 0);
    }
  };
  for (const name of ["input", "change", "restored", "exchanged"]) document.addEventListener(name, look);
  look();
})();
