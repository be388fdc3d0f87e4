import { account } from './en/account.js';
import { actors, acts, objects } from './en/acts.js';
import { collection } from './en/collection.js';
import { consent } from './en/consent.js';
import { consents } from './en/consents.js';
import { decisions } from './en/decisions.js';
import { frame } from './en/frame.js';
import { guardians } from './en/guardians.js';
import { heat } from './en/heat.js';
import { holdings } from './en/holdings.js';
import { audit, campaigns, changes, development, overview, settings, subjects } from './en/modules.js';
import { outreach } from './en/outreach.js';
import { policies } from './en/policies.js';
import { policyTests } from './en/policy-tests.js';
import { problems } from './en/problems.js';
import { session } from './en/session.js';
import { sharedIdentifiers } from './en/shared-identifiers.js';
import { subjectConsents } from './en/subject-consents.js';
import { subjectTelemetry } from './en/subject-telemetry.js';
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
