export { retentionParts } from './app.js';
