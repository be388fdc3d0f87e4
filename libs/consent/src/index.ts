export { ConsentModule } from './consent.module.js';
export { Gate, type GateQuestion } from './gate/gate.service.js';
