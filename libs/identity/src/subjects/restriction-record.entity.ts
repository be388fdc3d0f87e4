import { AboutTheRecord } from '@abide/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Since when, why and until when what is held of a subject was stored only. Append-only but for its end. */
@Entity({ schema: 'identity', name: 'restrictions' })
export class RestrictionRecord {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  /** `*` for everything. */
  @AboutTheRecord() @PrimaryColumn('text') category!: string;
  @AboutTheRecord() @PrimaryColumn('timestamptz') since!: Date;
  @AboutTheRecord() @Column('text') ground!: string;
  @AboutTheRecord() @Column('timestamptz', { name: 'lifted_at', nullable: true }) liftedAt!: Date | null;
  @AboutTheRecord() @Column('text', { name: 'lift_ground', nullable: true }) liftGround!: string | null;
}
