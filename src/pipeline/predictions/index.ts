export { createEngine, type Engine, type EngineOptions, engineThreads } from './engine.ts';
export {
  benignCopies,
  benignCount,
  farPictures,
  fitGate,
  looksOf,
  nearPictures,
  type OpenGate,
  openGate,
  pictureFacts,
  type Seen,
  sealedNumbers,
} from './gate/index.ts';
export { createMapEngine, type MapEngine, type NodeMap } from './map-engine.ts';
export { meanOf, runSelfTest } from './self-test.ts';
