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

/** Whether a text can be the slug of a policy at all. */
export function isSlug(text: string): boolean {
  return text.length <= 60 && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text);
}
