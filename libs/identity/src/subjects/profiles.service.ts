import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Clock } from '@abide/kernel';
import { Database } from '@abide/platform';
import { Vault, type Place } from '@abide/vault';
import { In, Repository } from 'typeorm';
import { maskName } from './mask.rules.js';
import { nothingWithoutKeys } from './nothing-without-keys.js';
import { ProfileFieldRow } from './profile.entity.js';
import { categoryOf, searchForm, type Profile, type ProfileField } from './profile.rules.js';
import type { SubjectKind } from './subject.entity.js';

interface Whose {
  readonly subjectId: string;
  readonly kind: SubjectKind;
}

/** What subjects have told of themselves, sealed field by field. */
@Injectable()
export class Profiles {
  constructor(
    @InjectRepository(ProfileFieldRow) private readonly profileFieldRowRepository: Repository<ProfileFieldRow>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly vault: Vault,
  ) {}

  /** Sets the fields given; null clears one. Joins the open transaction. */
  async write({ subjectId, kind }: Whose, changes: Partial<Record<ProfileField, string | null>>): Promise<void> {
    await this.db.transaction(async () => {
      for (const [field, value] of Object.entries(changes) as [ProfileField, string | null | undefined][]) {
        if (value === undefined) continue;
        if (value === null) await this.profileFieldRowRepository.delete({ subjectId, field });
        else
          await this.profileFieldRowRepository.upsert(await this.sealed({ subjectId, kind }, field, value), [
            'subjectId',
            'field',
          ]);
      }
    });
  }

  /** Opens the profile, or only the fields named. */
  async read(subjectId: string, fields?: readonly ProfileField[]): Promise<Profile> {
    const rows = await this.profileFieldRowRepository.findBy({ subjectId });
    const profile: Profile = {};
    for (const row of rows) {
      if (fields === undefined || fields.includes(row.field))
        profile[row.field] = await this.vault.open(placeOf(row), row.value);
    }
    return profile;
  }

  /** Like `read`; of a subject whose keys are destroyed, nothing. */
  async readWhileKeysLive(subjectId: string, fields: readonly ProfileField[]): Promise<Profile> {
    return this.read(subjectId, fields).catch(nothingWithoutKeys<Profile>({}));
  }

  /** The birth dates (`YYYY-MM-DD`) of those who gave one and whose keys live. Inside a transaction their keys are read at once. */
  async birthDates(subjectIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.valuesOf(subjectIds, 'birthDate');
  }

  /** The names, masked, of those who gave one and whose keys live; in as many statements for many as for one. */
  async maskedNames(subjectIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const names = await this.db.transaction(() => this.valuesOf(subjectIds, 'name'));
    return new Map([...names].map(([subjectId, name]) => [subjectId, maskName(name)]));
  }

  /** Subjects whose ID number is exactly this one, ten at most. */
  async findByIdNumber(idNumber: string): Promise<string[]> {
    const index = await this.indexOf('idNumber', idNumber);
    const rows = await this.db.query<{ subject_id: string }>(
      'SELECT subject_id FROM identity.profile_fields WHERE blind_index = $1 ORDER BY subject_id LIMIT 10',
      [index],
    );
    return rows.map(({ subject_id }) => subject_id);
  }

  private async valuesOf(subjectIds: readonly string[], field: ProfileField): Promise<ReadonlyMap<string, string>> {
    const rows = await this.profileFieldRowRepository.findBy({ subjectId: In([...subjectIds]), field });
    if (this.db.isInTransaction)
      await this.vault.prepare(
        rows.map(({ subjectId }) => subjectId),
        'open',
      );
    const opened = new Map<string, string>();
    for (const row of rows) {
      const value = await this.vault.open(placeOf(row), row.value).catch(nothingWithoutKeys(null));
      if (value !== null) opened.set(row.subjectId, value);
    }
    return opened;
  }

  private async sealed({ subjectId, kind }: Whose, field: ProfileField, text: string): Promise<ProfileFieldRow> {
    return this.profileFieldRowRepository.create({
      subjectId,
      field,
      category: categoryOf(kind, field),
      updatedAt: this.clock.now(),
      value: await this.vault.seal(placeOf({ subjectId, field }), text),
      blindIndex: await this.indexOf(field, text),
    });
  }

  private async indexOf(field: ProfileField, text: string): Promise<Buffer | null> {
    const form = searchForm(field, text);
    return form === null ? null : this.vault.blindIndex(`profile.${field}`, form);
  }
}

function placeOf({ subjectId, field }: { subjectId: string; field: ProfileField }): Place {
  return { subjectId, table: 'identity.profile_fields', column: 'value', rowId: field };
}
