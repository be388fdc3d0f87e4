import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSigningDatabase, type SigningDatabase } from '@abide/holders/testing';
import { newId } from '@abide/kernel';
import { holderDraft, holderShadow } from './database-commands.js';

describe('abide holder, of a database', () => {
  let signing: SigningDatabase;
  let printed: string;
  const io = { out: (text: string) => void (printed += text), err: (text: string) => void (printed += text) };

  beforeEach(async () => {
    printed = '';
    signing = await createSigningDatabase();
  });
  afterEach(() => signing.drop());

  const shadow = async (manifest: string, ...args: string[]) => {
    const file = join(tmpdir(), `${newId()}.yaml`);
    await writeFile(file, manifest);
    return holderShadow([signing.url, file, ...args], io);
  };

  it('drafts a manifest, the password from the surroundings', async () => {
    const url = new URL(signing.url);
    url.password = '';
    expect(await holderDraft([url.toString(), '--schema', 'signing'], io, { PGPASSWORD: signing.login })).toBe(0);
    expect(printed).toContain('through: signing.signers');
    expect(await holderDraft([url.toString()], io, { PGPASSWORD: 'wrong' })).toBe(1);
    expect(await holderDraft(['postgres://nobody'], io, {})).toBe(2);
  });

  it('counts what erasing somebody would do, and keeps nothing of it', async () => {
    expect(await shadow(await signing.manifest(), '--email', 'lin@example.com')).toBe(0);
    expect(printed).toContain('erases         1  content.stored  signing.letters');
    expect(printed).toContain('keeps          2  content.stored  电子签名法第二十四条');
    expect(await signing.run('SELECT FROM signing.letters')).toHaveLength(2);
    expect(await shadow(await signing.manifest())).toBe(1);
  });

  it('names what is wrong with the manifest, and that the schema changed', async () => {
    expect(await shadow(await signing.manifest({ 'erase: delete': 'erase: unknown' }))).toBe(1);
    expect(printed).toBe('tables.signing.letters.erase: is still unknown\n');
    const before = await signing.manifest();
    await signing.run('ALTER TABLE signing.letters ADD phone text');
    expect(await shadow(before, '--email', 'lin@example.com')).toBe(1);
    expect(printed).toContain('draft it anew');
  });
});
