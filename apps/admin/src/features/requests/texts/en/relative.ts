/** Requests of near relatives of somebody who died. */
export const relative = {
  link: 'Link to the deceased',
  follows:
    'Look at the evidence of the death and of the relation first. Once another privacy officer confirms it, the account says that its owner died: nobody signs in to it or uses it. The request goes on about its data and is answered to this relative alone.',
  confirming: 'Who may confirm it: {{names}}.',
  nobodyConfirms:
    'No other privacy officer can confirm it, so that it cannot be proposed. Ask an administrator for one.',
  knownBy: 'Look up by',
  person: 'Who died',
  personHint: 'Whole and exact, such as the ID number on the certificate. The look-up is recorded.',
  personMissing: 'Choose whose data it is',
  unnamed: 'No name given',
  lookUpReason: 'Request {{number}} of a near relative',
  seen: 'What the evidence shows',
  seenHint:
    'Such as who certified the death, and how the relation is proven. Kept sealed; whoever asks does not read it.',
  seenMissing: 'Say what you saw, in at least five characters',
  propose: 'Ask for confirmation',
  proposed: 'It waits for another privacy officer.',
  waits:
    'Somebody else has yet to agree whose data the relative asks about. Until they do, nobody decides on this request.',
  toChange: 'Show the link that waits',
  asAsked: 'As it was asked',
  openAsked: 'Open it, with the evidence',
};
