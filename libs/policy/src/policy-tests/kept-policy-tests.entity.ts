import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The text of the tests that are kept beside a policy, as it was written. */
@Entity({ schema: 'policy', name: 'policy_tests' })
export class KeptPolicyTests {
  @PrimaryColumn('uuid', { name: 'policy_id' }) policyId!: string;
  @Column('text') content!: string;
  @Column('text', { name: 'content_hash' }) contentHash!: string;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt!: Date;
  @Column('uuid', { name: 'updated_by' }) updatedBy!: string;
}
