/** Guardians of minors, as operators see them. */
export const guardians = {
  title: 'Guardians',
  rule: 'For somebody under 14 the consent of a guardian who is known to be an adult has to stand, and no guardian’s withdrawal may. What staff record for a child is the word of the guardian they name.',
  none: {
    needed: 'Nobody is this subject’s guardian. The minor names one in the app.',
    notNeeded: 'Fourteen or older: no guardian needs to consent. They can add one in the app.',
  },
  forgotten: 'A guardian who was erased',
  states: { pending: 'Not confirmed yet', confirmed: 'Confirmed', ended: 'Ended' },
  ends: {
    guardianLeft: 'The guardian left',
    guardianErased: 'The guardian was erased',
    cameOfAge: 'The minor came of age',
    refusedByGuardian: 'Another guardian refused',
  },
  kinds: { consent: 'Consents', advice: 'Reads along' },
  confirmed: 'Confirmed',
  requested: 'Named',
  consented: 'Consented',
  withdrew: 'Withdrew',
  withdrawalStands: 'Withdrawal stands',
  adultBy: {
    account: 'An adult by the birth date of their account',
    evidence: 'An adult by the evidence an officer saw',
  },
  awaits: {
    otherGuardian: 'Waits for the yes of another guardian',
    age: 'Waits for proof that the guardian is an adult',
  },
  countsUntil: 'Their consent counts until',
  decide: {
    age: 'Record evidence of age',
    withdrawal: 'Set the withdrawal aside',
    addition: 'Confirm in the other guardian’s place',
  },
  follows: {
    age: 'From now on this guardian’s consent counts. If no withdrawal stands, the child’s data may be used again, and a registration that waits goes on.',
    withdrawal:
      'What this guardian withdrew stands no more. If another guardian’s consent stands, the child’s data may be used again. The guardian is told, and can withdraw again.',
    addition: 'The further guardian is one from now on, without the yes of the guardian there is, who is told.',
  },
  evidence: 'What you saw',
  evidenceHint: 'Such as the page of the household register, or the number of the judgment. Sealed.',
  evidenceMissing: 'Describe what you saw in at least ten characters',
  decided: 'Decided.',
  readEvidence: 'Read the evidence',
  noEvidence: 'No officer has decided about this guardian.',
  casesTitle: 'Guardians to look at',
  casesPurpose:
    'Children for whom a guardian’s age is not known, a withdrawal stands against another guardian, or a further guardian waits.',
  openCases: 'Guardians to look at',
  noCases: 'Nothing is open.',
  child: 'Child',
  unnamed: 'A child whose registration is sealed',
  why: 'Why',
  cases: {
    ageUnknown: 'The guardian’s age is not known',
    withdrawalStands: 'One guardian withdrew, another consents',
    additionWaits: 'A further guardian waits for a yes',
  },
  effect: 'For the child',
  isClosed: 'Closed: nothing is used',
  isOpen: 'Unchanged so far',
  dueAt: 'Until',
  next: 'What to do',
  nextSteps: {
    ageUnknown:
      'The guardian was asked to state their birth date in their account. If they show you a document instead, record what you saw.',
    withdrawalStands:
      'Only the guardian who withdrew takes it back. Set it aside only on evidence, such as a judgment on custody.',
    additionWaits:
      'The guardian there is answers in their account. If they cannot be asked, confirm in their place on evidence.',
  },
  since: 'Since',
  whose: 'Whose word it is',
  whoseHint: 'For a child only a guardian who is known to be an adult consents.',
  whoseMissing: 'Choose the guardian whose word it is',
  noneCounts: 'No guardian of this child is known to be an adult, so only a withdrawal can be recorded.',
};
