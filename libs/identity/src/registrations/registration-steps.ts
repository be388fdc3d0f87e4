import { Injectable } from '@nestjs/common';
import type { Locale } from '@abide/kernel';
import type { MinorStatus } from '../subjects/minor.rules.js';
import type { SubjectKind } from '../subjects/subject.entity.js';

/** What is known of somebody who registers, without anything that identifies them. */
export interface Registration {
  readonly kind: SubjectKind;
  readonly minorStatus: MinorStatus;
  readonly acceptedRevisionIds: readonly string[];
  /** When they were accepted: as the registration was sent, however much later a code or a guardian confirms it. */
  readonly acceptedAt: Date;
  /** The catalogue's categories of everything that was given. */
  readonly profileCategories: readonly string[];
  readonly locale: Locale;
}

/** What a module above identity has to say or do when a subject registers. */
export interface RegistrationStep {
  readonly name: string;
  /** Before anything is stored. @throws DomainError to refuse. */
  check?(registration: Registration): Promise<void>;
  /** In the transaction in which the subject becomes active. */
  run?(registration: Registration & { readonly subjectId: string }): Promise<void>;
}

/** The registry of registration steps, run in the order they joined. */
@Injectable()
export class RegistrationSteps {
  private readonly steps: RegistrationStep[] = [];

  /** Call it while modules initialise. */
  register(step: RegistrationStep): void {
    this.steps.push(step);
  }

  async check(registration: Registration): Promise<void> {
    for (const step of this.steps) await step.check?.(registration);
  }

  async run(registration: Registration & { readonly subjectId: string }): Promise<void> {
    for (const step of this.steps) await step.run?.(registration);
  }
}
