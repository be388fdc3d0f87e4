import { DomainError, isId, type Page } from '@abide/kernel';
import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, getSchemaPath } from '@nestjs/swagger';
import { Text, Whole } from './fields.js';

/** The query of every list: how many, and where to go on. */
export class PageQuery {
  @Whole({ min: 1, max: 100, default: 25, optional: true }) readonly limit: number = 25;
  @Text({ max: 200, optional: true, description: 'nextCursor of the page before' }) readonly cursor?: string;
}

/** The end of the year 9999, past which neither a cursor nor PostgreSQL's texts are of use. */
const lastMillisecond = 253_402_300_799_999;

/** A keyset position: the time and id of the last row of a page. */
export interface Position {
  readonly at: Date;
  readonly id: string;
}

/** @throws DomainError `request.bad_cursor` when the text is not one of ours. */
export function readCursor(cursor: string | undefined): Position | null {
  if (cursor === undefined) return null;
  const [millis = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split('|');
  const at = new Date(Number(millis));
  if (!isId(id) || !(at.getTime() >= 0 && at.getTime() <= lastMillisecond))
    throw new DomainError('invalid', 'request.bad_cursor', { detail: 'Start again from the first page.' });
  return { at, id };
}

/** A page out of `limit + 1` rows: the extra one only tells that there is more. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  position: (row: Row) => Position,
  toItem: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor = rows.length > limit && last ? writeCursor(position(last)) : null;
  return { items: shown.map(toItem), nextCursor };
}

function writeCursor({ at, id }: Position): string {
  return Buffer.from(`${at.getTime()}|${id}`).toString('base64url');
}

/** Documents a 200 answer of `{ items, nextCursor }`. */
export function ApiPageOf(item: Type): MethodDecorator {
  return applyDecorators(
    ApiExtraModels(item),
    ApiOkResponse({
      schema: {
        type: 'object',
        required: ['items', 'nextCursor'],
        properties: {
          items: { type: 'array', items: { $ref: getSchemaPath(item) } },
          nextCursor: { type: 'string', nullable: true },
        },
      },
    }),
  );
}
