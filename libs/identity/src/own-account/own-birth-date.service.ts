import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import { Clock, DomainError } from '@abide/kernel';
import { Database } from '@abide/platform';
import { Repository } from 'typeorm';
import { MinorHandOver } from '../guardianships/minor-hand-over.service.js';
import { SubjectSignIn } from '../sessions/subject-sign-in.service.js';
import { MinorAges } from '../subjects/minor-ages.js';
import { minorStatusOf } from '../subjects/minor.rules.js';
import { Profiles } from '../subjects/profiles.service.js';
import { Subject } from '../subjects/subject.entity.js';

/** How somebody whose account says no age states their birth date: once, as at a registration, and so proves that they may be a guardian. */
@Injectable()
export class OwnBirthDate {
  constructor(
    @InjectRepository(Subject) private readonly subjectRepository: Repository<Subject>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly profiles: Profiles,
    private readonly ages: MinorAges,
    private readonly handOver: MinorHandOver,
    private readonly signIn: SubjectSignIn,
  ) {}

  /**
   * Keeps the birth date and what follows from it, for the person and for the children they are the guardian of.
   * @throws DomainError `subject.birth_date_known`, `subject.restricted`, `registration.implausible_birth_date`, or as `SubjectSignIn.reauthenticate`.
   */
  async state(
    whose: { subjectId: string; sessionId: string },
    birthDate: string,
    password: string | undefined,
  ): Promise<void> {
    const { subjectId } = whose;
    const to = minorStatusOf(birthDate, this.clock.now(), await this.ages.current());
    await this.signIn.reauthenticate(whose, password);
    await this.db.transaction(async () => {
      const subject = await this.getLocked(subjectId);
      subject.requireUnrestricted();
      if ((await this.profiles.read(subjectId, ['birthDate'])).birthDate !== undefined) throw known();
      await this.profiles.write(subject, { birthDate });
      await this.audit.record({
        act: 'subject.birthDateStated',
        object: { type: 'subject', id: subjectId },
        subjectId,
      });
      if (to !== subject.minorStatus) await this.handOver.settle({ subjectId, from: subject.minorStatus, to });
    });
  }

  private async getLocked(subjectId: string): Promise<Subject> {
    await this.db.query('SELECT 1 FROM identity.subjects WHERE subject_id = $1 FOR UPDATE', [subjectId]);
    const subject = await this.subjectRepository.findOneBy({ subjectId });
    if (!subject) throw new DomainError('notFound', 'subject.not_found');
    return subject;
  }
}

function known(): DomainError {
  return new DomainError('conflict', 'subject.birth_date_known', {
    detail: 'A birth date was given already; it is corrected by a request. Nothing was changed.',
  });
}
