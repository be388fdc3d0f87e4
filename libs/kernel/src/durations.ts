/** A day without a change of clocks, in milliseconds. */
export const dayInMilliseconds = 86_400_000;
