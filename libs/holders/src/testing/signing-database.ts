import { fingerprintOf, readCatalogue } from '../database/schema-catalogue.js';
import { createOutsideDatabase, type OutsideDatabase } from './outside-database.js';
import pg from 'pg';

/** A signing service: people by e-mail and telephone, what they signed by a foreign key, letters without one. */
export const signingSql = `
  CREATE SCHEMA signing;
  CREATE TABLE signing.signers (id bigint PRIMARY KEY, full_name text, email text, mobile text NOT NULL, is_restricted boolean NOT NULL DEFAULT false, created_at timestamp NOT NULL);
  CREATE TABLE signing.contracts (id bigint PRIMARY KEY, signer_id bigint NOT NULL REFERENCES signing.signers, title text NOT NULL, body jsonb, expires_at timestamptz, created_at timestamp NOT NULL);
  CREATE TABLE signing.letters (no text PRIMARY KEY, signer bigint, address text);
  CREATE TABLE signing.abide_ledger (request_id text, operation text, answer jsonb, done_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (request_id, operation));
  CREATE TABLE signing.fonts (name text PRIMARY KEY);
  INSERT INTO signing.signers VALUES
    (1, '林小禾', 'Lin@Example.com', '10000000001', false, '2026-01-02 08:00'), (2, '陈远', 'chen@example.com', '10000000002', false, '2026-01-03 08:00');
  INSERT INTO signing.contracts VALUES
    (9007199254740993, 1, '租赁合同', '{"pages": 2}', '2031-01-01T00:00:00Z', '2026-02-01 08:00'), (12, 1, '票务协议', NULL, '2030-01-01T00:00:00Z', '2026-03-01 08:00'), (13, 2, '劳动合同', NULL, NULL, '2026-03-02 08:00');
  INSERT INTO signing.letters VALUES ('L-1', 1, '雾港路1号'), ('L-2', 2, '别处');
  GRANT USAGE ON SCHEMA signing TO :login;
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA signing TO :login;`;

/** Its manifest, in the words that `changes` replace. */
export function signingManifest(fingerprint: string, changes: Readonly<Record<string, string>> = {}): string {
  const text = `version: 1
fingerprint: ${fingerprint}
schemas: [signing]
timeZone: Asia/Shanghai
ledger: signing.abide_ledger
tables:
  - table: signing.signers
    key: [id]
    since: { column: created_at }
    subject:
      - { column: email, identifier: email, ignoreCase: true }
      - { column: mobile, identifier: phone }
    columns: { id: none, full_name: registration.name, email: registration.email, mobile: registration.phone, is_restricted: none, created_at: none }
    correctable: [full_name]
    restrict: { column: is_restricted, restricted: true, lifted: false }
    erase: { blank: { mobile: '' } }
    order: 30
  - table: signing.contracts
    key: [id]
    since: { column: created_at }
    due: expires_at
    subject: { through: signing.signers, on: { signer_id: id } }
    columns: { id: none, signer_id: none, title: content.stored, body: content.stored, expires_at: none, created_at: none }
    erase: { keep: { ground: legalMinimum, article: 电子签名法第二十四条 } }
    order: 10
  - table: signing.letters
    key: [no]
    since: { day: 2025-06-01 }
    subject: { through: signing.signers, on: { signer: id } }
    columns: { no: none, signer: none, address: content.stored }
    erase: delete
    order: 20
without: [signing.fonts]
`;
  return Object.entries(changes).reduce((whole, [from, to]) => whole.replace(from, () => to), text);
}

export interface SigningDatabase extends OutsideDatabase {
  /** The manifest as the schema stands now. */
  manifest(changes?: Readonly<Record<string, string>>): Promise<string>;
}

export async function createSigningDatabase(): Promise<SigningDatabase> {
  const database = await createOutsideDatabase(signingSql);
  return { ...database, manifest: async (changes) => signingManifest(await fingerprint(database), changes) };
}

async function fingerprint({ ownerUrl }: OutsideDatabase): Promise<string> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('SET search_path = pg_catalog');
    return fingerprintOf(await readCatalogue(client, { schemas: ['signing'], except: 'signing.abide_ledger' }));
  } finally {
    await client.end();
  }
}
