import { type Entry, entry, nearest } from './entry.ts';

/** The registry of models: versions, aliases, gates, signatures and keys. */
export const registryErrors = {
  'registry/no-alias': entry(
    'configuration',
    (f) =>
      `No model stands at ${f.alias}. \`hilum models list\` shows the versions; \`hilum models promote v1 --as ${f.alias}\` puts one there.`,
  ),
  'registry/no-workspace': entry(
    'configuration',
    (f) =>
      `"${f.word}" is a name in the registry of a workspace, and there is none here. Name one with --workspace, or write ./${f.word} for a folder.`,
  ),
  'registry/unknown-version': entry(
    'configuration',
    (f) => `The registry has no version ${f.version}. \`hilum models list\` shows those that it has.`,
  ),
  'registry/model-gone': entry(
    'configuration',
    (f) => `The files of ${f.version} were deleted. Import the model again to use it: its version is kept.`,
  ),
  'registry/no-version': entry(
    'configuration',
    () =>
      'This model has no version in the registry: only models that were trained here or imported have one. Import it first.',
  ),
  'registry/changed': entry(
    'configuration',
    () => 'Somebody else changed this in the registry meanwhile. Look at it again, then repeat.',
  ),
  'registry/holds-alias': entry(
    'configuration',
    (f) =>
      `${f.version} is ${f.alias} and cannot be removed. Promote another version first, roll back, or clear the alias.`,
  ),
  'registry/already-there': entry('configuration', (f) => `${f.version} is ${f.alias} already.`),
  'registry/nothing-before': entry(
    'configuration',
    (f) => `No other version stood at ${f.alias} before: there is nothing to roll back to.`,
  ),
  'registry/none-whole': entry(
    'check',
    (f) => `${f.why} None of the versions that stood at ${f.alias} before can be used.`,
  ),
  'registry/why-needed': entry(
    'configuration',
    () => 'A gate is overridden only with a reason: --override --why "…". It is kept for ever.',
  ),
  'keychain/unavailable': entry(
    'environment',
    (f) => `${f.why} Nothing was kept there: use a file or an environment variable instead.`,
  ),
  'key/exists': entry('configuration', (f) => `A signing key named "${f.name}" is here already. Choose another name.`),
  'key/unknown': entry(
    'configuration',
    (f) => `No signing key is called "${f.name}".${nearest(f)} \`hilum keys list\` shows all.`,
  ),
  'key/none': entry('configuration', () => 'There is no signing key of yours. Make one: `hilum keys make --name "…"`.'),
  'key/several': entry(
    'configuration',
    (f) =>
      `${f.count} signing keys are here. Say which one signs: --key with its name or the first digits of its fingerprint.`,
  ),
  'key/missing': entry('configuration', (f) => `${f.why} The key "${f.name}" cannot be used.`),
  'key/no-key': entry('configuration', (f) => `${f.file} holds no Ed25519 ${f.part} key as PEM text.`),
  'key/file-exists': entry('configuration', (f) => `${f.file} is there already. A key never replaces a file.`),
  'key/open-to-others': entry(
    'configuration',
    (f) => `${f.file} can be read by others on this machine, so it is not used. Take their rights away: chmod 600.`,
  ),
  'key/not-encrypted': entry(
    'configuration',
    (f) => `${f.file} holds a private key that no passphrase protects. It will not be used.`,
  ),
  'key/no-passphrase': entry(
    'configuration',
    () => 'A key file needs a passphrase of at least 8 characters: in HILUM_KEY_PASSPHRASE, or as one line on stdin.',
  ),
  'key/wrong-passphrase': entry('configuration', (f) => `The passphrase does not open ${f.file}.`),
  'key/other-key': entry(
    'configuration',
    () => 'The key is not the one whose fingerprint was shown. Look at it again.',
  ),
  'key/pinned': entry(
    'configuration',
    (f) => `"${f.name}" is trusted by a file of HILUM_TRUSTED_KEYS: take the file away there.`,
  ),
  'signature/malformed': entry(
    'check',
    (f) => `signature.json cannot be read as a signature: ${f.what}. The model will not be used.`,
  ),
  'signature/too-large': entry(
    'check',
    (f) => `signature.json has ${f.bytes} bytes; a signature has at most ${f.limit}. The model will not be used.`,
  ),
  'signature/newer': entry(
    'configuration',
    (f) => `signature.json was written by a newer version (${f.version}). Update this program.`,
  ),
  'signature/other-seal': entry(
    'check',
    () => 'signature.json was made for another model, not for this one. The model will not be used.',
  ),
  'signature/bad': entry(
    'check',
    () => 'The signature does not fit: signature.json was changed or forged. The model will not be used.',
  ),
  'signature/bundled': entry(
    'configuration',
    () => 'The model that comes with the program cannot be signed: it is the same on every machine.',
  ),
  'signature/required': entry(
    'check',
    () =>
      'The model is not signed, and this workspace uses signed models only (registry.require_signature in config.yaml). Sign it with `hilum models sign`, or ask its makers to.',
  ),
  'signature/not-trusted': entry(
    'check',
    (f) =>
      `The model is signed by "${f.signer}" with the key ${f.fingerprint}, which is not trusted here, and this workspace uses models of trusted signers only (registry.require_signature in config.yaml). Compare the fingerprint with them, then \`hilum keys trust\`.`,
  ),
} as const satisfies Record<string, Entry>;
