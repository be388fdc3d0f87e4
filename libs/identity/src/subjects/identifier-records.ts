import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';

import { Vault, type IdentifierType, type Place } from '@abide/vault';
import { Repository } from 'typeorm';
import type { Identifier } from './identifier.rules.js';
import { nothingWithoutKeys } from './nothing-without-keys.js';
import { SubjectIdentifier } from './profile.entity.js';

/** An identifier in the open, for its subject or to reach them. */
export interface OpenedIdentifier extends Identifier {
  readonly confirmedAt: Date | null;
}

/** The rows of identifiers, sealed under their subjects' keys. */
@Injectable()
export class IdentifierRecords {
  constructor(
    @InjectRepository(SubjectIdentifier) private readonly subjectIdentifierRepository: Repository<SubjectIdentifier>,
    private readonly vault: Vault,
  ) {}

  async list(subjectId: string): Promise<OpenedIdentifier[]> {
    const rows = await this.subjectIdentifierRepository.find({ where: { subjectId }, order: { type: 'ASC' } });
    const opened: OpenedIdentifier[] = [];
    for (const row of rows) opened.push(await this.open(row));
    return opened;
  }

  /** Like `list`; of a subject whose keys are destroyed, nothing. */
  async listWhileKeysLive(subjectId: string): Promise<OpenedIdentifier[]> {
    return this.list(subjectId).catch(nothingWithoutKeys<OpenedIdentifier[]>([]));
  }

  async find(subjectId: string, type: IdentifierType): Promise<OpenedIdentifier | null> {
    const row = await this.subjectIdentifierRepository.findOneBy({ subjectId, type });
    return row ? this.open(row) : null;
  }

  async seal(subjectId: string, { type, value }: Identifier): Promise<Buffer> {
    return this.vault.seal(placeOf(subjectId, type), value);
  }

  private async open({ subjectId, type, value, confirmedAt }: SubjectIdentifier): Promise<OpenedIdentifier> {
    return { type, value: await this.vault.open(placeOf(subjectId, type), value), confirmedAt };
  }
}

function placeOf(subjectId: string, type: IdentifierType): Place {
  return { subjectId, table: 'identity.identifiers', column: 'value', rowId: type };
}
