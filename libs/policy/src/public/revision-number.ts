import { Injectable, type PipeTransform } from '@nestjs/common';
import { refusal } from '../policy.errors.js';

const greatest = 2_147_483_647;

/** The number of a revision out of an address. @throws DomainError `policy.revision_not_found` for what no revision can be numbered */
export function toRevisionNumber(text: string): number {
  const number = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : Infinity;
  if (number > greatest) throw refusal('policy.revision_not_found', { detail: 'There is no such published revision.' });
  return number;
}

/** Reads the number of a revision from the address. */
@Injectable()
export class RevisionNumber implements PipeTransform<string, number> {
  transform(text: string): number {
    return toRevisionNumber(text);
  }
}
