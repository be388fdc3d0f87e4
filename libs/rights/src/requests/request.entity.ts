import { mandateRoles } from '@abide/identity';
import { dayInMilliseconds, newId, type Locale } from '@abide/kernel';
import { AboutTheRecord, Classified } from '@abide/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { KeptClock } from '../clock/kept-clock.schema.js';
import { refusal } from '../rights.errors.js';
import {
  isOver,
  needsCode,
  type RequestChannel,
  type RequestOutcome,
  type RequestState,
  type RequestType,
} from '../request-kinds.js';

const identityLapsesDays = 7;
/** How long a decision can be appealed against. */
export const appealDays = 30;
/** How long a question to the subject may stand, and the clock with it. */
export const questionDays = 14;

export interface NewRequest {
  readonly subjectId: string;
  readonly type: RequestType;
  readonly channel: RequestChannel;
  readonly locale: Locale;
  readonly categories: readonly string[];
  readonly purpose: string | null;
}

/** As what somebody asks for an enterprise, or for their ward. */
export const askerRoles = [...mandateRoles, 'guardian', 'relative'] as const;
export type AskerRole = (typeof askerRoles)[number];

/** A right that somebody exercises, from being asked for to being answered. Who may do what, and when, is the service's. */
@Entity({ schema: 'rights', name: 'requests' })
export class SubjectRequest {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('uuid') id!: string;
  /** What people call it. */
  @AboutTheRecord() @Column('text') number!: string;
  @AboutTheRecord() @Column('text') type!: RequestType;
  @AboutTheRecord() @Column('text') state!: RequestState;
  @AboutTheRecord() @Column('text') channel!: RequestChannel;
  /** The operator who recorded it for whoever called, wrote or came. */
  @AboutTheRecord() @Column('uuid', { name: 'opened_by', nullable: true }) openedBy!: string | null;
  /** Of a request about an enterprise or a ward: who asked for it, and as what. A near relative of somebody who died is known by the request alone. */
  @Classified({ category: 'enterprise.contactPerson', identifying: true, sealed: false })
  @Column('uuid', { name: 'asked_by', nullable: true })
  askedBy!: string | null;
  @AboutTheRecord() @Column('text', { name: 'asked_as', nullable: true }) askedAs!: AskerRole | null;
  @AboutTheRecord() @Column('text') locale!: Locale;
  /** What it is about; empty for everything. */
  @AboutTheRecord() @Column('text', { array: true }) categories!: string[];
  /** Of an objection: to which purpose. */
  @AboutTheRecord() @Column('text', { nullable: true }) purpose!: string | null;
  /** In the subject's words, with what they would have corrected: JSON of `RequestContent`. */
  @Classified({ category: 'client.instruction', identifying: true, sealed: true })
  @Column('bytea', { nullable: true })
  content!: Buffer | null;
  /** What they were answered. */
  @Classified({ category: 'client.instruction', identifying: true, sealed: true })
  @Column('bytea', { nullable: true })
  answer!: Buffer | null;
  /** Whom it is about and who has to answer, as it stood when identity was proven: JSON of `FrozenScope`. */
  @Classified({ category: 'client.instruction', identifying: true, sealed: true })
  @Column('bytea', { nullable: true })
  scope!: Buffer | null;
  /** Where the answer goes once there is no account any more: JSON of `Farewell`. Null once it was delivered. */
  @Classified({ category: 'registration.email', identifying: true, sealed: true })
  @Column('bytea', { nullable: true })
  farewell!: Buffer | null;
  @AboutTheRecord() @Column('uuid', { name: 'verification_id', nullable: true }) verificationId!: string | null;
  @AboutTheRecord() @Column('timestamptz', { name: 'opened_at' }) openedAt!: Date;
  @AboutTheRecord() @Column('timestamptz', { name: 'verified_at', nullable: true }) verifiedAt!: Date | null;
  /** Whether whoever asked gave a proof beside the code: the password of their account. */
  @AboutTheRecord() @Column('boolean', { name: 'has_second_proof' }) hasSecondProof!: boolean;
  /** Everything that the deadline follows from. */
  @AboutTheRecord() @Column('jsonb') clock!: KeptClock;
  /** Null while the subject owes an answer, and once it is over. */
  @AboutTheRecord() @Column('timestamptz', { name: 'due_at', nullable: true }) dueAt!: Date | null;
  /** The holidays of a year on the way to the deadline are not published yet. */
  @AboutTheRecord() @Column('boolean', { name: 'is_provisional' }) isProvisional!: boolean;
  @AboutTheRecord() @Column('uuid', { nullable: true }) assignee!: string | null;
  @AboutTheRecord() @Column('uuid', { name: 'decided_by', nullable: true }) decidedBy!: string | null;
  @AboutTheRecord() @Column('timestamptz', { name: 'decided_at', nullable: true }) decidedAt!: Date | null;
  @AboutTheRecord() @Column('text', { nullable: true }) outcome!: RequestOutcome | null;
  /** 1, and one more for each appeal. */
  @AboutTheRecord() @Column('integer') round!: number;
  @AboutTheRecord() @Column('timestamptz', { name: 'waiting_until', nullable: true }) waitingUntil!: Date | null;
  @AboutTheRecord() @Column('timestamptz', { name: 'closed_at', nullable: true }) closedAt!: Date | null;
  /** Whether it was answered by its deadline; null before it is answered, and of those answered before anybody noted it. */
  @AboutTheRecord() @Column('boolean', { name: 'is_in_time', nullable: true }) isInTime!: boolean | null;
  /** Of one that was joined to an earlier one of its kind: that one. */
  @AboutTheRecord() @Column('uuid', { name: 'joined_to', nullable: true }) joinedTo!: string | null;
  /** How far before its deadline somebody was warned: nobody yet, whoever it is assigned to, the privacy officers. */
  @AboutTheRecord() @Column('integer') escalation!: 0 | 1 | 2;
  @AboutTheRecord() @Column('timestamptz', { name: 'kept_until', nullable: true }) keptUntil!: Date | null;
  @AboutTheRecord() @Column('integer') version!: number;

