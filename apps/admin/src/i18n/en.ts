import { account } from './en/account.js';
import { frame } from './en/frame.js';
import { policies } from './en/policies.js';
import { problems } from './en/problems.js';
import { session } from './en/session.js';
import { ui } from './en/ui.js';
import { roles, states } from './en/words.js';

export const texts = { account, frame, policies, problems, roles, session, states, ui };
