export { subjects } from './zh-CN/subjects.js';

export const frame = { entries: { subjects: '用户' } };
export const timeline = { kinds: { registered: '注册' }, parts: { registration: '注册信息' } };
