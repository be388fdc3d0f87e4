import { account } from './zh-CN/account.js';
import { frame } from './zh-CN/frame.js';
import { problems } from './zh-CN/problems.js';
import { session } from './zh-CN/session.js';
import { ui } from './zh-CN/ui.js';
import { roles, states } from './zh-CN/words.js';

export const texts = { account, frame, problems, roles, session, states, ui };
