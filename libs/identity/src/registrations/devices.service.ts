import { Injectable } from '@nestjs/common';
import { Audit } from '@abide/audit';
import { Clock, DomainError, type Locale } from '@abide/kernel';
import { Database } from '@abide/platform';
import { Attempts } from '../credentials/attempts.js';
import { SubjectSessions } from '../sessions/subject-sessions.service.js';
import { DeviceLink } from '../subjects/subject.entity.js';
import { RegistrationSteps, type Registration } from './registration-steps.js';
import { SubjectAdmission } from './subject-admission.service.js';

/** Devices that use the service without signing in, and the people who say that one is theirs. */
@Injectable()
export class Devices {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly steps: RegistrationSteps,
    private readonly admission: SubjectAdmission,
    private readonly sessions: SubjectSessions,
    private readonly attempts: Attempts,
  ) {}

  /** A new device subject and its token. @throws DomainError `session.too_many_attempts`, or of a registration step. */
  async register(acceptedRevisionIds: readonly string[], locale: Locale): Promise<{ subjectId: string; token: string }> {
    const registration: Registration = { kind: 'device', minorStatus: 'unknown', acceptedRevisionIds, acceptedAt: this.clock.now(), profileCategories: [], locale };
    await this.attempts.takeDevice();
    await this.steps.check(registration);
    return this.db.transaction(async () => {
      const subjectId = await this.admission.admitDevice(locale);
      await this.steps.run({ ...registration, subjectId });
      return { subjectId, token: await this.sessions.openForDevice(subjectId) };
    });
  }

  /** Links the device that the token is of. Consents do not move with it. @throws DomainError `device.unknown_token`. */
  async link(subjectId: string, deviceToken: string): Promise<DeviceLink> {
    const found = await this.sessions.findByDeviceToken(deviceToken);
    if (!found || (await this.sessions.findLive(found.subjectId, found.sessionId)) !== 'device') {
      throw new DomainError('invalid', 'device.unknown_token', { detail: 'This is not the token of a device. Nothing was changed.' });
    }
    const link = { subjectId, deviceId: found.subjectId, linkedAt: this.clock.now() };
    await this.db.transaction(async () => {
      const added = await this.db.execute(
        'INSERT INTO identity.device_links (subject_id, device_id, linked_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
        [link.subjectId, link.deviceId, link.linkedAt],
      );
      if (added === 1) await this.audit.record({ act: 'device.linked', object: { type: 'subject', id: link.deviceId }, subjectId });
    });
    return this.db.manager.findOneByOrFail(DeviceLink, { subjectId, deviceId: link.deviceId });
  }

  /** @throws DomainError `device.not_linked`. */
  async unlink(subjectId: string, deviceId: string): Promise<void> {
    await this.db.transaction(async () => {
      const gone = await this.db.execute('DELETE FROM identity.device_links WHERE subject_id = $1 AND device_id = $2', [subjectId, deviceId]);
      if (gone === 0) throw new DomainError('notFound', 'device.not_linked');
      await this.audit.record({ act: 'device.unlinked', object: { type: 'subject', id: deviceId }, subjectId });
    });
  }
}
