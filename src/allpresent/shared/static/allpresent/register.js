// The register by keyboard, with a draft that lives on the device until the server has answered.
// Without this script the page is a plain form and does the same job.
(() => {
  const form = document.getElementById("register");
  if (!form || !form.dataset.draft) return;
  const name = form.dataset.draft;
  const state = document.getElementById("state");
  const rows = [...form.querySelectorAll("tr[data-pupil]")];
  const present = form.dataset.present;
  let waiting = null;
  let sending = false;

  const radios = (row) => [...row.querySelectorAll("input[type=radio]")];
  const typed = (row) => row.querySelector("input.code");
  const mark = (row) => (typed(row)?.value.trim().toUpperCase() || radios(row).find((r) => r.checked)?.value || "");

  function tell(kind, words) {
    state.dataset.state = kind;
    if (state.textContent !== words) state.textContent = words;
  }

  function count() {
    const marked = rows.filter((row) => row.hasAttribute("data-locked") || row.querySelector("td .mark:not(.mark--blank)") && !radios(row).length || mark(row)).length;
    document.getElementById("count").textContent = `${marked} of ${rows.length} marked`;
    const blanks = rows.filter((row) => row.hasAttribute("data-due") && !mark(row)).length;
    const fill = document.getElementById("fill");
    if (!fill) return;
    fill.hidden = blanks === 0;
    fill.textContent = `Mark the ${blanks} ${blanks === 1 ? "blank" : "blanks"} present and save`;
  }

  // Draft: what is on the screen and not yet on the server.
  const onScreen = () => Object.fromEntries(rows.map((row) => [row.dataset.pupil, mark(row)]).filter(([, code]) => code));
  let kept = JSON.stringify(onScreen());
  function keepDraft() {
    const now = onScreen();
    if (JSON.stringify(now) === kept) return localStorage.removeItem(name);
    localStorage.setItem(name, JSON.stringify({ marks: now, key: form.elements.key.value }));
    tell("draft", "Draft on this device, not saved yet");
  }
  function restoreDraft() {
    const draft = JSON.parse(localStorage.getItem(name) || "null");
    if (!draft) return;
    for (const row of rows) {
      const code = draft.marks[row.dataset.pupil];
      if (code && code !== mark(row)) set(row, code);
    }
    form.elements.key.value = draft.key;
    keepDraft();
  }

  function set(row, code) {
    const radio = radios(row).find((r) => r.value === code);
    const box = typed(row);
    if (radio) radio.checked = true;
    if (box) box.value = radio ? "" : code;
  }
  function clear(row) {
    for (const radio of radios(row)) radio.checked = false;
    if (typed(row)) typed(row).value = "";
  }
  function changed() {
    count();
    keepDraft();
  }

  async function send(fill) {
    if (sending) return;
    const data = new FormData(form);
    if (fill) data.set("fill", "1");
    sending = true;
    tell("sending", "Sending…");
    try {
      const answer = await fetch(form.getAttribute("action") || location.pathname, {
        method: "POST",
        body: data,
        headers: { Accept: "application/json", "X-CSRFToken": cookie("csrftoken") },
        redirect: "manual",
      });
      await heard(answer, fill);
    } catch {
      tell("failed", "No connection. Your marks are kept on this device and will be sent when the line is back");
      waiting = fill;
      setTimeout(retry, 4000);
    } finally {
      sending = false;
    }
  }
  function retry() {
    if (waiting === null || sending) return;
    const fill = waiting;
    waiting = null;
    send(fill);
  }
  async function heard(answer, fill) {
    if (answer.type === "opaqueredirect" || answer.status === 403) {
      tell("failed", "You have been signed out. Your marks are kept on this device: ");
      const link = document.createElement("a");
      link.href = location.pathname;
      link.textContent = "sign in and go on";
      link.className = "govuk-link";
      state.append(link);
      return;
    }
    if (answer.status >= 500) throw new Error("server");
    const said = await answer.json();
    for (const row of rows) row.querySelector(".problem").textContent = "";
    if (!answer.ok) return refused(said);
    for (const [pupil, code] of Object.entries(said.marks)) {
      const row = rows.find((r) => r.dataset.pupil === pupil);
      if (row && mark(row) !== code) set(row, code);
    }
    form.elements.seen.value = said.seen;
    form.elements.key.value = crypto.randomUUID ? crypto.randomUUID() : String(Date.now()) + Math.random();
    localStorage.removeItem(name);
    kept = JSON.stringify(onScreen());
    count();
    tell("saved", said.saved);
  }
  function refused(said) {
    tell("failed", said.says || "Not saved: some marks need another look");
    if (said.seen) form.elements.seen.value = said.seen;
    let first = null;
    for (const problem of said.problems) {
      const row = rows.find((r) => r.dataset.pupil === String(problem.pupil));
      if (!row) continue;
      row.querySelector(".problem").textContent = problem.message;
      first = first || row;
    }
    if (first) focusRow(rows.indexOf(first));
  }
  const cookie = (wanted) => document.cookie.split("; ").find((c) => c.startsWith(wanted + "="))?.split("=")[1] || "";

  // Keys.
  let first = "";
  const target = (row) => radios(row).find((r) => r.checked) || radios(row)[0] || typed(row);
  function focusRow(place) {
    for (let at = place; at >= 0 && at < rows.length; at += place < current() ? -1 : 1) {
      const input = target(rows[at]);
      if (input) return input.focus();
    }
  }
  const current = () => rows.findIndex((row) => row.contains(document.activeElement));
  function letter(row, key) {
    const wanted = key === " " || key === "/" || key === "\\" ? present : key.toUpperCase();
    const radio = radios(row).find((r) => r.value === wanted);
    if (radio) {
      set(row, wanted);
      changed();
      focusRow(current() + 1);
    } else if (typed(row) && /^[A-Z]$/.test(wanted)) {
      typed(row).focus();
      return false;
    }
    return true;
  }
  form.addEventListener("keydown", (event) => {
    const place = current();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      return send(false);
    }
    if (event.key === " " && event.shiftKey) {
      event.preventDefault();
      for (const row of rows) if (row.hasAttribute("data-due") && !mark(row)) set(row, present);
      return changed();
    }
    if (place < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move) {
      event.preventDefault();
      return focusRow(place + move);
    }
    if (event.target.type !== "radio") return;
    if (event.key === "Backspace") {
      event.preventDefault();
      clear(rows[place]);
      return changed();
    }
    if (event.key.length === 1 && letter(rows[place], event.key)) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "?" && !event.target.matches("input:not([type=radio]), textarea")) document.getElementById("keys").open = true;
  });

  form.addEventListener("change", (event) => {
    const row = event.target.closest("tr[data-pupil]");
    if (event.target.type === "radio" && typed(row)) typed(row).value = "";
    if (event.target.classList.contains("code") && event.target.value) for (const radio of radios(row)) radio.checked = false;
    changed();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(event.submitter?.id === "fill");
  });
  window.addEventListener("online", retry);
  restoreDraft();
  count();
})();
