/**
 * Which files import each other in a circle, and which folders of a module do, imports of types included: none of them could be read, tested or moved
 * without the others. Between packages the module map allows no circle, so that relative imports are enough.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** `sources`: texts by path. @returns {string[][]} the paths of each circle */
export function importCircles(sources) {
  return circlesIn(importsOf(sources));
}

/** `sources`: texts by path; tests and migrations may reach anywhere in their module. @returns {string[][]} the folders of each circle */
export function folderCircles(sources) {
  const folders = new Map();
  for (const [path, imported] of importsOf(sources)) {
    const folder = folderOf(path);
    if (folder === null) continue;
    const targets = folders.get(folder) ?? new Set();
    for (const target of imported.map(folderOf)) if (target !== null && target !== folder) targets.add(target);
    folders.set(folder, targets);
  }
  return circlesIn(folders);
}

/** @returns {Map<string, string>} every TypeScript source of the workspace, tests included */
export function workspaceSources() {
  const files = ['apps', 'libs', 'bench'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map((name) => join(folder, name)),
  );
  const sources = files.filter((path) => /\.tsx?$/.test(path) && !/\.gen\.ts$|(^|\/)(node_modules|dist)\//.test(path));
  return new Map(sources.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

function circlesIn(graph) {
  const circles = [];
  const isDone = new Set();
  for (const node of graph.keys()) follow(node, []);
  return circles;

  function follow(node, way) {
    const start = way.indexOf(node);
    if (start >= 0) circles.push(way.slice(start));
    if (start >= 0 || isDone.has(node)) return;
    for (const target of graph.get(node) ?? []) follow(target, [...way, node]);
    isDone.add(node);
  }
}

function importsOf(sources) {
  return new Map([...sources].map(([path, text]) => [path, importedBy(path, text, sources)]));
}

function importedBy(path, text, sources) {
  const names = [...text.matchAll(/\b(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)].map(([, name]) => name);
  const stems = names.map((name) => normalize(join(dirname(path), name.replace(/\.jsx?$/, ''))));
  return stems.flatMap((stem) => [`${stem}.ts`, `${stem}.tsx`].filter((target) => sources.has(target)));
}

function folderOf(path) {
  if (/spec\.ts$|\/(testing|migrations)\//.test(path)) return null;
  return /^libs\/[\w-]+\/src\/[^/]+(?=\/)/.exec(path)?.[0] ?? null;
}
