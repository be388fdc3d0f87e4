export type TextView = 'write' | 'both' | 'read';
