import { newId, type Localized } from '@abide/kernel';
import { AboutTheRecord, Classified } from '@abide/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LapsedState, Lapse } from './consent-audience.js';

export interface ReminderTerms extends Lapse {
  readonly title: Localized;
  readonly summary: Localized;
  /** Sent although the same went to the same people within the hour. */
  readonly again?: boolean;
}

/** What became of the message that goes with a notice in the inbox. */
export type ReminderMessage = 'waiting' | 'sent' | 'unreachable' | 'failed';

/** One reminder to everybody whose consent for a purpose has lapsed: who matched, and who was told whole. */
@Entity({ schema: 'consent', name: 'reminders' })
export class Reminder {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') purpose!: string;
  @Column('text') state!: LapsedState;
  @Column('jsonb') title!: Localized;
  @Column('jsonb') summary!: Localized;
  @Column('uuid', { name: 'created_by' }) createdBy!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  /** The keyset cursor: everybody up to this id has been looked at. */
  @Column('uuid', { name: 'last_subject_id', nullable: true }) lastSubjectId!: string | null;
  @Column('timestamptz', { name: 'enumerated_at', nullable: true }) enumeratedAt!: Date | null;
  @Column('timestamptz', { name: 'finished_at', nullable: true }) finishedAt!: Date | null;
  /** Found so far; each has the notice in their inbox. */
  @Column('integer') matched!: number;
  /** Of those, whose message was handed over or can reach nobody. */
  @Column('integer') told!: number;
  @Column('integer') sent!: number;

  static start({ purpose, state, title, summary }: ReminderTerms, operatorId: string, at: Date): Reminder {
    const begun = {
      id: newId(),
      createdBy: operatorId,
      createdAt: at,
      lastSubjectId: null,
      enumeratedAt: null,
      finishedAt: null,
    };
    return Object.assign(new Reminder(), { purpose, state, title, summary }, begun, { matched: 0, told: 0, sent: 0 });
  }
}

/** That a subject was reminded; a claimed message is left alone until `nextTryAt`. */
@Entity({ schema: 'consent', name: 'reminder_recipients' })
export class ReminderRecipient {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'reminder_id' }) reminderId!: string;
  @AboutTheRecord() @Column('text') message!: ReminderMessage;
  @AboutTheRecord() @Column('integer') tries!: number;
  @AboutTheRecord() @Column('timestamptz', { name: 'next_try_at' }) nextTryAt!: Date;
  @Classified({ category: 'client.instruction', identifying: false, sealed: false })
  @Column('timestamptz', { name: 'told_at' })
  toldAt!: Date;
}
