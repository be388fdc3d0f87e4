import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import { PendingChanges, type ChangeOutcome, type GrantEvidence } from '@abide/identity';
import { Database } from '@abide/platform';
import { Repository } from 'typeorm';
import { opensWords, RequestSettings, type RequestTerms } from './request-settings.entity.js';

const kind = 'requestSettings';
const object = { type: kind, id: 'requests' } as const;
const name = { 'zh-CN': '请求的处理方式', en: 'How requests are answered' };

/** How requests are answered: what lets more happen without a person waits for a second operator, what narrows takes effect at once. */
@Injectable()
export class RequestSettingsService implements OnModuleInit {
  constructor(
    @InjectRepository(RequestSettings) private readonly settingsRepository: Repository<RequestSettings>,
    private readonly db: Database,
    private readonly changes: PendingChanges,
    private readonly audit: Audit,
  ) {}

  onModuleInit(): void {
    this.changes.register({
      name: kind,
      permission: 'request.configure',
      readPermission: 'request.readSettings',
      basisNow: async () => String((await this.lock()).version),
      apply: async ({ proposed }, evidence) => {
        await this.set(await this.lock(), proposed as RequestTerms, evidence);
      },
    });
  }

  async current(): Promise<RequestTerms> {
    return this.settingsRepository.findOneByOrFail({ id: 1 });
  }

  async change(wanted: Partial<RequestTerms>, by: string): Promise<ChangeOutcome<RequestTerms>> {
    return this.db.transaction(async () => {
      await this.changes.lock();
      const settings = await this.lock();
      const after: RequestTerms = {
        preparesItself: wanted.preparesItself ?? settings.preparesItself,
        correctsItself: wanted.correctsItself ?? settings.correctsItself,
        waitingDays: wanted.waitingDays ?? settings.waitingDays,
      };
      const opens = opensWords(settings, after);
      if (opens.length === 0) return { done: await this.set(settings, after, {}) };
      const { preparesItself, correctsItself, waitingDays } = settings;
      const before = { preparesItself, correctsItself, waitingDays };
      const about = { kind, objectType: object.type, objectId: object.id, name, basis: String(settings.version) };
      return this.changes.proposeOrAct({ ...about, proposed: { ...after, before }, opens, by }, (evidence) =>
        this.set(settings, after, evidence),
      );
    });
  }

  private lock(): Promise<RequestSettings> {
    return this.settingsRepository
      .createQueryBuilder('settings')
      .setLock('pessimistic_write')
      .where('settings.id = 1')
      .getOneOrFail();
  }

  private async set(
    { version }: RequestSettings,
    { preparesItself, correctsItself = false, waitingDays }: RequestTerms,
    evidence: GrantEvidence,
  ): Promise<RequestTerms> {
    await this.settingsRepository.update(
      { id: 1 },
      { version: version + 1, preparesItself, correctsItself, waitingDays },
    );
    await this.audit.record({
      act: 'requestSettings.changed',
      object,
      details: { preparesItself, correctsItself, waitingDays, ...evidence },
    });
    return { preparesItself, correctsItself, waitingDays };
  }
}
