// What is typed in a long form stays on this tab until it has been kept: an expired session loses nothing.
(() => {
  const form = document.querySelector("form[data-draft]");
  if (!form) {
    sessionStorage.removeItem(sessionStorage.getItem("sent") || "");
    return sessionStorage.removeItem("sent");
  }
  const name = "draft:" + form.dataset.draft;
  const notKept = ["csrfmiddlewaretoken", "key", "step", "pupil"];
  const boxes = () => [...form.elements].filter((box) => box.name && !notKept.includes(box.name) && box.type !== "hidden");
  const isTick = (box) => box.type === "radio" || box.type === "checkbox";
  const keep = () => {
    const held = boxes().map((box) => [box.name, isTick(box) ? box.value : "", isTick(box) ? box.checked : box.value]);
    sessionStorage.setItem(name, JSON.stringify(held));
  };
  const bring = () => {
    for (const [of, value, held] of JSON.parse(sessionStorage.getItem(name) || "[]")) {
      const box = boxes().find((one) => one.name === of && (!isTick(one) || one.value === value));
      if (box && isTick(box)) box.checked = held;
      else if (box) box.value = held;
    }
  };
  if (!document.querySelector(".govuk-error-summary")) bring();
  form.addEventListener("input", keep);
  form.addEventListener("submit", (event) => {
    const last = event.submitter && event.submitter.value === "send";
    if (last || !form.querySelector('[name="step"]')) sessionStorage.setItem("sent", name);
  });
})();
