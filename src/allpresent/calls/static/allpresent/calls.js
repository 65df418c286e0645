// The worklist looks again every twenty seconds. A form that is open stays as it is, with what was typed in it.
(() => {
  const held = new Map();
  let focused = null;
  const open = () => document.querySelectorAll("#board details.call__log[open]");
  document.addEventListener("htmx:beforeSwap", (event) => {
    const coming = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
    const rows = [...open()];
    if (!coming.getElementById("board") || rows.some((row) => !coming.getElementById(row.id))) {
      event.detail.shouldSwap = false; // signed out, or the row that is being written in has gone: wait
      return;
    }
    focused = document.activeElement;
    held.clear();
    for (const row of rows) held.set(row.id, row);
  });
  document.addEventListener("htmx:afterSwap", () => {
    for (const [id, row] of held) document.getElementById(id)?.replaceWith(row);
    held.clear();
    if (focused?.isConnected) focused.focus({ preventScroll: true });
  });
})();
