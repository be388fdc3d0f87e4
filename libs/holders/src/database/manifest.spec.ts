import { signingManifest } from '../testing/signing-database.js';
import { categoriesOf, maxManifestCharacters, readManifest } from './manifest.js';

const fingerprint = `sha256:${'0'.repeat(64)}`;

describe('the manifest of a database', () => {
  const problems = (changes: Readonly<Record<string, string>> = {}) =>
    readManifest(signingManifest(fingerprint, changes)).problems;

  it('says which kinds of data it covers', () => {
    const { manifest } = readManifest(signingManifest(fingerprint));
    expect(manifest && categoriesOf(manifest)).toEqual([
      'content.stored',
      'registration.email',
      'registration.name',
      'registration.phone',
    ]);
  });

  it.each<[string, Readonly<Record<string, string>>, string, string]>([
    [
      'a gap that nobody filled',
      { 'address: content.stored': 'address: unknown' },
      'tables.signing.letters.columns.address',
      'gap',
    ],
    [
      'a word that it does not know',
      { 'order: 20': 'order: 20\n    sort: 1' },
      'tables.signing.letters.sort',
      'unknownField',
    ],
    [
      'a kind that cannot be one',
      { 'address: content.stored': 'address: Post-Code' },
      'tables.signing.letters.columns.address',
      'wrongValue',
    ],
    [
      'a table twice',
      { 'without: [signing.fonts]': 'without: [signing.letters]' },
      'tables.signing.letters',
      'duplicate',
    ],
    [
      'a table of another schema',
      { 'without: [signing.fonts]': 'without: [other.fonts]' },
      'tables.other.fonts',
      'foreignSchema',
    ],
    [
      'a way to no table',
      { 'through: signing.signers, on: { signer: id }': 'through: signing.people, on: { signer: id }' },
      'tables.signing.letters.subject.through',
      'unknownTable',
    ],
    [
      'a way to no column',
      { 'on: { signer: id }': 'on: { signer: no }' },
      'tables.signing.letters.subject.on.no',
      'unknownColumn',
    ],
    [
      'a column that is not named',
      { 'key: [no]': 'key: [number]' },
      'tables.signing.letters.key.number',
      'unknownColumn',
    ],
    [
      'a correction of what says nothing',
      { 'correctable: [full_name]': 'correctable: [id]' },
      'tables.signing.signers.correctable.id',
      'notPersonal',
    ],
    ['a way that is cut before it is walked', { 'order: 20': 'order: 40' }, 'tables.signing.letters.order', 'order'],
    [
      'personal data that nobody erases',
      { 'erase: delete': 'erase: leave' },
      'tables.signing.letters.erase',
      'noErasure',
    ],
    [
      'a ground that there is not',
      { 'ground: legalMinimum': 'ground: habit' },
      'tables.signing.contracts.erase',
      'wrongValue',
    ],
  ])('is refused with %s', (_what, changes, path, code) => {
    expect(problems(changes)).toContainEqual({ path, code });
  });

  it('is refused where the way to a person goes round in circles', () => {
    const circle = signingManifest(fingerprint, {
      'through: signing.signers, on: { signer_id: id }': 'through: signing.letters, on: { signer_id: signer }',
      'through: signing.signers, on: { signer: id }': 'through: signing.contracts, on: { signer: signer_id }',
    });
    expect(readManifest(circle).problems).toContainEqual({ path: 'tables.signing.letters.subject', code: 'circle' });
  });

  it('is refused where it is no YAML that a person writes', () => {
    for (const text of [
      '',
      'tables: [',
      '- 1',
      'version: 1\nversion: 1',
      'a: &a [1]\nb: *a',
      '? [1]\n: 2',
      `a: ${'['.repeat(60_000)}`,
    ])
      expect(readManifest(text).problems).toMatchObject([{ path: '', code: 'notYaml' }]);
    expect(readManifest('x'.repeat(maxManifestCharacters + 1)).problems).toEqual([{ path: '', code: 'tooLong' }]);
  });
});
