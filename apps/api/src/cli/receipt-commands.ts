import { createReadStream, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { defaultDataFolder, receiptKeysFile } from '../start/data-folder.js';
import { exitCodes, readArguments, UnusableArguments, type CommandIo } from './arguments.js';
import { validConsentStates, type ReceiptRecord } from './receipt-record.schema.js';
import { recordOf, verifyReceipt, type PublishedKey, type ReceiptVerification } from './receipt-verification.js';

const options = { keys: { type: 'string' }, json: { type: 'boolean' } } as const;
const mostBytes = 1024 * 1024;
const howToGetKeys =
  'Save the public keys of the product that issued the receipt, and name them:\n  curl -fo receipt-keys.json https://<the product>/.well-known/jwks.json\n  abide receipt verify <file> --keys receipt-keys.json';

type Environment = Readonly<Record<string, string | undefined>>;

/** `abide receipt verify <file>`: 0 when the receipt is what the product issued, 1 when not, 2 when nothing can be checked. */
export async function receiptVerify(
  args: readonly string[],
  io: CommandIo,
  env: Environment = process.env,
): Promise<number> {
  try {
    const { values, positionals } = readArguments(args, { positionals: ['file'], options });
    const [file = ''] = positionals;
    const keysFile = keysFileOf(values['keys'], env);
    const receipt = await read(file);
    const verification = await verifyReceipt(receipt, await readKeys(keysFile));
    io.out(
      values['json'] === true
        ? `${JSON.stringify(verification, null, 2)}\n`
        : `${lines(verification, { file, keysFile }).join('\n')}\n`,
    );
    return verification.valid ? exitCodes.ok : exitCodes.negative;
  } catch (error) {
    if (!(error instanceof UnusableArguments)) throw error;
    io.err(`${error.message}\n`);
    return exitCodes.unusable;
  }
}

/** The file that is named, else the one that the product keeps in its data folder. */
function keysFileOf(named: unknown, { ABIDE_DATA_DIR: folder }: Environment): string {
  if (typeof named === 'string') return named;
  const candidates = (folder ? [folder] : [defaultDataFolder(), '.abide']).map((one) =>
    resolve(join(one, receiptKeysFile)),
  );
  const found = candidates.find((one) => existsSync(one));
  if (!found)
    throw new UnusableArguments(
      `There are no keys to check the receipt with: ${candidates[0]} is not there yet.\n${howToGetKeys}`,
    );
  return found;
}

async function readKeys(file: string): Promise<readonly PublishedKey[]> {
  const bytes = await read(file);
  try {
    const { keys } = JSON.parse(bytes.toString('utf8')) as { keys?: unknown };
    if (Array.isArray(keys) && keys.every((key) => typeof key === 'object' && key !== null))
      return keys as PublishedKey[];
  } catch {
    // falls through to the refusal
  }
  throw new UnusableArguments(`${file} is no JSON Web Key Set.\n${howToGetKeys}`);
}

async function read(file: string): Promise<Buffer> {
  const bytes = await buffer(createReadStream(file, { end: mostBytes })).catch(() => null);
  if (!bytes) throw new UnusableArguments(`Cannot read ${file}.`);
  if (bytes.length > mostBytes) throw new UnusableArguments(`${file} is longer than 1 MiB.`);
  return bytes;
}

function lines(verification: ReceiptVerification, { file, keysFile }: { file: string; keysFile: string }): string[] {
  const record = recordOf(verification);
  if (!record)
    return [
      `Not valid: ${file}`,
      ...verification.errors.map(({ code, message }) => `  ${message} ${code}`),
      `  Checked with ${keysFile}`,
    ];
  return [
    `Valid: ${file}`,
    ...saying(record).map(([name, value]) => `  ${name.padEnd(10)} ${plain(value)}`),
    `  Checked with ${keysFile}`,
  ];
}

/** What a receipt says, one line for each thing, in the receipt's own language. */
function saying({
  receipt_id,
  pii_principal_id,
  pii_processing,
  party_identification,
  events,
}: ReceiptRecord): [string, string][] {
  return [
    ['Receipt', receipt_id],
    ['Person', pii_principal_id],
    ...pii_processing.flatMap(
      ({
        purpose,
        purpose_description,
        privacy_notice,
        clause,
        language,
        pii_type,
        retention_period,
        storage_locations,
        withdrawal_method,
      }): [string, string][] => [
        ['Purpose', `${purpose}${typeof purpose_description === 'string' ? ` (${purpose_description})` : ''}`],
        ['Data', `${pii_type.join(', ') || 'none'}; kept ${retention_period}, in ${storage_locations.join(', ')}`],
        ['Notice', `${privacy_notice}${typeof clause === 'string' ? `, clause ${clause}` : ''}, in ${language}`],
        ['Withdraw', withdrawal_method],
      ],
    ),
    ...events.map(({ event_state, event_time, event_type, validity_duration }): [string, string] => [
      'State',
      `${event_state}${isConsent(event_state) ? `, ${validity_duration}` : ': no consent'}; said by the ${event_type} at ${event_time}`,
    ]),
    ...party_identification.map(({ party_type, party_name, party_address, party_contact }): [string, string] => [
      'Party',
      [`${party_type} ${party_name}`, party_address, party_contact].filter(Boolean).join(', '),
    ]),
  ];
}

function isConsent(state: string): boolean {
  return (validConsentStates as readonly string[]).includes(state);
}

/** Without what could steer a terminal. */
function plain(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ');
}
