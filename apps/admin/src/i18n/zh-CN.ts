export { frame } from './zh-CN/frame.js';
export { problems } from './zh-CN/problems.js';
export { session } from './zh-CN/session.js';
export { ui } from './zh-CN/ui.js';
export { roles, states } from './zh-CN/words.js';
