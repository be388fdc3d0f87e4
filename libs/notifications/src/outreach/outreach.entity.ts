import { newId, type Localized } from '@abide/kernel';
import { AboutTheRecord, type Channel } from '@abide/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { OutreachKind } from '../send-checks.service.js';

export const outreachStates = ['running', 'completed', 'cancelled'] as const;
export type OutreachState = (typeof outreachStates)[number];

/** A message waits, was handed over, may or need not be sent any more, or is given up after several tries. */
export type OutreachMessageState = 'queued' | 'sent' | 'dropped' | 'failed';

/** What an operator sends; `link` is an absolute address, or a path below the public address. */
export interface OutreachTerms {
  readonly kind: OutreachKind;
  readonly channel: Channel;
  readonly title: Localized;
  readonly text: Localized;
  readonly link: string | null;
  /** Sent although the same went to the same people within the hour. */
  readonly again?: boolean;
}

/** What became of a part of the audience when it was looked at. */
export interface Looked {
  readonly lastSubjectId: string | null;
  readonly notAllowed: number;
  readonly unreachable: number;
  readonly queued: number;
}

/**
 * One survey invitation or offer on its way to those who allow it. Every subject looked at is counted in `audience` and in
 * exactly one of the other figures; the last four count message rows by their state.
 */
@Entity({ schema: 'notifications', name: 'outreaches' })
export class OutreachRun {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') kind!: OutreachKind;
  @Column('text') channel!: Channel;
  @Column('jsonb') title!: Localized;
  @Column('jsonb') text!: Localized;
  @Column('text', { nullable: true }) link!: string | null;
  @Column('text') state!: OutreachState;
  @Column('uuid', { name: 'created_by' }) createdBy!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'finished_at', nullable: true }) finishedAt!: Date | null;
  /** The keyset cursor: everybody up to this id has been looked at. */
  @Column('uuid', { name: 'last_subject_id', nullable: true }) lastSubjectId!: string | null;
  @Column('timestamptz', { name: 'enumerated_at', nullable: true }) enumeratedAt!: Date | null;
  @Column('integer') audience!: number;
  @Column('integer', { name: 'not_allowed' }) notAllowed!: number;
  @Column('integer') unreachable!: number;
  @Column('integer') queued!: number;
  @Column('integer') sent!: number;
  @Column('integer') dropped!: number;
  @Column('integer') failed!: number;

  static start({ kind, channel, title, text, link }: OutreachTerms, operatorId: string, at: Date): OutreachRun {
    const nobodyYet = { audience: 0, notAllowed: 0, unreachable: 0, queued: 0, sent: 0, dropped: 0, failed: 0 };
    const noTimesYet = { finishedAt: null, lastSubjectId: null, enumeratedAt: null };
    const begun = { id: newId(), state: 'running' as const, createdBy: operatorId, createdAt: at };
    return Object.assign(new OutreachRun(), { kind, channel, title, text, link }, nobodyYet, noTimesYet, begun);
  }

  get isEnumerating(): boolean {
    return this.state === 'running' && this.enumeratedAt === null;
  }

  enumerate({ lastSubjectId, notAllowed, unreachable, queued }: Looked): void {
    this.lastSubjectId = lastSubjectId ?? this.lastSubjectId;
    this.audience += notAllowed + unreachable + queued;
    this.notAllowed += notAllowed;
    this.unreachable += unreachable;
    this.queued += queued;
  }

  /** Moves the count of `messages` messages from one state to another. */
  move(from: OutreachMessageState, to: OutreachMessageState, messages = 1): void {
    this[from] -= messages;
    this[to] += messages;
  }

  cancel(at: Date): void {
    this.state = 'cancelled';
    this.finishedAt = at;
  }

  /** Whether this completed it: everybody was looked at and nothing waits. */
  completeIfDone(at: Date): boolean {
    if (this.state !== 'running' || this.enumeratedAt === null || this.queued > 0) return false;
    this.state = 'completed';
    this.finishedAt = at;
    return true;
  }
}

/** The message of an outreach to one subject. A claimed row is left alone until `nextTryAt`. */
@Entity({ schema: 'notifications', name: 'outreach_messages' })
export class OutreachMessage {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'outreach_id' }) outreachId!: string;
  @AboutTheRecord() @Column('text') state!: OutreachMessageState;
  @AboutTheRecord() @Column('integer') tries!: number;
  @AboutTheRecord() @Column('timestamptz', { name: 'next_try_at' }) nextTryAt!: Date;
  @AboutTheRecord() @Column('timestamptz') at!: Date;
}
