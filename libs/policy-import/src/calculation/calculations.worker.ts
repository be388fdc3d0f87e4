import { answerWith } from '@abide/platform/calculation';
import { calculations } from './calculations.js';

answerWith(calculations);
