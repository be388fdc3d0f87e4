import {
  asPublished,
  compile,
  firstOf,
  hasErrors,
  validatePolicy,
  validatePolicyValue,
  type CompileSource,
  type PolicyDocument,
  type PolicyKind,
  type PolicyProblem,
  type RulebookRegistry,
} from '@abide/rulebook';
import { registryInForce } from '../registries/registry-in-force.js';

/** A policy as it was sent: the text of a YAML or JSON file, or a JSON value. */
export type SubmittedPolicy = { readonly text: string } | { readonly value: unknown };

/** Another policy in force. */
export interface OtherText extends CompileSource {
  readonly slug: string;
  readonly kind: PolicyKind;
}

/** A text and what it is checked beside. What binds drafts only is a warning in what was submitted already. */
export interface TextToCheck {
  readonly submitted: SubmittedPolicy;
  readonly registry: RulebookRegistry;
  readonly others: readonly OtherText[];
  readonly isDraft: boolean;
}

export interface CheckedText {
  readonly document: PolicyDocument | null;
  readonly problems: readonly PolicyProblem[];
  /**
   * What shows only beside the other policies in force: a service policy that promises no retention of its own, or a
   * general one that drops the promise another rests on (its place is then named by policy and path).
   */
  readonly together: readonly PolicyProblem[];
}

/** What is wrong with a text, by itself and beside the others, as much of each as somebody can work through. */
export function checkText({ submitted, registry, others, isDraft }: TextToCheck): CheckedText {
  const { document, problems: found } =
    'text' in submitted ? validatePolicy(submitted.text, registry) : validatePolicyValue(submitted.value, registry);
  const problems = firstOf(isDraft ? found : asPublished(found));
  if (!document || hasErrors(problems)) return { document, problems, together: [] };
  return { document, problems, together: firstOf(besideOthers(document, { registry, others, known: found })) };
}

function besideOthers(
  document: PolicyDocument,
  given: { registry: RulebookRegistry; others: readonly OtherText[]; known: readonly PolicyProblem[] },
): PolicyProblem[] {
  const others = given.others.filter(
    ({ slug, kind }) => slug !== document.policy && !(kind === 'agreement' && document.kind === 'agreement'),
  );
  const { problems } = compile([...others, { document, revision: 0 }], registryInForce(given.registry, others));
  const seen = new Set(given.known.map((problem) => `${problem.path} ${problem.code}`));
  return problems.flatMap(({ policy, ...problem }): PolicyProblem[] => {
    if (policy === document.policy || policy === '')
      return seen.has(`${problem.path} ${problem.code}`) ? [] : [problem];
    return problem.severity === 'error' ? [{ ...problem, path: `${policy}: ${problem.path}` }] : [];
  });
}
