import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Clock } from '@abide/kernel';
import { Database, type Message, type Position } from '@abide/platform';
import { Vault, type Place } from '@abide/vault';
import { IsNull, Repository } from 'typeorm';
import { channelOf, type Identifier } from '../subjects/identifier.rules.js';
import { IdentifierRecords } from '../subjects/identifier-records.js';
import { nothingWithoutKeys } from '../subjects/nothing-without-keys.js';
import type { GuardianText } from './guardian-messages.js';
import { mostOpen, type Guardian } from './guardian.rules.js';
import { Guardianship } from './guardianship.entity.js';

/** A guardianship with the guardian in the open; null once the guardian has been erased. */
export interface OpenedGuardianship {
  readonly guardianship: Guardianship;
  readonly guardian: Guardian | null;
}

type Whose = Pick<Guardianship, 'subjectId' | 'id'>;

/** The rows of guardianships, sealed under the minor's keys. */
@Injectable()
export class GuardianshipRecords {
  constructor(
    @InjectRepository(Guardianship) private readonly guardianshipRepository: Repository<Guardianship>,
    private readonly db: Database,
    private readonly vault: Vault,
    private readonly clock: Clock,
    private readonly identifiers: IdentifierRecords,
  ) {}

  /** A page of a minor's, newest first: `limit` and one more, to tell that there are more. */
  async pageOfMinor(subjectId: string, limit: number, after: Position | null): Promise<OpenedGuardianship[]> {
    const query = this.guardianshipRepository
      .createQueryBuilder('held')
      .where('held.subjectId = :subjectId', { subjectId });
    if (after) query.andWhere('(held.requestedAt, held.id) < (:at, :id)', after);
    const rows = await query
      .orderBy('held.requestedAt', 'DESC')
      .addOrderBy('held.id', 'DESC')
      .limit(limit + 1)
      .getMany();
    const opened: OpenedGuardianship[] = [];
    for (const guardianship of rows) opened.push({ guardianship, guardian: await this.open(guardianship) });
    return opened;
  }

  /** A page of the confirmed ones that name `guardianId`, newest first: `limit` and one more. */
  async pageOfGuardian(guardianId: string, limit: number, after: Position | null): Promise<Guardianship[]> {
    const query = this.guardianshipRepository
      .createQueryBuilder('held')
      .where("held.guardianId = :guardianId AND held.state = 'confirmed'", { guardianId });
    if (after) query.andWhere('(held.confirmedAt, held.id) < (:at, :id)', after);
    return query
      .orderBy('held.confirmedAt', 'DESC')
      .addOrderBy('held.id', 'DESC')
      .limit(limit + 1)
      .getMany();
  }

  /** Every one of this guardian and this minor, whatever its state, the oldest first. */
  async between(guardianId: string, subjectId: string): Promise<Guardianship[]> {
    return this.guardianshipRepository.find({
      where: { subjectId, guardianId },
      order: { requestedAt: 'ASC', id: 'ASC' },
      take: 100,
    });
  }

  async open(row: Guardianship): Promise<Guardian | null> {
    return row.guardian && (JSON.parse(await this.vault.open(placeOf(row), row.guardian)) as Guardian);
  }

  /** Like `open`; null as well where the minor's keys are destroyed. */
  async openWhileKeysLive(row: Guardianship): Promise<Guardian | null> {
    return this.open(row).catch(nothingWithoutKeys(null));
  }

  /**
   * A message to a guardian, null where nobody can be reached any more. Whoever has an account is reached there, at a confirmed address, of the type they
   * were named by if they have one; the address itself may be somebody else's by now.
   */
  async messageTo(row: Guardianship, text: GuardianText): Promise<Message | null> {
    const named = (await this.openWhileKeysLive(row))?.identifier ?? null;
    const to = row.guardianId === null ? named : await this.confirmedOf(row.guardianId, named?.type);
    return to && { channel: channelOf(to.type), to: to.value, ...text };
  }

  /** The confirmed ones whose guardian decides for the minor, but for the one named, the oldest first. */
  async deciding(subjectId: string, exceptId: string): Promise<Guardianship[]> {
    const confirmed = await this.guardianshipRepository.find({
      where: { subjectId, state: 'confirmed', kind: 'consent' },
      order: { confirmedAt: 'ASC' },
      take: mostOpen,
    });
    return confirmed.filter(({ id }) => id !== exceptId);
  }

  /**
   * What a guardian withdrew in a guardianship that is over stands no more once they consent again. Only an account withdraws, so only the same account
   * takes back: the address it was named by may be somebody else's now. Joins the open transaction.
   */
  async takeBack(subjectId: string, guardianId: string): Promise<void> {
    await this.db.execute(
      `UPDATE identity.guardianships SET set_aside = set_aside + tstzmultirange(tstzrange($3::timestamptz, NULL))
       WHERE subject_id = $1 AND guardian_id = $2 AND state = 'ended' AND consent_withdrawn_at IS NOT NULL AND NOT upper_inf(set_aside)`,
      [subjectId, guardianId, this.clock.now()],
    );
  }

  /** Those that the ward of a confirmed guardian named beside them and that wait for a yes, the oldest first. */
  async proposed({ subjectId, kind }: Guardianship): Promise<OpenedGuardianship[]> {
    if (kind !== 'consent') return [];
    const rows = await this.guardianshipRepository.find({
      where: { subjectId, state: 'pending', acceptedAt: IsNull() },
      order: { requestedAt: 'ASC' },
      take: mostOpen,
    });
    const opened: OpenedGuardianship[] = [];
    for (const guardianship of rows)
      opened.push({ guardianship, guardian: await this.openWhileKeysLive(guardianship) });
    return opened;
  }

  async seal(whose: Whose, guardian: Guardian): Promise<Buffer> {
    return this.vault.seal(placeOf(whose), JSON.stringify(guardian));
  }

  private async confirmedOf(guardianId: string, preferred: Identifier['type'] | undefined): Promise<Identifier | null> {
    const confirmed = (await this.identifiers.listWhileKeysLive(guardianId)).filter(
      ({ confirmedAt }) => confirmedAt !== null,
    );
    return confirmed.find(({ type }) => type === preferred) ?? confirmed[0] ?? null;
  }
}

function placeOf({ subjectId, id }: Whose): Place {
  return { subjectId, table: 'identity.guardianships', column: 'guardian', rowId: id };
}
