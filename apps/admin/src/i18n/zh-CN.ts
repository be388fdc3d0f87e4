import { account } from './zh-CN/account.js';
import { frame } from './zh-CN/frame.js';
import { policies } from './zh-CN/policies.js';
import { problems } from './zh-CN/problems.js';
import { session } from './zh-CN/session.js';
import { ui } from './zh-CN/ui.js';
import { roles, states } from './zh-CN/words.js';

export const texts = { account, frame, policies, problems, roles, session, states, ui };
