import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Deaths, OperatorSubjects, PendingChanges, type ChangeOutcome } from '@abide/identity';
import { Clock, type Localized } from '@abide/kernel';
import { Database } from '@abide/platform';
import { Vault, type Place } from '@abide/vault';
import { PublicRequestRecords } from '../askers/public-request-records.js';
import { OutsideExports } from '../outside/outside-exports.js';
import { Packages } from '../packages/packages.service.js';
import { isOver } from '../request-kinds.js';
import { RequestRecords } from '../requests/request-records.js';
import { RequestRetention } from '../requests/request-retention.js';
import type { SubjectRequest } from '../requests/request.entity.js';
import { refusal } from '../rights.errors.js';

const changeKind = 'deathWithdrawal';

/** What relatives asked about somebody whose death is noted, and what taking the note back would end. */
export interface NotedDeath {
  readonly notedAt: Date;
  /** Requests of theirs that are not over. */
  readonly open: number;
  /** Those that were answered: what was carried out stays so. */
  readonly answered: number;
  /** Packages of theirs that can still be fetched. */
  readonly packages: number;
}

interface Proposed {
  readonly subjectId: string;
  /** Base64 of what is sealed under their keys. */
  readonly sealedReason: string;
}

/**
 * The note of a death was a mistake: one privacy officer says so, another confirms it. Then the account is its owner's again, and what relatives asked about
 * it is taken back, with what they could still fetch.
 */
@Injectable()
export class DeathWithdrawals implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly vault: Vault,
    private readonly changes: PendingChanges,
    private readonly people: OperatorSubjects,
    private readonly deaths: Deaths,
    private readonly records: RequestRecords,
    private readonly packages: Packages,
    private readonly exports: OutsideExports,
    private readonly publicRequests: PublicRequestRecords,
    private readonly retention: RequestRetention,
  ) {}

  onModuleInit(): void {
    this.changes.register({
      name: changeKind,
      permission: 'request.decideAny',
      readPermission: 'request.read',
      confirmPermission: 'request.decideAny',
      basisNow: async ({ objectId }) => {
        const death = await this.find(objectId);
        return death && basisOf(death);
      },
      apply: async ({ objectId, proposed }) => this.withdraw(objectId, await this.reasonIn(proposed as Proposed)),
      detailsFor: ({ proposed }, { permissions }) =>
        this.detailsFor(proposed as Proposed, permissions.includes('request.decideAny')),
    });
  }

  /** @throws DomainError `request.no_death` */
  async get(subjectId: string): Promise<NotedDeath> {
    const death = await this.find(subjectId);
    if (!death) throw refusal('request.no_death');
    return death;
  }

  /** Waits for another privacy officer, always. @throws DomainError `request.no_death` */
  async propose(
    subjectId: string,
    { reason, by }: { readonly reason: string; readonly by: string },
  ): Promise<ChangeOutcome<never>> {
    return this.db.transaction(async () => {
      await this.changes.lock();
      const death = await this.get(subjectId);
      const sealedReason = (await this.vault.seal(reasonPlace(subjectId), reason)).toString('base64');
      const about = { kind: changeKind, objectType: 'death', objectId: subjectId, name, basis: basisOf(death) };
      const proposed = { subjectId, sealedReason };
      return { waiting: await this.changes.propose({ ...about, proposed, opens: opensOf(death), by }) };
    });
  }

  private async find(subjectId: string): Promise<NotedDeath | null> {
    const notedAt = await this.deaths.notedAt(subjectId);
    if (!notedAt) return null;
    const [counted] = await this.db.query<Omit<NotedDeath, 'notedAt'>>(
      `SELECT count(*) FILTER (WHERE asked.closed_at IS NULL)::int AS open,
         count(*) FILTER (WHERE asked.state = 'closed')::int AS answered,
         count(package.expires_at) FILTER (WHERE package.expires_at > $2)::int AS packages
       FROM rights.requests AS asked
       LEFT JOIN rights.request_packages AS package ON package.subject_id = asked.subject_id AND package.request_id = asked.id
       WHERE asked.subject_id = $1 AND asked.asked_as = 'relative'`,
      [subjectId, this.clock.now()],
    );
    return { notedAt, open: 0, answered: 0, packages: 0, ...counted };
  }

  private async withdraw(subjectId: string, reason: string): Promise<void> {
    await this.deaths.withdraw(subjectId, reason);
    const keptUntil = await this.retention.endOfClosed();
    const asked = await this.db.query<{ id: string }>(
      "SELECT id FROM rights.requests WHERE subject_id = $1 AND asked_as = 'relative'",
      [subjectId],
    );
    for (const { id } of asked) await this.records.change(id, (own) => this.end(own, keptUntil));
  }

  /** Under its lock, since it may be carried out or closed meanwhile. */
  private async end(request: SubjectRequest, keptUntil: Date): Promise<void> {
    await this.packages.destroy(request);
    await this.exports.discard(request);
    if (isOver(request.state)) return;
    request.stop(this.clock.now(), keptUntil);
    await this.records.note(request, 'cancelled');
    await this.publicRequests.releaseEvidence(request.id);
  }

  /** Whom it is about, masked; why, for whoever may agree. */
  private async detailsFor(proposed: Proposed, mayReadWhy: boolean): Promise<object> {
    const { subjectId } = proposed;
    const displayName = (await this.people.displayNames([subjectId])).get(subjectId) ?? null;
    if (!mayReadWhy || displayName === null) return { displayName };
    return { displayName, reason: await this.reasonIn(proposed) };
  }

  private reasonIn({ subjectId, sealedReason }: Proposed): Promise<string> {
    return this.vault.open(reasonPlace(subjectId), Buffer.from(sealedReason, 'base64'));
  }
}

const name: Localized = { 'zh-CN': '一名用户', en: 'A person' };

/** Sealed for the proposal that it lies in. */
function reasonPlace(subjectId: string): Place {
  return { subjectId, table: 'rights.death_withdrawals', column: 'reason', rowId: subjectId };
}

/** Whatever relatives asked or were answered meanwhile makes it another thing to agree to. */
function basisOf({ notedAt, open, answered }: NotedDeath): string {
  return `${notedAt.toISOString()} ${open} ${answered}`;
}

function opensOf({ open, answered, packages }: NotedDeath): Localized[] {
  const again = {
    'zh-CN': '账户重新归其主人使用：可以登录，其信息可以再按政策收集、使用和共享。',
    en: 'The account is its owner’s again: they sign in, and their data is collected, used and shared again as the policies allow.',
  };
  const ended = {
    'zh-CN': `撤回近亲属尚未办结的 ${open} 项请求，销毁 ${packages} 份尚可领取的资料包。`,
    en: `Of what relatives asked, ${open} open are taken back, and ${packages} packages that can still be fetched are destroyed.`,
  };
  const stays = {
    'zh-CN': `已办结的 ${answered} 项请求不能撤回：已领取的资料和已作的更改保持原样。`,
    en: `What was answered, ${answered} of them, cannot be taken back: what was fetched and changed stays so.`,
  };
  return answered > 0 ? [again, ended, stays] : [again, ended];
}
