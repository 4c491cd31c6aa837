// A sign in the page while Python starts in it, with the seconds that have gone by; and words when it does not start.
// Where no notebook is open, in the list of files say, no Python starts, and there is no sign.

const PATIENCE = 180; // seconds

const sign = document.createElement("p");
sign.id = "catrnn-starting";
sign.setAttribute("role", "status");
Object.assign(sign.style, {
  position: "fixed", zIndex: 10000, left: 0, right: 0, bottom: 0, margin: 0, padding: "0.5em 1em", textAlign: "center",
  background: "#123c5a", color: "#fff", font: "16px/1.4 sans-serif",
});
const words = sign.appendChild(document.createElement("span"));
const seconds = sign.appendChild(document.createElement("span"));
seconds.setAttribute("aria-hidden", "true"); // else a screen reader would count aloud

// The page gets as much shorter as the sign is high, so that the sign covers nothing.
let room = 0;
const makeRoom = () => {
  const main = document.getElementById("main"), needed = sign.isConnected ? sign.offsetHeight : 0;
  if (!main || needed === room) return;
  room = needed;
  main.style.bottom = room ? `${room}px` : "";
  window.dispatchEvent(new Event("resize"));
};

const notebook = () => window.jupyterapp?.shell.currentWidget?.context?.sessionContext;
const ready = () => ["idle", "busy"].includes(notebook()?.session?.kernel?.status);
const say = (text) => words.textContent === text || (words.textContent = text);

const reading = "Python is starting in this page. You can read meanwhile.";
const linked = " Your link's setting appears when you run the cell of its panel.";
const waiting = reading + (new URLSearchParams(location.search).has("setting") ? linked : "");

const isNotebook = location.pathname.includes("/notebooks/"); // known before anything has loaded
let begin = null;
const clock = setInterval(() => {
  makeRoom();
  if (!isNotebook && !notebook()) return sign.remove();
  begin ??= performance.now();
  const past = Math.round((performance.now() - begin) / 1000);
  if (ready()) {
    clearInterval(clock);
    sign.remove();
    makeRoom();
  } else if (past > PATIENCE) {
    say("Python has not started. Reload the page. If that does not help, try another browser, or one with more memory.");
    seconds.textContent = "";
  } else {
    say(waiting);
    seconds.textContent = ` ${past} s`;
    if (!sign.isConnected) document.body.append(sign);
  }
}, 250);
