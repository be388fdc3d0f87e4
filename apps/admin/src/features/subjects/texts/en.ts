export { subjects } from './en/subjects.js';

export const frame = { entries: { subjects: 'Subjects' } };
export const timeline = { kinds: { registered: 'Registered' }, parts: { registration: 'Registration' } };
