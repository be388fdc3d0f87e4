export declare const texts: typeof import('./texts/en.js');
