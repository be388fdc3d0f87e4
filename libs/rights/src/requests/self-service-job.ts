/** The queue on which requests are looked at that may be answered without a person; a job names its request alone. */
export const selfServiceJob = 'rights.answer_by_itself';
