export { frame } from './en/frame.js';
export { problems } from './en/problems.js';
export { session } from './en/session.js';
export { ui } from './en/ui.js';
export { roles, states } from './en/words.js';
