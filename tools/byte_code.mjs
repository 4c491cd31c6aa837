// tools/byte_code.py in Pyodide, the very Python that is to read the byte code.
// Run as: node byte_code.mjs FOLDER-WITH-PYODIDE FROM TO KEPT...

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, from, to] = process.argv.slice(2, 5).map((path) => resolve(path));
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`));
const python = await loadPyodide({ indexURL: `${folder}/`, args: ["byte_code.py", "/from", "/to", ...process.argv.slice(5)] });
for (const [place, root] of Object.entries({ "/from": from, "/to": to })) {
  python.FS.mkdir(place);
  python.FS.mount(python.FS.filesystems.NODEFS, { root }, place);
}
python.runPython(readFileSync(new URL("byte_code.py", import.meta.url), "utf-8"));
