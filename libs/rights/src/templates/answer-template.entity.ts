import type { Localized } from '@abide/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RequestType } from '../request-kinds.js';

/** Words that answers begin with, in each language; about nobody. */
@Entity({ schema: 'rights', name: 'answer_templates' })
export class AnswerTemplate {
  @PrimaryColumn('uuid') id!: string;
  /** The kinds of requests that it is offered for; empty for every kind. */
  @Column('text', { array: true }) types!: RequestType[];
  @Column('jsonb') title!: Localized;
  @Column('jsonb') text!: Localized;
  @Column('timestamptz', { name: 'changed_at' }) changedAt!: Date;
}
