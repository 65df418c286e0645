// One pupil's row of the register: reading its mark, setting it, asking about it.
class RegisterRow {
  constructor(element, version) {
    this.element = element;
    this.pupil = element.dataset.pupil;
    this.name = element.dataset.name;
    this.held = element.dataset.held; // the mark in force; "" for none
    this.version = version; // of the mark in force
    this.radios = [...element.querySelectorAll("input[type=radio]")];
    this.box = element.querySelector("input.code");
    this.detail = element.querySelector("input.detail");
    this.heldDetail = this.detail?.value || "";
    this.unsettled = null; // {mine, theirs}: a colleague's mark to choose against
  }
  get editable() { return this.radios.length > 0; }
  get counted() { return this.element.hasAttribute("data-expected") || this.held !== ""; }
  get mark() {
    return this.box?.value.trim().toUpperCase() || this.radios.find((radio) => radio.checked)?.value || "";
  }
  set mark(code) {
    const pressed = this.radios.find((radio) => radio.value === code);
    for (const radio of this.radios) radio.checked = radio === pressed;
    if (this.box) this.box.value = pressed ? "" : code;
    if (pressed && this.detail) this.detail.value = "";
  }
  get isBlank() { return this.editable && this.element.hasAttribute("data-expected") && !this.mark && !this.held; }
  // What is on the screen and not in the register.
  get draft() {
    if (this.unsettled) return { code: this.unsettled.mine, detail: "", version: this.version };
    const detail = this.detail?.value || "";
    const changed = this.editable && this.mark && (this.mark !== this.held || detail !== this.heldDetail);
    return changed ? { code: this.mark, detail, version: this.version } : null;
  }
  // The server has answered: what was sent is in the register.
  saved(code, detail, version) {
    this.version = version;
    if (code) Object.assign(this, { held: code, heldDetail: detail });
  }
  focus() {
    const input = this.radios.find((radio) => radio.checked) || this.radios[0];
    input?.focus();
    return Boolean(input);
  }
  say(words) { this.element.querySelector(".problem").textContent = words; }
  lateBy(minutes) { this.element.querySelector(".minutes").textContent = minutes ? `${minutes} min` : ""; }
  // A colleague saved first: both marks are shown, and nothing is sent until one is chosen.
  ask(mine, theirs, version, settled) {
    this.unsettled = { mine, theirs };
    this.say(`A colleague marked ${theirs} meanwhile. You chose ${mine}. `);
    const choose = (words, code) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "link-button";
      button.textContent = words;
      button.setAttribute("aria-label", `${words} for ${this.name}`);
      button.addEventListener("click", () => {
        Object.assign(this, { unsettled: null, held: theirs, version });
        this.mark = code;
        if (this.mark !== code) this.mark = ""; // a mark that this person cannot press stands as it is
        this.say(code === theirs ? `${theirs} stands.` : "");
        this.focus();
        settled();
      });
      this.element.querySelector(".problem").append(button, " ");
    };
    choose(`Keep ${theirs}`, theirs);
    choose(`Use mine: ${mine}`, mine);
  }
}
