// Boxes ticked on the fire list stay on this device until the day is over. The page works, and prints, without this.
(() => {
  const list = document.getElementById("roll-call");
  const told = document.getElementById("ticked");
  if (!list || !told) return;
  const name = `fire list ${list.dataset.day}`;
  const boxes = [...list.querySelectorAll("input[type=checkbox]")];
  const held = new Set(JSON.parse(localStorage.getItem(name) || "[]"));
  const tell = () => {
    const found = boxes.filter((box) => box.checked).length;
    told.textContent = `${found} of ${boxes.length} found`;
    told.hidden = boxes.length === 0;
  };
  for (const old of Object.keys(localStorage)) if (old.startsWith("fire list ") && old !== name) localStorage.removeItem(old);
  for (const box of boxes) box.checked = held.has(box.value);
  list.addEventListener("change", () => {
    localStorage.setItem(name, JSON.stringify(boxes.filter((box) => box.checked).map((box) => box.value)));
    tell();
  });
  tell();
})();
