import fc from 'fast-check';
import { canonicalEntry, commitment, leafHash, verifyEntry, type Entry, type Opening } from './entry.rules.js';

const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const nullable = fc.option(text, { nil: null });
const anEntry: fc.Arbitrary<Entry> = fc.record({
  id: fc.uuid(),
  at: fc.date({ min: new Date('2020-01-01'), max: new Date('2099-01-01'), noInvalidDate: true }),
  act: text,
  actor: fc.record({ kind: fc.constantFrom('operator', 'subject', 'client', 'system'), id: text, name: nullable }),
  object: fc.record({ type: text, id: text }),
  subject: nullable,
  reason: nullable,
  correlationId: nullable,
  details: fc.dictionary(
    text,
    fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null)),
    { maxKeys: 5, noNullPrototype: true },
  ),
});

const approval: Entry = {
  id: '0192f0c1-2f6b-7cc1-a8f0-3c5de0a1b2c3',
  at: new Date('2026-03-01T08:30:00.125Z'),
  act: 'policy.approved',
  actor: { kind: 'operator', id: '0192f0c1-2f6b-7cc1-a8f0-3c5de0a1b2c4', name: 'sha256:aa' },
  object: { type: 'revision', id: '0192f0c1-2f6b-7cc1-a8f0-3c5de0a1b2c5' },
  subject: null,
  reason: 'sha256:bb',
  correlationId: 'c-1',
  details: { number: 3, 守约: true, é: null, a: 'x"y' },
};

describe('the canonical form of an entry', () => {
  it('is written the same way for ever', () => {
    expect(canonicalEntry(approval).toString()).toBe(
      '{"act":"policy.approved","actor":{"id":"0192f0c1-2f6b-7cc1-a8f0-3c5de0a1b2c4","kind":"operator","name":"sha256:aa"},' +
        '"at":"2026-03-01T08:30:00.125Z","correlationId":"c-1","details":{"a":"x\\"y","number":3,"é":null,"守约":true},"form":1,' +
        '"id":"0192f0c1-2f6b-7cc1-a8f0-3c5de0a1b2c3","object":{"id":"0192f0c1-2f6b-7cc1-a8f0-3c5de0a1b2c5","type":"revision"},' +
        '"reason":"sha256:bb","subject":null}',
    );
    expect(leafHash(approval).toString('hex')).toBe('13aac149b270ef43ef04e684665fa4090a0ecffdfeda7f012631a23b8adc7435');
  });

  it('does not depend on the order in which members were written down', () => {
    const shuffled = (value: object): object => Object.fromEntries(Object.entries(value).reverse());
    fc.assert(
      fc.property(anEntry, (entry) => {
        const other = { ...shuffled(entry), actor: shuffled(entry.actor), details: shuffled(entry.details) } as Entry;
        expect(canonicalEntry(other)).toEqual(canonicalEntry(entry));
      }),
    );
  });

  it('loses nothing: the entry can be read back from it', () => {
    fc.assert(
      fc.property(anEntry, (entry) => {
        const expected = JSON.parse(JSON.stringify({ ...entry, form: 1 })) as unknown;
        expect(JSON.parse(canonicalEntry(entry).toString())).toEqual(expected);
      }),
    );
  });
});

describe('verifying an entry', () => {
  it('accepts what was stored', () => {
    fc.assert(fc.property(anEntry, (entry) => expect(verifyEntry(entry, leafHash(entry))).toEqual([])));
  });

  it('detects a change of any part', () => {
    fc.assert(
      fc.property(
        anEntry,
        anEntry,
        fc.constantFrom(...(Object.keys(approval) as (keyof Entry)[])),
        (entry, other, part) => {
          const changed = { ...entry, [part]: other[part] };
          fc.pre(!canonicalEntry(changed).equals(canonicalEntry(entry)));
          expect(verifyEntry(changed, leafHash(entry))).toEqual(['entry']);
        },
      ),
    );
  });

  it('detects one changed character in any text', () => {
    const stored = leafHash(approval);
    const original = canonicalEntry(approval).toString();
    const texts = {
      act: 'policy.approvee',
      reason: 'sha256:bc',
      correlationId: 'c-2',
      id: '0192f0c1-2f6b-7cc1-a8f0-3c5de0a1b2c4',
    };
    for (const [part, value] of Object.entries(texts)) {
      const changed = { ...approval, [part]: value };
      expect(canonicalEntry(changed).toString()).toHaveLength(original.length);
      expect(verifyEntry(changed, stored)).toEqual(['entry']);
    }
    expect(verifyEntry({ ...approval, at: new Date(approval.at.getTime() + 1) }, stored)).toEqual(['entry']);
  });

  it('detects any changed byte of the stored hash, and a hash cut short', () => {
    const stored = leafHash(approval);
    for (let at = 0; at < stored.length; at += 1) {
      const changed = Buffer.from(stored);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(verifyEntry(approval, changed)).toEqual(['entry']);
      expect(verifyEntry(approval, stored.subarray(0, at))).toEqual(['entry']);
    }
  });
});

describe('verifying openings', () => {
  const salt = Buffer.alloc(32, 7);
  const subjectId = '0192f0c1-2f6b-7cc1-a8f0-3c5de0a1b2c6';
  const opening: Opening = { entryId: approval.id, salt, subjectId, reason: '客户来电核实', actorName: null };
  const entry: Entry = {
    ...approval,
    subject: commitment(salt, 'subject', subjectId),
    reason: commitment(salt, 'reason', '客户来电核实'),
  };

  it('accepts one that matches, and an entry whose opening was erased', () => {
    expect(verifyEntry(entry, leafHash(entry), [opening])).toEqual([]);
    expect(verifyEntry(entry, leafHash(entry), [])).toEqual([]);
  });

  it('names what an opening wrongly claims', () => {
    const verify = (change: Partial<Opening>) => verifyEntry(entry, leafHash(entry), [{ ...opening, ...change }]);
    expect(verify({ subjectId: approval.id })).toEqual(['subject']);
    expect(verify({ reason: '客户来电核實' })).toEqual(['reason']);
    expect(verify({ actorName: 'Lin Tao' })).toEqual(['actorName']);
    expect(verify({ entryId: subjectId })).toEqual(['entry']);
    expect(verify({ salt: Buffer.alloc(32, 8) })).toEqual(['subject', 'reason']);
  });

  it('does not take a commitment to a reason for one to a subject', () => {
    expect(commitment(salt, 'reason', subjectId)).not.toBe(commitment(salt, 'subject', subjectId));
  });
});
