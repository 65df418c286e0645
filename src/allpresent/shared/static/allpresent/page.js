// Small helps on every page. Every page works without them.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input:not([type=radio], [type=checkbox]), textarea, select")) return;
  const search = document.getElementById("find-anyone");
  if (!search) return;
  event.preventDefault();
  search.focus();
});
