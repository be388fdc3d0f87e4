import { newId } from '@abide/kernel';
import { Database, HolderRegistry, type Holder } from '@abide/platform';
import { erasedRows, expiredRows } from '@abide/platform/testing';
import type { TestApp } from '@abide/platform/testing';
import { IdentifierClaims, type IdentifierClaim } from './identifier-claims.service.js';
import { Vault } from './vault.service.js';
import { startVault } from './testing/vault.js';

const taken = expect.objectContaining({ kind: 'conflict', code: 'identifier.taken' });

describe('identifier claims', () => {
  let test: TestApp;
  let db: Database;
  let vault: Vault;
  let claims: IdentifierClaims;
  let holder: Holder;
  beforeAll(async () => {
    test = await startVault();
    db = test.get(Database);
    vault = test.get(Vault);
    claims = test.get(IdentifierClaims);
    holder = test.get(HolderRegistry).named('vault');
  });
  afterAll(() => test.close());

  const aClaim = (change: Partial<IdentifierClaim> = {}): IdentifierClaim => ({
    type: 'email',
    value: `${newId()}@example.com`,
    subjectId: newId(),
    ...change,
  });

  it('that are pending do not exclude each other and own nothing', async () => {
    const claim = aClaim();
    await claims.claim(claim);
    await claims.claim(claim);
    await claims.claim({ ...claim, subjectId: newId() });
    expect(await claims.findOwner(claim.type, claim.value)).toBeNull();
  });

  it('belong to the subject that confirms first', async () => {
    const claim = aClaim();
    const rival = { ...claim, subjectId: newId() };
    await claims.claim(claim);
    await claims.claim(rival);
    await claims.confirm(rival);
    await expect(claims.confirm(claim)).rejects.toEqual(taken);
    expect(await claims.findOwner(claim.type, claim.value)).toBe(rival.subjectId);
  });

  it('are confirmed once when ten subjects confirm at once', async () => {
    const rivals = Array.from({ length: 10 }, () => aClaim({ value: 'one@example.com' }));
    const outcomes = await Promise.allSettled(rivals.map((rival) => claims.confirm(rival)));
    const won = outcomes.flatMap((outcome, index) =>
      outcome.status === 'fulfilled' ? [rivals[index]?.subjectId] : [],
    );
    expect(won).toEqual([await claims.findOwner('email', 'one@example.com')]);
  });

  it('may be confirmed again by their owner', async () => {
    const claim = aClaim();
    await claims.confirm(claim);
    await claims.confirm(claim);
    expect(await claims.findOwner(claim.type, claim.value)).toBe(claim.subjectId);
  });

  it('leave the transaction usable after a refusal', async () => {
    const claim = aClaim();
    await claims.confirm(claim);
    const answer = await db.transaction(async () => {
      await expect(claims.confirm({ ...claim, subjectId: newId() })).rejects.toEqual(taken);
      return db.query('SELECT 1 AS one');
    });
    expect(answer).toEqual([{ one: 1 }]);
  });

  it('of the same text are different things as phone and e-mail', async () => {
    const claim = aClaim({ type: 'phone' });
    await claims.confirm(claim);
    expect(await claims.findOwner('email', claim.value)).toBeNull();
  });

  it('can be given up one by one, and taken over then', async () => {
    const [old, present] = [aClaim(), aClaim()];
    const subjectId = old.subjectId;
    await claims.confirm(old);
    await claims.confirm({ ...present, subjectId });
    await claims.release(subjectId, 'email', old.value);
    expect(await claims.findOwner('email', present.value)).toBe(subjectId);
    await claims.confirm({ ...old, subjectId: newId() });
    expect(await vault.isSuppressed('email', old.value)).toBe(false);
  });

  it('can be given up of one type or all at once', async () => {
    const [email, phone] = [aClaim(), aClaim({ type: 'phone' })];
    const { subjectId } = email;
    const heldBy = async () =>
      (await holder.describe(subjectId)).map(({ category, count }) => `${category} ${count}`).sort();
    for (const one of [email, { ...phone, subjectId }, aClaim({ subjectId })]) await claims.confirm(one);
    expect(await heldBy()).toEqual(['registration.email 2', 'registration.phone 1']);
    await claims.release(subjectId, 'email');
    expect(await heldBy()).toEqual(['registration.phone 1']);
    await claims.release(subjectId);
    expect(await heldBy()).toEqual([]);
  });

  it('are found under any form that somebody confirmed, the present one before the others', async () => {
    const [present, earlier] = [aClaim(), aClaim()];
    await claims.confirm(earlier);
    expect(await claims.findOwner('email', present.value)).toBeNull();
    expect(await claims.findOwner('email', present.value, [earlier.value])).toBe(earlier.subjectId);
    await claims.confirm(present);
    expect(await claims.findOwner('email', present.value, [earlier.value])).toBe(present.subjectId);
    expect(await claims.findOwner('email', earlier.value, [present.value])).toBe(earlier.subjectId);
  });

  it('date from when they were made, not from when they were confirmed, and take a subject id in either case', async () => {
    const claim = aClaim();
    await claims.claim(claim);
    await db.execute("UPDATE vault.identifier_claims SET claimed_at = '2026-01-02T03:04:05Z' WHERE subject_id = $1", [
      claim.subjectId,
    ]);
    await claims.confirm({ ...claim, subjectId: claim.subjectId.toUpperCase() });
    const rows = await db.query('SELECT claimed_at, confirmed_at FROM vault.identifier_claims WHERE subject_id = $1', [
      claim.subjectId,
    ]);
    expect(rows).toEqual([{ claimed_at: new Date('2026-01-02T03:04:05Z'), confirmed_at: expect.any(Date) }]);
  });

  it('keep the identifier itself out of the database', async () => {
    const claim = aClaim({ value: 'readable@example.com' });
    await claims.confirm(claim);
    const [row] = await db.query<{ blind_index: Buffer }>(
      'SELECT blind_index FROM vault.identifier_claims WHERE subject_id = $1',
      [claim.subjectId],
    );
    expect(row?.blind_index.includes('readable')).toBe(false);
  });

  describe('of an erased subject', () => {
    it('are released and suppressed when they were confirmed', async () => {
      const confirmed = aClaim();
      const pending = aClaim({ subjectId: confirmed.subjectId });
      await claims.confirm(confirmed);
      await claims.claim(pending);
      expect(await erasedRows(holder, confirmed.subjectId)).toBe(2);
      expect(await claims.findOwner('email', confirmed.value)).toBeNull();
      expect(await vault.isSuppressed('email', confirmed.value)).toBe(true);
      expect(await vault.isSuppressed('email', pending.value)).toBe(false);
      expect(await vault.isSuppressed('phone', confirmed.value)).toBe(false);
      expect(await holder.describe(confirmed.subjectId)).toEqual([]);
    });

    it('are no longer suppressed once somebody confirms the identifier anew', async () => {
      const claim = aClaim();
      await claims.confirm(claim);
      expect(await claims.releaseForErasure(claim.subjectId)).toEqual([
        { category: 'registration.email', table: 'vault.identifier_claims', count: 1 },
      ]);
      const again = { ...claim, subjectId: newId() };
      await claims.claim(again);
      expect(await vault.isSuppressed('email', claim.value)).toBe(true);
      await claims.confirm(again);
      expect(await vault.isSuppressed('email', claim.value)).toBe(false);
    });
  });

  it('are described by category, never by value', async () => {
    const claim = aClaim({ type: 'phone' });
    await claims.confirm(claim);
    expect(await holder.describe(claim.subjectId)).toEqual([
      { category: 'registration.phone', count: 1, since: expect.any(Date) },
    ]);
  });

  it('expire when they were not confirmed within a week', async () => {
    const [pending, confirmed] = [aClaim(), aClaim()];
    await claims.claim(pending);
    await claims.confirm(confirmed);
    const inDays = (days: number) => new Date(Date.now() + days * 24 * 60 * 60 * 1000);
    await expiredRows(holder, inDays(6), 1000);
    expect(await holder.describe(pending.subjectId)).toHaveLength(1);
    await expiredRows(holder, inDays(8), 1000);
    expect(await holder.describe(pending.subjectId)).toEqual([]);
    expect(await holder.describe(confirmed.subjectId)).toHaveLength(1);
  });
});
