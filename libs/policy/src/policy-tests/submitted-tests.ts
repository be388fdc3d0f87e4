import { DomainError } from '@abide/kernel';
import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';

/**
 * The text of tests out of a request body: YAML text, or JSON as `{ content }` or as the tests themselves. The content
 * may be a text, which is kept as it was written, or an object.
 */
export function toTestsText(body: unknown): string {
  if (typeof body === 'string') return body;
  if (typeof body !== 'object' || body === null) {
    throw new DomainError('invalid', 'request.malformed', {
      detail: 'Send the tests as YAML, or as JSON. Nothing was stored.',
    });
  }
  const content = 'content' in body ? body.content : body;
  return typeof content === 'string' ? content : JSON.stringify(content, null, 2);
}

/** Documents a body that holds policy tests. */
export function ApiPolicyTestsBody(): MethodDecorator {
  const schema = {
    type: 'object',
    additionalProperties: true,
    properties: { content: { description: 'The tests, as YAML text or as an object' } },
  };
  return applyDecorators(ApiConsumes('application/json', 'application/yaml'), ApiBody({ schema }));
}
