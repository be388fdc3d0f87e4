export const session = {
  email: 'Email',
  emailMissing: 'Enter your email address',
  password: 'Password',
  passwordMissing: 'Enter your password',
  useCode: 'I have a second-factor code',
  code: 'Second-factor code',
  codeHint: 'Six digits from your authenticator, or a recovery code',
  signIn: { title: 'Sign in to the console', purpose: 'For operators of the platform. What you do here is recorded.', act: 'Sign in' },
  signInAgain: {
    title: 'Your session has ended',
    why: 'What you typed is still on the page. Enter your password to continue.',
    act: 'Continue',
    leave: 'Sign in as someone else',
  },
  stepUpAgain: {
    title: 'Confirm that it is you',
    why: 'This act needs your password again. It then holds for five minutes.',
    act: 'Confirm',
    leave: 'Do not continue',
  },
};
