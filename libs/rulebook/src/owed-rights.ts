import type { Profile, ProfileCode } from './profiles.js';
import type { Right } from './vocabulary.js';

/** A right that a policy has to speak of, and where the law says so. */
export interface OwedRight {
  readonly right: Right;
  readonly article: string;
}

/** Articles marked † were not read in the primary text. */
const owed: Readonly<Record<ProfileCode, readonly (readonly [Right, string])[]>> = {
  'cn-pipl': [
    ['access', 'PIPL 45'],
    ['portability', 'PIPL 45'],
    ['correction', 'PIPL 46'],
    ['deletion', 'PIPL 47'],
    ['withdrawal', 'PIPL 15'],
    ['objection', 'PIPL 44'],
    ['explanation', 'PIPL 48'],
    ['accountClosure', 'E-commerce Law 24'],
    ['complaint', 'PIPL 65'],
  ],
  'eu-gdpr': [
    ['access', 'GDPR 15 †'],
    ['correction', 'GDPR 16 †'],
    ['deletion', 'GDPR 17 †'],
    ['restriction', 'GDPR 18 †'],
    ['portability', 'GDPR 20 †'],
    ['objection', 'GDPR 21 †'],
    ['withdrawal', 'GDPR 7(3) †'],
    ['complaint', 'GDPR 13(2)(d) †'],
  ],
  'us-ccpa': [
    ['access', 'CCPA 1798.110 †'],
    ['correction', 'CCPA 1798.106 †'],
    ['deletion', 'CCPA 1798.105 †'],
    ['objection', 'CCPA 1798.120 †'],
  ],
};

/** The rights that the law of the profile wants every privacy policy to speak of; none where we know of none. */
export function owedRights({ code }: Profile): readonly OwedRight[] {
  const known = Object.entries(owed).find(([profile]) => profile === code)?.[1] ?? [];
  return known.map(([right, article]) => ({ right, article }));
}
