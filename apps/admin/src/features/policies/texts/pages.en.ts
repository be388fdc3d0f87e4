import { decide } from './en/decide.js';
import { editor, fields, precision, units } from './en/editor.js';

export { bringIn } from './en/bring-in.js';
export { policyTests } from './en/policy-tests.js';
export const policies = { decide, editor, units, precision, fields };
