import { birthdayAfter } from '@abide/rulebook';
import { refusal } from '../consent.errors.js';
import type { Basis } from './consent-basis.js';
import type { ConsentWish } from './consent-wish.rules.js';
import type { GivenBy } from './given-by.js';

/** Withdrawing is never harder than giving: it is refused to nobody who has an account. */
export function requireMaySpeak(basis: Basis, wish: ConsentWish, by: GivenBy): void {
  const { known, choices } = basis;
  if (known.status === 'closed' || known.status === 'deceased')
    throw refusal('subject.closed', { detail: 'The account is closed. Nothing was recorded.' });
  if (wish.state === 'withdrawn') return;
  if (known.facts.isRestricted)
    throw refusal('subject.restricted', {
      detail: 'The data is stored only, until a stated date. Nothing was recorded.',
    });
  if (by.kind !== 'guardian' && isTooYoung(basis, wish)) {
    throw refusal('consent.guardian_needed', {
      detail:
        'Somebody this young consents through a confirmed guardian. Nothing was recorded; name the guardian whose word it is.',
    });
  }
  if (choices.length === 0)
    throw refusal('consent.no_clause', {
      detail: 'No clause in force asks for this consent, so there is nothing to consent to. Nothing was recorded.',
    });
}

/** Now, or when they said so: what a child said alone is no consent, also when it arrives after the birthday that lets them decide. */
function isTooYoung({ known, inForce: { rulebook } }: Basis, { occurredAt }: ConsentWish): boolean {
  if (known.minorStatus === 'under14' || known.status === 'pendingGuardian') return true;
  const { birthDate = null } = known.facts;
  if (occurredAt === undefined || birthDate === null) return false;
  return (
    Date.parse(occurredAt) < birthdayAfter(birthDate, rulebook.guardianConsentUnder, rulebook.profile.utcOffsetHours)
  );
}
