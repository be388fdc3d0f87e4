import { account } from '../features/account/texts/zh-CN.js';
import { actors, acts, objects } from '../features/audit/texts/zh-CN/acts.js';
import { collection } from '../features/collection/texts/zh-CN/collection.js';
import { consent } from '../features/consent/texts/zh-CN/consent.js';
import { consents } from '../features/consent/texts/zh-CN/consents.js';
import { decisions } from '../features/consent/texts/zh-CN/decisions.js';
import { frame } from './zh-CN/frame.js';
import { guardians } from '../features/subjects/texts/zh-CN/guardians.js';
import { heat } from '../features/collection/texts/zh-CN/heat.js';
import { holdings } from '../features/subjects/texts/zh-CN/holdings.js';
import { audit, campaigns, changes, development, overview, settings, subjects } from './zh-CN/modules.js';
import { outreach } from '../features/campaigns/texts/zh-CN/outreach.js';
import { policies } from '../features/policies/texts/zh-CN/policies.js';
import { policyTests } from '../features/policies/texts/zh-CN/policy-tests.js';
import { problems } from './zh-CN/problems.js';
import { session } from './zh-CN/session.js';
import { sharedIdentifiers } from '../features/subjects/texts/zh-CN/shared-identifiers.js';
import { subjectConsents } from '../features/subjects/texts/zh-CN/subject-consents.js';
import { subjectTelemetry } from '../features/subjects/texts/zh-CN/subject-telemetry.js';
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
