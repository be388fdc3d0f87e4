export { PolicyImportModule } from './policy-import.module.js';
