import { decide } from './zh-CN/decide.js';
import { editor, fields, precision, units } from './zh-CN/editor.js';

export { bringIn } from './zh-CN/bring-in.js';
export { policyTests } from './zh-CN/policy-tests.js';
export const policies = { decide, editor, units, precision, fields };
