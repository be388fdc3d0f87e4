import { DomainError, instantPattern, type FieldError } from '@abide/kernel';
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
  const decorator = createParamDecorator(
    (_data: unknown, context: ExecutionContext): unknown => read(validate, context),
    [
      (target, method) => {
        const descriptor = method === undefined ? undefined : Object.getOwnPropertyDescriptor(target, method);
        if (method !== undefined && descriptor) ApiBody({ schema: published as never })(target, method, descriptor);
      },
    ],
  );
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
  const pointer = member === undefined ? instancePath : pointerTo(instancePath, member);
  return { pointer, code: keyword, message: keyword === 'pattern' ? formOf(params) : (message ?? 'not acceptable') };
}

/** A name that a field could have; another one may be anything, also personal data. */
const plainName = /^\$?[A-Za-z][A-Za-z_.$]{0,63}$/;

/**
 * Where and how an item of a batch broke its schema, to be answered and kept with the answer: never what it holds, and an unknown member by
 * its name only where that is a plain one.
 */
export function faultOf({ errors }: ValidateFunction): { readonly pointer: string; readonly reason: string } {
  const [first] = errors ?? [];
  if (!first) return { pointer: '', reason: 'not acceptable' };
  const { pointer, message } = fieldError(first);
  const { additionalProperty } = first.params as { additionalProperty?: string };
  return {
    pointer: additionalProperty === undefined || plainName.test(additionalProperty) ? pointer : first.instancePath,
    reason: message,
  };
}

function formOf({ pattern }: ErrorObject['params']): string {
  return pattern === instantPattern
    ? 'must be a date that there is, a time and a time zone'
    : 'must be of the form that the schema says';
}

function pointerTo(parent: string, member: string): string {
  return `${parent}/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
