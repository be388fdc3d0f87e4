import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import { Clock, DomainError, type Locale } from '@abide/kernel';
import { Database, ScheduledTasks } from '@abide/platform';
import { Repository } from 'typeorm';
import { Attempts } from '../credentials/attempts.js';
import { SubjectSessions } from '../sessions/subject-sessions.service.js';
import { channelOf } from '../subjects/identifier.rules.js';
import { Identifiers } from '../identifiers/identifiers.service.js';
import { DeviceLink } from '../subjects/subject.entity.js';
import { deviceTakenText } from '../verifications/code-messages.js';
import { Messenger } from '../verifications/messenger.js';
import { RegistrationSteps, type Registration } from './registration-steps.js';
import { SubjectAdmission } from '../admission/subject-admission.service.js';

const tellSeconds = 3600;

/** Devices that use the service without signing in, and the people who say that one is theirs. */
@Injectable()
export class Devices implements OnModuleInit {
  constructor(
    @InjectRepository(DeviceLink) private readonly deviceLinkRepository: Repository<DeviceLink>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly steps: RegistrationSteps,
    private readonly admission: SubjectAdmission,
    private readonly sessions: SubjectSessions,
    private readonly attempts: Attempts,
    private readonly identifiers: Identifiers,
    private readonly messenger: Messenger,
    private readonly tasks: ScheduledTasks,
  ) {}

  /** Also tells whose link an upgrade ended. */
  onModuleInit(): void {
    this.tasks.every(tellSeconds, 'identity.tell_ended_links', () => this.tellEnded());
  }

  /** A new device subject and its token. @throws DomainError `session.too_many_attempts`, or of a registration step. */
  async register(
    acceptedRevisionIds: readonly string[],
    locale: Locale,
  ): Promise<{ subjectId: string; token: string }> {
    const registration: Registration = {
      kind: 'device',
      minorStatus: 'unknown',
      acceptedRevisionIds,
      acceptedAt: this.clock.now(),
      profileCategories: [],
      locale,
    };
    await this.attempts.takeDevice();
    await this.steps.check(registration);
    return this.db.transaction(async () => {
      const subjectId = await this.admission.admitDevice(locale);
      await this.steps.run({ ...registration, subjectId });
      return { subjectId, token: await this.sessions.openForDevice(subjectId) };
    });
  }

  /**
   * Links the device that the token is of, and ends the link of whose it was before; they are told. Consents do not move with it.
   * @throws DomainError `device.unknown_token`, also of one whose session ended meanwhile.
   */
  async link(subjectId: string, deviceToken: string): Promise<DeviceLink> {
    const found = await this.sessions.findByDeviceToken(deviceToken);
    if (!found) throw unknownToken();
    const deviceId = found.subjectId;
    await this.db.transaction(async () => {
      if (!(await this.sessions.holdLive(found.subjectId, found.sessionId))) throw unknownToken();
      // A change of the person's age meanwhile waits, so that it finds the link.
      await this.db.query('SELECT 1 FROM identity.subjects WHERE subject_id = $1 FOR SHARE', [subjectId]);
      const now = this.clock.now();
      const added = await this.db.execute(
        `INSERT INTO identity.device_links AS held (subject_id, device_id, linked_at) VALUES ($1, $2, $3)
         ON CONFLICT (subject_id, device_id) DO UPDATE SET linked_at = excluded.linked_at, ended_at = NULL, end_told_at = NULL WHERE held.ended_at IS NOT NULL`,
        [subjectId, deviceId, now],
      );
      if (added === 0) return;
      await this.audit.record({ act: 'device.linked', object: { type: 'subject', id: deviceId }, subjectId });
      await this.endOthers({ subjectId, deviceId }, now);
    });
    await this.tellEnded();
    return this.deviceLinkRepository.findOneByOrFail({ subjectId, deviceId });
  }

  /** Tells whose link has ended by another one, each once. */
  async tellEnded(): Promise<void> {
    const ended = await this.db.query<{ subject_id: string; locale: Locale }>(
      `UPDATE identity.device_links held SET end_told_at = $1 FROM identity.subjects owner
       WHERE held.ended_at IS NOT NULL AND held.end_told_at IS NULL AND owner.subject_id = held.subject_id RETURNING held.subject_id, owner.locale`,
      [this.clock.now()],
    );
    for (const { subject_id, locale } of ended) {
      const [reached] = await this.identifiers.list(subject_id);
      if (reached?.confirmedAt)
        await this.messenger.send({ channel: channelOf(reached.type), to: reached.value, ...deviceTakenText(locale) });
    }
  }

  /** @throws DomainError `device.not_linked`. */
  async unlink(subjectId: string, deviceId: string): Promise<void> {
    await this.db.transaction(async () => {
      const gone = await this.db.execute('DELETE FROM identity.device_links WHERE subject_id = $1 AND device_id = $2', [
        subjectId,
        deviceId,
      ]);
      if (gone === 0) throw new DomainError('notFound', 'device.not_linked');
      await this.audit.record({ act: 'device.unlinked', object: { type: 'subject', id: deviceId }, subjectId });
    });
  }

  /** Whoever links a device holds its session, so that two at the same moment follow one another. */
  private async endOthers(
    { subjectId, deviceId }: Pick<DeviceLink, 'subjectId' | 'deviceId'>,
    now: Date,
  ): Promise<void> {
    const ended = await this.db.query<{ subject_id: string }>(
      `UPDATE identity.device_links SET ended_at = greatest(linked_at, $3::timestamptz)
       WHERE device_id = $2 AND subject_id <> $1 AND ended_at IS NULL RETURNING subject_id`,
      [subjectId, deviceId, now],
    );
    for (const { subject_id } of ended) {
      await this.audit.record({
        act: 'device.linkEnded',
        object: { type: 'subject', id: deviceId },
        subjectId: subject_id,
        actor: { kind: 'system', id: 'system' },
      });
    }
  }
}

function unknownToken(): DomainError {
  return new DomainError('invalid', 'device.unknown_token', {
    detail: 'This is not the token of a device. Nothing was changed.',
  });
}
