import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { isAskedFor, type HeldRecord } from '@abide/platform';
import { Repository } from 'typeorm';
import { Guardianship } from './guardianships/guardianship.entity.js';
import { GuardianshipRecords } from './guardianships/guardianship-records.js';
import { Identifiers } from './identifiers/identifiers.service.js';
import { Mandate } from './mandates/mandate.entity.js';
import { SubjectSessions } from './sessions/subject-sessions.service.js';
import { maskIdentifier, maskName } from './subjects/mask.rules.js';
import { categoryOf, categoryOfIdentifier, profileFields } from './subjects/profile.rules.js';
import { Profiles } from './subjects/profiles.service.js';
import { DeviceLink, Subject } from './subjects/subject.entity.js';

/** What a profile says of the person themselves; of a guardian the guardianship tells. */
const ownProfile = profileFields.filter((field) => field !== 'guardian');
const signInsAtOnce = 100;
/** A sign-in leaves a record of itself and an address. */
export const signInCategories = ['client.signIn', 'log.network'] as const;

type IsWanted = (category: string) => boolean;

/** What identity keeps about a subject, record by record, as the subject may read it. */
@Injectable()
export class IdentityExports {
  constructor(
    @InjectRepository(DeviceLink) private readonly deviceLinkRepository: Repository<DeviceLink>,
    @InjectRepository(Guardianship) private readonly guardianshipRepository: Repository<Guardianship>,
    @InjectRepository(Mandate) private readonly mandateRepository: Repository<Mandate>,
    @InjectRepository(Subject) private readonly subjectRepository: Repository<Subject>,
    private readonly identifiers: Identifiers,
    private readonly profiles: Profiles,
    private readonly sessions: SubjectSessions,
    private readonly guardianships: GuardianshipRecords,
  ) {}

  async *of(subjectId: string, categories?: readonly string[]): AsyncIterable<HeldRecord> {
    const isWanted = (category: string) => isAskedFor(category, categories);
    const subject = await this.subjectRepository.findOneBy({ subjectId });
    if (subject) yield* this.exportAccount(subject, isWanted);
    if (isWanted('guardian.identity')) yield* this.exportGuardianships(subjectId);
    if (isWanted('enterprise.contactPerson')) yield* this.exportMandates(subjectId);
    if (signInCategories.some(isWanted)) yield* this.exportSignIns(subjectId, isWanted);
  }

  private async *exportAccount(
    { subjectId, kind, locale, relativesMayNot, registeredAt: since }: Subject,
    isWanted: IsWanted,
  ): AsyncIterable<HeldRecord> {
    if (isWanted('preference.language'))
      yield {
        category: 'preference.language',
        table: 'identity.subjects',
        id: subjectId,
        since,
        values: { locale, ...(relativesMayNot.length > 0 ? { relativesMayNot } : {}) },
      };
    for (const { type, value, confirmedAt } of await this.identifiers.list(subjectId)) {
      const category = categoryOfIdentifier(type);
      if (!isWanted(category)) continue;
      yield {
        category,
        table: 'identity.identifiers',
        id: type,
        since: confirmedAt ?? since,
        values: { [type]: value },
      };
    }
    const fields = ownProfile.filter((field) => isWanted(categoryOf(kind, field)));
    const profile = await this.profiles.read(subjectId, fields);
    for (const field of fields) {
      const value = profile[field];
      if (value !== undefined)
        yield {
          category: categoryOf(kind, field),
          table: 'identity.profile_fields',
          id: field,
          since,
          values: { [field]: value },
        };
    }
    if (!isWanted('log.deviceIdentifier')) return;
    for (const { deviceId, linkedAt } of await this.deviceLinkRepository.findBy({ subjectId })) {
      yield {
        category: 'log.deviceIdentifier',
        table: 'identity.device_links',
        id: deviceId,
        since: linkedAt,
        values: { deviceId },
      };
    }
  }

  /** To the minor, and to whoever asks for them, as the minor reads it. */
  private async *exportGuardianships(subjectId: string): AsyncIterable<HeldRecord> {
    for (const row of await this.guardianshipRepository.find({ where: { subjectId }, order: { id: 'ASC' } })) {
      const guardian = await this.guardianships.open(row);
      if (!guardian) continue;
      const { name, identifier } = guardian;
      const { type, value } = identifier;
      yield {
        category: 'guardian.identity',
        table: 'identity.guardianships',
        id: row.id,
        since: row.requestedAt,
        values: { state: row.state, name: name && maskName(name), [type]: maskIdentifier(type, value) },
      };
    }
  }

  /** Of an enterprise and of whoever acts for it, to either without who the other is. */
  private async *exportMandates(subjectId: string): AsyncIterable<HeldRecord> {
    const rows = await this.mandateRepository.find({
      where: [{ subjectId }, { personId: subjectId }],
      order: { id: 'ASC' },
    });
    for (const { id, role, acts, namedAt, confirmedAt, expiresAt, endedAt } of rows) {
      const day = (at: Date | null) => at?.toISOString() ?? null;
      yield {
        category: 'enterprise.contactPerson',
        table: 'identity.mandates',
        id,
        since: namedAt,
        values: { role, acts, confirmedAt: day(confirmedAt), expiresAt: day(expiresAt), endedAt: day(endedAt) },
      };
    }
  }

  private async *exportSignIns(subjectId: string, isWanted: IsWanted): AsyncIterable<HeldRecord> {
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<SubjectSessions['signInsAfter']>> = await this.sessions.signInsAfter(
        subjectId,
        after,
        signInsAtOnce,
      );
      for (const { id, at, method, address, client } of page) {
        const values = { at: at.toISOString(), method, client };
        if (isWanted('client.signIn'))
          yield { category: 'client.signIn', table: 'identity.sign_ins', id, since: at, values };
        if (isWanted('log.network'))
          yield { category: 'log.network', table: 'identity.sign_ins', id, since: at, values: { address } };
      }
      after = page.length === signInsAtOnce ? (page.at(-1)?.id ?? null) : null;
    } while (after !== null);
  }
}
