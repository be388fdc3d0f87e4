import { createContext } from 'react';

/** Keeps what somebody is writing to a person on the page of the request, so that it outlives the form. */
export const WrittenWords = createContext<(words: string) => void>(() => undefined);
