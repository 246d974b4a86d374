export { createEngine, type Engine, type EngineOptions } from './engine.ts';
export { meanOf, runSelfTest } from './self-test.ts';
