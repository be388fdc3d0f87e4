import type { AbideClient, Schemas } from './client.js';
import { AbideProblem } from './problem.js';

/** Something that registration asks for: whether it is required, what follows where it is left out, and the clause that says so. */
export type RegistrationField = Schemas['RegistrationFieldDto'];

/** What registration asks for by the clauses in force, in the order it is asked. @throws AbideProblem, or what the fetch throws when offline */
export async function registrationFields(
  client: AbideClient,
  kind: 'person' | 'enterprise' = 'person',
): Promise<readonly RegistrationField[]> {
  const { data, error, response } = await client.GET('/api/v1/registration-fields', { params: { query: { kind } } });
  if (!data) throw AbideProblem.from(error, response);
  return data;
}

/** Whether nobody registers without it; a guardian is asked of a child alone. */
export function isIndispensable({ field, ifWithheld }: RegistrationField): boolean {
  return ifWithheld === 'noRegistration' && field !== 'guardian';
}

/**
 * Registers somebody with what they gave: what is left blank is not sent. Answers where their code went, the same whether or not there is
 * such an account already. @throws AbideProblem `registration.field_required` where a clause calls something indispensable that is missing
 */
export async function register(
  client: AbideClient,
  { profile, birthDate, guardian, ...account }: Schemas['RegisterSubject'],
): Promise<Schemas['VerificationFacts']> {
  const given = Object.entries(profile ?? {}).filter(([, value]) => !isBlank(value));
  const body = {
    ...account,
    ...(given.length > 0 && { profile: Object.fromEntries(given) }),
    ...(!isBlank(birthDate) && { birthDate }),
    ...(!isBlank(guardian?.identifier.value) && { guardian }),
  };
  const { data, error, response } = await client.POST('/api/v1/subjects', { body });
  if (!data) throw AbideProblem.from(error, response);
  return data.verification;
}

function isBlank(value: unknown): boolean {
  return value === undefined || (typeof value === 'string' && value.trim() === '');
}
