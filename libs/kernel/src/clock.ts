/** The one source of the present. Every rule takes the time from here, never from SQL `now()`. */
export abstract class Clock {
  abstract now(): Date;
}

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}
