import { AboutTheRecord } from '@abide/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LookKind } from './look.rules.js';

/** The last look of an operator at a person that left an entry; the trail has them all. */
@Entity({ schema: 'identity', name: 'looks' })
export class Look {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'operator_id' }) operatorId!: string;
  @AboutTheRecord() @PrimaryColumn('text') kind!: LookKind;
  @AboutTheRecord() @Column('timestamptz') at!: Date;
}
