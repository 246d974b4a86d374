/** Values that make an error sentence concrete: counts, keys, limits. Never pixels, tags or names of patients. */
export type Facts = Readonly<Record<string, string | number | boolean | undefined>>;

/** Who can mend it: the user's input or configuration, a failed check, the machine, the user who cancelled, or we. */
export type ErrorKind = 'configuration' | 'input' | 'check' | 'environment' | 'busy' | 'cancelled' | 'bug';
