import { account } from '../features/account/texts/en.js';
import { actors, acts, objects } from '../features/audit/texts/en/acts.js';
import { collection } from '../features/collection/texts/en/collection.js';
import { consent } from '../features/consent/texts/en/consent.js';
import { consents } from '../features/consent/texts/en/consents.js';
import { decisions } from '../features/consent/texts/en/decisions.js';
import { frame } from './en/frame.js';
import { guardians } from '../features/subjects/texts/en/guardians.js';
import { heat } from '../features/collection/texts/en/heat.js';
import { holdings } from '../features/subjects/texts/en/holdings.js';
import { audit, campaigns, changes, development, overview, settings, subjects } from './en/modules.js';
import { outreach } from '../features/campaigns/texts/en/outreach.js';
import { policies } from '../features/policies/texts/en/policies.js';
import { policyTests } from '../features/policies/texts/en/policy-tests.js';
import { problems } from './en/problems.js';
import { session } from './en/session.js';
import { sharedIdentifiers } from '../features/subjects/texts/en/shared-identifiers.js';
import { subjectConsents } from '../features/subjects/texts/en/subject-consents.js';
import { subjectTelemetry } from '../features/subjects/texts/en/subject-telemetry.js';
import { ui } from './en/ui.js';
import { roles, states } from './en/words.js';

export const texts = {
  account,
  actors,
  acts,
  audit,
  campaigns,
  changes,
  collection,
  consent,
  consents,
  decisions,
  development,
  frame,
  guardians,
  heat,
  holdings,
  objects,
  outreach,
  overview,
  policies,
  policyTests,
  problems,
  roles,
  session,
  settings,
  sharedIdentifiers,
  states,
  subjectConsents,
  subjects,
  subjectTelemetry,
  ui,
};
