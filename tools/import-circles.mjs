/** Which files import each other in a circle, imports of types included: none of them could be read, tested or moved without the others. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** `sources`: texts by path. Between packages the module map allows no circle, so that relative imports are enough. @returns {string[][]} the paths of each circle */
export function importCircles(sources) {
  const imports = new Map([...sources].map(([path, text]) => [path, importedBy(path, text, sources)]));
  const circles = [];
  const isDone = new Set();
  for (const path of sources.keys()) follow(path, []);
  return circles;

  function follow(path, way) {
    const start = way.indexOf(path);
    if (start >= 0) circles.push(way.slice(start));
    if (start >= 0 || isDone.has(path)) return;
    for (const target of imports.get(path)) follow(target, [...way, path]);
    isDone.add(path);
  }
}

/** @returns {Map<string, string>} every TypeScript source of the workspace, tests included */
export function workspaceSources() {
  const files = ['apps', 'libs', 'bench'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map((name) => join(folder, name)),
  );
  const sources = files.filter((path) => /\.tsx?$/.test(path) && !/\.gen\.ts$|(^|\/)(node_modules|dist)\//.test(path));
  return new Map(sources.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

function importedBy(path, text, sources) {
  const names = [...text.matchAll(/\b(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)].map(([, name]) => name);
  const stems = names.map((name) => normalize(join(dirname(path), name.replace(/\.jsx?$/, ''))));
  return stems.flatMap((stem) => [`${stem}.ts`, `${stem}.tsx`].filter((target) => sources.has(target)));
}
