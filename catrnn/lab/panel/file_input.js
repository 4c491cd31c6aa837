// A button that has the reader choose a file. A file that is too large stays where it is: only its
// size is sent.

function render({ model, el }) {
  const input = document.createElement("input");
  const button = document.createElement("button");
  Object.assign(input, { type: "file", accept: model.get("accept") });
  Object.assign(button, { type: "button", textContent: model.get("label") });
  button.className = "jupyter-widgets jupyter-button widget-button";
  button.setAttribute("data-lm-suppress-shortcuts", "true"); // JupyterLab leaves its keys alone
  button.addEventListener("click", () => input.click());
  input.addEventListener("change", async () => {
    const [file] = input.files;
    const bytes = file.size > model.get("most") ? new ArrayBuffer(0) : await file.arrayBuffer();
    model.set({ size: file.size, content: new DataView(bytes), turn: model.get("turn") + 1 });
    model.save_changes();
    input.value = ""; // so that the same file, changed meanwhile, can be chosen again
  });
  el.append(button);
}

export default { render };
