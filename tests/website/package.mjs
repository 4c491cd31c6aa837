// The package in Pyodide, in Node, from the very files of the site: every panel draws, every cell of notebooks prints.
// Run as: node package.mjs FOLDER-WITH-PYODIDE CALLS-OF-PANELS NOTEBOOK...

import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const folder = resolve(process.argv[2]);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`));
const python = await loadPyodide({ indexURL: `${folder}/`, packages: ["catrnn", "ssl"], stdout: () => {} });
python.globals.set("calls", process.argv[3]);
const notebooks = process.argv.slice(4).map((path) => readFile(path, "utf-8"));
python.globals.set("notebooks", python.toPy(await Promise.all(notebooks)));
const said = await python.runPythonAsync(`
import contextlib, io, json, os, tempfile, warnings
import numpy as np

warnings.simplefilter("error")
from catrnn import lab
from catrnn.lab import check
from catrnn.lab.panels import names

names.EPOCHS = names.BEST  # where it stands at first; what it learns later does not change what it shows there
captions = {call: eval(call, vars(lab).copy()).view.caption for call in json.loads(calls)}
with contextlib.redirect_stdout(io.StringIO()) as out:
    check("relu layer", ...)
    for cut in ("np.maximum(0, x)", "np.abs(x)"):
        check("relu layer", f"class MyReLULayer:\\n  def forward(self, x):\\n    self.x = x\\n    return {cut}")

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

def printed(notebook):
    os.environ["CATRNN_FOLDER"] = tempfile.mkdtemp()
    shell.reset()
    return [words(cell) for cell in json.loads(notebook)["cells"] if cell["cell_type"] == "code"]

def words(cell):
    ends.clear()
    with capture_output() as seen:
        shell.run_cell("".join(cell["source"])).raise_error()
    shown = [*(output.data for output in seen.outputs), *ends]
    return seen.stdout + "".join(data["text/plain"] for data in shown)

shell, ends = InteractiveShell.instance(), []
shell.displayhook.write_output_prompt = lambda: None
shell.displayhook.write_format_data = lambda data, metadata=None: ends.append(data)  # what a cell ends with
json.dumps({"captions": captions, "check": out.getvalue(), "printed": list(map(printed, notebooks))})
`).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
console.log(said);
