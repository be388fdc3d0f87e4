import * as account from '../features/account/texts/en.js';
import * as audit from '../features/audit/texts/en.js';
import * as campaigns from '../features/campaigns/texts/en.js';
import * as changes from '../features/changes/texts/en.js';
import * as collection from '../features/collection/texts/en.js';
import * as consent from '../features/consent/texts/en.js';
import * as development from '../features/development/texts/en.js';
import * as overview from '../features/overview/texts/en.js';
import * as policies from '../features/policies/texts/en.js';
import * as settings from '../features/settings/texts/en.js';
import * as subjects from '../features/subjects/texts/en.js';
import { frame } from './en/frame.js';
import { problems } from './en/problems.js';
import { session } from './en/session.js';
import { ui } from './en/ui.js';
import { roles, states } from './en/words.js';

export const texts = {
  ...account,
  ...audit,
  ...campaigns,
  ...changes,
  ...collection,
  ...consent,
  ...development,
  ...overview,
  ...policies,
  ...settings,
  ...subjects,
  frame,
  problems,
  roles,
  session,
  states,
  ui,
};
