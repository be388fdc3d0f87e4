import type { Operator } from '../../api/types.js';
import type { OperatorChange } from './settings.queries.js';

type Person = Pick<Operator, 'id' | 'roles' | 'active' | 'suspended'>;
type Asked = {
  readonly proposedBy: Pick<OperatorChange['proposedBy'], 'id'>;
  readonly operator: Pick<Person, 'id'> | null;
};

/** Whether `me` may decide on a change: another administrator, or a privacy officer where there is none. The server asks again. */
export function mayDecideOn({ proposedBy, operator }: Asked, me: string, people: readonly Person[]): boolean {
  const others = people.filter(
    ({ id, active, suspended }) => (active || suspended) && id !== proposedBy.id && id !== operator?.id,
  );
  const decider = others.find(({ id, active }) => id === me && active);
  if (!decider) return false;
  if (decider.roles.includes('administrator')) return true;
  return decider.roles.includes('privacyOfficer') && !others.some(({ roles }) => roles.includes('administrator'));
}
