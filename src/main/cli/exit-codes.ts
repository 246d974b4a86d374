/** What the exit codes of every command mean (DESIGN section 4). */
export const exitCodes: Readonly<Record<number, string>> = {
  0: 'done',
  1: 'a fault of the program',
  2: 'usage, configuration or environment: the sentence on stderr says what to mend',
  3: 'done, but some files were refused',
  4: 'a check failed: leak, seal, self-test, verify, doctor',
  75: 'another process is writing in this workspace',
  130: 'cancelled; what was finished is kept',
};
