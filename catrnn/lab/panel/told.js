// A line of plain text, said aloud when it changes.

function render({ model, el }) {
  const line = document.createElement("p");
  line.className = "catrnn-told";
  line.setAttribute("role", "status");
  line.setAttribute("aria-live", "polite");
  const tell = () => {
    line.textContent = model.get("words");
  };
  model.on("change:words", tell);
  tell();
  el.append(line);
  return () => model.off("change:words", tell);
}

export default { render };
