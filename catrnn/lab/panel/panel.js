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
  for (const slider of panel.querySelectorAll(".widget-slider")) {
    const label = slider.querySelector(".widget-label");
    const handle = slider.querySelector("[role=slider], .ui-slider-handle");
    const readout = slider.querySelector(".widget-readout");
    if (!label || !handle || !readout) continue; // not all of it is there yet
    if (handle.matches(".ui-slider-handle")) mendOldHandle(handle);
    handle.setAttribute("aria-label", label.textContent);
    handle.setAttribute("aria-valuetext", readout.textContent);
    readout.setAttribute("role", "textbox");
    readout.setAttribute("aria-label", label.textContent);
  }
  for (const player of panel.querySelectorAll(".widget-play")) {
    const buttons = player.querySelectorAll("button");
    const starts = buttons.length === 4 ? ["play", "pause"] : ["play or pause"]; // 4: ipywidgets 7
    for (const [i, name] of [...starts, "stop", "repeat"].entries()) {
      if (buttons[i]) buttons[i].title = buttons[i].ariaLabel = name;
    }
  }
  const controls = panel.querySelectorAll("[role=slider], input, select, button, summary");
  for (const control of controls) {
    control.setAttribute("data-lm-suppress-shortcuts", "true");
  }
}

// ipywidgets 7, which Colab and Kaggle have, does not even say that a slider is one. How far along it
// stands, in hundredths, is all that its handle knows.
function mendOldHandle(handle) {
  const { left, bottom } = handle.style;
  handle.setAttribute("role", "slider");
  handle.setAttribute("aria-orientation", left ? "horizontal" : "vertical");
  handle.setAttribute("aria-valuenow", parseFloat(left || bottom) || 0);
}

// Hide the line and the picture that are stored before a panel, while it lives: where the page is no
// JupyterLab, whose outputs the style beside the line knows by name.
function hideStored(panel) {
  for (let output = panel; output; output = output.parentElement) {
    const still = output.previousElementSibling;
    const line = still?.previousElementSibling;
    const stored = line?.querySelector(".catrnn-stored");
    if (stored && line.innerText.trim() === stored.innerText.trim()) { // and not a cell with code
      line.style.display = still.style.display = "none";
      return;
    }
  }
}

const LOST =
  "Python has been restarted, or has ended. Run this cell again, and the controls come alive.";
const ENDS = ["restarting", "autorestarting", "dead"];

// What all views of one panel share, by its layout, which no other panel has: the views that are
// seen, and whether its Python is gone.
const shared = new WeakMap();

function ofAllViews(model) {
  const key = model.get("layout");
  if (!shared.has(key)) shared.set(key, { seen: new Set(), narrow: new Map(), lost: false });
  return shared.get(key);
}

// Call `lost` when Python is restarted or ends. ipywidgets tells of a restart by the menu alone.
function watchPython(model, lost) {
  const kernel = model.widget_manager?.kernel;
  const onStatus = (_, status) => ENDS.includes(status) && lost();
  kernel?.statusChanged?.connect(onStatus);
  kernel?.disposed?.connect(lost);
  return () => {
    kernel?.statusChanged?.disconnect(onStatus);
    kernel?.disposed?.disconnect(lost);
  };
}

// As a share of their size on a wide page, letters are 9 pixels high at this, and never smaller: a
// picture that has less room asks for the page of a phone, where its axes stand one below the other.
// One that has no such page goes on beyond the edge of its frame, and can be pushed sideways.
const LEGIBLE = 0.65;

function askForRoom(model, panel, together) {
  const { width } = panel.getBoundingClientRect();
  if (width === 0 || together.lost) return; // nobody sees it, or nobody draws it anew
  together.narrow.set(panel, width < LEGIBLE * model.get("wide"));
  const narrow = [...together.narrow.values()].every(Boolean); // of all its views
  if (narrow === model.get("narrow")) return;
  model.set("narrow", narrow);
  model.save_changes();
}

function frameOf(img) {
  const frame = element("div", { class: "catrnn-frame" }, img.parentElement);
  img.replaceWith(frame);
  frame.append(img);
  return frame;
}

// What can be pushed sideways can be reached by Tab, and pushed with the arrows.
function fitInto(frame, img, width) {
  img.style.minWidth = `${LEGIBLE * width}px`;
  const pushed = frame.scrollWidth > frame.clientWidth + 1;
  const says = { tabindex: "0", role: "group", "aria-label": "picture, goes on sideways" };
  for (const [name, value] of Object.entries(says)) {
    pushed ? frame.setAttribute(name, value) : frame.removeAttribute(name);
  }
  frame.toggleAttribute("data-lm-suppress-shortcuts", pushed);
}

// What has just moved comes into the middle of the frame.
function lookAt(frame, share) {
  if (frame.dataset.focus === String(share)) return; // where the reader has pushed it
  frame.dataset.focus = share;
  frame.scrollLeft = share * frame.scrollWidth - frame.clientWidth / 2;
}

async function copy(button, text) {
  try {
    await navigator.clipboard.writeText(text.textContent);
    button.textContent = "Copied";
  } catch {
    text.style.display = "";
    getSelection().selectAllChildren(text); // no clipboard here: marked, ready for Ctrl+C
    button.textContent = "Marked: press Ctrl+C";
  }
}

