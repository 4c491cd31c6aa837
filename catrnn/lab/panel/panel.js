// The front end of a panel: one picture, its caption, a message if something went wrong, and the
// code that restores it.

function element(tag, attributes, parent) {
  const made = parent.appendChild(document.createElement(tag));
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

// ipywidgets leaves sliders and Play without names, and calls the third of a slider's choices "2";
// a screen reader needs names and the number that is shown. JupyterLab takes arrow keys and letters
// for shortcuts of its own; the attribute leaves them to the control that has the focus.
function mendControls(panel) {
  for (const slider of panel?.querySelectorAll(".widget-slider") ?? []) {
    const label = slider.querySelector(".widget-label");
    const handle = slider.querySelector("[role=slider]");
    const readout = slider.querySelector(".widget-readout");
    handle.setAttribute("aria-label", label.textContent);
    handle.setAttribute("aria-valuetext", readout.textContent);
    readout.setAttribute("role", "textbox");
    readout.setAttribute("aria-label", label.textContent);
  }
  for (const player of panel?.querySelectorAll(".widget-play") ?? []) {
    for (const [i, name] of ["play or pause", "stop", "repeat"].entries()) {
      const button = player.querySelectorAll("button")[i];
      button.title = button.ariaLabel = name;
    }
  }
  const controls = panel?.querySelectorAll("[role=slider], input, select, button, summary") ?? [];
  for (const control of controls) {
    control.setAttribute("data-lm-suppress-shortcuts", "true");
  }
}

async function copy(button, code) {
  try {
    await navigator.clipboard.writeText(code.textContent);
    button.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(code); // no clipboard here: marked, ready for Ctrl+C
    button.textContent = "Marked: press Ctrl+C";
  }
}

function render({ model, el }) {
  const box = element("div", { class: "catrnn-view" }, el);
  const problem = element("p", { class: "catrnn-problem", role: "alert" }, box);
  const img = element("img", { alt: "" }, box);
  const spoken = { class: "catrnn-caption", role: "status", "aria-live": "polite" };
  const caption = element("p", spoken, box);
  const fold = element("details", {}, box);
  element("summary", {}, fold).textContent = "Code that restores this setting";
  const code = element("code", {}, element("pre", {}, fold));
  const button = element("button", { type: "button", class: "jupyter-button" }, fold);
  button.addEventListener("click", () => copy(button, code));

  let turn = 0;
  async function show() {
    const mine = ++turn;
    const words = model.get("caption");
    const restore = model.get("restore");
    const next = URL.createObjectURL(new Blob([model.get("png")], { type: "image/png" }));
    const ready = new Image();
    ready.src = next;
    await ready.decode().catch(() => {}); // an undecodable picture shows its alternative text
    if (mine !== turn) return URL.revokeObjectURL(next); // a newer picture came meanwhile
    const old = img.src;
    img.src = next;
    img.alt = words;
    img.width = model.get("width");
    box.style.width = `${model.get("width")}px`;
    caption.textContent = words;
    // It may grow by a line unseen, and never jumps back: what lies below stays put.
    const height = caption.getBoundingClientRect().height;
    caption.style.minHeight = `calc(${height}px + ${mine === 1 ? "1.45em" : "0px"})`;
    code.textContent = restore;
    button.textContent = "Copy";
    img.dataset.shows = restore;
    if (old) URL.revokeObjectURL(old);
    mendControls(el.closest(".catrnn-panel"));
  }
  function warn() {
    problem.textContent = model.get("problem");
    box.classList.toggle("catrnn-stale", Boolean(model.get("problem")));
  }
  // Once a message, whatever it brings: a listener for each part would decode the picture thrice.
  model.on("change", show);
  model.on("change:problem", warn);
  show();
  warn();
  return () => {
    model.off("change", show);
    model.off("change:problem", warn);
    URL.revokeObjectURL(img.src);
  };
}

export default { render };
