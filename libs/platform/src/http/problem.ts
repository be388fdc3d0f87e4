import type { ErrorKind, FieldError } from '@abide/kernel';
import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, ApiResponse } from '@nestjs/swagger';

export const statusOfKind: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  tooMany: 429,
};

class ProblemField implements FieldError {
  @ApiProperty({ example: '/identifier/value' }) readonly pointer: string = '';
  @ApiProperty({ example: 'isEmail' }) readonly code: string = '';
  @ApiProperty() readonly message: string = '';
}

/** An RFC 9457 problem document: what every refusal looks like on the wire. */
export class Problem {
  @ApiProperty({ example: 'about:blank' }) readonly type: string = 'about:blank';
  @ApiProperty({ example: 'Conflict' }) readonly title: string = '';
  @ApiProperty({ example: 409 }) readonly status: number = 500;
  @ApiProperty({ example: 'policy.content_changed', description: 'Stable; for machines.' }) readonly code: string = '';
  @ApiPropertyOptional({ description: 'What happened, what was kept, what to do; for people.' })
  readonly detail?: string;
  @ApiProperty({ example: '0192f0c1-2f6b-7cc1-a8f0-3c5de0a1b2c3' }) readonly correlationId: string = '';
  @ApiPropertyOptional({ type: [ProblemField] }) readonly errors?: readonly FieldError[];
}

/**
 * Documents the refusals of a route: `status` then the codes it comes with.
 * @example ApiProblems(409, 'policy.self_approval', 'policy.content_changed')
 */
export function ApiProblems(status: number, ...codes: string[]): MethodDecorator {
  const description = codes.map((code) => `\`${code}\``).join(', ');
  return applyDecorators(ApiResponse({ status, type: Problem, description }));
}