// The address that opens this notebook at this setting; "" where the address names no notebook, or
// a server of the reader's own: the site's pages alone are the same for everybody.
function linkTo(setting) {
  const path = new URL(location).searchParams.get("path");
  if (!path) return "";
  const link = new URL(location.pathname, location);
  link.search = new URLSearchParams({ path, setting });
  return link.href;
}

// The setting that the page's address asks for, also where the page has rewritten its address since.
function settingAsked() {
  const opened = performance.getEntriesByType("navigation")[0]?.name;
  const addresses = [location.href, opened].filter(Boolean);
  return addresses.map((at) => new URL(at).searchParams.get("setting")).find(Boolean);
}

// Hand it to the first panel whose function it names, once: then the reader's own moves count. What
// names no function is handed to the first of all, which says so.
function takeSetting(model, call) {
  const asked = settingAsked();
  const named = asked?.match(/^\s*(\w+)\s*\(/)?.[1] ?? call;
  if (!asked || named !== call || document.body.dataset.catrnnSetting === asked) return;
  document.body.dataset.catrnnSetting = asked;
  model.send({ event: "setting", text: asked });
}

function render({ model, el }) {
  const box = element("div", { class: "catrnn-view" }, el);
  const problem = element("p", { class: "catrnn-problem", role: "alert" }, box);
  const img = element("img", { alt: "" }, box);
  const frame = frameOf(img);
  const spoken = { class: "catrnn-caption", role: "status", "aria-live": "polite" };
  const caption = element("p", spoken, box);
  const fold = element("details", {}, box);
  element("summary", {}, fold).textContent = "Code that restores this setting";
  const code = element("code", {}, element("pre", {}, fold));
  const button = element("button", { type: "button", class: "jupyter-button" }, fold);
  button.addEventListener("click", () => copy(button, code));
  const linkButton = element("button", { type: "button", class: "jupyter-button" }, fold);
  const link = element("pre", { style: "display: none" }, fold);
  linkButton.addEventListener("click", () => copy(linkButton, link));

  const together = ofAllViews(model);
  let panel = null;

  // Nothing may be asked of the page before this view stands in it: after a reload that is late, in
  // a tab that nobody has opened it is later still.
  function settle() {
    if (!panel?.isConnected && (panel = el.closest(".catrnn-panel"))) {
      parts.observe(panel, { childList: true, characterData: true, subtree: true });
      eyes.observe(panel);
      laidOut.observe(panel);
      if (!panel.closest(".jp-OutputArea")) hideStored(panel);
    }
    if (panel) mendControls(panel);
    if (panel) askForRoom(model, panel, together);
    fitInto(frame, img, model.get("width"));
    makeRoom();
  }
  const laidOut = new ResizeObserver(settle);
  const parts = new MutationObserver((changes) => {
    if (!changes.every(({ target }) => box.contains(target))) mendControls(panel);
  });

  // The caption may grow by a line unseen, and never jumps back: what lies below stays put.
  let roomy = false;
  function makeRoom() {
    const { height } = caption.getBoundingClientRect();
    if (height === 0 || !caption.textContent) return;
    caption.style.minHeight = `calc(${height}px + ${roomy ? "0px" : "1.45em"})`;
    roomy = true;
  }

  // A panel that plays rests when no view of it is seen: it would keep Python busy for nobody.
  function look(isSeen) {
    const before = together.seen.size;
    isSeen && !document.hidden ? together.seen.add(el) : together.seen.delete(el);
    const unseen = before > 0 && together.seen.size === 0;
    if (unseen && !together.lost && panel?.querySelector(".widget-play")) {
      model.send({ event: "unseen" });
    }
  }
  let onScreen = false;
  const eyes = new IntersectionObserver((entries) => {
    onScreen = entries.at(-1).isIntersecting;
    look(onScreen);
  });
  const onVisibility = () => look(onScreen);
  document.addEventListener("visibilitychange", onVisibility);

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
    code.textContent = restore;
    const setting = restore.split("\n").at(-1);
    button.textContent = "Copy";
    linkButton.textContent = "Copy link";
    link.textContent = linkTo(setting);
    linkButton.style.display = link.textContent ? "" : "none"; // "hidden" would lose against Jupyter
    img.dataset.shows = restore;
    if (old) URL.revokeObjectURL(old);
    settle();
    lookAt(frame, model.get("focus"));
  }
  function warn() {
    problem.textContent = together.lost ? LOST : model.get("problem");
    box.classList.toggle("catrnn-stale", Boolean(problem.textContent));
  }
  function lost() {
    together.lost = true;
    warn();
  }
  const stopWatching = watchPython(model, lost);
  // Once a message, whatever it brings: a listener for each part would decode the picture thrice.
  model.on("change", show);
  model.on("change:problem", warn);
  laidOut.observe(box);
  show();
  warn();
  takeSetting(model, model.get("restore").match(/import (\w+)/)?.[1]);
  return () => {
    look(false);
    together.narrow.delete(panel);
    stopWatching();
    document.removeEventListener("visibilitychange", onVisibility);
    for (const observer of [laidOut, parts, eyes]) observer.disconnect();
    model.off("change", show);
    model.off("change:problem", warn);
    URL.revokeObjectURL(img.src);
  };
}

export default { render };
