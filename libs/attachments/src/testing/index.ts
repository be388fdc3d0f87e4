export { aForm, type TestForm } from './forms.js';
export { aPdf } from './samples.js';
