import { DomainError } from '@abide/kernel';
import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { ApiProblems, ManyMembers } from '@abide/platform';
import type { SubmittedPolicy } from '../calculation/text-check.js';
import { DraftDto } from '../revisions/revision.dto.js';

/**
 * A policy out of a request body: YAML text, or JSON as `{ document }` or as the policy itself. The document may be
 * a text too, for clients that only speak JSON.
 */
export function toSubmittedPolicy(body: unknown): SubmittedPolicy {
  if (typeof body === 'string') return { text: body };
  if (typeof body !== 'object' || body === null) {
    throw new DomainError('invalid', 'request.malformed', {
      detail: 'Send the policy as YAML, or as JSON. Nothing was stored.',
    });
  }
  const document = 'document' in body ? body.document : body;
  return typeof document === 'string' ? { text: document } : { value: document };
}

/** Documents a body that holds a policy. */
export function ApiPolicyBody(): MethodDecorator {
  const schema = {
    type: 'object',
    additionalProperties: true,
    properties: { document: { description: 'The policy, as an object or as YAML text' } },
  };
  return applyDecorators(ApiConsumes('application/json', 'application/yaml'), ApiBody({ schema }), ManyMembers());
}

/** Documents saving a draft: what is sent, what is answered and what may be refused. */
export function ApiDraftSaved(): MethodDecorator {
  return applyDecorators(
    ApiPolicyBody(),
    ApiOkResponse({ type: DraftDto }),
    ApiCreatedResponse({ type: DraftDto }),
    ApiProblems(400, 'policy.invalid'),
    ApiProblems(409, 'policy.wrong_state', 'policy.kind_taken'),
    ApiProblems(412, 'policy.stale_edit'),
    ApiProblems(428, 'policy.if_match_required'),
  );
}
