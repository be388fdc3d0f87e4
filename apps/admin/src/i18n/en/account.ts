export const account = {
  sessions: 'My sessions',
  purpose: 'Browsers where you are signed in. End what you do not recognise and change your password.',
  device: 'Browser',
  unknownDevice: 'Unknown browser',
  thisOne: 'this one',
  signedInAt: 'Signed in',
  lastSeenAt: 'Last used',
  end: 'End',
  endSure: 'End this session?',
  none: 'No sessions.',
};
