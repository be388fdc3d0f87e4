import { DomainError } from '@abide/kernel';

/** Where an entry stands in a timeline: newest first by time, then by id. */
export interface TimelinePosition {
  readonly at: Date;
  /** What happened and to what, such as `opened/<uuid>`: no two entries of a subject have the same. */
  readonly id: string;
}

const idShape = /^[\w.]{1,60}\/[0-9a-f-]{36}$/;
const lastMillisecond = 253_402_300_799_999;

/** @throws DomainError `request.bad_cursor` when the text is not one of ours. */
export function readTimelineCursor(cursor: string | undefined): TimelinePosition | null {
  if (cursor === undefined) return null;
  const [millis = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split('|');
  const at = new Date(Number(millis));
  if (idShape.test(id) && at.getTime() >= 0 && at.getTime() <= lastMillisecond) return { at, id };
  throw new DomainError('invalid', 'request.bad_cursor', { detail: 'Start again from the first page.' });
}

export function writeTimelineCursor({ at, id }: TimelinePosition): string {
  return Buffer.from(`${at.getTime()}|${id}`).toString('base64url');
}

/** Ids are compared by their bytes, as `COLLATE "C"` does. */
export function newestFirst(a: TimelinePosition, b: TimelinePosition): number {
  if (a.at.getTime() !== b.at.getTime()) return b.at.getTime() - a.at.getTime();
  if (a.id === b.id) return 0;
  return a.id < b.id ? 1 : -1;
}
