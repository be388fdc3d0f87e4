import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { checkout } from './product.js';

const notCopied = new Set(['node_modules', 'dist', '.git', '.nx', '.abide', 'results']);

/** A checkout of its own, whose sources a test may change; only the packages are shared. */
export function copyCheckout(folder: string): void {
  for (const name of readdirSync(checkout).filter((name) => !notCopied.has(name)))
    cpSync(join(checkout, name), join(folder, name), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !notCopied.has(basename(path)),
    });
  const packages = join(folder, 'node_modules');
  mkdirSync(packages);
  for (const name of readdirSync(join(checkout, 'node_modules')))
    if (name === '@abide')
      cpSync(join(checkout, 'node_modules/@abide'), join(packages, name), { recursive: true, verbatimSymlinks: true });
    else if (!['.cache', '.vite'].includes(name))
      symlinkSync(join(checkout, 'node_modules', name), join(packages, name));
}
