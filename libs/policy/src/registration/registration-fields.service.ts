import { Injectable, type OnModuleInit } from '@nestjs/common';
import { registrationFieldsOf, RegistrationSteps, type Registration, type RegistrationField } from '@abide/identity';
import type { Localized } from '@abide/kernel';
import { withheldConsequences, type Atom, type WithheldConsequence } from '@abide/rulebook';
import { CitedRevisions } from '../effective/cited-revisions.js';
import { EffectiveRulebook, type RulebookInForce } from '../effective/effective-rulebook.js';
import { refusal } from '../policy.errors.js';

/** What a registration may give, and what the clause in force says follows where it is left out. */
export interface AskedField extends RegistrationField {
  readonly required: boolean;
  readonly ifWithheld: WithheldConsequence | null;
  readonly clause: {
    readonly policy: string;
    readonly revision: number;
    readonly clauseId: string;
    readonly heading: Localized;
  };
}

/** What registration asks for, from the clauses in force (register of promises, C1). */
@Injectable()
export class RegistrationFields implements OnModuleInit {
  constructor(
    private readonly registration: RegistrationSteps,
    private readonly rulebooks: EffectiveRulebook,
    private readonly cited: CitedRevisions,
  ) {}

  onModuleInit(): void {
    this.registration.register({
      name: 'policy.registration_fields',
      check: (registration) => this.requireGiven(registration),
    });
  }

  /** Only what a clause collects for every service is asked at registration. */
  async of(kind: 'person' | 'enterprise'): Promise<AskedField[]> {
    const inForce = await this.rulebooks.current();
    const asked: AskedField[] = [];
    for (const field of registrationFieldsOf(kind)) {
      const atom = hardest(
        inForce.rulebook.atoms.filter(
          ({ action, category, service, isOnDevice }) =>
            action === 'collect' && !isOnDevice && category === field.category && service === null,
        ),
      );
      if (atom) asked.push(await this.toAsked(field, atom, inForce));
    }
    return asked;
  }

  /** A guardian is asked of a child alone. @throws DomainError `registration.field_required` citing the clauses */
  private async requireGiven({ kind, minorStatus, profileCategories }: Registration): Promise<void> {
    if (kind === 'device') return;
    const isGiven = ({ field, category }: AskedField) =>
      profileCategories.includes(category) ||
      field === 'phone' ||
      field === 'email' ||
      (field === 'guardian' && minorStatus !== 'under14');
    const missing = (await this.of(kind)).filter((one) => one.ifWithheld === 'noRegistration' && !isGiven(one));
    if (missing.length === 0) return;
    throw refusal('registration.field_required', {
      detail:
        'Without some data registration is not possible, as the clauses cited say. Nothing was stored; give them and send again.',
      errors: missing.map(({ pointer }) => ({
        pointer,
        code: 'registration.field_required',
        message: 'Registration is not possible without it.',
      })),
      extra: {
        clause: missing[0]?.clause,
        fields: missing.map(({ field, category, clause }) => ({ field, category, clause })),
      },
    });
  }

  private async toAsked(
    field: RegistrationField,
    { policy, revision, clauseId, isRequired, ifWithheld }: Atom,
    { revisionIds }: RulebookInForce,
  ): Promise<AskedField> {
    const { document } = await this.cited.text(revisionIds.get(policy) ?? '');
    const heading = document.clauses.find(({ id }) => id === clauseId)?.heading ?? { 'zh-CN': '', en: '' };
    return {
      ...field,
      required: isRequired || ifWithheld === 'noRegistration',
      ifWithheld,
      clause: { policy, revision, clauseId, heading },
    };
  }
}

/** The statement with the hardest consequence; of those alike, the first. */
function hardest(atoms: readonly Atom[]): Atom | undefined {
  const weight = ({ ifWithheld, isRequired }: Atom) =>
    (ifWithheld === null ? -1 : withheldConsequences.indexOf(ifWithheld)) + (isRequired ? 0.5 : 0);
  return atoms.reduce<Atom | undefined>(
    (best, atom) => (best && weight(best) >= weight(atom) ? best : atom),
    undefined,
  );
}
