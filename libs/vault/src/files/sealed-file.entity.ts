import { AboutTheRecord } from '@abide/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A sealed file without its content, which stands in chunks that name nobody. Its size is known once it is whole. */
@Entity({ schema: 'vault', name: 'sealed_files' })
export class SealedFileEntity {
  @AboutTheRecord()
  @PrimaryColumn('uuid')
  id!: string;

  /** Under whose key its own key is wrapped; the nil id where nobody is known. */
  @AboutTheRecord()
  @PrimaryColumn('uuid', { name: 'subject_id' })
  subjectId!: string;

  @AboutTheRecord()
  @Column('integer')
  epoch!: number;

  @AboutTheRecord()
  @Column('bytea')
  wrapped!: Buffer;

  @AboutTheRecord()
  @Column('bigint', { nullable: true })
  bytes!: string | null;

  @AboutTheRecord()
  @Column('integer', { nullable: true })
  chunks!: number | null;

  @AboutTheRecord()
  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @AboutTheRecord()
  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt!: Date | null;
}
