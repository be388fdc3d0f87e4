/** `notAllowed`: a check refused or nobody offers to unsubscribe, nothing was sent. `notHandedOver`: the channel did not take it. */
export type SendResult = 'handedOver' | 'notHandedOver' | 'notAllowed';
