// The register by keyboard. Arrows move; a letter marks and moves on; a code of two characters waits for its second.
if (register) {
  const { form, rows, changed, send, fillBlanks } = register;
  const heard = document.getElementById("heard");
  const keys = document.getElementById("keys");
  const options = [...document.querySelectorAll("#codes option")];
  const codes = options.map((option) => option.value);
  const asks = new Set(options.filter((option) => "asks" in option.dataset).map((option) => option.value));
  const place = () => rows.findIndex((row) => row.element.contains(document.activeElement));

  function move(from, step) {
    for (let at = from + step; at >= 0 && at < rows.length; at += step) if (rows[at].focus()) return;
  }
  function marked(row) {
    changed();
    heard.textContent = `${row.name}, ${row.mark || row.held || "no mark"}`;
  }
  function press(row, code) {
    row.mark = code;
    marked(row);
    move(rows.indexOf(row), 1);
  }
  // What is typed on a row's buttons.
  function type(row, key) {
    const code = key === " " || key === "/" || key === "\\" ? form.dataset.present : key.toUpperCase();
    if (row.radios.some((radio) => radio.value === code)) return press(row, code);
    if (!row.box || !codes.some((one) => one.startsWith(code))) return;
    row.mark = code;
    row.box.focus();
    finish(row);
  }
  // The box holds a whole code, and none that is longer begins with it.
  function finish(row) {
    const code = row.box.value.trim().toUpperCase();
    row.box.value = code;
    if (!codes.includes(code) || codes.some((one) => one !== code && one.startsWith(code))) return;
    for (const radio of row.radios) radio.checked = false;
    marked(row);
    if (asks.has(code)) row.detail.focus();
    else move(rows.indexOf(row), 1);
  }
  function back(row) {
    row.mark = row.held;
    marked(row);
  }

  form.addEventListener("input", (event) => {
    const row = rows.find((one) => one.box === event.target);
    if (row) finish(row);
  });
  form.addEventListener("keydown", (event) => {
    const row = rows[place()];
    const on = { radio: event.target.type === "radio", detail: event.target.classList.contains("detail") };
    const act = action(event, row, on);
    if (!act) return;
    event.preventDefault();
    act();
  });
  function action(event, row, on) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return send;
    if (event.ctrlKey || event.metaKey || event.altKey) return null;
    if (event.key === " " && event.shiftKey && !on.detail) return () => (fillBlanks(), changed());
    if (!row) return null;
    if (event.key === "ArrowDown") return () => move(place(), 1);
    if (event.key === "ArrowUp") return () => move(place(), -1);
    if (event.key === "Enter" && event.target.matches("input")) return () => move(place(), 1);
    if (!on.radio) return null;
    if (event.key === "Backspace") return () => back(row);
    return event.key.length === 1 && event.key !== "?" ? () => type(row, event.key) : null;
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "?" && !event.target.matches("input:not([type=radio]), textarea")) keys.open = !keys.open;
  });
  // With a keyboard at hand the first blank is ready for its mark; by touch nothing moves.
  if (matchMedia("(hover: hover)").matches && document.activeElement === document.body) rows.find((row) => row.isBlank)?.focus();
}
