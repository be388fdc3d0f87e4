import { account } from './en/account.js';
import { actors, acts, objects } from './en/acts.js';
import { frame } from './en/frame.js';
import { audit, campaigns, development, overview, settings, subjects } from './en/modules.js';
import { outreach } from './en/outreach.js';
import { policies } from './en/policies.js';
import { problems } from './en/problems.js';
import { session } from './en/session.js';
import { ui } from './en/ui.js';
import { roles, states } from './en/words.js';

export const texts = {
  account, actors, acts, audit, campaigns, development, frame, objects, outreach, overview, policies, problems, roles, session, settings, states, subjects, ui,
};
