/** npm's `prepare`: sets up the pre-commit hook in a clone that somebody works in, and nothing elsewhere. */
import { existsSync } from 'node:fs';

if (existsSync('.git') && !process.env.CI && process.env.NODE_ENV !== 'production') {
  const { default: husky } = await import('husky');
  husky();
}
