import { createOutsideDatabase, type OutsideDatabase } from '@abide/holders/testing';
import { DatabaseClient, DatabaseSessions, draftManifest, readManifest } from '@abide/holders';
import { AddressGuard, HostResolver } from '@abide/platform';
import pg from 'pg';
import { signingFile } from './start-signing.js';

describe('the signing database of the demo', () => {
  const config = { isProduction: false };
  const databases = new DatabaseClient(new DatabaseSessions(new AddressGuard(config, new HostResolver()), config));
  const subject = { id: '', identifiers: [{ type: 'email', value: 'lin.xiaohe@example.com' }] };
  const question = { requestId: 'r', subject, categories: [] };
  let database: OutsideDatabase;
  beforeAll(async () => {
    const grants = 'GRANT USAGE ON SCHEMA signing TO :login; GRANT ALL ON ALL TABLES IN SCHEMA signing TO :login';
    database = await createOutsideDatabase(`${signingFile('signing.sql')}; ${grants}`);
  });
  afterAll(() => database.drop());

  it('is as its manifest says, and has something of 林小禾 that may be corrected and erased', async () => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const [fingerprint] = /sha256:\w+/.exec(await draftManifest(client, ['signing']).finally(() => client.end())) ?? [];
    const { manifest, problems } = readManifest(signingFile('signing.manifest.yaml'));
    expect([problems, manifest?.fingerprint]).toEqual([[], fingerprint]);
    if (!manifest) throw new Error('No manifest');
    const mapped = { url: database.url, networks: ['127.0.0.0/8'], manifest };
    const { holdings } = await databases.describe(mapped, question);
    expect(holdings.map(({ category, count }) => [category, count])).toEqual([
      ['content.stored', 3],
      ['registration.name', 1],
      ['registration.email', 1],
      ['registration.phone', 1],
    ]);
    expect(await databases.shadow(mapped, subject)).toMatchObject({
      outcome: 'done',
      counts: { length: 4 },
      retained: [{ category: 'content.stored', count: 2 }],
    });
    const corrections = [{ category: 'registration.name', value: '林禾' }];
    expect(await databases.act(mapped, 'correct', { ...question, corrections })).toMatchObject({ outcome: 'done' });
  });
});
