import type { Config } from '@abide/platform';
import type { Demo } from '../demo/demo.js';

const namedPeople = 3;

/** Says where everything is and how to sign in. */
export function printWelcome(
  config: Config,
  { demo, usesEmbedded }: { demo: Demo | null; usesEmbedded: boolean },
): void {
  const base = config.publicUrl;
  const lines = [
    '',
    '  Abide is ready.',
    '',
    `  Console        ${base}/console`,
    ...(demo ? [`  Sample app     ${base}/sample/`] : []),
    `  Policies       ${base}/policies`,
    `  Swagger        ${base}/docs`,
    `  Data           ${usesEmbedded ? config.get('ABIDE_DATA_DIR') : 'in the database of DATABASE_URL'}`,
  ];
  if (demo) {
    lines.push('', '  Demo sign-in (fictional people; development only)');
    for (const { role, email } of demo.operators) lines.push(`    ${role.padEnd(16)} ${email}`);
    for (const [index, { identifier }] of demo.people.slice(0, namedPeople).entries())
      lines.push(`    ${(index === 0 ? 'in the sample' : '').padEnd(16)} ${identifier}`);
    lines.push(`    password         ${demo.password}`);
  }
  process.stdout.write(`${lines.join('\n')}\n\n  Ctrl-C stops everything.\n\n`);
}
