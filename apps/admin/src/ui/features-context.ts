import { createContext } from 'react';
import type { Feature } from '../feature.js';

/** What the features bring, for the pages on which it comes together; the console gives it where it starts. */
export const FeaturesContext = createContext<readonly Feature[]>([]);
