export { clockOfKept, keptClockSchema, type KeptClock } from './clock/kept-clock.schema.js';
export { type Clock as RequestClock, type ClockStep } from './clock/request-clock.rules.js';
export { RightsModule } from './rights.module.js';
