import { openData, scopes, type NewClient, type Scope } from '@abide/identity';
import { DomainError } from '@abide/kernel';
import { readArguments, UnusableArguments } from './arguments.js';

/** What `client create` was asked for. */
export interface ClientWish extends NewClient {
  readonly isUnbounded: boolean;
}

const usage = `Usage: abide client create <name> <scope>[,<scope>] [--purposes <code>[,<code>]] [--services <code>[,<code>]]
Scopes: ${scopes.join(', ')}
A client that opens personal data names its purposes and services, or is left --unbounded, which the audit trail says.
`;

const options = { purposes: { type: 'string' }, services: { type: 'string' }, unbounded: { type: 'boolean' } } as const;

/** The client that the arguments ask for; a text says what is wrong with them. */
export function clientWish(args: readonly string[]): ClientWish | string {
  try {
    return read(args);
  } catch (error) {
    if (error instanceof UnusableArguments) return `${error.message}\n${usage}`;
    throw error;
  }
}

/** Bounds that the registries know nothing of, as a text; rethrows everything else. */
export function unusableBounds(error: unknown): string {
  if (!(error instanceof DomainError) || error.code !== 'request.invalid') throw error;
  const places = (error.details.errors ?? []).map(({ pointer, message }) => `  ${pointer.slice(1)}: ${message}`);
  return `${[error.details.detail ?? 'The client cannot be made.', ...places].join('\n')}\n`;
}

function read(args: readonly string[]): ClientWish {
  const {
    values,
    positionals: [name = '', wanted = ''],
  } = readArguments(args, { positionals: ['name', 'scopes'], options });
  const chosen = listed(wanted);
  const unknown = chosen.filter((word) => !isScope(word));
  if (name === '' || chosen.length === 0) throw new UnusableArguments('Name the client and at least one scope.');
  if (unknown.length > 0) throw new UnusableArguments(`There is no scope ${unknown.join(', ')}.`);
  const bounds = { purposes: listed(values['purposes']), services: listed(values['services']) };
  const [isBounded, isUnbounded] = [
    bounds.purposes.length > 0 && bounds.services.length > 0,
    values['unbounded'] === true,
  ];
  if (isUnbounded && bounds.purposes.length + bounds.services.length > 0)
    throw new UnusableArguments('A client has bounds or is --unbounded, not both.');
  if (openData(chosen.filter(isScope)) && !isBounded && !isUnbounded)
    throw new UnusableArguments('This client opens personal data: say by --purposes and --services what it is for.');
  return { name, scopes: chosen.filter(isScope), ...bounds, isUnbounded };
}

function listed(words: unknown): string[] {
  return typeof words === 'string'
    ? words
        .split(',')
        .map((word) => word.trim())
        .filter((word) => word !== '')
    : [];
}

function isScope(word: string): word is Scope {
  return (scopes as readonly string[]).includes(word);
}
