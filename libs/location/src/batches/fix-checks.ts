import { Injectable } from '@nestjs/common';
import { Gate, isOutOfTime } from '@abide/consent';
import { type Refusal } from '@abide/ingest';
import { faultOf } from '@abide/platform';
import { Ajv } from 'ajv';
import { isPossible } from '../places/plausible.rules.js';
import { fixSchema } from './batch.schema.js';
import { categoryOf, type CheckedFix, type SubmittedFix } from './fix.js';

/** Who may send a fix of whom: a subject or a device of itself only. */
export interface Sender {
  /** Null for a service, which may send of everybody. */
  readonly subjectId: string | null;
  readonly sessionId: string | null;
}

export interface CheckRefusal extends Omit<Refusal, 'index'> {
  readonly code: CheckRefusalCode;
}

type CheckRefusalCode =
  | 'event.malformed'
  | 'event.notYourSubject'
  | 'event.tooOld'
  | 'event.inFuture'
  | 'event.unknownService'
  | 'fix.impossible';

/** What a fix is checked against, the clock in epoch milliseconds. */
interface Circumstances {
  readonly sender: Sender;
  readonly now: number;
  readonly hasGpcSignal: boolean;
  readonly services: ReadonlySet<string>;
}

/** Numbers beyond all measure are numbers, and impossible ones. */
const hasShape = new Ajv({ strict: true, strictNumbers: false }).compile<SubmittedFix>(fixSchema as object);

/** Checks fixes against their shape, the clock and the earth: all that needs nobody's data. */
@Injectable()
export class FixChecks {
  constructor(private readonly gate: Gate) {}

  /** A check under the register of services as it stands now. */
  async current(
    about: Omit<Circumstances, 'services'>,
  ): Promise<(fix: unknown, index: number) => CheckedFix | CheckRefusal> {
    const { rulebook } = await this.gate.inForce();
    const circumstances = { ...about, services: rulebook.registered.services };
    return (fix, index) => check(fix, index, circumstances);
  }
}

function check(
  fix: unknown,
  index: number,
  { sender, now, hasGpcSignal, services }: Circumstances,
): CheckedFix | CheckRefusal {
  if (!hasShape(fix)) return { code: 'event.malformed', ...faultOf(hasShape) };
  const at = Date.parse(fix.occurredAt);
  const subjectId = fix.subjectId.toLowerCase();
  if (sender.subjectId !== null && subjectId !== sender.subjectId) return { code: 'event.notYourSubject' };
  const outOfTime = isOutOfTime(at, now);
  if (outOfTime !== null) return { code: outOfTime };
  if (!isPossible(fix)) return { code: 'fix.impossible' };
  if (!services.has(fix.service)) return { code: 'event.unknownService' };
  return {
    ...fix,
    index,
    at,
    subjectId,
    fixId: fix.fixId.toLowerCase(),
    category: categoryOf(fix.source),
    sessionId: sender.sessionId,
    hasGpcSignal,
  };
}
