export const deaths = {
  title: 'Death',
  means:
    'It is noted that this person died: nobody signs in to the account, and nothing of it is collected, used or shared.',
  notedAt: 'Noted',
  relativesMayNot: 'Arranged while alive that relatives may not',
  acts: { access: 'access or copy', correction: 'correct', deletion: 'delete' },
  open: 'Open requests of near relatives',
  answered: 'Answered requests of near relatives',
  withdraw: 'Take the note back',
  follows: {
    again:
      'The account is its owner’s again: they sign in, and their data is collected, used and shared again as the policies allow.',
    ended:
      'Of what relatives asked, {{open}} open are taken back, and {{packages}} packages that can still be fetched are destroyed.',
    stays: 'What was answered, {{answered}} of them, cannot be taken back: what was fetched and changed stays so.',
    second: 'Another privacy officer has to confirm it.',
  },
  reason: 'How it turned out to be a mistake',
  reasonHint: 'Such as who came and what they showed. Kept sealed.',
  reasonMissing: 'Say what shows the mistake, in at least five characters',
  propose: 'Ask for confirmation',
  proposed: 'It waits for another privacy officer.',
};
