// Small helps on every page. Every page works without them.
// "/" opens the search from anywhere; whoever does not want that turns it off at the foot of the page.
(() => {
  const search = document.getElementById("find-anyone");
  const toggle = document.getElementById("slash");
  if (!search || !toggle) return;
  const isOff = () => localStorage.getItem("slash") === "off";
  const tell = () => (toggle.textContent = isOff() ? "Let / open the search" : "Stop / opening the search");
  toggle.addEventListener("click", () => {
    if (isOff()) localStorage.removeItem("slash");
    else localStorage.setItem("slash", "off");
    tell();
  });
  toggle.hidden = false;
  tell();
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isOff()) return;
    if (event.target.matches("input:not([type=radio], [type=checkbox]), textarea, select")) return;
    event.preventDefault();
    search.focus();
  });
})();
