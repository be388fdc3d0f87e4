export { createDataSource } from '../database/data-source.js';
export { createTestApp, type TestAnswer, type TestApp, type TestRequest } from './test-app.js';
export { createTestDatabase, type TestDatabase } from './test-database.js';
export { processorTimeOf } from './processor-time.js';
export { TcpProxy } from './tcp-proxy.js';
export { uncoveredPersonalData } from './holder-coverage.js';
export { erasedRows, expiredRows } from './holder-rows.js';
export { holderContract, keepsTheHolderContract, type HolderTrial } from './holder-contract.js';
export { SchemaSnapshot } from './schema-snapshot.js';
