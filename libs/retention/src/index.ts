export { covers } from './holds/hold.rules.js';
export { type Hold } from './holds/hold.entity.js';
export { Holds } from './holds/holds.service.js';
export { holdsHolder } from './retention.holder.js';
export { RetentionModule } from './retention.module.js';