  static open(wanted: NewRequest, at: Date): SubjectRequest {
    return Object.assign(new SubjectRequest(), {
      ...wanted,
      categories: [...wanted.categories],
      id: newId(),
      state: needsCode(wanted.type) && wanted.channel === 'app' ? ('awaitingIdentity' as const) : ('open' as const),
      openedBy: null,
      askedBy: null,
      askedAs: null,
      content: null,
      answer: null,
      scope: null,
      farewell: null,
      verificationId: null,
      openedAt: at,
      verifiedAt: null,
      hasSecondProof: false,
      dueAt: null,
      isProvisional: false,
      assignee: null,
      decidedBy: null,
      decidedAt: null,
      outcome: null,
      round: 1,
      waitingUntil: null,
      closedAt: null,
      isInTime: null,
      joinedTo: null,
      escalation: 0 as const,
      keptUntil: null,
      version: 1,
    });
  }

  /** Whoever asked before this instant and never proved who they are is too late now. */
  static unprovenSince(now: Date): Date {
    return new Date(now.getTime() - identityLapsesDays * dayInMilliseconds);
  }

  /** When it lapses unless somebody proves who they are. */
  get lapsesAt(): Date {
    return new Date(this.openedAt.getTime() + identityLapsesDays * dayInMilliseconds);
  }

  /** Whether a guardian or a near relative asked it: of what they wrote and were answered, whom it is about reads nothing. */
  get isAskedByAnother(): boolean {
    return this.askedAs === 'guardian' || this.askedAs === 'relative';
  }

  /** What another asked is seen by whom it is about, and left to who asked. @throws DomainError `request.asked_by_guardian`, `request.asked_by_relative` */
  requireAskedByThem(): void {
    if (this.isAskedByAnother)
      throw refusal(this.askedAs === 'relative' ? 'request.asked_by_relative' : 'request.asked_by_guardian');
  }

  /** @throws DomainError `request.state` unless identity is still to be proven, `request.lapsed` */
  prove(at: Date): void {
    this.requireState('awaitingIdentity');
    if (at >= this.lapsesAt) throw refusal('request.lapsed');
    this.state = 'open';
    this.verifiedAt = at;
  }

  /** The subject owes an answer from now on, and the clock stands. @throws DomainError `request.state` */
  ask(at: Date): void {
    this.requireState('open');
    this.state = 'awaitingSubject';
    this.clock = { ...this.clock, pauses: [...this.clock.pauses, { from: at.toISOString(), until: null }] };
  }

