import type { Feature } from './feature.js';
import * as account from './features/account/feature.js';
import * as audit from './features/audit/feature.js';
import * as campaigns from './features/campaigns/feature.js';
import * as changes from './features/changes/feature.js';
import * as collection from './features/collection/feature.js';
import * as consent from './features/consent/feature.js';
import * as deliveries from './features/deliveries/feature.js';
import * as development from './features/development/feature.js';
import * as holds from './features/holds/feature.js';
import * as overview from './features/overview/feature.js';
import * as policies from './features/policies/feature.js';
import * as requests from './features/requests/feature.js';
import * as retention from './features/retention/feature.js';
import * as settings from './features/settings/feature.js';
import * as subjects from './features/subjects/feature.js';
import * as holders from './features/holders/feature.js';

/** In the order of the navigation; a new feature adds its line here. */
const listed = [
  overview,
  changes,
  policies,
  campaigns,
  subjects,
  requests,
  holds,
  consent,
  collection,
  retention,
  audit,
  holders,
  settings,
  deliveries,
  development,
  account,
] as const;

export type ListedFeature = (typeof listed)[number];

/** Every feature of the console. */
export const features: readonly Feature[] = listed;
