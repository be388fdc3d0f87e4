import fc from 'fast-check';
import { canonicalEntry, leafHash, verifyEntry } from './entry.rules.js';
import { evidenceOf, type Act, type Actor, type Circumstances } from './evidence.rules.js';

const [subjectId, guardianId, operatorId] = [
  '0192f0c1-2f6b-7cc1-a8f0-3c5de0a1b2c6',
  '0192f0c1-2f6b-7cc1-a8f0-3c5de0a1b2c7',
  '0192f0c1-2f6b-7cc1-a8f0-3c5de0a1b2c8',
];
const operator: Actor = { kind: 'operator', id: operatorId, name: 'Lin Tao' };

function circumstances(actor: Actor = operator): Circumstances {
  return {
    id: '0192f0c1-2f6b-7cc1-a8f0-3c5de0a1b2c3',
    at: new Date('2026-03-01T08:30:00Z'),
    actor,
    correlationId: null,
  };
}

function anAct(change: Partial<Act> = {}): Act {
  return { act: 'subject.revealed', object: { type: 'profile', id: 'p-1' }, ...change };
}

describe('the evidence of an act', () => {
  it('keeps subjects, reasons and names out of the entry wherever they stand', () => {
    const actors = fc.constantFrom<Actor>(
      operator,
      { kind: 'subject', id: subjectId },
      { kind: 'subject', id: guardianId, name: 'Zhou Min' },
      { kind: 'system', id: 'system' },
    );
    const acts = fc.record({
      subjectId: fc.constantFrom(subjectId, subjectId.toUpperCase(), undefined),
      object: fc.constantFrom(
        { type: 'subject', id: subjectId },
        { type: 'subject', id: subjectId.toUpperCase() },
        { type: 'subject', id: guardianId },
        { type: 'profile', id: 'p-1' },
      ),
      reason: fc.constantFrom('asked by phone', undefined),
    });
    fc.assert(
      fc.property(acts, actors, (act, actor) => {
        const { entry, openings } = evidenceOf(anAct(act), circumstances(actor));
        const kept = canonicalEntry(entry).toString().toLowerCase();
        for (const secret of [subjectId, guardianId, 'asked by phone', 'lin tao', 'zhou min'])
          expect(kept).not.toContain(secret);
        expect(verifyEntry(entry, leafHash(entry), openings)).toEqual([]);
        expect(new Set(openings.map((opening) => opening.subjectId)).size).toBe(openings.length);
      }),
    );
  });

  it('is about the subject that is named, else the object, else the actor', () => {
    const about = (act: Partial<Act>, actor?: Actor) => {
      const { entry, openings } = evidenceOf(anAct(act), circumstances(actor));
      return openings.find(({ pseudonym }) => pseudonym !== null && pseudonym === entry.subject)?.subjectId ?? null;
    };
    const guardian: Actor = { kind: 'subject', id: guardianId };
    expect(about({ subjectId, object: { type: 'subject', id: guardianId } }, guardian)).toBe(subjectId);
    expect(about({ object: { type: 'subject', id: subjectId } }, guardian)).toBe(subjectId);
    expect(about({}, guardian)).toBe(guardianId);
    expect(about({}, operator)).toBeNull();
  });

  it('puts the reason with the subject it is about, so that it is erased with it', () => {
    const { openings } = evidenceOf(anAct({ subjectId, reason: 'asked by phone' }), circumstances());
    expect(openings.map((opening) => [opening.subjectId, opening.reason, opening.actorName])).toEqual([
      [subjectId, 'asked by phone', null],
      [null, null, 'Lin Tao'],
    ]);
  });

  it('keeps a reason that is about no subject', () => {
    const { entry, openings } = evidenceOf(anAct({ reason: 'wrong date' }), circumstances());
    expect(openings).toEqual([
      expect.objectContaining({ subjectId: null, reason: 'wrong date', actorName: 'Lin Tao' }),
    ]);
    expect(entry.reason).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it('never keeps the name of a subject, not even where it can be erased', () => {
    const { openings } = evidenceOf(anAct(), circumstances({ kind: 'subject', id: guardianId, name: 'Zhou Min' }));
    expect(openings.map(({ actorName }) => actorName)).toEqual([null]);
  });

  it('needs no opening for what the system does about nobody', () => {
    expect(evidenceOf(anAct(), circumstances({ kind: 'system', id: 'system' })).openings).toEqual([]);
  });

  it('cannot be linked: the same subject looks different in every entry', () => {
    const [one, other] = [1, 2].map(() => evidenceOf(anAct({ subjectId }), circumstances()).entry.subject);
    expect(one).not.toBe(other);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 'zero \0', 'half \ud83d'])(
    'refuses the detail %p, which would not be stored faithfully',
    (detail) => {
      expect(() => evidenceOf(anAct({ details: { detail } }), circumstances())).toThrow('The detail detail');
    },
  );
});
