// The register's draft: on the device until the server has answered. Three states, always told: draft, sending, saved.
// Without scripts the page is a plain form and does the same job.
const register = (() => {
  const form = document.getElementById("register");
  if (!form) return null;
  const [state, counter, fill] = ["state", "count", "fill"].map((id) => document.getElementById(id));
  const versions = (text) => new Map(text.split(",").filter(Boolean).map((pair) => pair.split(":")));
  const seen = versions(form.elements.seen.value);
  const rows = [...form.querySelectorAll("tr[data-pupil]")].map((row) => new RegisterRow(row, Number(seen.get(row.dataset.pupil))));
  const store = form.dataset.draft;
  const RETRY_MS = 5000;
  let sending = false;
  let retry = null;

  function tell(kind, words, link) {
    state.dataset.state = kind;
    if (state.textContent !== words) state.textContent = words;
    if (!link) return;
    const way = Object.assign(document.createElement("a"), { href: location.pathname, textContent: link, className: "govuk-link" });
    state.append(" ", way);
  }
  function count() {
    counter.textContent = `${rows.filter((row) => row.counted && (row.mark || row.held)).length} of ${rows.filter((row) => row.counted).length} marked`;
    const blanks = rows.filter((row) => row.isBlank).length;
    if (blanks === 0 && document.activeElement === fill) document.getElementById("save").focus();
    fill.hidden = blanks === 0;
    fill.textContent = `Mark the ${blanks} ${blanks === 1 ? "blank" : "blanks"} present and save`;
  }
  const drafts = () => Object.fromEntries(rows.filter((row) => row.draft).map((row) => [row.pupil, row.draft]));
  const kept = () => JSON.parse(localStorage.getItem(store) || "null");
  function keep() {
    const marks = drafts();
    if (Object.keys(marks).length) localStorage.setItem(store, JSON.stringify({ marks, key: form.elements.key.value }));
    else localStorage.removeItem(store);
    return Object.keys(marks).length;
  }
  function changed() {
    count();
    const waiting = keep();
    if (waiting) tell("draft", "Draft on this device, not saved yet");
    else if (state.dataset.state === "draft") tell("draft", "Nothing new to save");
  }

  function restore() {
    const draft = kept();
    if (!draft) return;
    for (const row of rows.filter((row) => row.editable && draft.marks[row.pupil])) {
      const { code, detail, version } = draft.marks[row.pupil];
      if (code === row.held && !detail) continue;
      if (row.version > version) row.ask(code, row.held, row.version, changed);
      else row.mark = code;
      if (row.detail && detail) row.detail.value = detail;
    }
    form.elements.key.value = draft.key;
    changed();
  }
  // The register can no longer be taken here, and marks are still on this device: they are told, never dropped unsaid.
  function tellUnsent() {
    const marks = Object.entries(kept()?.marks || {}).map(([pupil, { code }]) => [rows.find((row) => row.pupil === pupil), code]);
    const lost = marks.filter(([row, code]) => row && row.held !== code).map(([row, code]) => `${row.name} ${code}`);
    if (!lost.length) return localStorage.removeItem(store);
    const forget = Object.assign(document.createElement("button"), { type: "button", className: "link-button", textContent: "Forget them" });
    forget.addEventListener("click", () => {
      localStorage.removeItem(store);
      notice.remove();
      document.getElementById("main").focus();
    });
    const notice = Object.assign(document.createElement("div"), { className: "notice notice--owed", id: "unsent" });
    notice.append(`Kept on this device and never saved: ${lost.join("; ")}. This register can no longer be taken: tell the office. `, forget);
    form.before(notice);
  }

  function body() {
    const data = new FormData(form);
    data.delete("csrfmiddlewaretoken"); // the cookie's is sent instead: it is newer after signing in again
    data.set("seen", rows.map((row) => `${row.pupil}:${row.version}`).join());
    return new URLSearchParams(data);
  }
  const cookie = (wanted) => document.cookie.split("; ").find((one) => one.startsWith(wanted + "="))?.split("=")[1] || "";
  async function send() {
    clearTimeout(retry);
    retry = null;
    if (sending) return;
    const open = rows.filter((row) => row.unsettled);
    if (open.length) {
      tell("failed", "Not saved yet: choose which mark stands");
      return open[0].element.querySelector(".problem button").focus();
    }
    sending = true;
    const sent = rows.map((row) => [row, row.mark, row.detail?.value || ""]);
    tell("sending", "Sending…");
    try {
      const headers = { Accept: "application/json", "X-CSRFToken": cookie("csrftoken") };
      heard(await ask(headers), sent);
    } catch {
      tell("failed", "Not saved: no answer from the server. Your marks are kept on this device and will be sent when the line is back");
      retry = setTimeout(send, RETRY_MS);
    } finally {
      sending = false;
    }
  }
  async function ask(headers) {
    const answer = await fetch(location.pathname, { method: "POST", body: body(), headers, redirect: "manual" });
    if (answer.status >= 500) throw new Error("the server failed");
    const json = answer.headers.get("Content-Type")?.startsWith("application/json");
    return { answer, said: json ? await answer.json() : null };
  }
  function heard({ answer, said }, sent) {
    if (answer.type === "opaqueredirect") return tell("failed", "Not saved: you have been signed out. Your marks are kept on this device.", "Sign in and go on");
    if (!said) return tell("failed", "Not saved. Your marks are kept on this device.", "Load the page again");
    for (const row of rows) row.say("");
    return answer.ok ? saved(said, sent) : refused(said);
  }
  function saved(said, sent) {
    const now = versions(said.seen);
    for (const [row, code, detail] of sent) {
      row.saved(code, detail, Number(now.get(row.pupil)));
      if (row.pupil in said.minutes || code !== "L") row.lateBy(said.minutes[row.pupil]);
    }
    form.elements.key.value = crypto.randomUUID?.() || `${Date.now()}-${Math.random()}`;
    count();
    if (keep()) tell("draft", `${said.saved}; since then, a draft on this device`);
    else tell("saved", said.saved);
  }
  function refused(said) {
    const whole = said.problems.filter((problem) => !rows.some((row) => row.pupil === String(problem.pupil)));
    tell("failed", whole.map((problem) => problem.message).join(" ") || "Not saved: some marks need another look");
    const now = versions(said.seen);
    const wrong = [];
    for (const problem of said.problems) {
      const row = rows.find((one) => one.pupil === String(problem.pupil));
      if (!row) continue;
      wrong.push(row);
      if (problem.kind === "conflict" && problem.theirs) row.ask(problem.yours, problem.theirs, Number(now.get(row.pupil)), changed);
      else row.say(problem.message);
    }
    (wrong[0]?.element.querySelector(".problem button") || wrong[0])?.focus();
  }
  function fillBlanks() {
    for (const row of rows) if (row.isBlank) row.mark = form.dataset.present;
  }

  if (!("editable" in form.dataset)) {
    tellUnsent();
    return null;
  }
  form.addEventListener("change", (event) => {
    const row = rows.find((one) => one.element.contains(event.target));
    if (event.target.type === "radio") row.mark = event.target.value;
    else if (event.target === row?.box && row.mark) for (const radio of row.radios) radio.checked = false;
    changed();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter === fill) fillBlanks();
    changed();
    send();
  });
  window.addEventListener("online", () => retry && send());
  restore();
  count();
  return { form, rows, changed, send, fillBlanks };
})();
