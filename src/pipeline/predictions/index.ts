export { createEngine, type Engine, type EngineOptions, engineThreads } from './engine.ts';
export { meanOf, runSelfTest } from './self-test.ts';
