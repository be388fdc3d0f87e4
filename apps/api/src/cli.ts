import { explainFailure } from './start/explain-failure.js';

interface Command {
  readonly words: string;
  readonly usage: string;
  readonly summary: string;
  /** Answers the exit code. */
  readonly run: (args: string[]) => Promise<number>;
}

const io = {
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
};

const commands: readonly Command[] = [
  {
    words: 'policy validate',
    usage: '<file> [--json]',
    summary: 'check a policy file',
    run: async (args) => (await import('./cli/policy-commands.js')).policyValidate(args, io),
  },
  {
    words: 'policy diff',
    usage: '<old> <new> [--json]',
    summary: 'what changes, and how material it is',
    run: async (args) => (await import('./cli/policy-commands.js')).policyDiff(args, io),
  },
  {
    words: 'policy test',
    usage: '<policy> <tests> [--json]',
    summary: 'run the cases kept beside a policy',
    run: async (args) => (await import('./cli/policy-commands.js')).policyTest(args, io),
  },
  {
    words: 'receipt verify',
    usage: '<file> [--keys <file>] [--json]',
    summary: 'check a receipt, offline',
    run: async (args) => (await import('./cli/receipt-commands.js')).receiptVerify(args, io),
  },
  {
    words: 'request clock',
    usage: '<file> [--json]',
    summary: 'compute the deadline of a request again',
    run: async (args) => (await import('./cli/request-commands.js')).requestClock(args, io),
  },
  {
    words: 'holder check',
    usage: '<url> [--subject <id>] [--email <address>]',
    summary: 'whether a service keeps the contract of holders',
    run: async (args) => (await import('./cli/holder-commands.js')).holderCheck(args, io),
  },
  {
    words: 'holder draft',
    usage: '<url> [--schema <name>[,<name>]]',
    summary: 'a manifest of a PostgreSQL database, to be edited',
    run: async (args) => (await import('./cli/database-commands.js')).holderDraft(args, io),
  },
  {
    words: 'holder shadow',
    usage: '<url> <manifest> [--email <address>] …',
    summary: 'what erasing somebody there would do',
    run: async (args) => (await import('./cli/database-commands.js')).holderShadow(args, io),
  },
  {
    words: 'migrate',
    usage: '',
    summary: 'bring the database at DATABASE_URL to the newest schema',
    run: async () => (await import('./cli/server-commands.js')).migrateDatabase(io),
  },
  {
    words: 'operator create',
    usage: '<email> <name> <role>[,<role>]',
    summary: 'add an operator; prints a one-time link',
    run: async (args) => (await import('./cli/server-commands.js')).operatorCreate(args, io),
  },
  {
    words: 'operator recover',
    usage: '<email>',
    summary: 'let in an operator whom nobody in the console can help',
    run: async (args) => (await import('./cli/server-commands.js')).operatorRecover(args, io),
  },
  {
    words: 'client create',
    usage: '<name> <scope>[,<scope>] [--purposes …]',
    summary: 'add a service client; prints its secret once',
    run: async (args) => (await import('./cli/server-commands.js')).clientCreate(args, io),
  },
  {
    words: 'demo',
    usage: '',
    summary: 'load the demo into the empty database at DATABASE_URL',
    run: async () => (await import('./cli/server-commands.js')).demo(io),
  },
  {
    words: 'openapi',
    usage: '',
    summary: 'print the OpenAPI document',
    run: async () => (await import('./cli/server-commands.js')).printOpenApi(io),
  },
];

function usage(): string {
  const lines = commands.map(
    ({ words, usage: rest, summary }) => `  abide ${`${words} ${rest}`.padEnd(46)} ${summary}`,
  );
  return `Abide makes a privacy policy executable.\n\n${lines.join('\n')}\n`;
}

async function main(words: string[]): Promise<number> {
  const command = commands.find(
    (candidate) =>
      words.join(' ').startsWith(candidate.words) && candidate.words.split(' ').every((word, i) => words[i] === word),
  );
  if (!command) {
    const asksForHelp = words.length === 0 || words.includes('--help') || words[0] === 'help';
    (asksForHelp ? io.out : io.err)(asksForHelp ? usage() : `No such command.\n\n${usage()}`);
    return asksForHelp ? 0 : 2;
  }
  return command.run(words.slice(command.words.split(' ').length));
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
    process.stdout.write('', () => process.exit(code));
  },
  (error: unknown) => {
    io.err(`${explainFailure(error)}\n`);
    process.exit(1);
  },
);
