import { DomainError, type FieldError } from '@abide/kernel';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { FastifyRequest } from 'fastify';

export type BodySchema = Readonly<Record<string, unknown>>;

const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false });
const mostErrors = 20;

/**
 * The request body, checked by a JSON schema that is compiled once and published in OpenAPI: for busy doors, where the
 * decorators of fields.ts would cost more than the work behind them. Unknown fields are refused where the schema says so.
 * `published`: a stricter one for readers, where the route judges parts of the body by themselves.
 */
export function CheckedBody(schema: BodySchema, published = schema): ParameterDecorator {
  const validate = ajv.compile(schema);
  const decorator = createParamDecorator((_data: unknown, context: ExecutionContext): unknown => read(validate, context), [
    (target, method) => {
      const descriptor = method === undefined ? undefined : Object.getOwnPropertyDescriptor(target, method);
      if (method !== undefined && descriptor) ApiBody({ schema: published as never })(target, method, descriptor);
    },
  ]);
  return decorator();
}

function read(validate: ValidateFunction, context: ExecutionContext): unknown {
  const { body } = context.switchToHttp().getRequest<FastifyRequest>();
  if (validate(body)) return body;
  throw new DomainError('invalid', 'request.invalid', {
    detail: 'Some fields cannot be accepted. Nothing was stored; correct them and send again.',
    errors: (validate.errors ?? []).slice(0, mostErrors).map(fieldError),
  });
}

function fieldError({ instancePath, keyword, params, message }: ErrorObject): FieldError {
  const { missingProperty, additionalProperty } = params as { missingProperty?: string; additionalProperty?: string };
  const member = missingProperty ?? additionalProperty;
  const pointer = member === undefined ? instancePath : `${instancePath}/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return { pointer, code: keyword, message: message ?? 'not acceptable' };
}
