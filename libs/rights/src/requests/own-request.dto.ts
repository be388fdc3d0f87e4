import { Id, Ids, ListOf, Nested, OneOf, OneTimeCode, PageQuery, Text, Texts } from '@abide/platform';
import type { Locale } from '@abide/kernel';
import type { WantedRequest } from './requests.service.js';
import { requestTypes, type RequestType } from '../request-kinds.js';

export class CorrectionRequest {
  @Text({ max: 80, example: 'registration.name' }) readonly category: string = '';
  @Text({ max: 1000, description: 'How it is to be' }) readonly value: string = '';
}

class SecondProof {
  @Text({ asTyped: true, max: 256, description: 'Of my own account' }) readonly password: string = '';
}

export class MakeRequest {
  @OneOf(requestTypes, { example: 'access' }) readonly type: RequestType = 'access';
  @Texts({
    max: 100,
    maxLength: 80,
    optional: true,
    description: 'Kinds of data it is about; left out: everything held',
  })
  readonly categories?: string[];
  @Text({ max: 5000, optional: true, description: 'In my own words' }) readonly text?: string;
  @ListOf(() => CorrectionRequest, { max: 20, optional: true }) readonly corrections?: CorrectionRequest[];
  @Text({ max: 80, optional: true, description: 'Of an objection: to which purpose' }) readonly purpose?: string;
  @Text({ max: 500, optional: true, description: 'Of a transfer: to whom' }) readonly target?: string;
  @Ids({ max: 10, optional: true, description: 'Files of mine that it rests on' }) readonly attachmentIds?: string[];
  @Nested(() => SecondProof, {
    optional: true,
    description:
      'My password beside the code. Without it an account is closed once two colleagues agree; for an enterprise, deleting data or closing the account needs it, unless evidence is attached',
  })
  readonly secondProof?: SecondProof;
}

export function toWanted(body: MakeRequest, locale: Locale): WantedRequest {
  return {
    type: body.type,
    channel: 'app',
    locale,
    categories: body.categories ?? [],
    text: body.text ?? null,
    corrections: body.corrections ?? [],
    purpose: body.purpose ?? null,
    target: body.target ?? null,
    evidence: null,
    requester: null,
    attachmentIds: body.attachmentIds ?? [],
    password: body.secondProof?.password,
  };
}

export class ListOwnRequests extends PageQuery {}

export class ProveRequest {
  @OneTimeCode() readonly code: string = '';
}

export class RequestWords {
  @Text({ max: 5000 }) readonly text: string = '';
}

/** A code on its way. */
export class RequestVerification {
  @Id() readonly id: string = '';
  @Text({ max: 20, example: 'email' }) readonly channel: string = '';
  @Text({ max: 40, format: 'date-time' }) readonly expiresAt: string = '';
}
