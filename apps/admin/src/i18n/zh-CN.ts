import { account } from './zh-CN/account.js';
import { actors, acts, objects } from './zh-CN/acts.js';
import { collection } from './zh-CN/collection.js';
import { consent } from './zh-CN/consent.js';
import { consents } from './zh-CN/consents.js';
import { decisions } from './zh-CN/decisions.js';
import { frame } from './zh-CN/frame.js';
import { guardians } from './zh-CN/guardians.js';
import { heat } from './zh-CN/heat.js';
import { holdings } from './zh-CN/holdings.js';
import { audit, campaigns, changes, development, overview, settings, subjects } from './zh-CN/modules.js';
import { outreach } from './zh-CN/outreach.js';
import { policies } from './zh-CN/policies.js';
import { policyTests } from './zh-CN/policy-tests.js';
import { problems } from './zh-CN/problems.js';
import { session } from './zh-CN/session.js';
import { sharedIdentifiers } from './zh-CN/shared-identifiers.js';
import { subjectConsents } from './zh-CN/subject-consents.js';
import { subjectTelemetry } from './zh-CN/subject-telemetry.js';
import { ui } from './zh-CN/ui.js';
import { roles, states } from './zh-CN/words.js';

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
