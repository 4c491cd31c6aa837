// The package in Pyodide, in Node, from the very files of the site: every panel draws, and says what it says elsewhere.
// Run as: node package.mjs FOLDER-WITH-PYODIDE

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const folder = resolve(process.argv[2]);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`));
const python = await loadPyodide({ indexURL: `${folder}/`, packages: ["catrnn", "ssl"], stdout: () => {} });
const said = await python.runPythonAsync(`
import contextlib, io, json, warnings
import numpy as np

warnings.simplefilter("error")
from catrnn import lab
from catrnn.lab import check

captions = {name: getattr(lab, name)().view.caption for name in dir(lab) if name.startswith("explore_")}
with contextlib.redirect_stdout(io.StringIO()) as out:
    check("relu layer", ...)
    for cut in ("np.maximum(0, x)", "np.abs(x)"):
        check("relu layer", f"class MyReLULayer:\\n  def forward(self, x):\\n    self.x = x\\n    return {cut}")
json.dumps({"captions": captions, "check": out.getvalue()})
`).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
console.log(said);
