import type { RecipientEntry } from './document.js';
import { kindOf, namedRecipient, type Lookup } from './lookup.js';
import { error, warning, type Path, type PolicyProblem } from './problems.js';
import { isHomeRegion } from './profiles.js';
import { isRegion, regionInstead } from './regions.js';
import type { SharingTerm } from './terms.js';
import { bearsSensitive } from './vocabulary.js';

/** Everything wrong with whom a term shares with, and where; what it permits on paper only is said. */
export function checkSharing(term: SharingTerm, path: Path, lookup: Lookup): PolicyProblem[] {
  const problems = [
    ...term.recipients.flatMap((reference, index) =>
      checkRecipient(term, { reference, path: [...path, 'recipients', index], lookup }),
    ),
    ...(term.regions ?? []).flatMap((region, index) => checkRegion(region, [...path, 'regions', index])),
  ];
  if (bearsSensitive(term.basis)) return problems;
  const { separateConsentForOtherHandlers, separateConsentAbroad } = lookup.profile.rules;
  const otherHandlers = term.recipients.some((one) => (kindOf(one, lookup.recipients) ?? 'processor') !== 'processor');
  const abroad = (term.regions ?? []).some((region) => !isHomeRegion(lookup.profile, region));
  const isAdvised = (separateConsentForOtherHandlers.value && otherHandlers) || (separateConsentAbroad.value && abroad);
  return isAdvised ? [...problems, warning([...path, 'basis'], 'policy.separateConsentAdvised')] : problems;
}

export function checkRegion(region: string, path: Path): PolicyProblem[] {
  return isRegion(region)
    ? []
    : [error(path, 'policy.unknownRegion', { value: region, expected: regionInstead(region) })];
}

function checkRecipient(term: SharingTerm, given: { reference: string; path: Path; lookup: Lookup }): PolicyProblem[] {
  const { path, lookup } = given;
  const slug = namedRecipient(given.reference);
  if (slug === null)
    return [...lookup.recipients.values()]
      .filter(({ kind }) => kind === given.reference)
      .flatMap((one) => checkRegisteredRegion(one, path, lookup));
  const recipient = lookup.recipients.get(slug);
  if (!recipient)
    return [(lookup.registeredRecipients ? error : warning)(path, 'policy.unknownRecipient', { value: slug })];
  const unregistered =
    lookup.registeredRecipients?.has(slug) === false
      ? [warning(path, 'policy.recipientNotRegistered', { value: slug })]
      : [];
  return [
    ...unregistered,
    ...checkRegisteredRegion(recipient, path, lookup),
    ...checkReach(term, { recipient, path, lookup }),
  ];
}

/** What was registered before regions were checked may be in none, which no term can name. A region of the file's own is refused where it stands. */
function checkRegisteredRegion(
  { slug, region }: RecipientEntry,
  path: Path,
  { registeredRecipients }: Lookup,
): PolicyProblem[] {
  if (isRegion(region) || !registeredRecipients?.has(slug)) return [];
  return [warning(path, 'policy.recipientRegionUnknown', { value: slug, expected: regionInstead(region) })];
}

/** Nothing may go to where no atom reaches, nor to whom no contract binds. The register may still change, so both are told and not refused. */
function checkReach(
  { regions }: SharingTerm,
  given: { recipient: RecipientEntry; path: Path; lookup: Lookup },
): PolicyProblem[] {
  const { recipient, path, lookup } = given;
  const { slug: value, region, contractUntil, kind } = recipient;
  const isCovered = regions
    ? regions.some((one) => one === region || region.startsWith(`${one}-`))
    : isHomeRegion(lookup.profile, region);
  const problems =
    isCovered || !isRegion(region) ? [] : [warning(path, 'policy.regionNotCovered', { value, expected: region })];
  const hasEnded =
    contractUntil === null || (lookup.today !== null && contractUntil !== undefined && contractUntil < lookup.today);
  if (hasEnded && kind !== 'authority')
    problems.push(warning(path, 'policy.contractEnded', { value, expected: contractUntil ?? '–' }));
  return problems;
}
