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

/** How policies are listed: the general ones first, then the agreement, then those of services, then guides. */
export const kindsInOrder: readonly PolicyKind[] = ['general', 'agreement', 'service', 'guide'];

/** Sorts policies as they are listed, those of one kind by slug. */
export function byKindAndSlug(a: Policy, b: Policy): number {
  return kindsInOrder.indexOf(a.kind) - kindsInOrder.indexOf(b.kind) || (a.slug < b.slug ? -1 : 1);
}

/** Whether a text can be the slug of a policy at all. */
export function isSlug(text: string): boolean {
  return text.length <= 60 && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text);
}
