/** The queue on which what was granted is carried out; a job names its request alone. */
export const fulfilmentJob = 'rights.fulfil';
