import { durationWords, listWords } from '../words.js';
import { labelOf } from '../labels.js';
import { withheldConsequences, type Basis } from '../vocabulary.js';
import { plain, told, type Change, type Told } from './change.js';
import { precisionRank } from '../statements.js';
import { basisStrength } from '../basis-strength.js';
import type { Permission } from './permissions.js';
import type { CompareRuleId } from './rules.js';

export type AttributeChange = Pick<Change, 'rule' | 'before' | 'after'>;

/** What changed about a tuple that both sides permit. */
export function attributeChanges(before: Permission, after: Permission): readonly AttributeChange[] {
  const action = after.atom.action;
  return [
    ...basisChange(before, after),
    ...validityChange(before, after),
    ...fallbackChange(before, after),
    ...(action === 'collect' || action === 'use'
      ? [...precisionChange(before, after), ...storageChange(before, after)]
      : []),
    ...(action === 'collect' ? [...sourceChanges(before, after), ...requirementChanges(before, after)] : []),
    ...(action === 'crossServiceUse' ? groupChange(before, after) : []),
  ];
}

function basisChange(before: Permission, after: Permission): AttributeChange[] {
  if (before.bases === after.bases) return [];
  const words = (one: Permission): Told =>
    told(one.bases, (locale) =>
      listWords(
        one.bases.split('+').map((basis) => labelOf('basis', basis, locale)),
        locale,
      ),
    );
  return [{ rule: basisRule(before.basis, after.basis), before: words(before), after: words(after) }];
}

function basisRule(before: Basis, after: Basis): CompareRuleId {
  const [was, is] = [basisStrength(before), basisStrength(after)];
  if (is > was) return 'basis.strengthened';
  if (is === was) return 'basis.changed';
  if (before === 'contract') return 'basis.agreementDropped';
  return before === 'separateConsent' && after === 'consent' ? 'basis.separateConsentWeakened' : 'basis.weakened';
}

function validityChange(before: Permission, after: Permission): AttributeChange[] {
  if (before.validForDays === after.validForDays) return [];
  const rule = after.validForDays > before.validForDays ? 'consentValidity.lengthened' : 'consentValidity.shortened';
  return [{ rule, before: validity(before), after: validity(after) }];
}

function validity({ atom, validForDays }: Permission): Told {
  const unlimited = { 'zh-CN': '长期', en: 'no limit' };
  return told(atom.validFor ?? '', (locale) =>
    validForDays === Infinity ? unlimited[locale] : durationWords(atom.validFor ?? '', locale),
  );
}

function fallbackChange(before: Permission, after: Permission): AttributeChange[] {
  if (before.fallback === after.fallback) return [];
  const words = (code: string) => told(code, (locale) => labelOf('fallback', code, locale));
  if (after.fallback === null)
    return before.fallback === null ? [] : [{ rule: 'fallback.removed', before: words(before.fallback) }];
  if (before.fallback === null) return [{ rule: 'fallback.added', after: words(after.fallback) }];
  return [{ rule: 'fallback.changed', before: words(before.fallback), after: words(after.fallback) }];
}

function precisionChange(before: Permission, after: Permission): AttributeChange[] {
  if (before.precision === after.precision) return [];
  const family = after.atom.action === 'collect' ? 'collection' : 'use';
  const rule =
    after.precision > before.precision
      ? (`${family}.precisionIncreased` as const)
      : (`${family}.precisionReduced` as const);
  return [{ rule, before: precisionWords(before), after: precisionWords(after) }];
}

function storageChange(before: Permission, after: Permission): AttributeChange[] {
  if (before.isOnDevice === after.isOnDevice) return [];
  const family = after.atom.action === 'collect' ? 'collection' : 'use';
  return [{ rule: after.isOnDevice ? `${family}.staysOnDevice` : `${family}.leavesDevice` }];
}

function precisionWords({ precision }: Permission): Told {
  const word = (['exact', 'truncated'] as const).find((one) => precision === precisionRank(one));
  return told(word ?? `h3:${precision}`, (locale) => (word ? labelOf('precision', word, locale) : `H3 ${precision}`));
}

function sourceChanges(before: Permission, after: Permission): AttributeChange[] {
  const facts = { before: sourceWords(before), after: sourceWords(after) };
  const changes: AttributeChange[] = [];
  if (hasMore(after.sources, before.sources)) changes.push({ rule: 'collection.sourceAdded', ...facts });
  if (hasMore(before.sources, after.sources)) changes.push({ rule: 'collection.sourceRemoved', ...facts });
  return changes;
}

function hasMore(one: ReadonlySet<string> | null, other: ReadonlySet<string> | null): boolean {
  if (other === null) return false;
  return one === null || [...one].some((source) => !other.has(source));
}

function sourceWords({ sources }: Permission): Told {
  const anywhere = { 'zh-CN': '不限', en: 'anywhere' };
  const codes = sources ? [...sources].sort() : [];
  return told(codes.join('+'), (locale) =>
    sources
      ? listWords(
          codes.map((code) => labelOf('source', code, locale)),
          locale,
        )
      : anywhere[locale],
  );
}

function requirementChanges(before: Permission, after: Permission): AttributeChange[] {
  const changes: AttributeChange[] = [];
  if (before.isRequired !== after.isRequired) {
    changes.push({ rule: after.isRequired ? 'collection.becameRequired' : 'collection.becameOptional' });
  }
  if (before.withheld === after.withheld) return changes;
  const rule =
    after.withheld > before.withheld ? 'collection.withheldConsequenceWorsened' : 'collection.withheldConsequenceEased';
  return [...changes, { rule, before: withheldWords(before), after: withheldWords(after) }];
}

function withheldWords({ withheld }: Permission): Told {
  const code = withheldConsequences[withheld];
  const none = { 'zh-CN': '无', en: 'none' };
  return told(code ?? '', (locale) => (code ? labelOf('ifWithheld', code, locale) : none[locale]));
}

function groupChange(before: Permission, after: Permission): AttributeChange[] {
  if (before.minimumGroup === after.minimumGroup) return [];
  const rule =
    after.minimumGroup < before.minimumGroup
      ? 'crossServiceUse.minimumGroupLowered'
      : 'crossServiceUse.minimumGroupRaised';
  return [{ rule, before: plain(before.minimumGroup), after: plain(after.minimumGroup) }];
}
