import type { FormRule } from 'antd';

/** At least one must be chosen. Ant Design's own `required` would put `aria-required` on a group, where ARIA does not know it. */
export function atLeastOne(message: string): FormRule {
  return {
    validator: (_rule, chosen: unknown) =>
      Array.isArray(chosen) && chosen.length > 0 ? Promise.resolve() : Promise.reject(new Error(message)),
  };
}

/** A box that has to be ticked. */
export function mustBeTrue(message: string): FormRule {
  return {
    validator: (_rule, ticked: unknown) => (ticked === true ? Promise.resolve() : Promise.reject(new Error(message))),
  };
}
