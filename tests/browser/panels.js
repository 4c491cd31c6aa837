// What the tests ask of a panel in the page: what it shows, whether it has come to rest, what happened meanwhile.

const CONTROLS = ".noUi-handle, input[type=number], input[type=checkbox]";

function valueOf(control) {
  if (control.type === "checkbox") return Number(control.checked);
  if (control.type === "number") return Number(control.value);
  return Number(control.closest(".widget-slider").querySelector(".widget-readout").textContent.replace("−", "-"));
}

// The last settings in a line like explore_walk(days=[0.5, 1], step=2, backwards=True), as many as there are controls.
// What a button holds is none of them.
function settingsIn(code, howMany) {
  const words = code.replace(/, tests_open=\w+/, "").match(/(?<=[=[ ])(True|False|-?\d[\d.e+-]*)/g) ?? [];
  return words.slice(-howMany).map((word) => ({ True: 1, False: 0 })[word] ?? Number(word));
}

function look(panel) {
  const img = panel.querySelector("img");
  const settings = [...panel.querySelectorAll(CONTROLS)].map(valueOf);
  const shows = img.dataset.shows ?? "";
  return {
    settings,
    shown: settingsIn(shows, settings.length),
    shows,
    code: panel.querySelector("code").textContent,
    caption: panel.querySelector(".catrnn-caption").textContent,
    alt: img.alt,
    problem: panel.querySelector(".catrnn-problem").textContent,
    decoded: img.complete && img.naturalWidth > 0,
    sharpness: img.naturalWidth / img.clientWidth,
  };
}

const kernel = () => jupyterapp.shell.currentWidget.context.sessionContext.session.kernel;

// At rest: the kernel has nothing to do, and the picture is that of the settings.
function atRest(panel) {
  const { settings, shown, decoded, problem } = look(panel);
  const same = settings.length === shown.length && settings.every((value, i) => Math.abs(value - shown[i]) < 1e-6);
  return kernel().status === "idle" && decoded && same && problem === "";
}

async function bytesOf(panel) {
  return (await fetch(panel.querySelector("img").src)).arrayBuffer();
}

async function pngOf(panel) {
  return btoa(Array.from(new Uint8Array(await bytesOf(panel)), (byte) => String.fromCharCode(byte)).join(""));
}

// What a panel shows, with the SHA-256 of its picture: to carry the picture itself out of the page takes far longer.
async function lookClosely(panel) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await bytesOf(panel)));
  return { ...look(panel), digest: Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("") };
}

// Film a panel, frame by frame: new pictures, frames without one, places of the picture and of the page below.
function film(panel) {
  const img = panel.querySelector("img");
  const pane = panel.closest(".jp-WindowedPanel-outer");
  const cell = panel.closest(".jp-Cell");
  const seen = { pictures: 0, atRelease: null, blanks: 0, places: new Set(), rolling: true };
  const watcher = new MutationObserver((changes) => (seen.pictures += changes.length));
  watcher.observe(img, { attributes: true, attributeFilter: ["src"] });
  addEventListener("pointerup", () => (seen.atRelease = seen.pictures), { capture: true, once: true });
  (function frame() {
    const { width, height, top } = img.getBoundingClientRect();
    seen.places.add([width, height, top, cell.getBoundingClientRect().bottom, pane.scrollTop].join(" "));
    seen.blanks += !(img.complete && img.naturalWidth > 0);
    if (seen.rolling) requestAnimationFrame(frame);
    else watcher.disconnect();
  })();
  window.seen = seen;
}

// End the film when every message that was under way has been answered and painted.
async function cut() {
  await kernel().requestKernelInfo();
  await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
  seen.rolling = false;
  return { ...seen, places: [...seen.places] };
}

// What has the focus, and how thick the line around it is.
function focused() {
  const element = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  return {
    tag: element.tagName,
    html: element.outerHTML.slice(0, 200),
    inside: element.closest(".catrnn-panel") !== null,
    outline: outlineStyle === "none" ? 0 : parseFloat(outlineWidth),
  };
}

// The contrast of every text in a panel that has a text of its own and can be seen.
function contrasts(panel) {
  const texts = [...panel.querySelectorAll("*")].filter(
    (e) => e.checkVisibility() && [...e.childNodes].some((node) => node.nodeType === 3 && /\w/.test(node.textContent)));
  return texts.map((e) => [contrast(e), e.textContent]);
}

// As the Web Content Accessibility Guidelines reckon it.
function contrast(element) {
  const parts = (colour) => colour.match(/[\d.]+/g).map(Number);
  let paper = element;
  while (parts(getComputedStyle(paper).backgroundColor)[3] === 0) paper = paper.parentElement;
  const back = parts(getComputedStyle(paper).backgroundColor);
  const [r, g, b, alpha = 1] = parts(getComputedStyle(element).color);
  const front = [r, g, b].map((part, i) => alpha * part + (1 - alpha) * back[i]);
  const linear = (part) => (part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b) + 0.05;
  const [dark, bright] = [light(front), light(back)].sort((a, b) => a - b);
  return bright / dark;
}

// What a shortcut of JupyterLab might change.
function cells() {
  return jupyterapp.shell.currentWidget.content.widgets.map(({ model }) => [model.type, model.sharedModel.getSource()]);
}

// The numbers of the cells in which a panel is stored.
function cellsWithPanels() {
  const lines = (cell) => (cell.model.outputs?.toJSON() ?? []).map(({ data }) => [data?.["text/html"] ?? ""].flat().join(""));
  return jupyterapp.shell.currentWidget.content.widgets.flatMap((cell, i) =>
    lines(cell).some((line) => line.includes("catrnn-stored")) ? [i] : []);
}

const scrollToCell = (number) => void jupyterapp.shell.currentWidget.content.scrollToItem(number, "center");

// The width and the height of the picture that stands in the place of a cell's panel; null while none can be seen.
function stillPicture(number) {
  const img = jupyterapp.shell.currentWidget.content.widgets[number].node.querySelector(".jp-RenderedImage img");
  return img?.complete && img.checkVisibility() && img.naturalWidth ? [img.offsetWidth, img.offsetHeight] : null;
}
