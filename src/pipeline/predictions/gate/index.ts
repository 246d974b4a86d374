export { benignCopies, benignCount } from './benign-copies.ts';
export { farPictures } from './far-pictures.ts';
export { fitGate, type Seen } from './fit.ts';
export { type OpenGate, openGate, sealedNumbers } from './gate.ts';
export { looksOf } from './looks.ts';
export { nearPictures } from './near-pictures.ts';
export { pictureFacts } from './picture-facts.ts';
