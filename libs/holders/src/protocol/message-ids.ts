import type { HolderOperation } from './holder-answers.js';

/**
 * The ids under which messages are signed: each names what is asked or answered and in which direction it goes, so that no signed message
 * stands for another one.
 */
export const messageId = {
  question: (operation: HolderOperation | 'holder', requestId: string) => `${operation}:${requestId}`,
  answer: (questionId: string) => `${questionId}:answer`,
  callback: (operation: HolderOperation, requestId: string) => `${operation}:${requestId}:callback`,
};
