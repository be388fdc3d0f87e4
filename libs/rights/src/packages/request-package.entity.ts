import { AboutTheRecord } from '@abide/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What somebody may fetch of what they asked to see; its content lies in the vault as a sealed file. */
@Entity({ schema: 'rights', name: 'request_packages' })
export class RequestPackage {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'request_id' }) requestId!: string;
  @AboutTheRecord() @Column('uuid', { name: 'file_id' }) fileId!: string;
  @AboutTheRecord() @Column('timestamptz', { name: 'made_at' }) madeAt!: Date;
  /** The file and its key are destroyed then. */
  @AboutTheRecord() @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
  @AboutTheRecord() @Column('integer') downloads!: number;
}
