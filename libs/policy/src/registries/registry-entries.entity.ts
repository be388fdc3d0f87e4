import type { Localized } from '@abide/kernel';
import type { Profile, RecipientKind } from '@abide/rulebook';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EventFields } from './event-fields.rules.js';

export const thirdPartyUses = ['signIn', 'shareButton', 'advertising', 'link'] as const;
export type ThirdPartyUse = (typeof thirdPartyUses)[number];

/** What every registry entry has: an id for other systems, and the code that clauses cite. */
export abstract class RegistryEntry {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') code!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt!: Date;
}

/** A kind of personal data. Seeded ones come with the product and cannot be made less sensitive. */
@Entity({ schema: 'policy', name: 'categories' })
export class Category extends RegistryEntry {
  @Column('jsonb') label!: Localized;
  @Column('boolean', { name: 'is_sensitive' }) isSensitive!: boolean;
  @Column('boolean', { name: 'is_location' }) isLocation!: boolean;
  @Column('boolean', { name: 'is_seed' }) isSeed!: boolean;
  /** What its events may hold, beside what the product knows of it. */
  @Column('jsonb', { name: 'event_fields', nullable: true }) eventFields!: EventFields | null;
}

/** Why data is used. */
@Entity({ schema: 'policy', name: 'purposes' })
export class Purpose extends RegistryEntry {
  @Column('jsonb') label!: Localized;
  @Column('boolean', { name: 'is_covered_by_gpc' }) isCoveredByGpc!: boolean;
  @Column('boolean', { name: 'is_seed' }) isSeed!: boolean;
}

/** A service of the platform. */
@Entity({ schema: 'policy', name: 'services' })
export class Service extends RegistryEntry {
  @Column('jsonb') name!: Localized;
  @Column('jsonb', { nullable: true }) purpose!: Localized | null;
  @Column('boolean', { name: 'is_location_based' }) isLocationBased!: boolean;
  @Column('boolean', { name: 'is_active' }) isActive!: boolean;
}

/** The core facts about a recipient that clauses and decisions need; contracts in detail belong to sharing. */
@Entity({ schema: 'policy', name: 'recipients' })
export class Recipient extends RegistryEntry {
  @Column('text') kind!: RecipientKind;
  @Column('jsonb') name!: Localized;
  @Column('text') region!: string;
  @Column('text', { nullable: true }) contact!: string | null;
  @Column('jsonb', { nullable: true }) purpose!: Localized | null;
  /** `YYYY-MM-DD`; null where data is received by law and not by contract. */
  @Column('date', { name: 'contract_until', nullable: true }) contractUntil!: string | null;
  @Column('boolean', { name: 'is_active' }) isActive!: boolean;
}

/** A service of somebody else that can be reached from ours and follows its own policy. */
@Entity({ schema: 'policy', name: 'third_party_services' })
export class ThirdPartyService extends RegistryEntry {
  @Column('jsonb') name!: Localized;
  @Column('text', { name: 'policy_link' }) policyLink!: string;
  @Column('text') use!: ThirdPartyUse;
  @Column('jsonb', { nullable: true }) purpose!: Localized | null;
  @Column('boolean', { name: 'is_active' }) isActive!: boolean;
}

/** One version of the numbers of one jurisdiction. */
@Entity({ schema: 'policy', name: 'profiles' })
export class ProfileVersion {
  @PrimaryColumn('text') code!: string;
  @PrimaryColumn('int') version!: number;
  @Column('jsonb') content!: Profile;
  @Column('boolean', { name: 'is_default' }) isDefault!: boolean;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}
