import * as account from '../features/account/texts/zh-CN.js';
import * as audit from '../features/audit/texts/zh-CN.js';
import * as campaigns from '../features/campaigns/texts/zh-CN.js';
import * as changes from '../features/changes/texts/zh-CN.js';
import * as collection from '../features/collection/texts/zh-CN.js';
import * as consent from '../features/consent/texts/zh-CN.js';
import * as development from '../features/development/texts/zh-CN.js';
import * as overview from '../features/overview/texts/zh-CN.js';
import * as policies from '../features/policies/texts/zh-CN.js';
import * as settings from '../features/settings/texts/zh-CN.js';
import * as subjects from '../features/subjects/texts/zh-CN.js';
import { frame } from './zh-CN/frame.js';
import { problems } from './zh-CN/problems.js';
import { session } from './zh-CN/session.js';
import { ui } from './zh-CN/ui.js';
import { roles, states } from './zh-CN/words.js';

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