  /** What was asked is answered, and the clock goes on. Where nothing was asked, a further word changes nothing. */
  hear(at: Date): void {
    if (isOver(this.state)) throw refusal('request.over');
    if (this.state !== 'awaitingSubject') return;
    this.state = 'open';
    const pauses = this.clock.pauses.map(({ from, until }) => ({ from, until: until ?? at.toISOString() }));
    this.clock = { ...this.clock, pauses };
  }

  /** @throws DomainError `request.extended_already`, `request.overdue`, `request.state` */
  extend(extension: NonNullable<KeptClock['extension']>, at: Date): void {
    if (this.clock.extension) throw refusal('request.extended_already');
    if (this.state !== 'awaitingSubject') this.requireState('open');
    if (this.dueAt !== null && at > this.dueAt) throw refusal('request.overdue');
    this.clock = { ...this.clock, extension };
  }

  /** Whether `extend` would find nothing against it. */
  isExtendable(at: Date): boolean {
    const isUndecided = this.state === 'open' || this.state === 'awaitingSubject';
    return isUndecided && !this.clock.extension && (this.dueAt === null || at <= this.dueAt);
  }

  /** `by`: the operator, null where nobody had to look. @throws DomainError `request.state` unless it waits for a decision */
  decide(outcome: RequestOutcome, by: string | null, at: Date): void {
    this.requireState('open');
    this.outcome = outcome;
    this.decidedBy = by;
    this.decidedAt = at;
  }

  waitFor(state: 'awaitingSecond' | 'fulfilling'): void {
    this.state = state;
  }

  waitUntil(at: Date): void {
    this.state = 'waiting';
    this.waitingUntil = at;
  }

  /** Sent back: what was decided is not, and somebody decides anew. */
  sendBack(): void {
    this.requireState('awaitingSecond');
    this.state = 'open';
    this.outcome = null;
    this.decidedBy = null;
    this.decidedAt = null;
  }

  close(at: Date, keptUntil: Date): void {
    this.isInTime = this.dueAt === null || at <= this.dueAt;
    this.end('closed', at, keptUntil);
  }

  /** Taken back by whoever made it. @throws DomainError `request.over`, `request.under_way` */
  cancel(at: Date, keptUntil: Date): void {
    if (this.state === 'fulfilling') throw refusal('request.under_way');
    this.stop(at, keptUntil);
  }

  /** Whoever made it may not have what it asked for: ended wherever it stands, also while it is carried out. @throws DomainError `request.over` */
  stop(at: Date, keptUntil: Date): void {
    if (isOver(this.state)) throw refusal('request.over');
    this.end('cancelled', at, keptUntil);
  }

  lapse(at: Date, keptUntil: Date): void {
    this.requireState('awaitingIdentity');
    this.end('lapsed', at, keptUntil);
  }

  /** Decided anew, by somebody else. @throws DomainError `request.nothing_to_appeal`, `request.appeal_too_late` */
  appeal(at: Date): void {
    if (this.state !== 'closed' || this.outcome === 'granted' || this.outcome === null)
      throw refusal('request.nothing_to_appeal');
    if (this.closedAt === null || at.getTime() > this.closedAt.getTime() + appealDays * dayInMilliseconds)
      throw refusal('request.appeal_too_late');
    Object.assign(this, { state: 'open', round: this.round + 1, assignee: null, outcome: null });
    Object.assign(this, {
      closedAt: null,
      isInTime: null,
      waitingUntil: null,
      keptUntil: null,
      escalation: 0,
      decidedAt: null,
    });
  }

  /** Whether what was decided in that round is still being carried out. */
  isCarriedOut(round: number): boolean {
    return this.state === 'fulfilling' && this.round === round;
  }

  /** @throws DomainError `request.over`, or `request.state` before it was proven */
  requireRunning(): void {
    if (isOver(this.state)) throw refusal('request.over');
    if (this.state === 'awaitingIdentity') throw refusal('request.state');
  }

  /** @throws DomainError `request.state` */
  requireState(state: RequestState): void {
    if (isOver(this.state)) throw refusal('request.over');
    if (this.state !== state) throw refusal('request.state');
  }

  private end(state: 'closed' | 'cancelled' | 'lapsed', at: Date, keptUntil: Date): void {
    Object.assign(this, { state, closedAt: at, keptUntil, dueAt: null, waitingUntil: null });
  }
}
