// Reads exported documents with Automerge's own JavaScript library and prints what they say, flat:
// { "<file>": { "<path>": [values, each once] } }. A value that was cleared is null.

import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [folder, modules] = process.argv.slice(2);
const Automerge = createRequire(join(modules, "package.json"))("@automerge/automerge");

/** A leaf as JSON can carry it. */
function plain(value) {
  if (Automerge.isImmutableString(value)) return value.toString();
  return value;
}

function isMap(value) {
  return typeof value === "object" && value !== null && !Automerge.isImmutableString(value);
}

/** Adds all that stands in `map` to `said`. */
function read(map, path, said) {
  for (const key of Object.keys(map)) {
    const place = path === "" ? key : `${path}/${key}`;
    const rivals = Object.values(Automerge.getConflicts(map, key) ?? { only: map[key] });
    if (rivals.every(isMap)) {
      rivals.forEach((rival) => read(rival, place, said));
    } else {
      said[place] = [...new Set(rivals.map(plain))];
    }
  }
  return said;
}

const files = readdirSync(folder).filter((name) => name.endsWith(".automerge"));
const documents = files.map((name) => {
  const document = Automerge.load(new Uint8Array(readFileSync(join(folder, name))));
  return [name.slice(0, -".automerge".length), read(document, "", {})];
});
console.log(JSON.stringify(Object.fromEntries(documents)));
