import type { PolicyKind } from '@abide/rulebook';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A policy: what its revisions are revisions of. Slug, kind and service never change. */
@Entity({ schema: 'policy', name: 'policies' })
export class Policy {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') slug!: string;
  @Column('text') kind!: PolicyKind;
  @Column('text', { nullable: true }) service!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}
